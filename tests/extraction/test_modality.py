"""How an event is told, as the grammar alone says it."""

from __future__ import annotations

from datetime import date

import pytest

from kg import language
from kg.extraction import agreements, triggers
from kg.extraction import lexicon as lexicons
from kg.extraction.arguments import Resolver
from kg.extraction.modality import modality

PUBLISHED = date(2021, 6, 10)


def told(word: str, sentence: str) -> str:
    doc = language.analyse(language.load(), sentence, PUBLISHED)
    lexicon = lexicons.load()
    resolver = Resolver(doc, lexicon)
    _, entries = triggers.find(doc, resolver, lexicon)
    token = next(t for t in doc if t.text == word)
    return modality(token, entries, agreements.stipulating(doc, resolver), lexicon).value


@pytest.mark.parametrize(
    ("word", "sentence", "wanted"),
    [
        # what ended a thing that was done is a fact as well; what is waited for is none
        ("dispersed", "Students marched on the palace until the police dispersed them.", "asserted"),
        ("frees", "The rebels will fight on until the army frees the prisoners.", "hypothetical"),
        (
            "ratified",
            "The governments will exchange ambassadors once parliament has ratified the treaty.",
            "hypothetical",
        ),
        ("withdraw", "The union will end the strike as soon as the soldiers withdraw.", "hypothetical"),
        ("block", "The strikers will block the roads until the law is dropped.", "future"),
        # conditions, questions, what would have been
        ("released", "Mali warned of sanctions if the pilots were not released.", "hypothetical"),
        ("attacking", "Is the army attacking the town?", "hypothetical"),
        ("attacked", "The general said that his men would have attacked the town without the snow.", "hypothetical"),
        ("obstructs", "The council could punish anyone who obstructs the accord.", "hypothetical"),
        # the answer to what was said, which therefore was said; what is only asked for or promised
        ("request", "Chad rejected a request by Niger for the prisoners.", "asserted"),
        ("request", "Kenya will send monitors at the request of Somalia.", "asserted"),
        ("inquiry", "The minister promised an inquiry.", "future"),
        ("killing", "Amnesty called for an inquiry into the killing of two miners.", "asserted"),
        # what is bound to be done, and for what
        ("withdraw", "The accord obliges both armies to withdraw.", "future"),
        ("release", "The rebels agreed to leave the town, to release the hostages and to disarm.", "future"),
        ("negotiate", "The envoy will fly to Rome on Sunday to negotiate a truce.", "future"),
        ("help", "The ministers gave assurances that their states would help the refugees.", "future"),
        ("leave", "Ghana insisted that the captain leave the port.", "hypothetical"),
        ("attack", "The ships are there to deter an attack.", "hypothetical"),
        # what is denied
        ("vowed", "The rebels vowed never to surrender.", "asserted"),
        ("surrender", "The rebels vowed never to surrender.", "negated"),
        ("attacking", "The families never forgave him for attacking the village.", "asserted"),
    ],
)
def test_how_an_event_is_told(word: str, sentence: str, wanted: str) -> None:
    assert told(word, sentence) == wanted
