"""Who is who across documents: entities become actors and places of the world.

An entity is an entry of the list where `listed` says so. Others are one where they are of one class and share a proper
name or a spelling of one, and nothing sets them apart. What has no proper name stays with its document. Entities that
are called the same are taken together as one profile first, so that the work grows with the number of names.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from kg.known import per_list
from kg.language import gazetteer
from kg.model import LISTED, Corrections, Entity, Extraction, Match, Member, Thing

from .groups import Groups, blocks
from .listed import Link, body_before, links
from .names import Name, alike, contains, display_names, normal, person_keys, proper_names, sounds

_SAME_NAME, _SAME_WORD, _SPELLING, _PART = 0.95, 0.85, 0.75, 0.85
_CONTEXT = 0.5  # what is left of the doubt where both documents speak of the same
_WIDE = 400  # profiles of one block that are compared with each other; more of them share too little to mean anyone
TOLD = ("the user said so",)


@dataclass(frozen=True, slots=True)
class Teller:
    """An entity with what its document says of it: when it was published and whom else it knows."""

    member: Member
    entity: Entity
    order: tuple[str, str, str]
    context: frozenset[str]
    serves: frozenset[str]

    @property
    def names(self) -> tuple[Name, ...]:
        return proper_names(self.entity)


@dataclass(frozen=True, slots=True)
class _Profile:
    type: str
    names: tuple[Name, ...]
    serves: frozenset[str]
    own: Member | None = None  # of whom the user says something


@dataclass(frozen=True, slots=True)
class _Edge:
    a: _Profile
    b: _Profile
    confidence: float
    reason: str


class Registry:
    """The entities of documents with their links to the list."""

    def __init__(self, extractions: Iterable[Extraction], corrections: Corrections) -> None:
        self.corrections = corrections
        self.tellers: dict[Member, Teller] = {}
        self.links: dict[Member, Link] = {}
        for extraction in extractions:
            name, published = extraction.document.name, extraction.document.published.isoformat()
            found = links(extraction)
            context = frozenset(link.iri for link in found.values())
            serves = _served(extraction, found)
            for entity in extraction.entities:
                member = name, entity.key
                told = Teller(
                    member, entity, (published, name, entity.key), context, serves.get(entity.key, frozenset())
                )
                self.tellers[member] = told
                link = found.get(entity.key)
                if link is not None and not corrections.forbid({member}, {(LISTED, link.iri)}):
                    self.links[member] = link
        for pair in sorted(corrections.same):
            for (of, iri), member in (pair, pair[::-1]):
                if of == LISTED and member in self.tellers:
                    self.links[member] = Link(iri, 1.0, TOLD)

    def founder(self, members: Iterable[Member]) -> Teller:
        """The one that was told first."""
        return min((self.tellers[m] for m in members), key=lambda t: t.order)


def _served(extraction: Extraction, found: Mapping[str, Link]) -> dict[str, frozenset[str]]:
    """Entity key -> the states and bodies that the person belongs to, as far as titles and signings tell."""
    serves: dict[str, set[str]] = defaultdict(set)
    for entity in extraction.entities:
        if entity.type == "Person":
            serves[entity.key].update(iri for name in entity.names if (iri := body_before(name)) is not None)
    for record in extraction.signings:
        for person, party in record.acts_for:
            if party in found:
                serves[person].add(found[party].iri)
    return {key: frozenset(iris) for key, iris in serves.items()}


def join(registry: Registry, agreements: Iterable[tuple[list[Member], list[Match]]] = ()) -> list[Thing]:
    """The things of the world; `agreements` are the groups of entities that are one agreement each."""
    found = [*_listed(registry), *_unlisted(registry), *agreements]
    found = _united(registry, found)
    return sorted(_unique([_thing(registry, members, matches) for members, matches in found]), key=_order)


def _order(thing: Thing) -> tuple[str, str]:
    return thing.type, thing.slug


Group = tuple[list[Member], list[Match]]


def _listed(registry: Registry) -> Iterator[Group]:
    by_iri: dict[str, list[Member]] = defaultdict(list)
    for member, link in registry.links.items():
        by_iri[link.iri].append(member)
    for iri in sorted(by_iri):
        told = ((m, registry.links[m]) for m in sorted(by_iri[iri]))
        yield by_iri[iri], [Match(m, None, link.confidence, link.reasons) for m, link in told if link.reasons]


def _unlisted(registry: Registry) -> Iterator[Group]:
    marked = {m for pair in registry.corrections.different | registry.corrections.same for m in pair}
    profiles: dict[_Profile, list[Teller]] = defaultdict(list)
    for member, teller in registry.tellers.items():
        if member in registry.links or teller.entity.type == "Agreement":
            continue
        if not teller.names and member not in marked:
            yield [member], []
            continue
        own = member if member in marked or not teller.names else None
        profiles[_Profile(teller.entity.type, tuple(sorted(teller.names)), teller.serves, own)].append(teller)
    for tellers in profiles.values():
        tellers.sort(key=lambda t: t.order)
    groups = Groups({p: frozenset(t.member for t in ts) for p, ts in profiles.items()}, registry.corrections, _differ)
    order = {p: ts[0].order for p, ts in profiles.items()}
    kept = []
    for edge in sorted(_edges(order), key=lambda e: (-e.confidence, order[e.a], order[e.b])):
        if groups.join(edge.a, edge.b):
            kept.append(edge)
    joining: dict[_Profile, list[_Edge]] = defaultdict(list)
    for edge in kept:
        joining[groups.root(edge.a)].append(edge)
    for group in groups.all():
        members = [t.member for p in group for t in profiles[p]]
        yield members, list(_matches(group, joining[groups.root(group[0])], profiles))


def _edges(order: Mapping[_Profile, tuple[str, str, str]]) -> Iterator[_Edge]:
    """Pairs of profiles that share a name, or of whose names one is a spelling or a part of the other."""
    ordered = sorted(order, key=lambda p: order[p])
    shared = blocks(((p.type, name), p) for p in ordered for name in p.names)
    for (_, name), several in shared.items():
        confidence = _SAME_NAME if len(name) > 1 else _SAME_WORD
        for a, b in _pairs(several):
            yield _Edge(a, b, confidence, f"both are called “{_written(name)}”")
    alike_ = blocks((key, p) for p in ordered for key in _keys(p))
    for several in alike_.values():
        for a, b in _pairs(several):
            if set(a.names).isdisjoint(b.names):
                yield from _spellings(a, b)


def _pairs(several: Sequence[_Profile]) -> Iterator[tuple[_Profile, _Profile]]:
    yield from combinations(several[:_WIDE], 2)
    for one in several[_WIDE:]:
        yield several[0], one


def _keys(profile: _Profile) -> Iterator[tuple[str, str]]:
    for name in profile.names:
        yield from heard(profile.type, name)


def heard(type_: str, name: Name) -> Iterator[tuple[str, str]]:
    """What two spellings of one name share, or two names of which one is a part of the other."""
    for key in person_keys(name) if type_ == "Person" else (sounds(name),):
        if key:
            yield type_, key


def _spellings(a: _Profile, b: _Profile) -> Iterator[_Edge]:
    for one in a.names:
        for other in b.names:
            if alike(one, other):
                yield _Edge(a, b, _SPELLING, f"“{_written(one)}” and “{_written(other)}” are spellings of one name")
            elif a.type == "Person" and (contains(one, other) or contains(other, one)):
                yield _Edge(a, b, _PART, f"“{_written(one)}” and “{_written(other)}” are parts of one name")


def _written(name: Name) -> str:
    return " ".join(name)


def _differ(a: _Profile, b: _Profile) -> bool:
    """Whether what the documents tell sets the two apart, whatever they are called."""
    if a.type == "Person":
        long = any(len(n) > 2 for n in set(a.names) & set(b.names))
        return bool(a.serves and b.serves) and a.serves.isdisjoint(b.serves) and not long
    first, second = ([n for n in p.names if len(n) > 1] for p in (a, b))
    if not first or not second:
        return False  # one has but a word, or an acronym
    return not any(x == y or alike(x, y) for x in first for y in second)


def _matches(group: list[_Profile], edges: list[_Edge], profiles: Mapping[_Profile, list[Teller]]) -> Iterator[Match]:
    """For every member but the first one told: the member that it was taken for the same as, and why."""
    near: dict[_Profile, list[_Edge]] = defaultdict(list)
    for edge in edges:
        near[edge.a].append(edge)
        near[edge.b].append(edge)
    start = min(group, key=lambda p: profiles[p][0].order)
    seen, waiting = {start}, [start]
    for profile in waiting:
        first, *others = profiles[profile]
        for teller in others:
            name = max(profile.names, key=lambda n: (len(n), n), default=())
            confidence = _SAME_NAME if len(name) > 1 else _SAME_WORD
            yield _match(teller, first, confidence, f"both are called “{_written(name)}”")
        for edge in near[profile]:
            other = edge.b if edge.a == profile else edge.a
            if other not in seen:
                seen.add(other)
                waiting.append(other)
                yield _match(profiles[other][0], first, edge.confidence, edge.reason)


def _match(member: Teller, partner: Teller, confidence: float, reason: str) -> Match:
    shared = sorted(member.context & partner.context)
    entries = gazetteer.load().entries
    reasons = [reason]
    if shared:
        confidence = 1 - (1 - confidence) * _CONTEXT
        names = [entries[iri].label for iri in shared if iri in entries][:3]
        reasons.append(f"both documents speak of {', '.join(names)}")
    if both := sorted(member.serves & partner.serves):
        reasons.append(f"both belong to {', '.join(entries[iri].label for iri in both if iri in entries)}")
    return Match(member.member, partner.member, round(confidence, 3), tuple(reasons))


def _united(registry: Registry, found: list[Group]) -> list[Group]:
    """The groups, with those made one that the user says are the same."""
    at = {member: number for number, (members, _) in enumerate(found) for member in members}
    at.update({(LISTED, registry.links[m].iri): n for m, n in at.items() if m in registry.links})
    for one, other in sorted(registry.corrections.same):
        if one in at and other in at and at[one] != at[other]:
            keep, gone = sorted((at[one], at[other]))
            members, matches = found[gone]
            told = [m for m in (one, other) if m[0] != LISTED]
            if len(told) == 2:
                first, late = sorted(told, key=lambda m: registry.tellers[m].order)
                matches = [*matches, Match(late, first, 1.0, TOLD)]
            found[keep] = found[keep][0] + members, found[keep][1] + matches
            found[gone] = [], []
            at.update(dict.fromkeys(members, keep))
    return [(members, matches) for members, matches in found if members]


# --- names and slugs -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Named:
    thing: Thing
    founder: Teller


def _thing(registry: Registry, members: list[Member], matches: list[Match]) -> _Named:
    known = min((registry.links[m].iri for m in members if m in registry.links), default=None)
    founder = registry.founder(members)
    entities = [registry.tellers[m].entity for m in members]
    entry = gazetteer.load().entries.get(known or "")
    kind = entry.type if entry is not None else founder.entity.type
    names = _names(entities, kind)
    if entry is not None:
        names = (entry.label, *(n for n in names if n != entry.label))
    renamed = [
        registry.corrections.names[m] for m in [(LISTED, known or ""), *members] if m in registry.corrections.names
    ]
    if renamed:
        names = (renamed[0], *(n for n in names if n != renamed[0]))
    matches = sorted(m for m in matches)
    return _Named(Thing(_slug(founder, known), kind, names, tuple(sorted(members)), known, tuple(matches)), founder)


def _names(entities: Sequence[Entity], kind: str) -> tuple[str, ...]:
    """Every name, the proper ones first, then those told most often; persons are called without their titles."""
    counts = Counter(name for entity in entities for name in entity.names)
    proper = {name for entity in entities for name in display_names(entity)}
    counts.update({name: 0 for name in proper})
    texts = {normal(text): counts[text] for text in counts}
    return tuple(
        sorted(
            counts,
            key=lambda n: (n not in proper, -counts[n] if kind != "Person" else -texts[normal(n)], -len(n), n),
        )
    )


def _slug(founder: Teller, known: str | None) -> str:
    if known is not None:
        return _listed_slugs().get(known) or re.split(r"[/#:]+", known.rstrip("/#:"))[-1]
    named = display_names(founder.entity)
    if not named:
        return f"{founder.entity.key}-in-{founder.member[0]}"
    slug = slug_of(normal(named[0]))
    return f"{slug}-unlisted" if slug in _taken() else slug


def slug_of(name: Name) -> str:
    """The slug that a thing has by its name, where no other has it."""
    return "-".join(name[:8])


@per_list
def _listed_slugs() -> dict[str, str]:
    """IRI of an entry -> the last part of its path, with the part before it where two entries share the last."""
    entries = gazetteer.load().entries
    parts = {iri: re.split(r"[/#:]+", iri.rstrip("/#:")) for iri in entries}
    counts = Counter(words[-1] for words in parts.values())
    return {iri: words[-1] if counts[words[-1]] == 1 else f"{words[-1]}-{words[-2]}" for iri, words in parts.items()}


@per_list
def _taken() -> frozenset[str]:
    return frozenset(_listed_slugs().values())


def _unique(named: list[_Named]) -> list[Thing]:
    """The things; of several with one slug the one told first keeps it, and the others have a part of a hash added."""
    by_slug: dict[str, list[_Named]] = defaultdict(list)
    for one in named:
        by_slug[one.thing.slug].append(one)
    things = []
    for slug in by_slug:
        first, *others = sorted(by_slug[slug], key=lambda n: (n.thing.known_as is None, n.founder.order))
        things.append(first.thing)
        for one in others:
            digest = hashlib.sha256("\n".join(one.founder.member).encode()).hexdigest()[:6]
            things.append(replace(one.thing, slug=f"{slug}-{digest}"))
    return things
