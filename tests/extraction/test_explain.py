"""`kg explain`: which entries were looked at, and why those that do not fire do not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg import language
from kg.extraction import extract
from kg.extraction.explain import explain
from kg.model import Document

from ..conftest import shell

DAY = date(2020, 3, 5)


def outcomes(text: str) -> dict[tuple[str, str], set[str | None]]:
    """Reasons by word and type."""
    found: dict[tuple[str, str], set[str | None]] = {}
    for one in explain(language.analyse(language.load(), text, DAY)):
        found.setdefault((one.token.text, one.entry.type), set()).add(one.reason)
    return found


def test_every_report_has_an_entry_that_fires_and_every_firing_entry_a_report() -> None:
    text = "Riot police arrested 20 protesters in March, and the ministers signed a treaty after heavy fighting."
    doc = language.analyse(language.load(), text, DAY)
    firing = {(one.token.idx, one.entry.type) for one in explain(doc) if one.reason is None}
    told = {(r.evidence.trigger.start, r.type) for r in extract(doc, Document("text", text, DAY)).reports}
    assert firing == told != set()


@pytest.mark.parametrize(
    ("text", "word", "type", "reason"),
    [
        ("Riot police arrested 20 people.", "Riot", "PROTEST", "describes"),
        ("The treaty was signed in March.", "March", "PROTEST", "part of a time"),
        ("The president signed the bill.", "signed", "AGREE", "more specific"),
        ("The singer signed the petition.", "signed", "AGREE", "'unless object'"),
    ],
)
def test_why_an_entry_does_not_fire(text: str, word: str, type: str, reason: str) -> None:
    found = outcomes(text).get((word, type), set())
    assert any(reason in (said or "") for said in found), found


def test_the_command_shows_parse_entries_and_events(tmp_path: Path) -> None:
    done = shell(tmp_path, "explain", "The deal was signed last week.", "--published", "2020-03-05")
    assert done.returncode == 0
    for shown in ("nsubj:pass", "AGREE sign", "fires", "agree.yaml", "2020-02-24/2020-03-01", "asserted"):
        assert shown in done.stdout
