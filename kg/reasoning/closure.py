"""The closure: everything that follows from facts by rules, new facts first looked at once each (semi-naive)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.errors import KgError
from kg.reasoning.facts import Facts, Pair
from kg.reasoning.programs import Program

CLUSTER = 100
"""More names for one thing than this are a fault of a key or a functional property, not a finding."""


def close(program: Program, facts: Facts, new: Mapping[int, Iterable[Pair]]) -> dict[int, list[Pair]]:
    """Add what follows from facts that were just added; predicate -> the pairs that were not there before.

    KgError where more than `CLUSTER` terms would be the same.
    """
    pending: dict[int, list[Pair]] = {predicate: list(pairs) for predicate, pairs in new.items()}
    added: dict[int, list[Pair]] = {}
    while pending:
        predicate = next(iter(pending))
        for head, pairs in program.consequences(predicate, pending.pop(predicate), facts).items():
            if head == program.same:  # that a term is the same as itself goes without saying
                pairs = [(s, o) for s, o in pairs if s != o]
            if fresh := facts.add(head, pairs):
                if head == program.same:
                    _check_clusters(program, facts, fresh)
                pending.setdefault(head, []).extend(fresh)
                added.setdefault(head, []).extend(fresh)
    return added


def _check_clusters(program: Program, facts: Facts, pairs: Iterable[Pair]) -> None:
    for subject, _ in pairs:
        if len(facts.objects[program.same][subject]) > CLUSTER:
            raise KgError(
                f"more than {CLUSTER} terms would be the same as {program.terms.term(subject)}: "
                "correct the data, or the key or functional property that makes them so"
            )
