"""Reading what people have: text, HTML, JSON Lines, folders and archives become `kg.model.Document` values."""

from __future__ import annotations

from kg.documents.problems import Problem
from kg.documents.reading import read

__all__ = ["Problem", "read"]
