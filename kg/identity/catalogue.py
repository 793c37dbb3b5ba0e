"""Which documents of a store could tell of the same, from what few queries tell of all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from pyoxigraph import NamedNode

from kg.graph import terms
from kg.graph.extractions import Queryable
from kg.graph.terms import BASE, CD, DCT, RDF, RDFS, SKOS, WORLD
from kg.language import gazetteer
from kg.model import Entity, Extraction, Time

from .agreements import Pact, day_of, telling_words
from .listed import links
from .names import proper_names
from .things import heard, slug_of

Key = tuple[str, ...] | tuple[str, object]

_PUBLISHED = f"SELECT ?document ?day WHERE {{ ?document {RDF.type} {CD.Document} ; {DCT.issued} ?day }}"
_TIMES = f"SELECT DISTINCT ?label WHERE {{ ?time {RDFS.label} ?label ; {CD.earliest} ?day }}"
_OF_TIME = f"SELECT ?document ?time WHERE {{ VALUES ?time {{ UNDEF }} GRAPH ?document {{ ?told {CD.time} ?time }} }}"
_NAMES = f"""SELECT ?thing ?class ?name WHERE {{ GRAPH {WORLD} {{
  ?thing {SKOS.prefLabel}|{SKOS.altLabel} ?name ; {RDF.type} ?class
}} }}"""
_MEANT = (
    f"SELECT DISTINCT ?thing WHERE {{ VALUES ?entity {{ UNDEF }} GRAPH {WORLD} {{ ?entity {CD.refersTo} ?thing }} }}"
)
_MEMBERS = f"SELECT ?entity WHERE {{ VALUES ?thing {{ UNDEF }} GRAPH {WORLD} {{ ?entity {CD.refersTo} ?thing }} }}"
_AGREEMENTS = f"""SELECT ?entity ?name WHERE {{
  ?entity {CD.entityType} {CD.Agreement} ; {SKOS.prefLabel}|{SKOS.altLabel} ?name
}}"""


class Catalogue:
    """What the documents of a store are about; `published` has the day of each."""

    def __init__(self, store: Queryable) -> None:
        self._store = store
        self._of_time: dict[Time, set[str]] = {}
        rows = store.query(_PUBLISHED)
        self.published = {terms.identifier_of(row[0]): date.fromisoformat(row[1].value) for row in rows}

    # --- by time; days are given by ordinal ---

    def published_within(self, first: int, last: int) -> set[str]:
        """The documents of these days."""
        return {name for name, day in self._days.items() if first <= day <= last}

    @cached_property
    def _days(self) -> dict[str, int]:
        return {name: day.toordinal() for name, day in self.published.items()}

    def telling_of(self, first: int, last: int, longest: int) -> set[str]:
        """The documents that tell of a time of at most so many days that has one of these."""
        return self._of_times(
            t for t, begun, ended in self._times if begun <= last and first <= ended <= begun + longest
        )

    def telling_exactly(self, time: Time) -> set[str]:
        """The documents that tell of just this time."""
        return self._of_times([time])

    def telling_long(self, longest: int) -> set[str]:
        """The documents that tell of a time of more than so many days."""
        return self._of_times(t for t, begun, ended in self._times if ended > begun + longest)

    @cached_property
    def _times(self) -> list[tuple[Time, int, int]]:
        """Every time that the store tells of, with its first and last day."""
        times = [Time(row[0].value) for row in self._store.query(_TIMES)]
        return [(time, time.earliest.toordinal(), time.latest.toordinal()) for time in times]

    def _of_times(self, times: Iterable[Time]) -> set[str]:
        """The documents that tell of one of these times."""
        wanted = list(times)
        missing = {terms.time(t.value): t for t in wanted if t not in self._of_time}
        self._of_time.update((t, set()) for t in missing.values())
        for document, time in self._query(_OF_TIME, "time", list(missing)):
            if document.value.startswith(f"{BASE}document/"):
                self._of_time[missing[time]].add(terms.identifier_of(document))
        return set().union(*(self._of_time[time] for time in wanted))

    # --- by the names of things ---

    def sharing_things(self, extractions: Iterable[Extraction]) -> set[str]:
        """The documents that speak of the same as these, or of whom one may take for the same; not by the list."""
        keys: set[Key] = set()
        nodes: set[NamedNode] = set()
        entities: list[NamedNode] = []
        for extraction in extractions:
            linked = links(extraction)
            for entity in extraction.entities:
                if entity.key not in linked:
                    keys.update(_keys(entity))
                    entities.append(terms.entity(extraction.document.name, entity.key))
        nodes.update(row[0] for row in self._query(_MEANT, "entity", entities) if row[0] in self._keys_of)
        waiting = [*nodes, *(n for key in keys for n in self._having.get(key, ()) if n not in nodes)]
        nodes.update(waiting)
        for node in waiting:
            for other in (o for key in self._keys_of[node] for o in self._having[key]):
                if other not in nodes:
                    nodes.add(other)
                    waiting.append(other)
        return {terms.identifier_of(row[0]) for row in self._query(_MEMBERS, "thing", sorted(nodes, key=str))}

    @cached_property
    def _keys_of(self) -> dict[NamedNode, set[Key]]:
        """The things of the world that have a name of their own and are not of the list, with what they share."""
        entries = gazetteer.load().entries
        found: dict[NamedNode, set[Key]] = defaultdict(set)
        for node, class_, name in self._store.query(_NAMES):
            if node.value not in entries:
                for key in _keys(Entity("", terms.local_name(class_), (name.value,), ())):
                    found[node].add(key)
        return found

    @cached_property
    def _having(self) -> dict[Key, list[NamedNode]]:
        found: dict[Key, list[NamedNode]] = defaultdict(list)
        for node, keys in self._keys_of.items():
            for key in keys:
                found[key].append(node)
        return found

    def _query(self, query: str, name: str, nodes: list[NamedNode]) -> Iterator[tuple[NamedNode, ...]]:
        if nodes:
            yield from self._store.query(query, {name: nodes})

    # --- by agreements ---

    def like_agreement(self, pact: Pact) -> set[str]:
        """The documents that speak of an agreement which may be compared with this one (`agreements.keys`)."""
        year = int(pact.order[0][:4])
        days = set(pact.days)
        found = {d for d in self._agreements if self.published[d].year == year}
        if pact.time is not None:
            days.add((pact.time.earliest.month, pact.time.earliest.day))
        for document, (words, named) in self._agreements.items():
            if words & pact.words or named & days:
                found.add(document)
        times = (t for t, *_ in self._times if days and (t.earliest.month, t.earliest.day) in days)
        return found | (self._of_times(times) & self._agreements.keys())

    @cached_property
    def _agreements(self) -> dict[str, tuple[set[str], set[tuple[int, int]]]]:
        """The documents that speak of agreements, with the words and days by which they call these."""
        found: dict[str, tuple[set[str], set[tuple[int, int]]]] = defaultdict(lambda: (set(), set()))
        for entity, name in self._store.query(_AGREEMENTS):
            words, days = found[terms.identifier_of(entity)]
            words.update(telling_words(name.value))
            if (day := day_of(name.value)) is not None:
                days.add(day)
        return found


def _keys(entity: Entity) -> Iterator[Key]:
    """What is shared by things that may be one, or that may have one slug."""
    for name in proper_names(entity):
        yield "slug", slug_of(name)
        if entity.type != "Agreement":
            yield entity.type, name
            yield from heard(entity.type, name)
