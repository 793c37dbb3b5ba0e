"""What is known of SPARQL servers: the paths of their services and the ways in which each departs from the standard."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """One kind of server. Paths are relative to its base URL; None means that it has no such service."""

    name: str
    query: str
    update: str | None
    graphs: str | None
    """The Graph Store Protocol."""
    graphs_read: str | None
    """Where graphs are read without credentials."""
    graph_parameter: str = "graph"
    """How the Graph Store Protocol is told the graph."""
    union_parameter: str | None = None
    """The query parameter that makes the default graph the union of all; None where it is so anyway."""
    takes_quads: bool = True
    """Whether N-Quads can be posted and the whole dataset read from the Graph Store Protocol."""
    digest: bool = False
    """Whether credentials go by digest, as against basic."""
    own_graphs: tuple[str, ...] = ()
    """Beginnings of the IRIs of graphs that belong to the server itself."""


OXIGRAPH = Dialect("Oxigraph", "/query", "/update", "/store", "/store", union_parameter="union-default-graph")
VIRTUOSO = Dialect(
    "Virtuoso",
    "/sparql",
    "/sparql-auth",
    "/sparql-graph-crud-auth",
    "/sparql-graph-crud",
    graph_parameter="graph-uri",
    takes_quads=False,
    digest=True,
    own_graphs=(
        "http://www.openlinksw.com/",
        "http://localhost:8890/",
        "http://www.w3.org/2002/07/owl#",
        "http://www.w3.org/ns/ldp#",
        "urn:activitystreams-owl:map",
        "urn:core:services:sparql",
        "virtrdf-label",
    ),
)
DIALECTS = (OXIGRAPH, VIRTUOSO)

ROW_LIMIT_HEADER = "X-SPARQL-MaxRows"
"""Virtuoso cuts an answer at this number of rows and says so in no other way."""
PARTIAL_HEADER = "X-SQL-State"
"""Virtuoso's note on an answer given up part of the way."""


def named(server: str) -> Dialect | None:
    """The dialect that a `Server` header tells of."""
    return next((dialect for dialect in DIALECTS if dialect.name.lower() in server.lower()), None)
