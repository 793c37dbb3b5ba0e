"""OWL 2 RL over the ontology and the world; what follows stands in a graph of its own, rebuilt at will.

`infer` is the boundary: the engine behind it may change. Today it is owlrl, the reference implementation, which takes
about a thousand triples a second; so it is given only what a rule can use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

import owlrl
from owlrl.Namespaces import ERRNS
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from kg.errors import KgError
from kg.graph.ontology import ontology_quads
from kg.graph.terms import CD, INFERRED, WORLD
from kg.reasoning.inconsistency import Inconsistency, inconsistencies
from kg.store import Solutions, Store

__all__ = ["Inconsistency", "check", "inconsistencies", "infer"]

Triple = tuple[Node, Node, Node]

_STATEMENTS = """SELECT ?subject ?predicate ?object
WHERE { VALUES ?graph { UNDEF } GRAPH ?graph { ?subject ?predicate ?object } FILTER(isIRI(?object)) }"""

_ANNOTATIONS = {RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, OWL.versionInfo, OWL.versionIRI}
# owlrl merges individuals that share only the last property of a key, so keys are left out
_UNSOUND = {OWL.hasKey}
# axioms by which a statement with the property entails more than the class of its subject or object,
# which the graph's writers state anyway and the shapes check
_PRODUCTIVE = {RDFS.subPropertyOf, OWL.inverseOf, OWL.equivalentProperty, OWL.propertyChainAxiom}
_PRODUCTIVE_TYPES = {
    OWL.TransitiveProperty,
    OWL.SymmetricProperty,
    OWL.FunctionalProperty,
    OWL.InverseFunctionalProperty,
    OWL.IrreflexiveProperty,
    OWL.AsymmetricProperty,
}
_LISTS = {RDF.first, RDF.rest}


def infer(store: Store) -> int:
    """Rewrite the inferred graph from the world graph; the number of its triples.

    Nothing is inferred from prospects, which have not happened. KgError if the world contradicts the ontology; the
    inferred graph then stays as it was.
    """
    answer = store.query(_STATEMENTS, {"graph": WORLD})
    assert isinstance(answer, Solutions)
    world = [(row[0], row[1], row[2]) for row in answer]
    closed = _closed([*_axioms(), *_usable(world)], "the world contradicts the ontology", "correct the documents or it")
    new = _new(closed, {tuple(map(_rdflib, triple)) for triple in world})
    quads = sorted((Quad(_oxigraph(s), _oxigraph(p), _oxigraph(o), INFERRED) for s, p, o in new), key=str)
    store.replace_graph(INFERRED, quads)
    return len(quads)


def check() -> None:
    """KgError if the ontology contradicts itself."""
    _closed(_axioms(), "the ontology contradicts itself", "correct it")


def _closed(triples: Iterable[Triple], fault: str, remedy: str) -> Graph:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
    if errors := sorted(str(message) for message in graph.objects(None, ERRNS.error)):
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        what = re.sub(r"\s+", " ", errors[0]).strip()
        raise KgError(f"{fault}: {what}{more}: {remedy}")
    return graph


def _new(closed: Graph, asserted: set[tuple[Node, ...]]) -> Iterator[Triple]:
    """What was entailed of the world's own subjects, less the trivial and what was asserted."""
    known = {subject for subject, _, _ in asserted} | {term for _, _, term in asserted} - _vocabulary()
    for subject, predicate, term in closed:
        if subject not in known or subject in _vocabulary() or (subject, predicate, term) in asserted:
            continue
        if term == OWL.Thing or (predicate == OWL.sameAs and subject == term) or not isinstance(term, URIRef):
            continue
        yield subject, predicate, term


def _usable(world: Iterable[tuple[NamedNode, NamedNode, NamedNode]]) -> Iterator[Triple]:
    """The statements that a rule can use, without those about prospects."""
    statements = list(world)
    prospects = {subject for subject, _, term in statements if term == CD.Prospect}
    for subject, predicate, term in statements:
        triple = _rdflib(subject), _rdflib(predicate), _rdflib(term)
        of_prospect = subject in prospects or term in prospects
        # the classes of prospects stay, so that one that is typed as an event too is found out
        if triple[1] == RDF.type or (triple[1] in _usable_properties() and not of_prospect):
            yield triple


@cache
def _axioms() -> tuple[Triple, ...]:
    """The ontology's logical statements, without labels and definitions."""
    triples = [
        (_rdflib(q.subject), _rdflib(q.predicate), _rdflib(q.object))
        for q in ontology_quads()
        if not isinstance(q.object, Literal)
    ]
    logic = (str(RDF), str(RDFS), str(OWL))
    return tuple(
        triple
        for triple in triples
        if str(triple[1]).startswith(logic)
        and triple[1] not in _ANNOTATIONS | _UNSOUND
        and triple[2] != OWL.AnnotationProperty
        and (triple[1] != RDF.type or str(triple[2]).startswith(logic))
    )


@cache
def _vocabulary() -> frozenset[Node]:
    """Every term that the ontology speaks of."""
    return frozenset(_rdflib(term) for quad in ontology_quads() for term in quad.triple if isinstance(term, NamedNode))


@cache
def _usable_properties() -> frozenset[Node]:
    used: set[Node] = set()
    for subject, predicate, term in _axioms():
        if predicate in _PRODUCTIVE:
            used |= {subject, term}
        elif predicate in _LISTS:
            used.add(term)
        elif predicate == RDF.type and term in _PRODUCTIVE_TYPES:
            used.add(subject)
    return frozenset(used)


def _rdflib(term: object) -> URIRef:
    assert isinstance(term, NamedNode)  # neither literals nor blank nodes come here
    return URIRef(term.value)


def _oxigraph(term: Node) -> NamedNode:
    return NamedNode(str(term))
