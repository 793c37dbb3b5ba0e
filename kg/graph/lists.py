"""The list of actors of a user's own that a store was built with: it is kept there, and later commands know it too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.extractions import Queryable
from kg.graph.terms import BASE, RDF
from kg.known import using

OWN_LIST = NamedNode(f"{BASE}graph/actors")
"""The graph that holds the text of the list."""
_TEXT = f"SELECT ?text WHERE {{ GRAPH {OWN_LIST} {{ {OWN_LIST} {RDF.value} ?text }} }}"


def own_list(store: Queryable) -> str:
    """The text of the user's own list that a store was built with, "" if there is none.

    A store into which another one was loaded may hold two lists, which then count as one.
    """
    return "\n".join(sorted(str(row[0].value) for row in store.query(_TEXT)))


def own_list_quads(text: str) -> list[Quad]:
    """The graph that keeps the text of a user's own list; empty for none."""
    return [Quad(OWN_LIST, RDF.value, Literal(text), OWN_LIST)] if text.strip() else []


@contextmanager
def list_of(store: Queryable) -> Iterator[None]:
    """Within this, the list of known actors is the one that the store was built with."""
    with using(own_list(store)):
        yield
