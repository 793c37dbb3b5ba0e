"""What a user writes for a parameter, made into RDF terms according to the parameter's type."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from kg.errors import KgError
from kg.graph.terms import XSD, integer
from kg.model import Time
from kg.query.names import Names, exactly
from kg.store import Store, Term

if TYPE_CHECKING:
    from kg.query.saved import Parameter

Reader = Callable[[Store, "Parameter", str], list[Term]]


def value_terms(store: Store, parameter: Parameter, value: str) -> list[Term]:
    """The terms that a parameter is bound to: one for a value, for a name all that bear it; KgError if none."""
    return TYPES[parameter.type](store, parameter, value.strip())


def _text(store: Store, parameter: Parameter, value: str) -> list[Term]:
    return [Literal(value)]


def _integer(store: Store, parameter: Parameter, value: str) -> list[Term]:
    try:
        return [integer(int(value))]
    except ValueError:
        raise KgError(f"{parameter.name}: {value!r} is not a whole number") from None


def _date(store: Store, parameter: Parameter, value: str) -> list[Term]:
    try:
        time = Time(value)
    except (ValueError, TypeError, KeyError):
        raise KgError(f"{parameter.name}: {value!r} is not a date: write 2020, 2020-03 or 2020-03-05") from None
    day = time.latest if parameter.edge == "last" else time.earliest
    return [Literal(day.isoformat(), datatype=XSD.date)]


def count(parameter: Parameter, value: str) -> int | None:
    """How many rows a parameter of a paging type means: None for `all`; KgError for what is no number."""
    if value.strip() == "all" and parameter.type == "limit":
        return None
    if not value.strip().isdecimal():
        raise KgError(f"{parameter.name}: {value!r} is not a number of rows")
    return int(value)


def _iri(store: Store, parameter: Parameter, value: str) -> list[Term]:
    try:
        return [NamedNode(value.removeprefix("<").removesuffix(">"))]
    except ValueError:
        raise KgError(f"{parameter.name}: {value!r} is not an IRI") from None


def _named(names: Callable[[Store], Names], *, looked_up: bool = False) -> Reader:
    def read(store: Store, parameter: Parameter, value: str) -> list[Term]:
        if value.startswith(("http://", "https://", "<")):
            return _iri(store, parameter, value)
        if looked_up and (written := exactly(store, value)):
            return [NamedNode(iri) for iri in written]
        known = names(store)
        if found := known.find(value):
            return [NamedNode(iri) for iri in found]
        near = known.near(value)
        hint = f": did you mean {' or '.join(near)}?" if near else ""
        raise KgError(f"{parameter.name}: nothing in the store is called {value!r}{hint}")

    return read


PAGING: Final = {"limit": "LIMIT", "offset": "OFFSET"}
"""The types whose value is the number after a keyword of the query."""

TYPES: Final[dict[str, Reader]] = {
    "text": _text,
    "integer": _integer,
    "date": _date,
    "iri": _iri,
    "actor": _named(Names.of_things, looked_up=True),
    "place": _named(Names.of_things, looked_up=True),
    "agreement": _named(Names.of_things, looked_up=True),
    "document": _named(Names.of_documents),
    "event": _named(Names.of_event_classes),
}
