"""RDF files: which formats there are, and reading one whole or not at all."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import KgError

FORMATS: dict[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
SUFFIXES = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nt": "ntriples",
    ".nq": "nquads",
    ".rdf": "rdfxml",
    ".owl": "rdfxml",
    ".xml": "rdfxml",
    ".jsonld": "jsonld",
    ".json": "jsonld",
}


def format_of(path: Path, name: str | None = None) -> ox.RdfFormat:
    """The format with this name or else of the file's suffix."""
    name = name or SUFFIXES.get(path.suffix.lower())
    if name is None:
        raise KgError(f"{path}: unknown suffix; say --format {'|'.join(FORMATS)}")
    if name not in FORMATS:
        raise KgError(f"unknown format {name!r}: say one of {', '.join(FORMATS)}")
    return FORMATS[name]


def read_quads(path: Path, *, graph: str, format: str | None = None) -> list[ox.Quad]:
    """All the quads of a file, those outside named graphs in `graph`, which relative IRIs are resolved against too.

    The whole file is parsed first; a malformed one raises KgError with file and line. Blank nodes get labels made from
    the file's content, so that those of two files never meet and the same file gives the same quads.
    """
    rdf_format = format_of(path, format)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise KgError(f"{path}: cannot be read ({(error.strerror or str(error)).lower()})") from error
    labels = _Labels(hashlib.sha256(content).hexdigest()[:12])
    default = ox.NamedNode(graph)
    quads = []
    try:
        for quad in ox.parse(content, format=rdf_format, base_iri=graph):
            name = default if isinstance(quad.graph_name, ox.DefaultGraph) else labels(quad.graph_name)
            quads.append(ox.Quad(labels(quad.subject), quad.predicate, labels(quad.object), name))
    except SyntaxError as error:
        raise _malformed(path, rdf_format, error) from error
    return quads


class _Labels:
    """Gives the blank nodes of one file labels of its own, numbered as they come."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._known: dict[str, ox.BlankNode] = {}

    def __call__(self, term: Any) -> Any:
        if not isinstance(term, ox.BlankNode):
            return term
        return self._known.setdefault(term.value, ox.BlankNode(f"b{self._prefix}n{len(self._known)}"))


def _malformed(path: Path, rdf_format: ox.RdfFormat, error: SyntaxError) -> KgError:
    if "LoadDocumentCallback" in str(error):
        return KgError(f"{path}: refers to a context elsewhere, which is not fetched: write the context into the file")
    what = re.sub(r"^Parser error at .*?: |\s*\(line \d+\)$", "", str(error))
    place = f"{path}:{error.lineno}" if error.lineno else str(path)
    return KgError(f"{place}: not {rdf_format.name}: {what}")
