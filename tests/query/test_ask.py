"""Questions in English: over the sample, what a reply holds; over the seeds, how many answers are right."""

from __future__ import annotations

import importlib.util
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.query import ask, examples
from kg.store import Store

TODAY = date(2020, 3, 9)
ROOT = Path(__file__).parents[2]


def benchmark() -> Any:
    """`benchmarks/questions.py`, which scores the questions."""
    spec = importlib.util.spec_from_file_location("questions", ROOT / "benchmarks" / "questions.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_reply_says_how_it_understood_and_shows_sparql_table_and_quotes(store: Store) -> None:
    reply = ask(store, "What did the Taliban sign in February 2020?", today=TODAY)
    assert reply.understood == (
        "Asked is which agreement, of a signing, between 2020-02-01 and 2020-02-29, with Taliban."
    )
    assert reply.sparql is not None
    assert reply.sparql.count("SELECT DISTINCT ?event ?what") == 1
    assert reply.sentence == "The Taliban signed Doha Agreement in February 2020 (2020-02-29)."
    (row,) = reply.rows
    assert dict(zip(reply.columns, row, strict=True))["agreement"] == "Doha Agreement"
    assert reply.links[0][0] == "https://w3id.org/conflict-diplomacy/agreement/pact"
    assert reply.quotes[0].text == "The United States and the Taliban signed the Doha Agreement in Doha on Saturday."
    assert (reply.quotes[0].document, reply.quotes[0].trigger) == ("doha-talks", "signed")
    assert reply.bindings is not None
    assert json.loads(json.dumps(reply.as_json()))["rows"] == [list(row)]


def test_the_sparql_gives_the_bindings(store: Store) -> None:
    reply = ask(store, "Who met Abdul Ghani Baradar?", today=TODAY)
    assert reply.sparql is not None
    assert store.query(reply.sparql) == reply.bindings
    assert reply.sentence == "Mike Pompeo met Abdul Ghani Baradar (2020-03)."


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Did the United States bomb the Taliban in Helmand?", "disputed"),
        ("Did the Taliban accuse the United States?", "yes"),
        ("Will the United States withdraw?", "planned"),
        ("Did the Taliban bomb Helmand?", "unknown"),
        ("Did Mike Pompeo sign the Doha Agreement?", "unknown"),
    ],
)
def test_yes_and_no(store: Store, question: str, verdict: str) -> None:
    assert ask(store, question, today=TODAY).verdict == verdict


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Who signed the peace agreement quickly?", "quickly"),
        ("What did Zorblatt sign?", "Zorblatt"),
        ("Why did the United States bomb Helmand?", "Why"),
        ("What is the capital of Afghanistan?", "capital"),
        ("Who ate the cake?", "cake"),
    ],
)
def test_what_is_not_understood_is_named_and_saved_queries_are_offered(store: Store, question: str, word: str) -> None:
    reply = ask(store, question, today=TODAY)
    assert reply.refused
    assert word in reply.unknown
    assert word in reply.sentence
    assert len(reply.suggestions) == 3
    assert reply.sparql is None
    assert reply.rows == ()


def test_a_wider_answer_says_so(store: Store) -> None:
    reply = ask(store, "When did Mike Pompeo phone Baradar?", today=TODAY)
    assert reply.notes == ("No phone call is told; this is what is told of consultation.",)
    assert "2020-03" in reply.sentence


@pytest.mark.parametrize(
    ("question", "like"),
    [
        ("What number of people were killed in Helmand?", "How many people were killed in Helmand?"),
        ("What was the death toll in Helmand?", "How many people were killed in Helmand?"),
        ("Who is party to the Doha Agreement?", "Who signed the Doha Agreement?"),
        ("On what date was the Doha Agreement signed?", "When was the Doha Agreement signed?"),
        ("Is it true that the Taliban accused the United States?", "Did the Taliban accuse the United States?"),
    ],
)
def test_other_words_for_a_question_give_its_answer(store: Store, question: str, like: str) -> None:
    reply, plain = ask(store, question, today=TODAY), ask(store, like, today=TODAY)
    assert reply.rows
    assert (reply.rows, reply.verdict) == (plain.rows, plain.verdict)


def test_what_stands_only_in_the_sentence_is_found_and_said(store: Store) -> None:
    reply = ask(store, "Who bombed fighters in Helmand on Wednesday?", today=TODAY)
    assert "United States" in reply.sentence
    whole = ask(store, "Who signed the Doha Agreement in Helmand?", today=TODAY)
    assert not whole.rows or whole.notes


def test_a_yes_is_never_made_of_what_another_did(store: Store) -> None:
    assert ask(store, "Did Mike Pompeo bomb the Taliban?", today=TODAY).verdict != "yes"
    assert ask(store, "Did the Taliban bomb the United States?", today=TODAY).verdict != "yes"


def test_the_last_of_several(store: Store) -> None:
    reply = ask(store, "What was the latest attack in Helmand?", today=TODAY)
    assert reply.understood is not None
    assert "the last" in reply.understood
    assert len(reply.rows) == 1


def test_numbers_counts_and_comparisons(store: Store) -> None:
    killed = ask(store, "How many people were killed in Helmand?", today=TODAY)
    assert killed.sentence == "Killed: 12 or at least 20 (2020-03-04)."
    assert ask(store, "How many agreements were signed?", today=TODAY).sentence == "1 agreement."
    ranked = ask(store, "Who attacked most often?", today=TODAY)
    assert ranked.columns[:2] == ("actors", "events")
    assert ranked.rows[0][0] == "United States"
    assert ask(store, "Did the Taliban attack more often than the United States?", today=TODAY).verdict == "no"


def test_days_count_from_today(store: Store) -> None:
    assert "2020-03-04" in str(ask(store, "What happened last week?", today=date(2020, 3, 9)).rows)
    assert ask(store, "What happened last week?", today=date(2030, 3, 9)).rows == ()


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("Where do the sources disagree?", "where-sources-disagree"),
        ("What does doha-talks say?", "what-a-source-says"),
        ("What does the Doha Agreement require?", "agreements-and-terms"),
        ("What is planned?", "prospects"),
    ],
)
def test_questions_about_the_sources_are_saved_queries(store: Store, question: str, query: str) -> None:
    reply = ask(store, question, today=TODAY)
    assert reply.understood is not None
    assert f"saved query {query} " in reply.understood
    assert reply.rows


def test_the_examples_are_understood(seeds: Any) -> None:
    for example in examples():
        assert not ask(seeds.store, example, today=TODAY).refused, example


# The aim is 0.85 for all. The floors leave room for what a change of the extraction loses in the graph, see
# docs/queries.md; what the last two parts scored when they were asked for the first time is there too.
@pytest.mark.parametrize(
    ("part", "floor"),
    [
        ("development", 0.85),
        ("held_out", 0.85),
        ("second_held_out", 0.85),
        ("third_held_out", 0.8),
        ("fourth_held_out", 0.75),
        ("fifth_held_out", 0.7),
    ],
)
def test_most_questions_are_answered_right(seeds: Any, part: str, floor: float) -> None:
    questions = benchmark()
    judged = [good for _, _, good in questions.scored(seeds.store, part)]
    assert len(judged) >= 40
    assert sum(judged) / len(judged) >= floor
