"""The lexicon: every entry has a sentence in which its event is found, and no two entries contradict each other."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from kg import language
from kg.extraction import extract
from kg.extraction.lexicon import NO_EVENT, Entry, load
from kg.model import Document

SHARE = 0.9  # of the sentences; the rest fail by the parse
DAY = date(2020, 3, 4)


def sentences() -> dict[str, list[Entry]]:
    found = defaultdict(list)
    for entry in load().entries():
        found[entry.test].append(entry)
    return found


def test_every_entry_has_a_sentence() -> None:
    assert [entry.source for entry in load().entries() if not entry.test] == []


def test_the_event_of_an_entry_is_found_in_its_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    nlp = language.load()
    wrong = []
    tested = sentences()
    for number, (text, entries) in enumerate(sorted(tested.items())):
        document = Document(f"sentence-{number}", text, DAY)
        found = {(r.type, r.mode) for r in extract(language.analyse(nlp, text, DAY), document).reports}
        wanted = {(e.type, e.mode) for e in entries if e.frame != NO_EVENT}
        if wanted and not wanted & found:
            wrong.append(f"{entries[0].source}: {text}")
    with capsys.disabled():
        print(f"\n{len(tested) - len(wrong)} of {len(tested)} test sentences of the lexicon give their event")
    assert len(wrong) <= (1 - SHARE) * len(tested), "\n".join(wrong)


def test_no_word_means_two_things_in_one_context() -> None:
    seen: dict[tuple[object, ...], Entry] = {}
    clashes = []
    for entry in load().entries():
        context = (
            entry.part,
            entry.words,
            tuple(sorted((k, tuple(sorted(v))) for k, v in entry.when.items())),
            tuple(sorted((k, tuple(sorted(v))) for k, v in entry.unless.items())),
        )
        other = seen.setdefault(context, entry)
        if other is not entry and (other.type, other.mode, other.frame) != (entry.type, entry.mode, entry.frame):
            clashes.append(f"{' '.join(entry.words)}: {other.source} and {entry.source}")
    assert clashes == []
