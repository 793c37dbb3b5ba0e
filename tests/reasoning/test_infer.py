"""What follows from the world, and what must not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import KgError
from kg.graph import document_quads, ontology_quads, world_quads
from kg.graph.terms import BASE, CD, INFERRED, OWL, RDF, WORLD, event
from kg.reasoning import infer
from kg.store import Store, open_store

from ..graph import doha

SIGNING, DEAL = event("2020-02-29-signing"), NamedNode(f"{BASE}agreement/doha-agreement")
KHALILZAD = NamedNode(f"{BASE}actor/zalmay-khalilzad")
US, TALIBAN = NamedNode(doha.US), NamedNode(doha.TALIBAN)


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(None) as opened:
        opened.add(document_quads(doha.EXTRACTION, provenance=doha.PROVENANCE))
        opened.add(world_quads(doha.WORLD, [doha.EXTRACTION]))
        opened.add(ontology_quads())
        yield opened


def inferred(store: Store) -> set[tuple[object, object, object]]:
    return {(q.subject, q.predicate, q.object) for q in store.dump() if q.graph_name == INFERRED}


def test_the_parties_of_an_agreement(store: Store) -> None:
    assert infer(store) == len(inferred(store)) > 0
    found = inferred(store)
    assert {o for s, p, o in found if (s, p) == (DEAL, CD.signatory)} == {KHALILZAD, TALIBAN}
    assert {o for s, p, o in found if (s, p) == (DEAL, CD.party)} == {KHALILZAD, TALIBAN, US}


def test_who_takes_part(store: Store) -> None:
    infer(store)
    found = inferred(store)
    assert (SIGNING, CD.participant, TALIBAN) in found
    assert (TALIBAN, CD.participatesIn, SIGNING) in found
    civilians = NamedNode(f"{BASE}actor/civilians")
    assert (event("bombing"), CD.participant, civilians) in found
    assert (SIGNING, CD.participant, NamedNode(doha.DOHA)) not in found


def test_the_classes_above(store: Store) -> None:
    infer(store)
    found = inferred(store)
    for name in ("Agree", "VerbalCooperation", "Event"):
        assert (SIGNING, RDF.type, CD[name]) in found
    assert (KHALILZAD, RDF.type, CD.Actor) in found


def test_an_event_happened_in_the_country_of_its_place(store: Store) -> None:
    infer(store)
    places = {o for s, p, o in inferred(store) if (s, p) == (SIGNING, CD.happenedIn)}
    assert places == {NamedNode(doha.DOHA), NamedNode(f"{BASE}actor/qatar")}


def test_nothing_is_inferred_from_a_prospect(store: Store) -> None:
    infer(store)
    withdrawal = event("withdrawal")
    assert not [t for t in inferred(store) if withdrawal in t]


def test_nothing_trivial_and_nothing_asserted(store: Store) -> None:
    infer(store)
    asserted = {(q.subject, q.predicate, q.object) for q in store.dump() if q.graph_name != INFERRED}
    terms = {q.subject for q in ontology_quads()}
    for subject, predicate, term in inferred(store):
        assert (subject, predicate, term) not in asserted
        assert isinstance(subject, NamedNode) and not isinstance(term, Literal)
        assert subject not in terms
        assert term != OWL.Thing and predicate != OWL.sameAs


def test_running_again_changes_nothing(store: Store) -> None:
    first = infer(store), inferred(store)
    assert (infer(store), inferred(store)) == first


def test_what_no_longer_follows_is_gone(store: Store) -> None:
    infer(store)
    store.replace_graph(WORLD, [])
    assert infer(store) == 0
    assert inferred(store) == set()


def test_a_contradiction_is_an_error_and_leaves_the_inferred_graph_alone(store: Store) -> None:
    infer(store)
    before = inferred(store)
    store.add([Quad(KHALILZAD, RDF.type, CD.Place, WORLD)])
    with pytest.raises(KgError, match=r"the world contradicts the ontology: .*zalmay-khalilzad"):
        infer(store)
    assert inferred(store) == before


def test_a_prospect_cannot_have_happened(store: Store) -> None:
    store.add([Quad(SIGNING, RDF.type, CD.Prospect, WORLD)])
    store.add([Quad(SIGNING, RDF.type, CD.Event, WORLD)])
    with pytest.raises(KgError, match="2020-02-29-signing"):
        infer(store)
