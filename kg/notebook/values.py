"""From the RDF terms of a column to Python values of one type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Final

from pyoxigraph import Literal

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "gYear")
_READ: Final[dict[str, Callable[[str], Any]]] = {
    **dict.fromkeys((_XSD + name for name in _INTEGERS), int),
    **dict.fromkeys((_XSD + name for name in ("decimal", "double", "float")), float),
    f"{_XSD}boolean": lambda text: text in ("true", "1"),
    f"{_XSD}date": date.fromisoformat,
    f"{_XSD}dateTime": datetime.fromisoformat,
}


def values(terms: Sequence[Any]) -> list[Any]:
    """The value of each term (None stays None), or its text where the column's terms have no one type in common."""
    kinds = {term.datatype.value if isinstance(term, Literal) else "" for term in terms if term is not None}
    read = _READ.get(kinds.pop(), str) if len(kinds) == 1 else str
    try:
        return [None if term is None else read(_text(term)) for term in terms]
    except ValueError:  # an ill-formed literal, or a day beyond what Python has
        return [None if term is None else _text(term) for term in terms]


def _text(term: Any) -> str:
    return str(getattr(term, "value", term))
