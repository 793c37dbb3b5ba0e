"""Each row of `time_expressions.tsv` is one expression in a sentence; `-` in its place says that there is none."""

from __future__ import annotations

import csv
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.language import components, times  # noqa: F401  (registers the components)
from kg.language.times.values import shifted
from kg.model import Time
from kg.resources import language_model

with (Path(__file__).parent / "time_expressions.tsv").open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def blank() -> Language:
    return spacy.blank("en")


def _component(text: str, published: date | None) -> Doc:
    nlp = spacy.blank("en")
    nlp.add_pipe("time_expressions")
    doc = nlp.make_doc(text)
    doc._.published = published
    return nlp(doc)


def _read(row: dict[str, str], nlp: Language) -> list[tuple[str, str, str, str]]:
    published = date.fromisoformat(row["published"])
    return [
        (row["sentence"][start:end], label, value, time.value if time else "-")
        for start, end, label, value, time in times.read(row["sentence"], published, nlp)
    ]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['sentence'][:50]} [{row['published']}]")
def test_expression(row: dict[str, str], blank: Language) -> None:
    found = _read(row, blank)
    if row["expression"] == "-":
        assert found == []
    else:
        assert (row["expression"], row["label"], row["value"], row["time"]) in found


def test_agrees_with_the_trained_pipeline() -> None:
    """With the tags of the trained pipeline at most three rows in a hundred may come out otherwise."""
    if not (language_model() / "config.cfg").is_file():
        pytest.skip("kg/language/model is not trained yet: run the training project")
    nlp = spacy.load(language_model(), enable=["tok2vec", "transformer", "tagger", "morphologizer", "parser", "senter"])
    wrong = [
        row["sentence"]
        for row in ROWS
        if (row["expression"], row["label"], row["value"], row["time"]) not in [*_read(row, nlp), ("-", "-", "-", "-")]
    ]
    assert len(wrong) <= 0.03 * len(ROWS), wrong


def test_spans_of_the_component() -> None:
    doc = _component("The strike came four days after the signing, on Wednesday night.", date(2020, 3, 5))
    first, second = doc.spans["timex"]
    assert (first.text, first.label_, first._.value, first._.time) == ("four days", "DURATION", "P4D", None)
    assert first._.anchored and first._.offset_days == 4 and first._.offset_months is None
    assert (second.text, second._.value, second._.time) == ("Wednesday night", "2020-03-04TNI", Time("2020-03-04"))
    assert not second._.anchored


@pytest.mark.parametrize(
    ("text", "days", "months"),
    [
        ("It comes two weeks before the vote.", -14, None),
        ("It comes hours before the vote.", 0, None),
        ("It comes four months after the vote.", None, 4),
        ("It comes days after the vote.", None, None),
        ("It comes on the eve of the vote.", -1, None),
        ("It comes within hours of the vote.", 0, None),
    ],
)
def test_offsets_of_anchored_expressions(text: str, days: int | None, months: int | None) -> None:
    doc = _component(text, date(2020, 3, 5))
    (span,) = doc.spans["timex"]
    assert span._.anchored and span._.time is None
    assert (span._.offset_days, span._.offset_months) == (days, months)


def test_nothing_is_found_without_a_publication_date() -> None:
    assert len(_component("They met on Monday.", None).spans["timex"]) == 0


def test_offsets_are_those_of_the_text() -> None:
    text = "Talks – in Genève – ended\n\nMarch 4, 2020\n\nThey had begun on Monday."
    for start, end, *_ in times.read(text, date(2020, 3, 4)):
        assert text[start:end] in {"March 4, 2020", "Monday"}


def test_an_expression_does_not_cross_a_paragraph() -> None:
    found = times.read("They met on Monday\n\nMarch 4, 2020", date(2020, 3, 4))
    assert [value for _, _, _, value, _ in found] == ["2020-03-02", "2020-03-04"]


def test_every_weekday_of_every_day_of_a_year_lies_within_a_week() -> None:
    published = date(2020, 1, 1)
    while published.year == 2020:
        ((*_, past),) = times.read("They met on Friday.", published)
        ((*_, future),) = times.read("They will meet on Friday.", published)
        assert past is not None and future is not None
        assert timedelta(0) <= published - past.earliest <= timedelta(6)
        assert timedelta(0) <= future.earliest - published <= timedelta(6)
        assert past.earliest.isoweekday() == future.earliest.isoweekday() == 5
        published += timedelta(days=1)


def test_times_beyond_the_calendar_are_left_out() -> None:
    assert times.read("The rock formed 10,000 years ago.", date(2020, 3, 5)) != []
    assert [time for *_, time in times.read("It formed 99,999,999 years ago.", date(2020, 3, 5)) if time] == []


def test_shifted_keeps_the_precision() -> None:
    assert shifted(Time("2020-02-28"), days=2) == Time("2020-03-01")
    assert shifted(Time("2020-01-31"), months=1) == Time("2020-02-29")
    assert shifted(Time("2020-01"), months=-1) == Time("2019-12")
    assert shifted(Time("2020"), months=12) == Time("2021")
    assert shifted(Time("2020-01"), days=1) is None
    assert shifted(Time("2020"), months=1) is None


@pytest.mark.parametrize("folder", ["dev", "held-out"])
def test_annotated_texts(folder: str, blank: Language) -> None:
    """By the words alone, nine in ten expressions of whole texts have the right extent, type and value."""
    right = wanted = 0
    for path in sorted((Path(__file__).parent / "timex" / folder).glob("*.tml")):
        root = ET.parse(path).getroot()
        text = "".join(root.find("TEXT").itertext())  # type: ignore[union-attr]
        published = date.fromisoformat(root.find("DCT/TIMEX3").get("value"))  # type: ignore[union-attr,arg-type]
        found = Counter((text[e.start : e.end], e.type, e.value) for e in times.read(text, published, blank))
        gold = Counter((t.text, t.get("type"), t.get("value")) for t in root.iterfind("TEXT/TIMEX3"))
        right += (found & gold).total()
        wanted += max(found.total(), gold.total())
    assert right >= 0.9 * wanted


def test_soft_hyphens_keep_the_offsets() -> None:
    text = "The truce of Febru\u00ad\u00adary 29, 2020 held."
    ((start, end, _, value, _),) = times.read(text, date(2020, 3, 5))
    assert (text[start:end], value) == ("Febru\u00ad\u00adary 29, 2020", "2020-02-29")


@pytest.mark.parametrize("sentence", ["Talks went on Monday, ", "2020-03-04,", "1234 ", "a year and ", "word"])
def test_a_paragraph_without_end(sentence: str) -> None:
    found = times.read(sentence * (100_000 // len(sentence)), date(2020, 3, 5))
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_both_ends_of_an_interval_have_the_whole() -> None:
    doc = _component("It lasted from May 2018 to July 2018.", date(2020, 3, 5))
    assert [(s.text, s._.value, s._.time.value) for s in doc.spans["timex"]] == [
        ("May 2018", "2018-05", "2018-05/2018-07"),
        ("July 2018", "2018-07", "2018-05/2018-07"),
    ]
