"""What the server says of itself: the SPARQL 1.1 Service Description and VoID."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, serialize
from starlette.requests import Request
from starlette.responses import Response

from kg.graph.description import DATASET
from kg.graph.terms import BASE, DCT, PREFIXES, RDF, VOID, integer
from kg.graph.turtle import to_turtle
from kg.server.faults import Refused
from kg.server.pages.negotiation import JSON_LD, N_TRIPLES, TURTLE, preferred
from kg.server.service import Service
from kg.store import Solutions

_SD, _FORMATS = "http://www.w3.org/ns/sparql-service-description#", "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_TRIPLES = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")
_LISTED = 1000
"""The most graphs that the service description names."""
_WRITTEN = {N_TRIPLES: RdfFormat.N_TRIPLES, JSON_LD: RdfFormat.JSON_LD}

_GRAPHS = f"SELECT ?g WHERE {{ GRAPH ?g {{ }} }} ORDER BY ?g LIMIT {_LISTED}"
_CLASSES = "SELECT ?t (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?t FILTER(isIRI(?t)) } GROUP BY ?t ORDER BY ?t"
_PROPERTIES = "SELECT ?t (COUNT(*) AS ?n) WHERE { ?s ?t ?o } GROUP BY ?t ORDER BY ?t"
_Term = NamedNode | BlankNode | Literal


def described(request: Request, quads: Iterable[Quad]) -> Response:
    """The triples in the form that the client likes best; Refused with 406 if it likes none."""
    media = preferred(request.headers.get("Accept", "*/*"), (TURTLE, JSON_LD, N_TRIPLES))
    if media is None:
        raise Refused(406, f"this is RDF: ask for {TURTLE}, {JSON_LD} or {N_TRIPLES}")
    if media == TURTLE:
        text: str | bytes = to_turtle(quads)
    else:
        text = serialize((quad.triple for quad in quads), format=_WRITTEN[media]) or b""
    return Response(text, headers={"Vary": "Accept"}, media_type=media)


def service_description(service: Service, address: str, *, writable: bool) -> list[Quad]:
    """What the endpoint at this address can do, and its default dataset. It waits for the store."""
    endpoint, dataset, default = NamedNode(address), BlankNode("dataset"), BlankNode("default")
    languages = ["SPARQL11Query", *(["SPARQL11Update"] if writable else [])]
    statements: list[tuple[_Term, NamedNode, _Term]] = [
        (endpoint, RDF.type, _sd("Service")),
        (endpoint, _sd("endpoint"), endpoint),
        (endpoint, _sd("feature"), _sd("UnionDefaultGraph")),
        (endpoint, _sd("defaultDataset"), dataset),
        *((endpoint, _sd("supportedLanguage"), _sd(name)) for name in languages),
        *((endpoint, _sd("resultFormat"), NamedNode(_FORMATS + name)) for name in (*_RESULTS, *_TRIPLES)),
        (dataset, RDF.type, _sd("Dataset")),
        (dataset, _sd("defaultGraph"), default),
        (default, RDF.type, _sd("Graph")),
    ]
    for number, name in enumerate(_graphs(service, service.generation)):
        graph = BlankNode(f"graph{number}")
        statements += [
            (dataset, _sd("namedGraph"), graph),
            (graph, RDF.type, _sd("NamedGraph")),
            (graph, _sd("name"), name),
        ]
    return _quads(statements)


def void(service: Service, endpoint: str, dump: str) -> list[Quad]:
    """What the dataset holds: its size, and the numbers of each class and property. It waits for the store."""
    classes, properties = _sizes(service, service.generation)
    statements: list[tuple[_Term, NamedNode, _Term]] = [
        (DATASET, RDF.type, VOID.Dataset),
        (DATASET, DCT.title, Literal(service.store_path.name)),
        (DATASET, VOID.sparqlEndpoint, NamedNode(endpoint)),
        (DATASET, VOID.dataDump, NamedNode(dump)),
        (DATASET, VOID.uriSpace, Literal(BASE)),
        (DATASET, VOID.triples, integer(sum(number for _, number in properties))),
        (DATASET, VOID.classes, integer(len(classes))),
        (DATASET, VOID.properties, integer(len(properties))),
        *((DATASET, VOID.feature, NamedNode(_FORMATS + name)) for name in _TRIPLES),
    ]
    used = {term.value for term, _ in (*classes, *properties)}
    statements += [
        (DATASET, VOID.vocabulary, NamedNode(namespace))
        for namespace in sorted(PREFIXES.values())
        if any(term.startswith(namespace) for term in used)
    ]
    for kind, key, count, sizes in (
        ("class", "classPartition", "entities", classes),
        ("property", "propertyPartition", "triples", properties),
    ):
        for number, (term, size) in enumerate(sizes):
            part = BlankNode(f"{kind}{number}")
            statements += [
                (DATASET, VOID[key], part),
                (part, VOID[kind], term),
                (part, VOID[count], integer(size)),
            ]
    return _quads(statements)


@lru_cache(maxsize=2)
def _graphs(service: Service, generation: int) -> list[NamedNode]:
    answer = service.query(_GRAPHS)
    assert isinstance(answer, Solutions)
    return [row["g"] for row in answer if isinstance(row["g"], NamedNode)]


@lru_cache(maxsize=2)
def _sizes(service: Service, generation: int) -> tuple[list[tuple[NamedNode, int]], list[tuple[NamedNode, int]]]:
    """The classes with the number of their instances, and the properties with that of their triples."""
    found = []
    for query in (_CLASSES, _PROPERTIES):
        answer = service.query(query)
        assert isinstance(answer, Solutions)
        found.append([(row["t"], int(row["n"].value)) for row in answer if isinstance(row["t"], NamedNode)])
    return found[0], found[1]


def _quads(statements: Iterable[tuple[_Term, NamedNode, _Term]]) -> list[Quad]:
    return [Quad(s, p, o) for s, p, o in statements if not isinstance(s, Literal)]


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
