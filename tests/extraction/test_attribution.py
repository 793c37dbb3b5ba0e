"""Whose words a report is."""

from __future__ import annotations

from datetime import date

from spacy.tokens import Doc

from kg import language
from kg.export import events_of
from kg.extraction import lexicon as lexicons
from kg.extraction.attribution import attribution
from kg.model import Document
from kg.pipeline import analyse


def test_the_nearer_of_two_subjects_speaks() -> None:
    """The parser often takes what the report begins with for the subject of the verb that closes it."""
    words = ["A", "strike", "on", "Monday", "hit", "two", "trucks", ",", "Keita", "said", "."]
    doc = Doc(
        language.load().vocab,
        words,
        heads=[1, 9, 3, 1, 9, 6, 4, 9, 9, 9, 9],
        deps=["det", "nsubj", "case", "nmod", "ccomp", "nummod", "obj", "punct", "nsubj", "ROOT", "punct"],
        pos=["DET", "NOUN", "ADP", "PROPN", "VERB", "NUM", "NOUN", "PUNCT", "PROPN", "VERB", "PUNCT"],
        tags=["DT", "NN", "IN", "NNP", "VBD", "CD", "NNS", ",", "NNP", "VBD", "."],
        lemmas=["a", "strike", "on", "Monday", "hit", "two", "truck", ",", "Keita", "say", "."],
    )
    for trigger in (doc[1], doc[4]):
        speaker = attribution(trigger, {}, lexicons.load())
        assert speaker is not None
        assert speaker.text == "Keita"


def test_who_is_told_of_does_not_speak() -> None:
    sentence = "Mali, the minister warned on Monday, could close the border."
    found = list(events_of(analyse(Document("2021-06-10-case", sentence, date(2021, 6, 10)))))
    assert [(r["trigger"], (r["attribution"] or {}).get("name")) for r in found] == [
        ("warned", None),
        ("close", "minister"),
    ]


def test_the_accused_does_not_speak() -> None:
    for sentence in (
        "The rebels are accused of murdering thousands of civilians.",
        "Western nations accuse Iran of arming the rebels, a charge Iran denies.",
    ):
        found = list(events_of(analyse(Document("2021-06-10-case", sentence, date(2021, 6, 10)))))
        assert found
        assert not any((r["attribution"] or {}).get("name") in ("rebels", "Iran") for r in found)
        assert not any(r["attribution"] for r in found if r["trigger"] == "denies")


def test_a_long_statement_is_its_speakers_to_the_end() -> None:
    text = (
        "Foreign Secretary Ana Hale said:\n\nThe country faces a hard winter. Its people need bread. They need peace "
        "too. We all know that. The road is long.\n\nFrance attacked the rebels on Monday."
    )
    (report,) = (
        r for r in events_of(analyse(Document("2021-06-10-case", text, date(2021, 6, 10)))) if r["type"] == "ASSAULT"
    )
    assert "Hale" in (report["attribution"] or {}).get("name", "")


def test_we_in_a_briefing_is_not_its_speaker() -> None:
    text = (
        "The briefing was given by Ana Keller.\n\nMS. KELLER: We condemned the arrests on Monday.\n\n"
        "QUESTION: Did you?\n\nMS. KELLER: I condemned them too.\n"
    )
    told = list(events_of(analyse(Document("2021-06-10-case", text, date(2021, 6, 10)))))
    condemned = [r for r in told if r["trigger"] == "condemned"]
    assert [[e["name"].split()[-1].title() for e in r["actor"]] for r in condemned] == [[], ["Keller"]]
