"""The mark of a store whose documents are being changed and whose world does not follow yet."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.extractions import Queryable
from kg.graph.terms import BASE, RDF

PENDING = NamedNode(f"{BASE}graph/pending")
"""The graph that holds it, and is not there when all is done."""


def pending_quads() -> list[Quad]:
    """The graph of the mark."""
    return [Quad(PENDING, RDF.value, Literal("the world is not up to date with the documents"), PENDING)]


def is_pending(store: Queryable) -> bool:
    """Whether a change was begun and not ended."""
    return bool(store.query(f"ASK {{ GRAPH {PENDING} {{ ?s ?p ?o }} }}"))
