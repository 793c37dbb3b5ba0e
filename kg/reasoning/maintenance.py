"""The closure after a change, without closing everything again.

What was taken away, and all that followed from it, is looked at backwards: what can still be proved stays, the rest
goes (the backward/forward algorithm: Motik, Nenov, Piro and Horrocks, AAAI 2015). What was added is closed forwards.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from typing import Protocol

from kg.reasoning.facts import Fact, Facts
from kg.reasoning.programs import Program
from kg.reasoning.proofs import Proofs


class Shrinking(Facts, Protocol):
    """Facts that can be taken away."""

    def holds(self, fact: Fact) -> bool:
        """Whether the fact is there."""

    def discard(self, fact: Fact) -> None:
        """Take the fact away."""


def retract(
    program: Program, facts: Shrinking, asserted: Callable[[Fact], bool], removed: Iterable[Fact]
) -> list[Fact]:
    """Take away what no longer follows once facts are asserted no more; what was taken away.

    The removed facts are still in `facts`, and `asserted` no longer holds for them.
    """
    proofs = Proofs(program, facts, asserted)
    gone: list[Fact] = []
    doubtful = deque(removed)
    while doubtful:
        fact = doubtful.popleft()
        if not facts.holds(fact):
            continue
        for lost in proofs.refuted(fact):
            doubtful += _after(program, facts, lost)
            facts.discard(lost)
            gone.append(lost)
    return gone


def _after(program: Program, facts: Shrinking, fact: Fact) -> list[Fact]:
    """What follows from the fact in one step, sorted."""
    s, p, o = fact
    heads = program.consequences(p, [(s, o)], facts)
    found: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
    for predicate, pairs in heads.items():
        found[predicate].update(pairs)
    return sorted((s, p, o) for p, pairs in found.items() for s, o in pairs)
