"""How many documents tell of each event and thing, and in what those who tell of an event differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pyoxigraph import Literal

from kg.graph import world_quads
from kg.graph.terms import CD, event
from kg.model import (
    Argument,
    Document,
    Entity,
    Event,
    Evidence,
    Extraction,
    Mention,
    Modality,
    Quantity,
    Report,
    Thing,
    Time,
    World,
)

KEYS = {"nato": "Organization", "serbia": "State", "jets": "Other", "rockets": "Other"}
WORDS = Mention(0, 6, "struck")


def told(document: str, *, by: str | None = None, actors: tuple[str, ...] = (), **details: object) -> Report:
    """A report of the strike; no two of one document are equal."""
    arguments = tuple(Argument("actor", key, Mention(0, 1, key)) for key in actors)
    voice = Argument("attribution", by, WORDS) if by else None
    given: dict[str, object] = {"type": "ASSAULT", "mode": None, "time": None, "modality": Modality.ASSERTED}
    report = Report(document=document, arguments=arguments, attribution=voice, evidence=Evidence(WORDS, WORDS), **given)  # type: ignore[arg-type]
    return replace(report, **details)  # type: ignore[arg-type]


def found(*reports: Report) -> tuple[int, set[str]]:
    """By how many documents the one event of these reports is told, and in what it varies."""
    placed = [replace(r, evidence=Evidence(WORDS, Mention(n, n + 6, "struck"))) for n, r in enumerate(reports)]
    names = sorted({report.document for report in reports})
    extractions = [
        Extraction(
            Document(name, "struck", date(2022, 1, 1)),
            tuple(Entity(key, type_, (key,), ()) for key, type_ in KEYS.items()),
            tuple(report for report in placed if report.document == name),
            (),
        )
        for name in names
    ]
    things = tuple(Thing(key, type_, (key,), tuple((n, key) for n in names)) for key, type_ in KEYS.items())
    strike = Event("x", "ASSAULT", None, (), None, "asserted", tuple((r.document, r.id) for r in placed))
    quads = [q for q in world_quads(World(things, (strike,)), extractions) if q.subject == event("x")]
    (count,) = [q.object for q in quads if q.predicate == CD.documentCount]
    assert isinstance(count, Literal)
    return int(count.value), {q.object.value for q in quads if q.predicate == CD.variesIn}  # type: ignore[union-attr]


def killed(text: str, low: int | None, high: int | None) -> dict[str, object]:
    return {"quantities": (Quantity("killed", text, low, high),)}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({}, {}, set()),
        ({"time": Time("2022-03-01")}, {"time": Time("2022-03-02")}, {"date"}),
        ({"time": Time("2022-03-01")}, {"time": Time("2022-03")}, set()),  # a day of that month
        ({"time": Time("2022-03-01")}, {}, set()),
        ({"actors": ("nato",)}, {"actors": ("serbia",)}, {"actor"}),
        ({"actors": ("nato",)}, {"actors": ("serbia", "nato")}, set()),
        ({"mode": "airstrike"}, {"mode": "shooting"}, {"kind"}),
        (killed("12", 12, 12), killed("at least 20", 20, None), {"number"}),
        (killed("12", 12, 12), {"quantities": (Quantity("injured", "20", 20, 20),)}, set()),
        ({"actors": ("jets",)}, {"actors": ("jets", "rockets")}, {"means"}),
        ({}, {"modality": Modality.NEGATED}, {"happened"}),
        ({"time": Time("2022-03-01")}, {"time": Time("2022-03-02"), "modality": Modality.NEGATED}, {"happened"}),
        ({"actors": ("nato",)}, {"actors": ("serbia",), "modality": Modality.FUTURE}, set()),
    ],
)
def test_two_documents_differ(one: dict[str, object], other: dict[str, object], expected: set[str]) -> None:
    assert found(told("a", **one), told("b", **other)) == (2, expected)  # type: ignore[arg-type]


def test_a_document_and_whom_it_quotes_differ_in_numbers_and_in_whether_it_happened() -> None:
    denial = told("a", by="serbia", modality=Modality.NEGATED)
    assert found(told("a", **killed("12", 12, 12)), told("a", by="serbia", **killed("20", 20, 20))) == (1, {"number"})
    assert found(told("a"), denial) == (1, {"happened"})
    assert found(told("a", by="serbia"), denial) == (1, set())  # one voice
    assert found(told("a", actors=("nato",)), told("a", by="serbia", actors=("serbia",))) == (1, set())


def test_a_document_tells_an_event_in_several_places() -> None:
    elsewhere = told("a", time=Time("2022-03-02"), actors=("serbia",))
    first = told("a", time=Time("2022-03-01"), actors=("nato",))
    assert found(first, elsewhere, told("b", time=Time("2022-03-02"), actors=("serbia",))) == (2, set())
