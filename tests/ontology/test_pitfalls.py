"""The usual pitfalls of ontologies, by their numbers in the OOPS! catalogue, are not in ours."""

from __future__ import annotations

import re

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, BNode, Graph, Namespace, URIRef

from kg.resources import folder

CD = Namespace("https://w3id.org/conflict-diplomacy/ontology#")
# properties that are used on events and on what tells of events alike, on things of every class, or on any thing with
# a name: a domain or range would infer what is not so
OPEN = {
    *("participant", "participatesIn", "actor", "actorOf", "recipient", "object", "objectOf", "place", "happenedIn"),
    *("locatedIn", "time", "termOf", "actsFor", "party", "signatory", "eventClass", "status", "toldBy", "ofKind"),
    *("entityType", "country", "adjective", "demonym", "seat", "caseSensitive", "contextual"),
    *("matched", "matchedWith", "confidence", "mediator", "witness", "refuser", "sortKey", "documentCount", "variesIn"),
}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(folder("ontology") / "conflict-diplomacy.ttl")


def of(graph: Graph, *types: URIRef) -> set[URIRef]:
    return {s for t in types for s in graph.subjects(RDF.type, t) if isinstance(s, URIRef) and s in CD}


def test_p04_no_term_stands_alone(graph: Graph) -> None:
    for term in of(graph, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        logic = {p for p in graph.predicates(term) if p in RDFS or p in OWL} - {RDFS.label, RDFS.seeAlso}
        used = any(p in RDFS or p in OWL or p == RDF.first for p in graph.predicates(None, term))
        assert logic or used or term.fragment in OPEN, term


def test_p05_inverses_are_of_two_properties_and_fit(graph: Graph) -> None:
    for p, q in graph.subject_objects(OWL.inverseOf):
        assert p != q
        for one, other in ((RDFS.domain, RDFS.range), (RDFS.range, RDFS.domain)):
            if graph.value(p, one) and graph.value(q, other):
                assert graph.value(p, one) == graph.value(q, other), (p, q)


@pytest.mark.parametrize("relation", [RDFS.subClassOf, RDFS.subPropertyOf])
def test_p06_no_term_is_above_itself(graph: Graph, relation: URIRef) -> None:
    for term in of(graph, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        for above in graph.objects(term, relation):
            assert term not in set(graph.transitive_objects(above, relation)), term


def test_p10_what_is_different_is_said_to_be_disjoint(graph: Graph) -> None:
    disjoint = {frozenset(pair) for pair in graph.subject_objects(OWL.disjointWith)}
    for pair in (("Event", "Prospect"), ("Event", "Thing"), ("Thing", "Entity"), ("Event", "Report")):
        assert frozenset(CD[name] for name in pair) in disjoint


def test_p11_p19_one_domain_and_one_range_unless_used_on_different_things(graph: Graph) -> None:
    for term in of(graph, OWL.ObjectProperty, OWL.DatatypeProperty):
        domains, ranges = list(graph.objects(term, RDFS.domain)), list(graph.objects(term, RDFS.range))
        assert len(domains) <= 1 and len(ranges) <= 1, term
        assert (domains and (ranges or term == CD.entityType)) or term.fragment in OPEN, term


def test_p22_names_follow_one_convention(graph: Graph) -> None:
    for term in of(graph, OWL.Class):
        assert re.fullmatch(r"([A-Z][a-z]+)+", term.fragment), term
    for term in of(graph, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty):
        assert re.fullmatch(r"[a-z]+([A-Z][a-z]*|\d+)*", term.fragment), term


def test_p24_no_class_is_defined_by_itself(graph: Graph) -> None:
    for term in of(graph, OWL.Class):
        for expression in graph.objects(term, OWL.equivalentClass):
            met, waiting = set(), [expression]
            while waiting:
                node = waiting.pop()
                if isinstance(node, BNode) and node not in met:
                    met.add(node)
                    waiting += graph.objects(node)
                assert node != term


def test_p25_to_p29_characteristics_fit_domain_and_range(graph: Graph) -> None:
    for type_ in (OWL.SymmetricProperty, OWL.TransitiveProperty):
        for term in of(graph, type_):
            assert graph.value(term, RDFS.domain) == graph.value(term, RDFS.range), term
            assert (term, OWL.inverseOf, None) not in graph


def test_p30_p31_equivalents_are_definitions_not_other_names(graph: Graph) -> None:
    assert all(isinstance(c, BNode) for c in graph.objects(None, OWL.equivalentClass))
    assert (None, OWL.equivalentProperty, None) not in graph


def test_p34_p35_every_term_of_an_axiom_is_declared(graph: Graph) -> None:
    declared = set(graph.subjects(RDF.type)) | {RDF.nil}
    for s, p, o in graph:
        if p in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, OWL.inverseOf, OWL.equivalentClass, RDF.first):
            assert {term for term in (s, o) if isinstance(term, URIRef)} <= declared, (s, p, o)
        if p == OWL.onProperty:
            assert o in declared


def test_p38_to_p41_there_is_an_ontology_with_a_licence_in_one_namespace(graph: Graph) -> None:
    (ontology,) = graph.subjects(RDF.type, OWL.Ontology)
    assert graph.value(ontology, DCTERMS.license) is not None
    assert str(CD) == f"{ontology}#"
