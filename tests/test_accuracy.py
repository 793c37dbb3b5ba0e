"""The extraction against a gold of our own, annotated apart from the rules: it must not fall below what was reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.evaluation import Scores, evaluate, read_gold

GOLD = Path(__file__).parent / "gold"
FLOORS = {"event": 0.82, "event, any type": 0.87, "actor": 0.62, "recipient": 0.48, "place": 0.53, "signing": 0.65}


@pytest.fixture(scope="module")
def scores() -> Scores:
    return evaluate(read_gold([GOLD]))


@pytest.mark.parametrize("what", FLOORS)
def test_f1(scores: Scores, what: str) -> None:
    assert scores.tallies()[what].f1 >= FLOORS[what]


def test_modality(scores: Scores) -> None:
    assert (scores.modality.value or 0) >= 0.88


def test_attribution(scores: Scores) -> None:
    assert (scores.attribution.value or 0) >= 0.7
