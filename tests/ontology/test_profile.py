"""The ontology keeps to OWL 2 RL, and the check of it finds what does not."""

from __future__ import annotations

import pytest
from rdflib import Graph

from kg.resources import folder

from .profile import violations

PREFIXES = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SOME = "[ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :B ]"
ALL = "[ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :B ]"
VALUE = "[ a owl:Restriction ; owl:onProperty :p ; owl:hasValue :b ]"


def test_the_ontology_keeps_to_owl_2_rl() -> None:
    assert violations(Graph().parse(folder("ontology") / "conflict-diplomacy.ttl")) == []


@pytest.mark.parametrize(
    "axiom",
    [
        f"{SOME} rdfs:subClassOf :A .",
        f":A rdfs:subClassOf {ALL} .",
        f":A owl:equivalentClass [ owl:intersectionOf ( :B {VALUE} ) ] .",
        "[ owl:unionOf ( :B :C ) ] rdfs:subClassOf :A .",
        ":A rdfs:subClassOf [ owl:complementOf :B ] .",
        ":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 1 ] .",
        ":d a owl:DatatypeProperty ; rdfs:range xsd:dateTime .",
    ],
)
def test_what_is_within(axiom: str) -> None:
    assert violations(Graph().parse(data=PREFIXES + axiom, format="turtle")) == []


@pytest.mark.parametrize(
    ("axiom", "found"),
    [
        (f":A rdfs:subClassOf {SOME} .", "cannot stand above"),
        (f":A owl:equivalentClass {SOME} .", "cannot be equivalent"),
        (f":A owl:equivalentClass [ owl:intersectionOf ( :B {SOME} ) ] .", "cannot be equivalent"),
        (f"{ALL} rdfs:subClassOf :A .", "cannot stand below"),
        (":A rdfs:subClassOf [ owl:unionOf ( :B :C ) ] .", "cannot stand above"),
        (":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 2 ] .", "cannot stand above"),
        ("owl:Thing rdfs:subClassOf :A .", "cannot stand below"),
        (":A owl:disjointUnionOf ( :B :C ) .", "not in OWL 2 RL"),
        (":p a owl:ReflexiveProperty .", "not in OWL 2 RL"),
        (":d a owl:DatatypeProperty ; rdfs:range xsd:date .", "cannot be the range"),
        (':a :d "2020-02-29"^^xsd:date .', "no literal of OWL 2"),
        (":p a owl:TransitiveProperty , owl:IrreflexiveProperty .", "not simple"),
        (":p owl:propertyChainAxiom ( :q :r ) ; a owl:FunctionalProperty .", "not simple"),
    ],
)
def test_what_is_outside(axiom: str, found: str) -> None:
    assert [v for v in violations(Graph().parse(data=PREFIXES + axiom, format="turtle")) if found in v]
