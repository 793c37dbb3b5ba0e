"""The ontology and the PLOVER scheme: complete, consistent, within OWL 2 RL."""

from __future__ import annotations

from collections import Counter

import pytest
import rdflib
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef

from kg import reasoning
from kg.graph import ontology, ontology_quads
from kg.graph.terms import CD as TERMS
from kg.resources import folder

CD = Namespace("https://w3id.org/conflict-diplomacy/ontology#")
PLOVER = Namespace("https://w3id.org/conflict-diplomacy/plover#")
IRI = URIRef("https://w3id.org/conflict-diplomacy/ontology")

TYPES = {
    "VerbalCooperation": {
        "AGREE": {"sign"},
        "CONSULT": {"meet", "visit", "phone", "negotiate", "mediate"},
        "SUPPORT": set(),
        "CONCEDE": set(),
    },
    "MaterialCooperation": {
        "COOPERATE": set(),
        "AID": set(),
        "RETREAT": {"withdraw", "release", "ceasefire", "disarm"},
    },
    "VerbalConflict": {"REQUEST": set(), "ACCUSE": set(), "REJECT": set(), "THREATEN": set()},
    "MaterialConflict": {
        "PROTEST": set(),
        "SANCTION": set(),
        "MOBILIZE": set(),
        "COERCE": set(),
        "ASSAULT": {"airstrike", "bombing", "shooting", "kidnap"},
    },
}
ENTITY_TYPES = {
    "actor": {"Person", "State", "Organization", "InternationalOrganization", "ArmedGroup", "Group"},
    "place": {"Place"},
    "agreement": {"Agreement"},
    "thing": {"Other"},
}
INDIVIDUALS = (CD.Modality, CD.Status, CD.Kind, CD.Validity)
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, *INDIVIDUALS)


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(folder("ontology") / "conflict-diplomacy.ttl")


@pytest.fixture(scope="module")
def plover() -> Graph:
    return Graph().parse(folder("ontology") / "plover.ttl")


def declared(graph: Graph) -> set[URIRef]:
    return {s for kind in KINDS for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef)}


def individuals(graph: Graph) -> set[URIRef]:
    return {s for kind in INDIVIDUALS for s in graph.subjects(RDF.type, kind)}


def ours(graph: Graph) -> set[URIRef]:
    return {term for term in declared(graph) if term in CD}


def test_is_versioned_and_licensed(graph: Graph) -> None:
    version = str(graph.value(IRI, OWL.versionInfo))
    assert version == ontology().version
    assert str(graph.value(IRI, OWL.versionIRI)) == f"{IRI}/{version}"
    assert graph.value(IRI, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.issued, DCTERMS.modified):
        assert graph.value(IRI, predicate), predicate


def test_the_changelog_has_the_version(graph: Graph) -> None:
    version, prior = ontology().version, str(graph.value(IRI, OWL.priorVersion)).rpartition("/")[2]
    log = (folder("ontology") / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = [line for line in log.splitlines() if line.startswith("## ")]
    assert headings[0] == f"## {version} ({graph.value(IRI, DCTERMS.modified)})"
    assert headings[1].startswith(f"## {prior} (")


def test_every_term_has_one_label_and_one_definition(graph: Graph) -> None:
    for term in ours(graph):
        assert len(list(graph.objects(term, RDFS.label))) == 1, term
        definitions = list(graph.objects(term, SKOS.definition))
        assert len(definitions) == 1, term
        assert str(definitions[0]).endswith("."), term


def test_no_two_terms_of_a_kind_share_label_or_definition(graph: Graph) -> None:
    definitions = Counter(str(graph.value(term, SKOS.definition)) for term in ours(graph))
    assert max(definitions.values()) == 1
    for kind in KINDS[:3]:
        labels = Counter(str(graph.value(t, RDFS.label)) for t in ours(graph) if (t, RDF.type, kind) in graph)
        assert max(labels.values()) == 1, labels.most_common(3)


def test_every_term_has_an_example_and_a_source(graph: Graph) -> None:
    for term in ours(graph):
        assert len(list(graph.objects(term, SKOS.example))) == 1, term
        assert graph.value(term, DCTERMS.source), term


def test_is_small(graph: Graph) -> None:
    classes = {term for term in ours(graph) if (term, RDF.type, OWL.Class) in graph}
    assert len(classes) <= 73
    assert len({term for term in ours(graph) if (term, RDF.type, OWL.Class) not in graph} - individuals(graph)) <= 84


def test_nothing_is_used_that_is_not_declared(graph: Graph) -> None:
    shapes = Graph().parse(folder("ontology") / "shapes.ttl")
    actors = Graph().parse(folder("ontology") / "actors.ttl")
    for source in (graph, shapes, actors):
        used = {term for triple in source for term in triple if isinstance(term, URIRef) and term in CD}
        assert used - declared(graph) == set()


def test_has_every_type_and_mode_in_its_quad_class() -> None:
    expected = set()
    for quad, types in TYPES.items():
        for type_, modes in types.items():
            for mode in (None, *modes):
                expected.add((type_, mode))
                above = ontology().above(ontology().event_class(type_, mode))
                assert TERMS[quad] in above
                assert TERMS.Event in above
                assert (ontology().event_class(type_, None) in above[1:]) == (mode is not None)
    assert set(ontology().event_classes) == expected
    assert {ontology().event_types[node] for node in ontology().event_classes.values()} == expected


def test_has_every_type_of_entity() -> None:
    for segment, names in ENTITY_TYPES.items():
        assert {ontology().segment(ontology().thing_class(name)) for name in names} == {segment}


def test_is_consistent() -> None:
    reasoning.check()


def test_ontology_graph_has_no_blank_nodes_and_is_the_same_every_time() -> None:
    quads = ontology_quads()
    assert not any("_:" in str(term)[:2] for quad in quads for term in quad.triple)
    assert quads == ontology_quads()
    chain = [q for q in quads if q.predicate.value == str(OWL.propertyChainAxiom)]
    assert len(chain) == 4
    firsts = {q.subject for q in quads if q.predicate.value == str(RDF.first)}
    assert all(q.object in firsts for q in chain)


def test_every_event_class_has_its_plover_concept(graph: Graph, plover: Graph) -> None:
    quads = {CD[name] for name in TYPES}
    classes_of_notation = quads | {URIRef(node.value) for node in ontology().event_types}
    for term in graph.transitive_subjects(RDFS.subClassOf, CD.Event):
        if term == CD.Event or not isinstance(term, URIRef):
            continue
        (concept,) = graph.objects(term, RDFS.seeAlso)
        assert (concept, RDF.type, SKOS.Concept) in plover
        if term not in classes_of_notation:  # defined by an axiom; the class above has the notation
            continue
        assert plover.value(concept, SKOS.notation) == graph.value(term, SKOS.notation)
        broader = plover.value(concept, SKOS.broader)
        (above,) = (c for c in graph.objects(term, RDFS.subClassOf) if isinstance(c, URIRef))
        assert broader == graph.value(above, RDFS.seeAlso)


def test_cameo_is_mapped_both_ways(plover: Graph) -> None:
    codes = {str(plover.value(c, SKOS.notation)): c for c in plover.subjects(SKOS.inScheme, PLOVER.cameo)}
    assert sorted(codes) == [f"{n:02d}" for n in range(1, 21)]
    inverse = {
        SKOS.exactMatch: SKOS.exactMatch,
        SKOS.closeMatch: SKOS.closeMatch,
        SKOS.relatedMatch: SKOS.relatedMatch,
        SKOS.broadMatch: SKOS.narrowMatch,
        SKOS.narrowMatch: SKOS.broadMatch,
    }
    for relation, other in inverse.items():
        for a, b in plover.subject_objects(relation):
            assert (b, other, a) in plover, (a, relation, b)
    types = {type_ for quad in TYPES.values() for type_ in quad}
    mapped = {
        str(plover.value(t, SKOS.notation)) for r in inverse for t in plover.subjects(r) if t not in codes.values()
    }
    assert mapped == types


def test_concepts_have_label_definition_and_scheme(plover: Graph) -> None:
    for concept in plover.subjects(RDF.type, SKOS.Concept):
        for predicate in (SKOS.prefLabel, SKOS.definition, SKOS.inScheme):
            assert len(list(plover.objects(concept, predicate))) == 1, (concept, predicate)


def test_a_claimed_status_is_no_modality(graph: Graph) -> None:
    assert {str(graph.value(s, SKOS.notation)) for s in graph.subjects(RDF.type, CD.Modality)} == {
        "asserted",
        "negated",
        "future",
        "hypothetical",
    }
    assert set(ontology().statuses) == {"asserted", "claimed", "negated", "future", "hypothetical"}
    assert rdflib.Literal("claimed") in set(graph.objects(CD.Claimed, SKOS.notation))
