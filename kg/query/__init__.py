"""Asking: saved queries, questions in English, and the forms in which answers are written."""

from __future__ import annotations

from kg.query.ask import ask, examples
from kg.query.reply import Quote, Reply, Suggestion
from kg.query.results import FORMATS, check_format, markdown, table, text_table, written
from kg.query.saved import (
    Parameter,
    SavedQuery,
    more,
    parse_query,
    read_query,
    run,
    saved_queries,
    saved_query,
    unpaged,
)

__all__ = [
    "FORMATS",
    "Parameter",
    "Quote",
    "Reply",
    "SavedQuery",
    "Suggestion",
    "ask",
    "check_format",
    "examples",
    "markdown",
    "more",
    "parse_query",
    "read_query",
    "run",
    "saved_queries",
    "saved_query",
    "table",
    "text_table",
    "unpaged",
    "written",
]
