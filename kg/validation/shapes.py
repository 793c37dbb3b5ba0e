"""SHACL: whether the graphs are what `ontology/shapes.ttl` says they are.

Each document graph and the world graph is validated by itself, together with the class hierarchy of the ontology, so
the time grows with the number of documents and a finding names its graph.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from functools import cache

import pyshacl
from pyoxigraph import Literal, NamedNode, Triple
from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.term import Node

from kg.errors import KgError
from kg.graph.ontology import ontology_quads
from kg.graph.terms import CD, WORLD
from kg.resources import folder
from kg.store import Solutions, Store, Term
from kg.validation.finding import Finding
from kg.validation.quotes import quotes

# rdflib logs each ill-typed literal with a traceback; here a finding says it
logging.getLogger("rdflib.term").setLevel(logging.ERROR)

_DOCUMENTS = f"SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ ?document a <{CD.Document.value}> }} }}"
_STATEMENTS = """SELECT ?subject ?predicate ?object
WHERE { VALUES ?graph { UNDEF } GRAPH ?graph { ?subject ?predicate ?object } }"""
_DECLARATIONS = (OWL.Class, OWL.Restriction, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


def misshapen(store: Store) -> Iterator[Finding]:
    """What the shapes find in the document graphs and the world graph, in no order."""
    answer = store.query(_DOCUMENTS)
    assert isinstance(answer, Solutions)
    for name in sorted({row["graph"].value for row in answer} | {WORLD.value}):
        yield from _misshapen(store, NamedNode(name))


def _misshapen(store: Store, name: NamedNode) -> Iterator[Finding]:
    answer = store.query(_STATEMENTS, {"graph": name})
    assert isinstance(answer, Solutions)
    data = _graph((row[0], row[1], row[2]) for row in answer)
    ill_typed = [(s, p, o) for s, p, o in data if isinstance(o, RdflibLiteral) and o.ill_typed]
    for triple in ill_typed:  # pySHACL would try to compare them, and raise
        data.remove(triple)
    checked = data + _classes()
    _, report, _ = pyshacl.validate(checked, shacl_graph=_shapes(), inplace=True, advanced=False, meta_shacl=False)
    if not isinstance(report, Graph):
        raise KgError(f"ontology/shapes.ttl cannot be used: {report}")
    found = {_finding(report, result, data, name) for result in report.objects(None, SH.result)}
    for finding in found | {_ill_typed(triple, name) for triple in ill_typed}:
        yield quotes(store, data, finding)


def _ill_typed(triple: tuple[Node, Node, Node], graph: NamedNode) -> Finding:
    node, path, literal = triple
    assert isinstance(literal, RdflibLiteral)
    kind = str(literal.datatype).rpartition("#")[2]
    message = f"{str(literal)!r} is no {kind}."
    return Finding("Violation", str(node), str(path), message, graph.value, "Datatype", (_triple(triple),))


def _finding(report: Graph, result: Node, data: Graph, graph: NamedNode) -> Finding:
    node, value = report.value(result, SH.focusNode), report.value(result, SH.value)
    path, inverse = report.value(result, SH.resultPath), False
    if isinstance(path, BNode):  # an inverse path, the only other kind that the shapes report on
        path, inverse = report.value(path, SH.inversePath), True
    messages = sorted(str(message) for message in report.objects(result, SH.resultMessage))
    component = str(report.value(result, SH.sourceConstraintComponent)).rpartition("#")[2]
    # a fault of the node as a whole is one of its class
    pattern = (value, path, node) if inverse else (node, path or RDF.type, value if path else None)
    triples = sorted((_triple(triple) for triple in data.triples(pattern)), key=str)
    return Finding(
        severity=str(report.value(result, SH.resultSeverity)).rpartition("#")[2],
        node=str(node),
        path="" if path is None else str(path),
        message=messages[0] if messages else "",
        graph=graph.value,
        rule=component.removesuffix("ConstraintComponent"),
        triples=tuple(triples),
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
    for class_ in _DECLARATIONS:
        graph.remove((None, RDF.type, class_))
    return graph


def _graph(triples: Iterable[tuple[object, object, object]]) -> Graph:
    graph = Graph()
    for subject, predicate, term in triples:
        graph.add((_rdflib(subject), _rdflib(predicate), _rdflib(term)))
    return graph


def _rdflib(term: object) -> Node:
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, Literal) and term.language is not None:
        return RdflibLiteral(term.value, lang=term.language)
    if isinstance(term, Literal):
        return RdflibLiteral(term.value, datatype=URIRef(term.datatype.value))
    raise TypeError(f"the graph holds neither blank nodes nor quoted triples: {term}")


def _triple(triple: tuple[Node, Node, Node]) -> Triple:
    subject, predicate, term = triple
    if isinstance(term, RdflibLiteral) and term.language is not None:
        value: Term = Literal(str(term), language=term.language)
    elif isinstance(term, RdflibLiteral):
        value = Literal(str(term), datatype=None if term.datatype is None else NamedNode(str(term.datatype)))
    else:
        value = NamedNode(str(term))
    return Triple(NamedNode(str(subject)), NamedNode(str(predicate)), value)
