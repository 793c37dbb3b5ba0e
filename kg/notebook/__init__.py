"""The graph in Python and in notebooks: `kg.open(store).query(...)`, with data frames and HTML."""

from __future__ import annotations

from kg.notebook.answers import EnglishAnswer, Table, Triples
from kg.notebook.graph import Graph

__all__ = ["EnglishAnswer", "Graph", "Table", "Triples"]
