"""The saved queries as SHACL sees them: each an `sh:SPARQLExecutable` with its text and its parameters, in Turtle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.terms import BASE, CD, DCT, PREFIXES, RDF, RDFS, SKOS, XSD
from kg.query.parameters import PAGING
from kg.query.saved import Parameter, SavedQuery, with_prefixes

_SH: Final = "http://www.w3.org/ns/shacl#"
_FORMS: Final = {"SELECT": "Select", "ASK": "Ask", "CONSTRUCT": "Construct"}
_CLASSES: Final = {"actor": CD.Thing, "place": CD.Thing, "agreement": CD.Agreement, "document": CD.Document}
_DATATYPES: Final = {"text": XSD.string, "integer": XSD.integer, "date": XSD.date}


def executables(queries: Iterable[SavedQuery]) -> str:
    """The Turtle, always in the same order."""
    from kg.graph.turtle import to_turtle

    return to_turtle(quad for query in queries for quad in _query(query))


def form(query: SavedQuery) -> str:
    """`SELECT`, `ASK` or `CONSTRUCT`."""
    words = [line.split()[0] for line in query.sparql.splitlines() if line.strip() and not line.startswith("#")]
    return next((word.upper() for word in words if word.upper() in _FORMS), "SELECT")


def _query(query: SavedQuery) -> Iterator[Quad]:
    node = NamedNode(f"{BASE}query/{query.name}")
    kind = _FORMS[form(query)]
    text = with_prefixes("\n".join(line for line in query.sparql.splitlines() if not line.startswith("#+")).strip())
    yield Quad(node, RDF.type, _sh("SPARQLExecutable"))
    yield Quad(node, RDF.type, _sh(f"SPARQL{kind}Executable"))
    yield Quad(node, _sh(kind.lower()), Literal(f"{text}\n"))
    yield Quad(node, RDFS.label, Literal(query.title))
    yield Quad(node, RDFS.comment, Literal(query.description))
    yield Quad(node, DCT.identifier, Literal(query.name))
    for tag in query.tags:
        yield Quad(node, DCT.subject, Literal(tag))
    for parameter in query.parameters:
        if parameter.type not in PAGING:  # no variable of the query
            yield from _parameter(node, parameter)


def _parameter(query: NamedNode, parameter: Parameter) -> Iterator[Quad]:
    """A parameter; that a variable without a value is left unbound is what `sh:optional` says."""
    node = NamedNode(f"{query.value}#{parameter.name}")
    yield Quad(query, _sh("parameter"), node)
    yield Quad(node, RDF.type, _sh("Parameter"))
    yield Quad(node, _sh("path"), NamedNode(f"{PREFIXES['cd']}{parameter.name}"))
    yield Quad(node, _sh("name"), Literal(parameter.name))
    yield Quad(node, _sh("description"), Literal(parameter.description))
    yield Quad(node, _sh("optional"), Literal(not parameter.required))
    if parameter.type in _DATATYPES:
        yield Quad(node, _sh("datatype"), _DATATYPES[parameter.type])
    elif parameter.type in _CLASSES:
        yield Quad(node, _sh("class"), _CLASSES[parameter.type])
    if parameter.default is not None:
        yield Quad(node, _sh("defaultValue"), Literal(parameter.default))
    if parameter.example:
        yield Quad(node, SKOS.example, Literal(parameter.example))


def _sh(name: str) -> NamedNode:
    return NamedNode(f"{_SH}{name}")
