"""Who is who across documents: entities become actors, places and agreements of the world.

Two entities are one when the gazetteer knows them as the same, or when they are of one class and share a proper
name. Persons are told by their last two names, so that titles do not part them. What has no proper name stays
with its document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.language import gazetteer
from kg.model import Entity, Extraction, Thing

from .names import normal, proper_names

Member = tuple[str, str]


def join(extractions: Sequence[Extraction], same_agreement: Iterable[tuple[Member, Member]] = ()) -> tuple[Thing, ...]:
    """The things of the world, sorted by slug; `same_agreement` pairs agreements that the signings show to be one."""
    entities = {(x.document.name, e.key): e for x in extractions for e in x.entities}
    groups = _Groups(entities)
    for key, members in _by_identity(entities).items():
        groups.unite(key, members)
    for a, b in same_agreement:
        groups.unite_pair(a, b)
    things = [_thing([(m, entities[m]) for m in members]) for members in groups.all()]
    return tuple(sorted(_unique_slugs(things), key=lambda t: (t.type, t.slug)))


def _by_identity(entities: dict[Member, Entity]) -> dict[tuple[object, ...], list[Member]]:
    found: dict[tuple[object, ...], list[Member]] = defaultdict(list)
    for member in sorted(entities):
        entity = entities[member]
        if entity.known_as:
            found["known", entity.known_as].append(member)
        if entity.type == "Agreement":
            continue
        for name in proper_names(entity):
            found[entity.type, name[-2:] if entity.type == "Person" else name].append(member)
    return found


class _Groups:
    """Disjoint sets of members; never joins two that the gazetteer knows as different, nor two classes."""

    def __init__(self, entities: dict[Member, Entity]) -> None:
        self.entities = entities
        self.parent = {m: m for m in entities}
        self.known: dict[Member, set[str]] = {m: {e.known_as} if e.known_as else set() for m, e in entities.items()}

    def root(self, member: Member) -> Member:
        while self.parent[member] != member:
            self.parent[member] = self.parent[self.parent[member]]
            member = self.parent[member]
        return member

    def unite(self, key: tuple[object, ...], members: Sequence[Member]) -> None:
        for other in members[1:]:
            self.unite_pair(members[0], other, same_known=key[0] == "known")

    def unite_pair(self, a: Member, b: Member, *, same_known: bool = False) -> None:
        first, second = sorted((self.root(a), self.root(b)))
        if first == second or self.entities[first].type != self.entities[second].type:
            return
        if not same_known and len(self.known[first] | self.known[second]) > 1:
            return
        self.parent[second] = first
        self.known[first] |= self.known[second]

    def all(self) -> list[list[Member]]:
        found: dict[Member, list[Member]] = defaultdict(list)
        for member in sorted(self.entities):
            found[self.root(member)].append(member)
        return list(found.values())


def _thing(members: list[tuple[Member, Entity]]) -> Thing:
    known = next((e.known_as for _, e in members if e.known_as), None)
    entry = gazetteer.load().entries.get(known or "")
    kind = members[0][1].type
    counts: dict[str, int] = defaultdict(int)
    for _, entity in members:
        for name in entity.names:
            counts[name] += 1
    proper = {n for _, e in members for n in e.names if normal(n) in proper_names(e)}
    names = tuple(sorted(counts, key=lambda n: (n not in proper, -counts[n], -len(n), n)))
    if kind == "Person" and proper:
        names = tuple(sorted(names, key=lambda n: (n not in proper, len(normal(n)) != 2, -counts[n], n)))
    if entry is not None:
        names = (entry.label, *(n for n in names if n != entry.label))
    label = known.rsplit("/", 1)[1] if known else "-".join(normal(names[0])[:8])
    if not known and not proper:
        label = f"{label}-in-{members[0][0][0]}"
    return Thing(label, kind, names, tuple(m for m, _ in members), known)


def _unique_slugs(things: list[Thing]) -> list[Thing]:
    """Number the things that would share a slug; those that the gazetteer knows keep theirs first."""
    taken: set[str] = set()
    unique = []
    for thing in sorted(things, key=lambda t: (t.known_as is None, t.slug, t.type, t.members)):
        slug, n = thing.slug or "unnamed", 2
        while slug in taken:
            slug, n = f"{thing.slug}-{n}", n + 1
        taken.add(slug)
        unique.append(Thing(slug, thing.type, thing.names, thing.members, thing.known_as))
    return unique
