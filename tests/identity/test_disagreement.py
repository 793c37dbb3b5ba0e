"""Two articles on one week in Afghanistan: what they tell differently is found, side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.pipeline import build
from kg.query import run, saved_query
from kg.store import Solutions, Store, open_store

SHARED = Path(__file__).resolve().parents[3] / "shared" / "gold" / "dev"
NAMES = ("2020-03-04-usnews-taliban-strike", "2020-03-05-wsws-taliban-strike")


@pytest.fixture(scope="module")
def store() -> Store:
    paths = [SHARED / f"{name}.txt" for name in NAMES]
    if not all(path.exists() for path in paths):
        pytest.skip(f"the articles are not in {SHARED}")
    opened = open_store(None)
    build(paths, opened, workers=1)
    return opened


def rows(store: Store, query: str, **values: str) -> list[dict[str, str]]:
    answer = run(store, saved_query(query), values)
    assert isinstance(answer, Solutions)
    return [{v: "" if row[v] is None else row[v].value for v in answer.variables} for row in answer]


def test_the_number_killed(store: Store) -> None:
    pairs = {(row["one"], row["two"]) for row in rows(store, "where-sources-disagree", about="number")}
    assert ("at least 20 killed", "more than two dozen killed") in pairs


def test_a_drone_or_warplanes(store: Store) -> None:
    found = [f"{row['one']} {row['two']}" for row in rows(store, "where-sources-disagree", about="means")]
    assert any("drone" in text and "warplanes" in text for text in found)


def test_whether_the_taliban_promised_to_reduce_violence(store: Store) -> None:
    denials = {(row["claimed_in"].rsplit("/", 1)[1], row["denial"]) for row in rows(store, "claims-denied")}
    assert {name for name, denial in denials if "no such thing" in denial} == set(NAMES)
    pairs = rows(store, "where-sources-disagree", about="happened")
    assert {(row["one"], row["two"]) for row in pairs if "no such thing" in row["quote2"]} == {("asserted", "negated")}


def test_what_two_sources_agree_on(store: Store) -> None:
    agreed = {row["event"]: row for row in rows(store, "what-sources-agree-on")}
    calls = [row for event, row in agreed.items() if "phone call" in event]
    assert [(row["sources"], row["denied"]) for row in calls] == [("2", "false")]
    assert any("43 attacks" in row["quote1"] and "43 attacks" in row["quote2"] for row in agreed.values())


def test_what_a_document_tells_elsewhere_is_no_disagreement(store: Store) -> None:
    """ "Days after signing a peace deal in Doha, a U.S. military spokesman says" names no other signatory."""
    assert not any("signing" in row["event"] for row in rows(store, "where-sources-disagree", about="actor"))
