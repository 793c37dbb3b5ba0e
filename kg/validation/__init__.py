"""SHACL: whether the graphs are what `ontology/shapes.ttl` says they are.

Each document graph and the world graph is validated by itself, together with the class hierarchy of the ontology, so
the time grows with the number of documents and a finding names its graph.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyshacl
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.term import Node

from kg.errors import KgError
from kg.graph.ontology import ontology_quads
from kg.graph.terms import CD, WORLD
from kg.resources import folder
from kg.store import Solutions, Store

Term = NamedNode | BlankNode | Literal | Triple

__all__ = ["Finding", "validate"]

# rdflib logs each ill-typed literal with a traceback; here a finding says it
logging.getLogger("rdflib.term").setLevel(logging.ERROR)

_DOCUMENTS = f"SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ ?document a <{CD.Document.value}> }} }}"
_STATEMENTS = """SELECT ?subject ?predicate ?object
WHERE { VALUES ?graph { UNDEF } GRAPH ?graph { ?subject ?predicate ?object } }"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    `severity` is `Violation`, `Warning` or `Info`; `node` and `graph` are IRIs, and so is `path`, empty for a fault of
    the node as a whole; `message` is a sentence.
    """

    severity: str
    node: str
    path: str
    message: str
    graph: str


def validate(store: Store) -> list[Finding]:
    """What the shapes find in the document graphs and the world graph, sorted by graph, node, path and message."""
    answer = store.query(_DOCUMENTS)
    assert isinstance(answer, Solutions)
    graphs = sorted({row["graph"].value for row in answer} | {WORLD.value})
    found = [finding for name in graphs for finding in _validate_graph(store, NamedNode(name))]
    return sorted(found, key=lambda finding: (finding.graph, finding.node, finding.path, finding.message))


def _validate_graph(store: Store, name: NamedNode) -> set[Finding]:
    answer = store.query(_STATEMENTS, {"graph": name})
    assert isinstance(answer, Solutions)
    data = _graph((row[0], row[1], row[2]) for row in answer)
    ill_typed = [(s, p, o) for s, p, o in data if isinstance(o, RdflibLiteral) and o.ill_typed]
    for triple in ill_typed:  # pySHACL would try to compare them, and raise
        data.remove(triple)
    data += _classes()
    _, report, _ = pyshacl.validate(data, shacl_graph=_shapes(), inplace=True, advanced=False, meta_shacl=False)
    if not isinstance(report, Graph):
        raise KgError(f"ontology/shapes.ttl cannot be used: {report}")
    found = {_finding(report, result, name.value) for result in report.subjects(RDF.type, SH.ValidationResult)}
    return found | {_ill_typed(node, path, literal, name.value) for node, path, literal in ill_typed}


def _ill_typed(node: Node, path: Node, literal: Node, graph: str) -> Finding:
    assert isinstance(literal, RdflibLiteral)
    kind = str(literal.datatype).rpartition("#")[2]
    return Finding("Violation", str(node), str(path), f"{str(literal)!r} is no {kind}.", graph)


def _finding(report: Graph, result: Node, graph: str) -> Finding:
    path = report.value(result, SH.resultPath)
    if isinstance(path, BNode):  # an inverse path, the only other kind that the shapes use
        path = report.value(path, SH.inversePath)
    messages = sorted(str(message) for message in report.objects(result, SH.resultMessage))
    return Finding(
        severity=str(report.value(result, SH.resultSeverity)).rpartition("#")[2],
        node=str(report.value(result, SH.focusNode)),
        path="" if path is None else str(path),
        message=messages[0] if messages else "",
        graph=graph,
    )


@cache
def _shapes() -> Graph:
    return Graph().parse(folder("ontology") / "shapes.ttl", format="turtle")


@cache
def _classes() -> Graph:
    """The class hierarchy and the individuals of the ontology: all of it that a shape looks at."""
    graph = _graph((quad.subject, quad.predicate, quad.object) for quad in ontology_quads())
    for predicate in set(graph.predicates()) - {RDF.type, RDFS.subClassOf}:
        graph.remove((None, predicate, None))
    for class_ in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty):
        graph.remove((None, RDF.type, class_))
    return graph


def _graph(triples: Iterable[tuple[Term, Term, Term]]) -> Graph:
    graph = Graph()
    for subject, predicate, term in triples:
        graph.add((_rdflib(subject), _rdflib(predicate), _rdflib(term)))
    return graph


def _rdflib(term: Term) -> Node:
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, Literal) and term.language is not None:
        return RdflibLiteral(term.value, lang=term.language)
    if isinstance(term, Literal):
        return RdflibLiteral(term.value, datatype=URIRef(term.datatype.value))
    raise TypeError(f"the graph holds neither blank nodes nor quoted triples: {term}")
