"""What the pages ask of the store: the queries of `queries/`, bound to IRIs or to what a visitor wrote in a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from kg.query.parameters import value_terms
from kg.query.saved import SavedQuery, read_query, with_prefixes
from kg.store import Solutions, Store, Term
from kg.store.binding import bind, free

Row = dict[str, Any]
"""Variable -> the text of its term; IRIs as their text, numbers as text. Unbound variables are None."""

_FOLDER = Path(__file__).parent / "queries"
MANY = 400
"""IRIs bound in one request: an address list longer than this is asked in parts."""


@cache
def page_query(name: str) -> SavedQuery:
    """The query of this name in the folder."""
    return read_query(_FOLDER / f"{name}.rq")


def rows(store: Store, name: str, *, limit: int | None = None, offset: int = 0, **values: Any) -> list[Row]:
    """The rows of a query; a value is an IRI or IRIs (`NamedNode`), or text read by the parameter's type.

    Parameters that are None, empty or not given restrict nothing. KgError for a value that cannot be read.
    """
    query = page_query(name)
    bound: dict[str, Term | Sequence[Term]] = {}
    sparql = with_prefixes(query.sparql)
    for parameter in query.parameters:
        value = values.get(parameter.name)
        if isinstance(value, NamedNode | list):
            bound[parameter.name] = value
        elif value:
            bound[parameter.name] = value_terms(store, parameter, str(value))
        else:
            sparql = free(sparql, parameter.name)
    if limit is not None:
        sparql += f"\nLIMIT {limit} OFFSET {offset}"
    answer = store.query(bind(sparql, bound))
    assert isinstance(answer, Solutions)
    return [{v: _text(row[v]) for v in answer.variables} for row in answer]


def rows_of(store: Store, name: str, parameter: str, iris: Iterable[str]) -> list[Row]:
    """The rows of a query about many IRIs, asked in parts of `MANY`."""
    nodes = [NamedNode(iri) for iri in dict.fromkeys(iris)]
    parts = (nodes[start : start + MANY] for start in range(0, len(nodes), MANY))
    return [row for part in parts for row in rows(store, name, limit=None, offset=0, **{parameter: part})]


def grouped(found: Iterable[Row], key: str) -> Mapping[str, list[Row]]:
    """The rows by the text of one variable, in their order."""
    groups: dict[str, list[Row]] = {}
    for row in found:
        groups.setdefault(row[key], []).append(row)
    return groups


def _text(term: Any) -> str | None:
    return None if term is None else str(getattr(term, "value", term))
