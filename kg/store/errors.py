"""Turning what engines and servers say of a fault into one line for the user."""

from __future__ import annotations

import re

from kg.errors import KgError

_UPDATE = re.compile(r"\s*(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE)
_PROLOGUE = re.compile(r"\s*(#[^\n]*(\n|$)|PREFIX\s+\S*\s*<[^>]*>|BASE\s*<[^>]*>)", re.IGNORECASE)
_PLACE = re.compile(r"^error at (\d+):(\d+): (.*)", re.DOTALL)
_LONG = 90  # characters of an engine's list of expected tokens that still help


def is_update(sparql: str) -> bool:
    """Whether the text is an update by its first word after prefixes and comments."""
    while match := _PROLOGUE.match(sparql):
        sparql = sparql[match.end() :]
    return bool(_UPDATE.match(sparql))


def malformed(sparql: str, error: Exception) -> KgError:
    """The error for a query or update that cannot be parsed: line, column and the line itself."""
    match = _PLACE.match(str(error))
    if not match:
        return KgError(f"malformed SPARQL: {first_line(str(error))}")
    line, column, reason = int(match[1]), int(match[2]), " ".join(match[3].split())
    text = sparql.splitlines()[line - 1].strip() if line <= len(sparql.splitlines()) else "the end"
    if "Prefix not found" in reason:
        reason = "a prefix is not declared: "
    elif len(reason) > _LONG:
        reason = ""
    else:
        reason += ": "
    return KgError(f"malformed SPARQL at line {line}, column {column}: {reason}{text}")


def first_line(text: str) -> str:
    """The first line that says something."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "no reason given")
