"""Numbers of people with the bounds that the words give."""

from __future__ import annotations

from datetime import date

import pytest

from kg.extraction import lexicon
from kg.extraction.quantities import number_of
from kg.model import Document
from kg.pipeline import analyse


@pytest.mark.parametrize(
    ("words", "kind", "low", "high"),
    [
        ("killed 20 soldiers", "killed", 20, 20),
        ("killed at least 20 soldiers", "killed", 20, None),
        ("killed more than two dozen soldiers", "killed", 25, None),
        ("killed dozens of soldiers", "killed", 24, None),
        ("killed up to 30 soldiers", "killed", None, 30),
        ("killed fewer than 30 soldiers", "killed", None, 29),
        ("killed about 100 soldiers", "killed", 80, 120),
        ("killed nearly 100 soldiers", "killed", 80, 100),
        ("killed 20 to 30 soldiers", "killed", 20, 30),
        ("killed several hundred soldiers", "killed", 300, None),
        ("killed tens of thousands of villagers", "killed", 20000, None),
        ("wounded fifteen soldiers", "injured", 15, 15),
        ("captured a group of 12 soldiers", "captured", 12, 12),
        ("released 1.5 thousand soldiers", "released", 1500, 1500),
    ],
)
def test_the_bounds_of_a_number(words: str, kind: str, low: int | None, high: int | None) -> None:
    found = analyse(Document("case", f"The rebels {words} in Chad on Monday.", date(2021, 6, 10)))
    quantities = [(q.kind, q.low, q.high) for report in found.reports for q in report.quantities]
    assert (kind, low, high) in quantities


@pytest.mark.parametrize(
    ("words", "value"),
    [("5,000", 5000), ("two dozen", 24), ("thirty-five", 35), ("1.5 million", 1_500_000), ("many", None)],
)
def test_words_of_numbers(words: str, value: int | None) -> None:
    assert number_of(words, lexicon.load().data("quantities")["numbers"]) == value
