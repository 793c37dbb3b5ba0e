"""Documents: title, dates, publisher, address and hash; not their text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pyoxigraph import Literal, NamedNode

from kg.graph import terms
from kg.graph.terms import CD, DCT, RDF, RDFS, SCHEMA, XSD
from kg.graph.view import Statement, View
from kg.model import Document


def write_document(document: Document) -> Iterator[Statement]:
    """What is known of the document."""
    node = terms.document(document.name)
    yield node, RDF.type, CD.Document
    yield node, RDFS.label, Literal(document.title or document.name)
    yield node, DCT.identifier, Literal(document.name)
    yield node, DCT.issued, Literal(document.published.isoformat(), datatype=XSD.date)
    yield node, DCT.language, Literal("en")
    yield node, CD.sha256, Literal(document.sha256)
    if document.title is not None:
        yield node, DCT.title, Literal(document.title)
    if document.publisher is not None:
        yield node, DCT.publisher, Literal(document.publisher)
    if document.url is not None:  # a literal: what a page gives as its address need not be a valid IRI
        yield node, SCHEMA.url, Literal(document.url, datatype=XSD.anyURI)


def read_document(view: View, node: NamedNode) -> Document:
    """The inverse of `write_document`, with an empty text."""
    return Document(
        name=view.need_text(node, DCT.identifier),
        text="",
        published=date.fromisoformat(view.need_text(node, DCT.issued)),
        title=view.text(node, DCT.title),
        publisher=view.text(node, DCT.publisher),
        url=view.text(node, SCHEMA.url),
    )
