"""The saved queries answer alike in every kind of store."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from kg.query import run, saved_queries
from kg.store import Store, open_store


def sample() -> Any:
    """The sample of the query tests."""
    path = Path(__file__).parents[1] / "query" / "sample.py"
    spec = importlib.util.spec_from_file_location("sample", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answers(store: Store) -> dict[str, list[Any]]:
    found = {}
    for query in saved_queries():
        needed = {p.name: "doha-talks" if p.type == "document" else "Taliban" for p in query.parameters if p.required}
        rows = run(store, query, needed)
        found[query.name] = (
            [str(triple) for triple in rows]
            if isinstance(rows, list)
            else [[term and term.value for term in row] for row in rows]  # type: ignore[union-attr]
        )
    return found


def test_alike(store: Store) -> None:
    sample().fill(store)
    with open_store(None) as memory:
        sample().fill(memory)
        assert answers(store) == answers(memory)
