"""On whole graphs, our engine infers what owlrl infers, less what `oracle` lists; keys apart, see `test_keys`."""

from __future__ import annotations

import pytest
from pyoxigraph import Triple

from kg.graph import ontology_quads
from kg.graph.terms import INFERRED, OWL
from kg.reasoning.axioms import is_axiom
from kg.reasoning.premises import premises
from kg.store import Store

from ..conftest import SHARED, Built, built
from .oracle import closure

GOLD = sorted((SHARED / "gold").glob("dev*/*.txt"))


def assert_as_owlrl(store: Store) -> None:
    data = {Triple(q.subject, q.predicate, q.object) for q in premises(store)}
    inferred = {Triple(q.subject, q.predicate, q.object) for q in store.dump() if q.graph_name == INFERRED}
    axioms = [quad.triple for quad in ontology_quads() if is_axiom(quad)]
    expected, errors = closure(axioms, data)
    assert not any(triple.predicate == OWL.sameAs for triple in inferred)  # else a key held, which owlrl was not told
    assert len(inferred) > len(data) / 2
    assert inferred == expected - data
    assert errors == []


def test_the_seeds(seeds: Built) -> None:
    assert_as_owlrl(seeds.store)


@pytest.mark.skipif(not GOLD, reason=f"no gold at {SHARED / 'gold'}: put the shared folder there")
def test_the_gold() -> None:
    assert_as_owlrl(built(GOLD).store)
