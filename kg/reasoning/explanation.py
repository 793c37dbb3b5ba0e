"""Why a triple holds: its derivation, step by step, down to what was asserted and the words that tell it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Triple

from kg.errors import KgError
from kg.reasoning.evidence import Source, sources
from kg.reasoning.facts import Fact, Terms
from kg.reasoning.inference import closed
from kg.reasoning.knowledge import Knowledge
from kg.reasoning.premises import premises
from kg.reasoning.programs import Program
from kg.reasoning.proofs import Proofs
from kg.reasoning.stored import Stored
from kg.store import Store
from kg.store.embedded import EmbeddedStore


@dataclass(frozen=True, slots=True)
class Step:
    """A triple, and why it holds: by a rule from other triples, or because `sources` say so (then `rule` is None)."""

    triple: Triple
    rule: str | None
    premises: tuple[Step, ...]
    sources: tuple[Source, ...]


def why(store: Store, triple: Triple, *, ontology: Path | None = None, rules: Path | None = None) -> Step:
    """The derivation of a triple from the premises of a store. KgError if it does not follow.

    With `ontology` or `rules`, what would follow with these in place of those kept in the store; nothing is written.
    """
    knowledge = Knowledge.of(store, ontology=ontology, rules=rules)
    if isinstance(store, EmbeddedStore) and knowledge.is_current(store):
        terms = Terms()
        facts = Stored(store.inner, terms)
        proofs = Proofs(Program(knowledge.rules(), terms), facts, facts.asserted)
        goal = terms.fact(triple)
        follows = facts.holds(goal) and not proofs.refuted(goal)
    else:
        result = closed(knowledge.rules(), premises(store))
        terms, proofs = result.program.terms, result.proofs()
        s, p, o = goal = terms.fact(triple)
        follows = o in result.facts.objects[p][s] and not proofs.refuted(goal)
    if not follows:
        raise KgError(f"{triple} neither stands in {store.location} nor follows from it: `kg query` finds what does")
    return _step(store, terms, proofs, goal)


def _step(store: Store, terms: Terms, proofs: Proofs, fact: Fact) -> Step:
    triple, step = terms.triple(fact), proofs.steps[fact]
    if step is None:
        return Step(triple, None, (), tuple(sources(store, triple)))
    rule, body = step
    return Step(triple, rule.name, tuple(_step(store, terms, proofs, other) for other in dict.fromkeys(body)), ())
