"""The whole graph, or its records, written out: each format a stream of text, always in the same order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from kg.errors import KgError
from kg.store import Store


def exported(store: Store, format: str) -> Iterable[str]:
    """The text in a format of `EXPORTS`; KgError for another."""
    if format not in EXPORTS:
        raise KgError(f"unknown format {format!r}: say one of {', '.join(EXPORTS)}")
    return EXPORTS[format](store)


def _turtle(store: Store) -> Iterable[str]:
    from kg.graph import described, to_turtle

    return [to_turtle(described(store.dump()))]


def _trig(store: Store) -> Iterable[str]:
    from kg.graph import described, to_trig

    return [to_trig(described(store.dump()))]


def _nquads(store: Store) -> Iterator[str]:
    from kg.graph import described

    return (f"{quad} .\n" for quad in described(store.dump()))


def _jsonld(store: Store) -> Iterable[str]:
    from pyoxigraph import RdfFormat, serialize

    from kg.graph import described

    return [(serialize(described(store.dump()), format=RdfFormat.JSON_LD) or b"").decode() + "\n"]


def _events(store: Store) -> Iterator[str]:
    from kg.export import event_records

    return _lines(event_records(store))


def _signings(store: Store) -> Iterator[str]:
    from kg.export import signing_records

    return _lines(signing_records(store))


def _lines(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    return (json.dumps(record, ensure_ascii=False) + "\n" for record in records)


EXPORTS: Final[dict[str, Callable[[Store], Iterable[str]]]] = {
    "turtle": _turtle,
    "trig": _trig,
    "nquads": _nquads,
    "jsonld": _jsonld,
    "events": _events,
    "signings": _signings,
}
