"""What follows from the world, and what must not."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad, Triple

from kg.graph.terms import BASE, CD, INFERRED, ONTOLOGY, OWL, RDF, WORLD, event
from kg.reasoning import inconsistencies, infer
from kg.store import Store

from ..graph import doha

SIGNING, DEAL = event("2020-02-29-signing"), NamedNode(f"{BASE}agreement/doha-agreement")
KHALILZAD = NamedNode(f"{BASE}actor/zalmay-khalilzad")
US, TALIBAN = NamedNode(doha.US), NamedNode(doha.TALIBAN)


def inferred(store: Store) -> set[tuple[object, object, object]]:
    return {(q.subject, q.predicate, q.object) for q in store.dump() if q.graph_name == INFERRED}


def test_the_parties_of_an_agreement(store: Store) -> None:
    assert infer(store).added == len(inferred(store)) > 0
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
    assert all(isinstance(subject, NamedNode) for subject, _, _ in inferred(store))
    for subject, predicate, term in inferred(store):
        assert (subject, predicate, term) not in asserted
        assert term != OWL.Thing and predicate != OWL.sameAs
        assert "genid" not in str(term)  # an anonymous class


def test_running_again_changes_nothing(store: Store) -> None:
    infer(store)
    first = list(store.dump())
    infer(store)
    assert list(store.dump()) == first


def test_what_no_longer_follows_is_gone(store: Store) -> None:
    infer(store)
    for graph in (WORLD, ONTOLOGY):
        store.replace_graph(graph, [])
    infer(store)
    assert inferred(store) == set()


def test_a_contradiction_is_told_and_the_rest_is_inferred(store: Store) -> None:
    infer(store)
    before = inferred(store)
    store.add([Quad(KHALILZAD, RDF.type, CD.Place, WORLD)])
    (contradiction,) = infer(store).contradictions
    assert contradiction.rule == "cax-dw"
    place, person = Triple(KHALILZAD, RDF.type, CD.Place), Triple(KHALILZAD, RDF.type, CD.Person)
    assert set(contradiction.triples) == {place, person}
    assert before < inferred(store)
    assert inconsistencies(store) == [contradiction]


def test_a_contradiction_rests_on_what_was_asserted(store: Store) -> None:
    store.add([Quad(SIGNING, RDF.type, CD.Prospect, WORLD)])
    assert [(found.rule, set(found.triples)) for found in inconsistencies(store)] == [
        ("cax-dw", {Triple(SIGNING, RDF.type, CD.Prospect), Triple(SIGNING, RDF.type, CD.Signing)})
    ]


def test_a_world_without_contradictions(store: Store) -> None:
    assert inconsistencies(store) == []
    assert infer(store).contradictions == ()
