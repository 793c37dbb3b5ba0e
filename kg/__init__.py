"""Conflict and diplomacy in the news as an RDF graph: who did what to whom, when, where, and who says so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.notebook import Graph

__version__ = "0.1.0"


def open(store: str | Path) -> Graph:
    """The graph in the folder of a store or behind a SPARQL server, for Python and notebooks; KgError if there is none.

    `kg.open("kg-store").query("who-signed-what-when", actor="Taliban").pandas()`
    """
    from kg.notebook import Graph

    return Graph(store)
