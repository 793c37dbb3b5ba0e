"""The IRIs of the graph and the prefixes they are written with: the one place where they are made and taken apart.

Everything that stands in an IRI is percent-encoded, so any document name, key or slug is safe, and no two things share
an IRI: the parts of a document that are not its entities have fragments with a `:`, which no encoded key contains.
"""

from __future__ import annotations

from functools import cache
from typing import Final
from urllib.parse import quote, unquote

from pyoxigraph import Literal, NamedNode

BASE: Final = "https://w3id.org/conflict-diplomacy/"

PREFIXES: Final[dict[str, str]] = {
    "cd": f"{BASE}ontology#",
    "plover": f"{BASE}plover#",
    "actor": f"{BASE}actor/",
    "agreement": f"{BASE}agreement/",
    "document": f"{BASE}document/",
    "dyad": f"{BASE}dyad/",
    "event": f"{BASE}event/",
    "graph": f"{BASE}graph/",
    "place": f"{BASE}place/",
    "report": f"{BASE}report/",
    "software": f"{BASE}software/",
    "thing": f"{BASE}thing/",
    "when": f"{BASE}time/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "geonames": "https://sws.geonames.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class Namespace:
    """Terms of one vocabulary: `CD.Report` and `CD["Report"]` are the same `NamedNode`."""

    def __init__(self, prefix: str) -> None:
        self._base = PREFIXES[prefix]

    def __getitem__(self, name: str) -> NamedNode:
        return _node(self._base + _encoded(name))

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):  # keeps copy and pickle from finding "methods" here
            raise AttributeError(name)
        return _node(self._base + name)


@cache
def _node(iri: str) -> NamedNode:
    return NamedNode(iri)


CD: Final = Namespace("cd")
DCAT: Final = Namespace("dcat")
DCT: Final = Namespace("dct")
OA: Final = Namespace("oa")
OWL: Final = Namespace("owl")
PROV: Final = Namespace("prov")
RDF: Final = Namespace("rdf")
RDFS: Final = Namespace("rdfs")
SCHEMA: Final = Namespace("schema")
SH: Final = Namespace("sh")
SKOS: Final = Namespace("skos")
TIME: Final = Namespace("time")
VOID: Final = Namespace("void")
XSD: Final = Namespace("xsd")

WORLD: Final = NamedNode(f"{BASE}graph/world")
INFERRED: Final = NamedNode(f"{BASE}graph/inferred")
ONTOLOGY: Final = NamedNode(f"{BASE}ontology")


def document(name: str) -> NamedNode:
    """The document, and the graph that holds what it tells."""
    return NamedNode(f"{BASE}document/{_encoded(name)}")


def entity(name: str, key: str) -> NamedNode:
    """An entity of the document called `name`."""
    return NamedNode(f"{BASE}document/{_encoded(name)}#{_encoded(key)}")


def key_of(node: NamedNode) -> str:
    """The key of an entity, from its IRI; the inverse of `entity`."""
    return unquote(node.value.partition("#")[2])


def mention(owner: NamedNode, number: int) -> NamedNode:
    """The entity's mention with this number, from 1."""
    return NamedNode(f"{owner.value}:m{number}")


def signing(name: str, number: int) -> NamedNode:
    """The document's signing record with this number, from 1."""
    return NamedNode(f"{BASE}document/{_encoded(name)}#:signing-{number}")


def account(name: str, kind: str, number: int) -> NamedNode:
    """The document's commitment, standing or involvement with this number, from 1."""
    return NamedNode(f"{BASE}document/{_encoded(name)}#:{kind}-{number}")


def activity(name: str) -> NamedNode:
    """The extraction of the document."""
    return NamedNode(f"{BASE}document/{_encoded(name)}#:extraction")


def report(identifier: str) -> NamedNode:
    """A report, by its 16 hexadecimal digits."""
    return NamedNode(f"{BASE}report/{_encoded(identifier)}")


def identifier_of(node: NamedNode) -> str:
    """The last part of the path: the id of a report, the slug of a thing or event, the name of a document."""
    return unquote(node.value.partition("#")[0].rsplit("/", 1)[1])


def part(owner: NamedNode, name: str, number: int | None = None) -> NamedNode:
    """A part of a report (`#sentence`, `#argument-2`) or of a signing record (`#:signing-1:signature-1`)."""
    suffix = name if number is None else f"{name}-{number}"
    return NamedNode(f"{owner.value}{':' if '#' in owner.value else '#'}{suffix}")


def number_of(node: NamedNode) -> int:
    """The number at the end of a numbered part's IRI."""
    return int(node.value.rsplit("-", 1)[1])


def thing(segment: str, slug: str) -> NamedNode:
    """A thing of the world; `segment` is the `cd:iriSegment` of its class."""
    return NamedNode(f"{BASE}{_encoded(segment)}/{_encoded(slug)}")


def event(slug: str) -> NamedNode:
    """An event or prospect of the world."""
    return NamedNode(f"{BASE}event/{_encoded(slug)}")


def dyad(one: NamedNode, other: NamedNode) -> NamedNode:
    """The two actors together, in whichever order they are given."""
    return NamedNode(f"{BASE}dyad/{'--'.join(sorted(_encoded(identifier_of(node)) for node in (one, other)))}")


def time(value: str) -> NamedNode:
    """The node of a time value; the two ends of an interval are joined by `--`."""
    return NamedNode(f"{BASE}time/{_encoded(value.replace('/', '--'))}")


def software(version: str) -> NamedNode:
    """A release of the program that built the graph."""
    return NamedNode(f"{BASE}software/conflict-kg-{_encoded(version)}")


def local_name(node: NamedNode) -> str:
    """The name of a term in its vocabulary."""
    return unquote(node.value.rsplit("#", 1)[1])


def decimal(number: float) -> Literal:
    """An `xsd:decimal` of at most three places."""
    return Literal(f"{number:.3f}".rstrip("0").rstrip(".") if number % 1 else f"{number:.1f}", datatype=XSD.decimal)


def integer(number: int) -> Literal:
    """An `xsd:integer`."""
    return Literal(str(number), datatype=XSD.integer)


def _encoded(part_of_iri: str) -> str:
    return quote(part_of_iri, safe="")
