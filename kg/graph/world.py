"""The world: things and events joined over documents, each linked to the entities and reports it was joined from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import actors, terms
from kg.graph.dyads import write_dyads
from kg.graph.matches import write_match
from kg.graph.ontology import ontology
from kg.graph.tellings import Tellings, write_count
from kg.graph.terms import CD, RDF, RDFS, SKOS
from kg.graph.times import sort_key, write_time
from kg.graph.view import Statement, quads
from kg.model import Event, Extraction, Thing, World

_HAPPENED = frozenset({"asserted", "claimed"})  # other statuses make a prospect: typed as no event, it infers nothing


def thing_node(thing: Thing) -> NamedNode:
    """The thing's IRI: that of its entry among the known actors, else one made from its slug."""
    if thing.known_as is not None:
        return NamedNode(thing.known_as)
    onto = ontology()
    segment = onto.segment(onto.thing_class(thing.type))
    node = terms.thing(segment, thing.slug)
    # someone who only shares a name with a known actor must not become that actor
    return terms.thing(segment, f"{thing.slug}-unlisted") if actors.is_known(node) else node


def _class_of(thing: Thing) -> NamedNode:
    """The thing's class: for known actors that of the list, so that no document's reading contradicts another's."""
    known = actors.class_of(NamedNode(thing.known_as)) if thing.known_as is not None else None
    return known or ontology().thing_class(thing.type)


def _name_of(thing: Thing) -> str:
    known = actors.name_of(NamedNode(thing.known_as)) if thing.known_as is not None else None
    return known or thing.name


def world_quads(world: World, extractions: Iterable[Extraction]) -> list[Quad]:
    """The world's graph, sorted, without blank nodes; the extractions tell which events an agreement stipulates.

    ValueError if a role names a slug that no thing or more than one thing has.
    """
    return quads(_statements(world, extractions), terms.WORLD)


def changed_quads(
    before: tuple[World, Iterable[Extraction]], after: tuple[World, Iterable[Extraction]], documents: Container[str]
) -> tuple[set[Quad], set[Quad]]:
    """Of the quads of two worlds those that stand only in the first, and those that stand only in the second.

    Each world comes with its extractions, which differ in those `documents` alone. Nodes that stand alike in both are
    not written: what these say too may be among the quads.
    """
    names = [{t.slug: (t.type, t.name, t.known_as) for t in world.things} for world, _ in (before, after)]
    renamed = {slug for slug in names[0].keys() | names[1].keys() if names[0].get(slug) != names[1].get(slug)}
    things = frozenset(before[0].things), frozenset(after[0].things)
    retold = {document for t in things[0] | things[1] if t.slug in renamed for document, _ in t.members}
    events = frozenset(
        event
        for event in frozenset(before[0].events) & frozenset(after[0].events)
        if renamed.isdisjoint(slug for _, slug in event.roles)
        and not any(document in documents or document in retold for document, _ in event.reports)
    )
    alike = _Alike(things[0] & things[1], events)
    first, second = (set(quads(_statements(world, found, alike), terms.WORLD)) for world, found in (before, after))
    return first - second, second - first


class _Alike(NamedTuple):
    """Things and events that are not to be written."""

    things: frozenset[Thing] = frozenset()
    events: frozenset[Event] = frozenset()


_NOTHING = _Alike()


def _statements(world: World, extractions: Iterable[Extraction], alike: _Alike = _NOTHING) -> Iterator[Statement]:
    things = _Things(world.things)
    extractions = list(extractions)
    terms_of, triggers = _terms_of(world.things, extractions), _triggers(extractions)
    tellings = Tellings(world.things, extractions)
    for thing in world.things:
        if thing not in alike.things:
            yield from _write_thing(thing)
    for event in world.events:
        if event in alike.events:
            continue
        yield from _write_event(event, things)
        yield from tellings.write(terms.event(event.slug), event)
        class_ = ontology().event_class(event.type, event.mode)
        for kind in ontology().kinds(class_, (triggers[report] for report in event.reports if report in triggers)):
            yield terms.event(event.slug), CD.ofKind, kind
        if event.status in _HAPPENED:
            yield from _write_dyads(event, things)
        for report in event.reports:
            for agreement in terms_of.get(report, ()):
                yield terms.event(event.slug), CD.termOf, agreement
    for person, party in world.acts_for:
        yield things.node(person), CD.actsFor, things.node(party)
    yield from _write_involvements(world.things, extractions)


def _write_thing(thing: Thing) -> Iterator[Statement]:
    node, preferred = thing_node(thing), _name_of(thing)
    yield node, RDF.type, _class_of(thing)
    yield node, SKOS.prefLabel, Literal(preferred)
    for name in {*thing.names, *actors.other_names(node)} - {preferred}:
        yield node, SKOS.altLabel, Literal(name)
    yield from actors.write_known(node)
    for kind in ontology().kinds(_class_of(thing), [preferred]):
        yield node, CD.ofKind, kind
    yield from write_count(node, thing.members)
    for document, key in thing.members:
        yield terms.entity(document, key), CD.refersTo, node
    for match in thing.matches:
        partner = node if match.partner is None else terms.entity(*match.partner)
        yield from write_match(terms.entity(*match.member), partner, match)


def _write_event(event: Event, things: _Things) -> Iterator[Statement]:
    onto = ontology()
    node, class_ = terms.event(event.slug), onto.event_class(event.type, event.mode)
    happened = event.status in _HAPPENED
    yield node, RDF.type, class_ if happened else CD.Prospect
    yield node, RDFS.label, Literal(_label(event, things))
    yield node, CD.eventClass, class_
    yield node, CD.status, onto.status(event.status)
    yield node, CD.sortKey, sort_key(event.slug, event.time)
    yield from write_time(node, event.time)
    for role, slug in event.roles:
        filler = things.node(slug)
        yield node, CD[role], filler
        for shortcut in onto.shortcuts if happened else ():
            if (
                shortcut.role == CD[role]
                and shortcut.range in onto.above(class_)
                and shortcut.domain in onto.above(_class_of(things[slug]))
            ):
                yield filler, shortcut.property, node
    yield from write_count(node, event.reports)
    for _, report in event.reports:
        yield node, CD.toldBy, terms.report(report)
    for match in event.matches:
        assert match.partner is not None  # a report is taken for the same as another report
        yield from write_match(terms.report(match.member[1]), terms.report(match.partner[1]), match)


def _write_dyads(event: Event, things: _Things) -> Iterator[Statement]:
    actors_ = [things[slug] for _, slug in event.roles if CD.Actor in ontology().above(_class_of(things[slug]))]
    names = {thing_node(thing): _name_of(thing) for thing in actors_}
    return write_dyads(terms.event(event.slug), [(CD[role], things.node(slug)) for role, slug in event.roles], names)


def _label(event: Event, things: _Things) -> str:
    """For example `2020-02-29 signing: United States, Taliban`; a prospect's status follows its class."""
    onto = ontology()
    taking_part = [slug for role, slug in event.roles if CD[role] in onto.participations]
    names = list(dict.fromkeys(_name_of(things[slug]) for slug in taking_part or [slug for _, slug in event.roles]))
    class_ = onto.event_class(event.type, event.mode)
    words = [event.time.value] if event.time else []
    words.append(onto.text(class_, RDFS.label) or terms.local_name(class_))
    if event.status not in _HAPPENED:
        words.append(f"({event.status})")
    return " ".join(words) + (f": {', '.join(names)}" if names else "")


def _terms_of(things: Iterable[Thing], extractions: Iterable[Extraction]) -> Mapping[tuple[str, str], list[NamedNode]]:
    """(document, report id) -> the agreement that stipulates the reported event."""
    nodes = {member: thing_node(thing) for thing in things for member in thing.members}
    return {
        (report.document, report.id): [nodes[report.document, report.term_of]]
        for extraction in extractions
        for report in extraction.reports
        if report.term_of is not None and (report.document, report.term_of) in nodes
    }


def _write_involvements(things: Iterable[Thing], extractions: Iterable[Extraction]) -> Iterator[Statement]:
    """Who mediated, witnessed or refused to sign each agreement, as any document tells."""
    known = {member: thing for thing in things for member in thing.members}
    for extraction in extractions:
        for involvement in extraction.involvements:
            agreement = known.get((involvement.document, involvement.agreement))
            actor = known.get((involvement.document, involvement.entity))
            if agreement is not None and actor is not None:
                yield thing_node(agreement), CD[involvement.part], thing_node(actor)


def _triggers(extractions: Iterable[Extraction]) -> Mapping[tuple[str, str], str]:
    """(document, report id) -> the words that name the reported event."""
    reports = (report for extraction in extractions for report in extraction.reports)
    return {(report.document, report.id): report.evidence.trigger.text for report in reports}


class _Things:
    """Things by slug."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self._by_slug: dict[str, list[Thing]] = defaultdict(list)
        for thing in things:
            self._by_slug[thing.slug].append(thing)

    def __getitem__(self, slug: str) -> Thing:
        found = self._by_slug.get(slug, [])
        if len(found) != 1:
            raise ValueError(f"{len(found)} things of the world have the slug {slug!r}, which an event refers to")
        return found[0]

    def node(self, slug: str) -> NamedNode:
        return thing_node(self[slug])
