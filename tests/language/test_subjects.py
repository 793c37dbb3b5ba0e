"""Subjects that the parser gave to another verb."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from .conftest import Read


def subjects_of(doc: Doc, verb: str) -> list[str]:
    return [t.text for t in doc if t.dep_ == "nsubj" and t.head.text == verb]


@pytest.mark.parametrize(
    ("text", "said", "speaker", "done", "doers"),
    [
        (
            "The government today ordered the opposition newspaper La Prensa to suspend publication indefinitely, "
            "a spokesman for the paper said.",
            "said",
            "spokesman",
            "ordered",
            ["government"],
        ),
        (
            "Czechia and China signed an agreement today to increase trade, the official Czech news agency said today.",
            "said",
            "agency",
            "signed",
            ["Czechia"],
        ),
        (
            "The United Nations will provide nearly 25,000 tons of emergency food aid to refugees, "
            "the World Food Program (WFP) said on Monday.",
            "said",
            "Program",
            "provide",
            ["Nations"],
        ),
    ],
)
def test_who_is_told_last_to_have_said_it(
    read: Read, text: str, said: str, speaker: str, done: str, doers: list[str]
) -> None:
    doc = read(text)
    assert subjects_of(doc, said) == [speaker]
    assert subjects_of(doc, done) == doers


def test_what_follows_a_verb_with_its_subject_is_its_object(read: Read) -> None:
    doc = read("An Argentine judge has ordered former president Carlos Menem to appear October 16 for questioning.")
    assert subjects_of(doc, "ordered") == ["judge"]
    assert [t.text for t in doc if t.dep_ == "obj" and t.head.text == "ordered"] == ["Carlos"]


@pytest.mark.parametrize(
    "text",
    [
        "The army shelled the town, and the mayor said that two people had died.",
        "“The town was shelled,” said the mayor, who had left it.",
        "In the north, where the army shelled two towns, the mayor said nothing.",
    ],
)
def test_other_subjects_stay(read: Read, text: str) -> None:
    doc = read(text)
    assert subjects_of(doc, "said") == ["mayor"]
    assert "army" not in text or subjects_of(doc, "shelled") == ["army"]
