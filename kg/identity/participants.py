"""What the participants of two reports have in common: parties, what the event is about, and places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from kg.extraction import lexicon

from .told import Told, World, around


class Sum(Protocol):
    """What weights are added to."""

    def add(self, weight: str, reason: str, *, binds: bool = False) -> None:
        """Count a weight by its name."""


def compare_parties(a: Told, b: Told, world: World, score: Sum) -> None:
    """Add what doers, sufferers and partners have in common; those of mutual events have no order."""
    one_has, other_has = _parties(a.roles), _parties(b.roles)
    sides, others = _parties(a.sides), _parties(b.sides)
    shared_by_all: set[str] = set()
    none: frozenset[str] = frozenset()
    for role in sorted(one_has.keys() & other_has.keys()):
        one, other = one_has[role], other_has[role]
        if shared := one & other:
            shared_by_all |= shared
            named = ", ".join(sorted(world.label(slug) for slug in shared))
            score.add(f"same {role}", f"{role} {named} in both", binds=True)
            continue
        names = [", ".join(sorted(world.label(slug) for slug in found)) for found in (one, other)]
        if sides[role] & others[role]:
            score.add("same side", f"{role} {names[0]} and {names[1]} are one side", binds=True)
        elif world.heads(one) & world.heads(other):
            score.add("like party", f"{role} {names[0]} and {names[1]} are called alike")
        elif sides[role] and others[role]:
            score.add(f"other {role}", f"{role} {names[0]} in one, {names[1]} in the other")
    roles = lexicon.load().roles_that_are("party")
    if not shared_by_all and any(one_has.get(x, none) & other_has.get(y, none) for x in roles for y in roles if x != y):
        score.add("reversed", "who does it in one suffers it in the other")
    if len(shared_by_all) > 1:
        score.add("both parties", "they share more than one party")
    if any(world.things[slug].type == "Person" for slug in shared_by_all):
        score.add("same person", "they share a person")


def _parties(roles: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    return {role: roles[role] for role in lexicon.load().roles_that_are("party") if role in roles}


def compare_matters(a: Told, b: Told, world: World, score: Sum) -> None:
    """Add what the two have in common of what they are about, agreements above all."""
    for role in lexicon.load().roles_that_are("matter"):
        one, other = a.roles.get(role, frozenset()), b.roles.get(role, frozenset())
        first, second = ({s for s in found if world.things[s].type == _agreement()} for found in (one, other))
        if shared := first & second:
            score.add("same agreement", f"{role} {world.label(min(shared))} in both", binds=True)
        elif first and second:
            names = world.label(min(first)), world.label(min(second))
            score.add("other agreement", f"{role} {names[0]} in one, {names[1]} in the other")
        elif both := one & other:
            score.add("same object", f"{role} {world.label(min(both))} in both", binds=True)
    if shared_terms := a.terms & b.terms:
        score.add("same term", f"{world.label(min(shared_terms))} stipulates both", binds=True)
    elif a.terms and b.terms:
        score.add("other term", "other agreements stipulate them")


def _agreement() -> str:
    return str(lexicon.load().data("agreements")["class"])


def agree_on_places(a: Told, b: Told, world: World, score: Sum) -> bool:
    """Add what the places have in common; False where they are known and elsewhere."""
    for role in lexicon.load().roles_that_are("place"):
        one, other = a.roles.get(role, frozenset()), b.roles.get(role, frozenset())
        if not one or not other:
            continue
        if shared := one & other:
            score.add("same place", f"in {world.label(min(shared))}", binds=True)
            continue
        within = [(x, y) for x in sorted(one) for y in sorted(other) if _lies(x, y, world) or _lies(y, x, world)]
        if within:
            score.add("place within place", f"{world.label(within[0][0])} and {world.label(within[0][1])} overlap")
        elif all(world.sides(slug) for slug in (*one, *other)):
            return False
    return True


def _lies(inner: str, outer: str, world: World) -> bool:
    known, around_it = world.things[inner].known_as, world.things[outer].known_as
    return known is not None and around_it is not None and around_it in around(known)
