"""What contradicts the ontology: findings of the OWL 2 RL rules whose conclusion is `false`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Triple

from kg.reasoning.facts import Terms
from kg.reasoning.programs import Body
from kg.reasoning.proofs import Proofs
from kg.reasoning.rules import Rule


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """One contradiction: `rule` is the OWL 2 RL rule (`cax-dw`), `message` says what clashes.

    `triples` are the asserted statements that it rests on, sorted; taking one of them back mends it.
    """

    rule: str
    message: str
    triples: tuple[Triple, ...]


def described(clashes: Iterable[tuple[Rule, Body]], proofs: Proofs, terms: Terms) -> list[Inconsistency]:
    """The contradictions with what they rest on, sorted by rule and triples, each once."""
    found: dict[tuple[str, tuple[Triple, ...]], Inconsistency] = {}
    for rule, body in clashes:
        grounds = {terms.triple(fact) for goal in body for fact in proofs.grounds(goal)}
        clash = sorted({" ".join(map(str, terms.triple(fact))) for fact in body})
        message = f"{' and '.join(clash)} cannot {'all ' if len(clash) > 1 else ''}hold"
        one = Inconsistency(rule.name, message, tuple(sorted(grounds, key=str)))
        key = one.rule, one.triples
        if key not in found or one.message < found[key].message:
            found[key] = one
    return sorted(found.values(), key=lambda one: (one.rule, tuple(map(str, one.triples))))
