"""Turtle and TriG that people can read: prefixed, grouped by subject, sorted; the same quads give the same text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from kg.graph.terms import PREFIXES, RDF

_HEADER = re.compile(r"\A(?:@prefix [^\n]*\n)*")
_SUBJECT = re.compile(r"^(?=[^\t}\n])", re.MULTILINE)
_SUBJECT_IN_GRAPH = re.compile(r"(?<=\.\n)(?=\t[^\t])")


def to_turtle(quads: Iterable[Quad]) -> str:
    """All the quads as one graph."""
    triples = sorted({_order(quad): quad.triple for quad in quads}.items())
    return _laid_out(_serialized((triple for _, triple in triples), RdfFormat.TURTLE))


def to_trig(quads: Iterable[Quad]) -> str:
    """The quads, each graph by itself."""
    ordered = sorted({(str(quad.graph_name), *_order(quad)): quad for quad in quads}.items())
    return _SUBJECT_IN_GRAPH.sub("\n", _laid_out(_serialized((quad for _, quad in ordered), RdfFormat.TRIG)))


def _serialized(statements: Iterable[Quad] | Iterable[Triple], format_: RdfFormat) -> str:
    text = serialize(statements, format=format_, prefixes=PREFIXES)
    assert text is not None  # None only where it is written to a file
    return text.decode("utf-8")


def _order(quad: Quad) -> tuple[str, str, str]:
    # the type first, as `a`
    predicate = "" if quad.predicate == RDF.type else quad.predicate.value
    return str(quad.subject).strip("<>"), predicate, str(quad.object)


def _laid_out(text: str) -> str:
    """An empty line before each subject; of the prefixes, which pyoxigraph writes in no fixed order, those in use."""
    body = text[_HEADER.match(text).end() :]  # type: ignore[union-attr]
    used = [name for name in sorted(PREFIXES) if f"{name}:" in body]
    header = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in used)
    return header + _SUBJECT.sub("\n", body)
