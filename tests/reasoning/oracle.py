"""What owlrl, the reference implementation, says of axioms and data, made comparable to what our engine says.

Left out of owlrl's closure, and all that is left out:
- axioms themselves, and types in the vocabularies of RDF, RDFS and OWL (`owl:Thing`, `rdfs:Datatype`, ...);
- that a term is the same as itself (eq-ref);
- triples with a literal as subject (types of literals), which RDF does not have;
- types that are anonymous classes, and datatypes as types.
"""

from __future__ import annotations

from collections.abc import Iterable

import owlrl
from owlrl.Namespaces import ERRNS
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from rdflib import OWL, RDF, Graph

from kg.reasoning.axioms import is_axiom, oxigraph_term, rdflib_term
from kg.reasoning.facts import is_vocabulary

PREFIXES = """@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def triples(turtle: str) -> list[Triple]:
    """The triples of a piece of Turtle."""
    return [quad.triple for quad in parse((PREFIXES + turtle).encode(), format=RdfFormat.TURTLE)]


def closure(axioms: Iterable[Triple], data: Iterable[Triple]) -> tuple[set[Triple], list[str]]:
    """The instance triples that owlrl gives, asserted ones among them, and its error messages."""
    graph = Graph()
    for triple in (*axioms, *data):
        s, p, o = (rdflib_term(term) for term in (triple.subject, triple.predicate, triple.object))  # type: ignore[arg-type]
        graph.add((s, p, o))
    graph.remove((None, OWL.hasKey, None))  # its rule is wrong, see test_keys.py
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
    errors = [str(message) for message in graph.objects(None, ERRNS.error)]
    kept = set()
    for node, predicate, term in graph:
        subject = oxigraph_term(node)
        if not isinstance(subject, NamedNode) or (predicate == OWL.sameAs and node == term):
            continue
        triple = Triple(subject, oxigraph_term(predicate), oxigraph_term(term))  # type: ignore[arg-type]
        if not is_axiom(triple) and not (predicate == RDF.type and not _is_named_class(triple)):
            kept.add(triple)
    return kept, errors


def _is_named_class(triple: Triple) -> bool:
    class_ = triple.object
    return (
        isinstance(class_, NamedNode)
        and "genid" not in class_.value
        and not class_.value.startswith("http://www.w3.org/2001/XMLSchema#")
    )


def instances(found: Iterable[Triple]) -> set[Triple]:
    """Our own triples without what is left out of owlrl's."""
    return {t for t in found if not is_vocabulary(t.subject) and not isinstance(t.subject, Literal) and not is_axiom(t)}  # type: ignore[arg-type]
