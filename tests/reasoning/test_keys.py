"""Keys: ours are right where owlrl's are not."""

from __future__ import annotations

import owlrl
import pytest
from pyoxigraph import Triple
from rdflib import OWL, Graph, URIRef

from kg.errors import KgError
from kg.reasoning.axioms import Axioms
from kg.reasoning.inference import closed
from kg.reasoning.owl_rl import rules

from .oracle import PREFIXES, triples

AXIOMS = ":C owl:hasKey ( :k :l ) ."


def same(data: str) -> set[Triple]:
    result = closed(rules(Axioms(triples(AXIOMS))), triples(data))
    return {t for t in result.triples() if t.predicate.value == str(OWL.sameAs)}


def test_who_shares_all_of_a_key_is_the_same() -> None:
    found = same(":a a :C ; :k 1, 7 ; :l 2 . :b a :C ; :k 1 ; :l 2, 3 .")
    assert found == set(triples(":a owl:sameAs :b . :b owl:sameAs :a ."))


def test_who_shares_a_part_of_it_is_not() -> None:
    assert same(":a a :C ; :k 1 ; :l 2 . :b a :C ; :k 1 ; :l 3 .") == set()


def test_who_is_of_another_class_is_not() -> None:
    assert same(":a a :C ; :k 1 ; :l 2 . :b a :D ; :k 1 ; :l 2 .") == set()


def test_who_has_no_value_is_not() -> None:
    assert same(":a a :C ; :k 1 . :b a :C ; :k 1 .") == set()


def test_a_key_that_makes_a_crowd_one_is_an_error() -> None:
    crowd = " ".join(f":i{number} a :C ; :k 1 ; :l 2 ." for number in range(102))
    with pytest.raises(KgError, match="more than 100 terms would be the same as"):
        same(crowd)


def test_owlrl_still_drops_the_last_property_of_a_key() -> None:
    """Tells us when owlrl is mended: then keys can go to it too."""
    graph = Graph().parse(data=f"{PREFIXES} {AXIOMS} :a a :C ; :k 1 ; :l 2 . :b a :C ; :k 1 ; :l 3 .")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert (URIRef("http://example.org/a"), OWL.sameAs, URIRef("http://example.org/b")) in graph
