"""Whether an ontology keeps to OWL 2 RL: the grammar of the W3C's OWL 2 Profiles, section 4.2, over RDF.

Covers what decides the profile (class expressions by their place in an axiom, forbidden axioms, datatypes) and the
global restriction of OWL 2 DL on what is not simple. The OWL API's own check agreed on version 1.1.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.collection import Collection
from rdflib.term import Node

FORBIDDEN = {
    OWL.disjointUnionOf,
    OWL.hasSelf,
    OWL.minCardinality,
    OWL.minQualifiedCardinality,
    OWL.cardinality,
    OWL.qualifiedCardinality,
    OWL.onDatatype,
    OWL.withRestrictions,
    OWL.datatypeComplementOf,
}
FORBIDDEN_TYPES = {OWL.ReflexiveProperty}
DATATYPES = {
    *(RDF.PlainLiteral, RDF.XMLLiteral, RDFS.Literal, RDF.langString),
    *(XSD.decimal, XSD.integer, XSD.nonNegativeInteger, XSD.nonPositiveInteger, XSD.positiveInteger),
    *(XSD.negativeInteger, XSD.long, XSD.int, XSD.short, XSD.byte, XSD.unsignedLong, XSD.unsignedInt),
    *(XSD.unsignedShort, XSD.unsignedByte, XSD.float, XSD.double, XSD.string, XSD.normalizedString, XSD.token),
    *(XSD.language, XSD.Name, XSD.NCName, XSD.NMTOKEN, XSD.boolean, XSD.hexBinary, XSD.base64Binary, XSD.anyURI),
    *(XSD.dateTime, XSD.dateTimeStamp),
}
# characteristics and axioms that OWL 2 DL grants to simple properties only
SIMPLE_TYPES = {
    OWL.FunctionalProperty,
    OWL.InverseFunctionalProperty,
    OWL.IrreflexiveProperty,
    OWL.AsymmetricProperty,
}


def violations(graph: Graph) -> list[str]:
    """What is outside the profile, one sentence each, sorted."""
    return sorted({*_forbidden(graph), *_classes(graph), *_datatypes(graph), *_not_simple(graph)})


def _forbidden(graph: Graph) -> Iterator[str]:
    for s, p, _ in graph:
        if p in FORBIDDEN:
            yield f"{p.n3()} is not in OWL 2 RL: {s.n3()}"
    for type_ in FORBIDDEN_TYPES:
        for s in graph.subjects(RDF.type, type_):
            yield f"{type_.n3()} is not in OWL 2 RL: {s.n3()}"


def _classes(graph: Graph) -> Iterator[str]:
    for s, o in graph.subject_objects(RDFS.subClassOf):
        if not is_sub(graph, s):
            yield f"cannot stand below another class: {_told(graph, s)}"
        if not is_super(graph, o):
            yield f"cannot stand above {s.n3()}: {_told(graph, o)}"
    for s, o in graph.subject_objects(OWL.equivalentClass):
        for c in (s, o):
            if not is_equivalent(graph, c):
                yield f"cannot be equivalent to another class: {_told(graph, c)}"
    disjoint = [node for pair in graph.subject_objects(OWL.disjointWith) for node in pair]
    for node in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        disjoint += _items(graph, graph.value(node, OWL.members))
    for c in disjoint:
        if not is_sub(graph, c):
            yield f"cannot be disjoint from another class: {_told(graph, c)}"
    for predicate in (RDFS.domain, RDFS.range):
        for s, c in graph.subject_objects(predicate):
            if (s, RDF.type, OWL.ObjectProperty) in graph and not is_super(graph, c):
                yield f"cannot be the {predicate.fragment} of {s.n3()}: {_told(graph, c)}"


def is_sub(graph: Graph, c: Node) -> bool:
    """Whether the class expression may stand below another (subClassExpression)."""
    if isinstance(c, URIRef):
        return c != OWL.Thing
    for predicate in (OWL.intersectionOf, OWL.unionOf):
        if (c, predicate, None) in graph:
            return all(is_sub(graph, part) for part in _items(graph, graph.value(c, predicate)))
    if (c, OWL.someValuesFrom, None) in graph:
        filler = graph.value(c, OWL.someValuesFrom)
        return filler == OWL.Thing or filler in DATATYPES or is_sub(graph, filler)
    return (c, OWL.oneOf, None) in graph or (c, OWL.hasValue, None) in graph


def is_super(graph: Graph, c: Node) -> bool:
    """Whether the class expression may stand above another (superClassExpression)."""
    if isinstance(c, URIRef):
        return c != OWL.Thing
    if (c, OWL.intersectionOf, None) in graph:
        return all(is_super(graph, part) for part in _items(graph, graph.value(c, OWL.intersectionOf)))
    if (c, OWL.complementOf, None) in graph:
        return is_sub(graph, graph.value(c, OWL.complementOf))
    if (c, OWL.allValuesFrom, None) in graph:
        filler = graph.value(c, OWL.allValuesFrom)
        return filler in DATATYPES or is_super(graph, filler)
    for predicate in (OWL.maxCardinality, OWL.maxQualifiedCardinality):
        if (c, predicate, None) in graph:
            of = graph.value(c, OWL.onClass)
            limit = graph.value(c, predicate)
            return int(str(limit)) in (0, 1) and (of is None or of == OWL.Thing or is_sub(graph, of))
    return (c, OWL.hasValue, None) in graph


def is_equivalent(graph: Graph, c: Node) -> bool:
    """Whether the class expression may be said to be the same as another (equivClassExpression)."""
    if isinstance(c, URIRef):
        return c != OWL.Thing
    if (c, OWL.intersectionOf, None) in graph:
        return all(is_equivalent(graph, part) for part in _items(graph, graph.value(c, OWL.intersectionOf)))
    return (c, OWL.hasValue, None) in graph


def _datatypes(graph: Graph) -> Iterator[str]:
    for s in graph.subjects(RDF.type, OWL.DatatypeProperty):
        for c in graph.objects(s, RDFS.range):
            if c not in DATATYPES:
                yield f"cannot be the range of {s.n3()}: {c.n3()}"
    for o in graph.objects():
        if isinstance(o, RdflibLiteral) and o.datatype is not None and o.datatype not in DATATYPES:
            yield f"is no literal of OWL 2: {o.n3()}"


def _not_simple(graph: Graph) -> Iterator[str]:
    """Properties that are transitive or made by a chain, and those above them, with what only simple ones may have."""
    composite = {s for s in graph.subjects(RDF.type, OWL.TransitiveProperty)}
    composite |= set(graph.subjects(OWL.propertyChainAxiom))
    composite |= {above for p in composite for above in graph.transitive_objects(p, RDFS.subPropertyOf)}
    composite |= {q for p in composite for q in (*graph.objects(p, OWL.inverseOf), *graph.subjects(OWL.inverseOf, p))}
    for type_ in SIMPLE_TYPES:
        for p in composite & set(graph.subjects(RDF.type, type_)):
            yield f"is not simple and so cannot be {type_.n3()}: {p.n3()}"
    for node in graph.subjects(OWL.maxCardinality):
        if graph.value(node, OWL.onProperty) in composite:
            yield f"is not simple and so cannot be counted: {graph.value(node, OWL.onProperty).n3()}"


def _items(graph: Graph, head: Node | None) -> list[Node]:
    return [] if head is None else list(Collection(graph, head))


def _told(graph: Graph, c: Node) -> str:
    if not isinstance(c, BNode):
        return c.n3()
    return " ".join(
        f"{p.n3()} {o.n3() if isinstance(o, URIRef) else '...'}" for p, o in sorted(graph.predicate_objects(c))
    )
