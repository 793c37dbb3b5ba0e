"""Lemmas are words of English, whatever the network makes of a form that it rarely saw."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from kg import language


@pytest.fixture(scope="module")
def nlp() -> Language:
    return language.load()


@pytest.mark.parametrize(
    ("sentence", "form", "lemma"),
    [
        ("The rebels fled on Monday.", "fled", "flee"),
        ("The army fought them for a week.", "fought", "fight"),
        ("The Taliban has insisted that it will not talk.", "insisted", "insist"),
        ("The two gunmen were arrested.", "gunmen", "gunman"),
        ("The council praised and banned him.", "banned", "ban"),
        ("They found the bodies.", "found", "find"),
    ],
)
def test_an_inflected_form_has_its_lemma(nlp: Language, sentence: str, form: str, lemma: str) -> None:
    doc = language.analyse(nlp, sentence, date(2020, 3, 5))
    assert [t.lemma_ for t in doc if t.text == form] == [lemma]
