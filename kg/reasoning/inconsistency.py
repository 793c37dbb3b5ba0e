"""What contradicts the ontology: findings of the OWL 2 RL rules whose conclusion is `false`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Triple

from kg.reasoning.facts import Fact, Terms
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
    found: dict[tuple[str, frozenset[Fact]], Inconsistency] = {}
    for rule, body in clashes:
        if (key := (rule.name, frozenset(body))) in found:
            continue  # the same two facts in another order
        grounds = {terms.triple(fact) for goal in body for fact in proofs.grounds(goal)}
        clash = " and ".join(" ".join(map(str, terms.triple(fact))) for fact in dict.fromkeys(body))
        message = f"{clash} cannot both hold" if len(set(body)) > 1 else f"{clash} cannot hold"
        found[key] = Inconsistency(rule.name, message, tuple(sorted(grounds, key=str)))
    return sorted(found.values(), key=lambda one: (one.rule, tuple(map(str, one.triples)), one.message))
