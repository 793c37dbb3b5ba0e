"""The event model beside the lexicon: what it adds, what it takes away, and what a user's own entry may count on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from kg import language
from kg.extraction import extract, learned
from kg.extraction import lexicon as lexicons
from kg.extraction.explain import explain
from kg.extraction.learned.weights import RoleWeights, load
from kg.extraction.lexicon import Lexicon
from kg.model import Document, Extraction
from kg.resources import folder

DAY = date(2021, 5, 4)


def read(text: str, lexicon: Lexicon | None = None, *, model: bool = True) -> Extraction:
    doc = language.analyse(language.load(), text, DAY)
    if not model:
        doc._.event_vectors = None
    return extract(doc, Document("text", text, DAY), lexicon)


def told(found: Extraction) -> list[tuple[str, str]]:
    return [(report.type, report.evidence.trigger.text) for report in found.reports]


def test_a_word_that_no_entry_has_is_read_by_the_model() -> None:
    text = "Arayik Harutyunyan, the leader of the ethnic Armenians in Karabakh, defended the signing."
    assert ("SUPPORT", "defended") not in told(read(text, model=False))
    (report,) = (r for r in read(text).reports if r.evidence.trigger.text == "defended")
    assert report.type == "SUPPORT"
    assert {a.mention.text for a in report.fillers("actor")} == {"Arayik Harutyunyan"}


def test_who_acts_by_the_grammar_acts_in_an_event_that_no_entry_has() -> None:
    text = "General Murat Bako recalled 8,000 reservists and moved howitzers to the lake."
    assert ("MOBILIZE", "recalled") not in told(read(text, model=False))
    (report,) = (r for r in read(text).reports if r.evidence.trigger.text == "recalled")
    assert {a.mention.text for a in report.fillers("actor")} == {"General Murat Bako"}


def test_a_dateline_acts_in_nothing_and_is_where_here_is() -> None:
    text = "DAKAR, Senegal, June 10 - Chad and Mali signed a treaty here on Monday."
    for model in (True, False):
        (report,) = read(text, model=model).reports
        assert {a.mention.text for a in report.fillers("actor")} == {"Chad", "Mali"}
        assert {a.entity for a in report.fillers("place")} == {"dakar"}


def test_sport_and_weather_are_no_events_though_the_lexicon_has_their_verbs() -> None:
    text = "The champions crushed the visitors 4-0 on Saturday after the striker had been released by his club in June."
    assert len(told(read(text))) <= len(told(read(text, model=False)))


def test_a_signing_without_parties_in_the_grammar_has_those_that_the_model_believes_in() -> None:
    text = "President Omar Bako and Prime Minister Paul Kone were among those who signed as guests."
    (report,) = (r for r in read(text).reports if r.mode == "sign")
    names = {a.mention.text for a in report.fillers("actor")}
    assert names == {"President Omar Bako", "Prime Minister Paul Kone"}
    assert not any(r.fillers("actor") for r in read(text, model=False).reports)


def test_every_report_of_the_model_has_a_confidence_and_of_the_rules_none() -> None:
    text = "The rebels signed a ceasefire with the government in Lusaka on Monday."
    assert all(0 < report.confidence <= 1 for report in read(text).reports if report.confidence is not None)
    assert read(text).reports and all(report.confidence is not None for report in read(text).reports)
    assert all(report.confidence is None for report in read(text, model=False).reports)


def test_the_same_text_gives_the_same_confidences() -> None:
    text = "Protesters marched on parliament; police fired tear gas and arrested dozens, the interior minister said."
    assert read(text) == read(text)


def test_an_entry_of_the_users_own_always_stands(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "type: COERCE\nentries:\n- {verb: winnow, frame: act-on, test: The army winnowed the villagers.}\n"
    )
    text = "The army winnowed the villagers on Monday."
    own = Lexicon(folder("ontology") / "lexicon", tmp_path)
    (report,) = (r for r in read(text, own).reports if r.evidence.trigger.text == "winnowed")
    assert report.type == "COERCE"
    assert {a.mention.text for a in report.fillers("actor")} == {"army"}


def test_what_the_lexicon_says_weighs_in_both_directions() -> None:
    weights = load()
    unsure = np.log(np.full(17, 1 / 17, dtype=np.float32))
    fired = weights.together(unsure, 3, (3,))
    silent = weights.together(unsure, 0, ())
    assert fired.argmax() == 3 and fired[3] > silent[3]
    assert silent[0] > fired[0]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_role_that_the_rules_give_is_likelier(ruled: bool) -> None:
    weights = replace(load().roles["actor"])
    assert isinstance(weights, RoleWeights)
    assert weights.together(0.5, True, True) > weights.together(0.5, False, ruled)


def test_the_model_says_what_it_learnt_a_word_from() -> None:
    doc = language.analyse(language.load(), "Rebels shelled the town on Monday.", DAY)
    firing = {one.token.i: one.entry for one in explain(doc) if one.reason is None}
    (opinion,) = (o for o in learned.judged(doc, firing, lexicons.load()) if o.word.token.text == "shelled")
    assert opinion.word.type == "ASSAULT" and opinion.word.stands
    assert opinion.example.type == "ASSAULT" and opinion.example.words
