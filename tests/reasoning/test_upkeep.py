"""A change of a store gives the same inferred graph as closing everything anew, whatever is added and taken away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Triple

from kg.graph import ontology_quads
from kg.graph.terms import CD, INFERRED, ONTOLOGY, RDF
from kg.reasoning import add, infer, replace_graph
from kg.store import Store, open_store

from .oracle import PREFIXES

EX = "http://example.org/"
AXIOMS = """
:A rdfs:subClassOf :B . :p rdfs:subPropertyOf :q ; rdfs:domain :A ; rdfs:range :C . :q owl:inverseOf :r .
:s a owl:SymmetricProperty . :t a owl:TransitiveProperty . :u owl:propertyChainAxiom ( :p :t ) .
:t owl:propertyChainAxiom ( :u :s ) . :C owl:hasKey ( :k ) . :B rdfs:subClassOf :E . :E rdfs:subClassOf :B .
:N owl:equivalentClass [ owl:intersectionOf ( :A [ a owl:Restriction ; owl:onProperty :s ; owl:someValuesFrom :C ] ) ] .
:N rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :t ; owl:allValuesFrom :D ] .
:D owl:equivalentClass [ a owl:Restriction ; owl:onProperty :s ; owl:hasValue :i3 ] .
:f a owl:FunctionalProperty ; rdfs:range :N .
"""
RULE = """PREFIX : <http://example.org/>
CONSTRUCT { ?a :t ?c } WHERE { ?a :q ?b . ?c :s ?b FILTER(?a != ?c) }"""

NODES = [NamedNode(f"{EX}i{number}") for number in range(7)]
CLASSES = [*(NamedNode(f"{EX}{name}") for name in "ABCDEN"), CD.Prospect, CD.Signing]
PROPERTIES = [*(NamedNode(f"{EX}{name}") for name in "pqrstufk"), CD.actor, CD.locatedIn]

nodes = st.sampled_from(NODES)
statements = st.one_of(
    st.builds(Triple, nodes, st.just(RDF.type), st.sampled_from(CLASSES)),
    st.builds(Triple, nodes, st.sampled_from(PROPERTIES), nodes),
)
changes = st.lists(
    st.tuples(st.integers(0, 3), st.lists(statements, max_size=6, unique_by=str)), min_size=1, max_size=6
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("rules")
    (folder / "my.ttl").write_text(PREFIXES + AXIOMS, encoding="utf-8")
    (folder / "my.rq").write_text(RULE, encoding="utf-8")
    with open_store(None) as opened:
        opened.add(ontology_quads())
        # enough to make every change a small one
        filling = [
            Quad(NamedNode(f"{EX}filling{n}"), CD.actor, NODES[0], NamedNode(f"{EX}filling")) for n in range(300)
        ]
        opened.add(filling)
        infer(opened, ontology=folder / "my.ttl", rules=folder / "my.rq")
        yield opened


def graph(store: Store, name: NamedNode) -> set[Triple]:
    return {Triple(q.subject, q.predicate, q.object) for q in store.dump() if q.graph_name == name}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(changes)
def test_random_changes(store: Store, changes: list[tuple[int, list[Triple]]]) -> None:
    for document, content in changes:
        name = NamedNode(f"{EX}document{document}")
        quads = [Quad(t.subject, t.predicate, t.object, name) for t in content]
        assert not replace_graph(store, name, quads).whole
    maintained = graph(store, INFERRED)
    assert infer(store).whole
    assert maintained == graph(store, INFERRED)
    for document in range(4):
        replace_graph(store, NamedNode(f"{EX}document{document}"), [])


def test_what_came_and_went_leaves_no_trace(store: Store) -> None:
    before = list(store.dump())
    name = NamedNode(f"{EX}extra")
    outcome = add(store, [Quad(NODES[1], CD.locatedIn, NODES[2], name), Quad(NODES[2], CD.locatedIn, NODES[3], name)])
    assert not outcome.whole and outcome.added
    assert Triple(NODES[1], CD.locatedIn, NODES[3]) in graph(store, INFERRED)
    replace_graph(store, name, [])
    assert list(store.dump()) == before


def test_what_is_asserted_is_not_inferred_too(store: Store) -> None:
    name = NamedNode(f"{EX}extra")
    chain = [Quad(NODES[1], CD.locatedIn, NODES[2], name), Quad(NODES[2], CD.locatedIn, NODES[3], name)]
    replace_graph(store, name, chain)
    other = NamedNode(f"{EX}other")
    replace_graph(store, other, [Quad(NODES[1], CD.locatedIn, NODES[3], other)])
    assert Triple(NODES[1], CD.locatedIn, NODES[3]) not in graph(store, INFERRED)
    replace_graph(store, other, [])
    assert Triple(NODES[1], CD.locatedIn, NODES[3]) in graph(store, INFERRED)
    replace_graph(store, name, [])


def test_what_becomes_a_prospect_no_longer_counts(store: Store) -> None:
    name, other = NamedNode(f"{EX}extra"), NamedNode(f"{EX}other")
    replace_graph(store, name, [Quad(NODES[1], CD.actor, NODES[2], name)])
    assert Triple(NODES[1], CD.participant, NODES[2]) in graph(store, INFERRED)
    replace_graph(store, other, [Quad(NODES[1], RDF.type, CD.Prospect, other)])
    assert Triple(NODES[1], CD.participant, NODES[2]) not in graph(store, INFERRED)
    replace_graph(store, other, [])
    assert Triple(NODES[1], CD.participant, NODES[2]) in graph(store, INFERRED)
    replace_graph(store, name, [])


def test_contradictions_of_a_change_are_told(store: Store) -> None:
    name = NamedNode(f"{EX}extra")
    clash = [Quad(NODES[1], RDF.type, CD.Person, name), Quad(NODES[1], RDF.type, CD.Place, name)]
    outcome = replace_graph(store, name, clash)
    assert not outcome.whole
    assert [found.rule for found in outcome.contradictions] == ["cax-dw"]
    assert replace_graph(store, name, []).contradictions == ()


def test_a_store_changed_by_other_means_is_closed_anew_when_the_ontology_differs(store: Store) -> None:
    assert not add(store, []).whole
    extra = Quad(NamedNode(f"{EX}new"), RDF.type, CD.Status, ONTOLOGY)
    store.add([extra])
    assert infer(store).whole
    assert Triple(NamedNode(f"{EX}new"), RDF.type, NamedNode("http://www.w3.org/2004/02/skos/core#Concept")) in graph(
        store, INFERRED
    )
    store.replace_graph(ONTOLOGY, ontology_quads())
    infer(store)
