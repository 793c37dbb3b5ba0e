"""The ontology closed over itself by owlrl: which axioms hold, said and unsaid.

Only axioms go in, a few hundred triples, so the slowness of owlrl does not matter. `owl:hasKey` is kept from it:
owlrl's rule drops the last property of a key, and so merges individuals that share all but that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

import owlrl
from owlrl.Namespaces import ERRNS
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple
from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.collection import Collection
from rdflib.term import Node

from kg.errors import KgError
from kg.reasoning.facts import is_vocabulary
from kg.reasoning.rules import Term

_ANNOTATIONS = {
    str(term)
    for term in (
        *(RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy),
        *(OWL.versionInfo, OWL.versionIRI, OWL.priorVersion, OWL.backwardCompatibleWith, OWL.incompatibleWith),
        *(OWL.deprecated, OWL.imports),
    )
}
_TYPE = NamedNode(str(RDF.type))
_STATEMENTS = {str(OWL.sameAs), str(OWL.differentFrom)}


def is_axiom(triple: Triple | Quad) -> bool:
    """Whether the triple is part of an axiom, as against a statement about an individual or an annotation."""
    if triple.predicate == _TYPE:
        return is_vocabulary(triple.object)  # type: ignore[arg-type]  # no quoted triples
    return _is_axiomatic(triple.predicate)


@cache
def _is_axiomatic(predicate: NamedNode) -> bool:
    return is_vocabulary(predicate) and predicate.value not in _ANNOTATIONS | _STATEMENTS


class Axioms:
    """The axioms of an ontology and all that follow from them alone."""

    def __init__(self, statements: Iterable[Triple | Quad]) -> None:
        """KgError if the ontology contradicts itself."""
        graph = Graph()
        for triple in statements:
            if is_axiom(triple):
                graph.add((rdflib_term(triple.subject), rdflib_term(triple.predicate), rdflib_term(triple.object)))  # type: ignore[arg-type]
        self.keys = [(c, self._items(graph, keys)) for c, keys in sorted(graph.subject_objects(OWL.hasKey), key=str)]
        graph.remove((None, OWL.hasKey, None))
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
        if errors := sorted(str(message) for message in graph.objects(None, ERRNS.error)):
            more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
            what = re.sub(r"\s+", " ", errors[0]).strip()
            raise KgError(f"the ontology contradicts itself: {what}{more}: correct it")
        self._graph = graph

    def pairs(self, predicate: URIRef) -> Iterator[tuple[Node, Node]]:
        """Subjects and objects of an axiom's predicate, sorted, without those that say nothing (`C subClassOf C`)."""
        pairs = ((s, o) for s, o in self._graph.subject_objects(predicate) if s != o)
        yield from sorted(pairs, key=str)

    def lists(self, predicate: URIRef) -> Iterator[tuple[Node, list[Node]]]:
        """Subjects of a predicate with the items of the list that it leads to, sorted by subject."""
        for subject, head in self.pairs(predicate):
            yield subject, self._items(self._graph, head)

    def instances(self, class_: URIRef) -> list[Node]:
        """What is of a class of the OWL vocabulary, such as `owl:TransitiveProperty`, sorted."""
        return sorted(self._graph.subjects(RDF.type, class_), key=str)

    def values(self, subject: Node, predicate: URIRef) -> list[Node]:
        """The objects, sorted."""
        return sorted(self._graph.objects(subject, predicate), key=str)

    @staticmethod
    def _items(graph: Graph, head: Node) -> list[Node]:
        return list(Collection(graph, head))


def rdflib_term(term: Term) -> Node:
    """pyoxigraph's term as rdflib's."""
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, BlankNode):
        return BNode(term.value)
    datatype = None if term.language else URIRef(term.datatype.value)
    return RdflibLiteral(term.value, lang=term.language, datatype=datatype, normalize=False)


def oxigraph_term(node: Node) -> Term:
    """rdflib's term as pyoxigraph's."""
    if isinstance(node, URIRef):
        return NamedNode(str(node))
    if isinstance(node, BNode):
        return BlankNode(str(node))
    assert isinstance(node, RdflibLiteral)
    if node.language:
        return Literal(str(node), language=node.language)
    return Literal(str(node), datatype=None if node.datatype is None else NamedNode(str(node.datatype)))
