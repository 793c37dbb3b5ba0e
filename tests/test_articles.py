"""The main job on two real articles of March 2020, which stand outside the project: what their graph must say.

One is terse and neutral, the other long and hostile; they call the same agreement by different names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pyoxigraph import QuerySolution

from kg import graph
from kg.export import event_records, signing_records
from kg.model import Extraction, Report
from kg.query import run, saved_query
from kg.store import Solutions, Store

from .conftest import SHARED, Built, built

USNEWS, WSWS = "2020-03-04-usnews-taliban-strike", "2020-03-05-wsws-taliban-strike"
FOLDER = SHARED / "gold" / "dev"
PATHS = [FOLDER / f"{name}.txt" for name in (USNEWS, WSWS)]

pytestmark = pytest.mark.skipif(
    not all(path.exists() for path in PATHS),
    reason=f"the two articles are not part of the project: {FOLDER} lacks them",
)

PREFIXES = """
PREFIX cd: <https://w3id.org/conflict-diplomacy/ontology#>
PREFIX actor: <https://w3id.org/conflict-diplomacy/actor/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX oa: <http://www.w3.org/ns/oa#>
"""
AGREEMENT = "Agreement for Bringing Peace to Afghanistan"

Record = dict[str, Any]


@pytest.fixture(scope="module")
def articles() -> Built:
    return built(PATHS)


@pytest.fixture(scope="module")
def store(articles: Built) -> Store:
    return articles.store


@pytest.fixture(scope="module")
def events(store: Store) -> list[Record]:
    return list(event_records(store))


def rows(store: Store, sparql: str) -> list[QuerySolution]:
    answer = store.query(PREFIXES + sparql)
    assert isinstance(answer, Solutions)
    return list(answer.rows)


def values(store: Store, sparql: str) -> list[str]:
    """The first column, sorted."""
    return sorted(row[0].value for row in rows(store, sparql))


def names(record: Record, role: str) -> set[str]:
    """Every name of those in a role."""
    return {name for entity in record[role] for name in (*entity["names"], entity["text"])}


def said(record: Record, words: str) -> bool:
    return words in " ".join(record["sentence"].split())


def told(events: list[Record], words: str, **wanted: object) -> list[Record]:
    """The records of sentences with these words and these values."""
    return [r for r in events if said(r, words) and all(r[key] == value for key, value in wanted.items())]


def test_both_are_read(articles: Built) -> None:
    assert articles.summary.documents == 2
    assert articles.summary.problems == []


# --- (a) the agreement ---------------------------------------------------------------------------------------------


def test_the_agreement_is_one_and_signed_once(store: Store) -> None:
    """One agreement of that name in the world, and one signing event of which it is the object."""
    named = f'?agreement skos:prefLabel|skos:altLabel "{AGREEMENT}" .'
    assert len(values(store, f"SELECT DISTINCT ?agreement WHERE {{ {named} ?agreement a cd:Agreement }}")) == 1
    signings = values(store, f"SELECT DISTINCT ?event WHERE {{ {named} ?event a cd:Signing ; cd:object ?agreement }}")
    assert len(signings) == 1


def test_the_full_name_is_its_label(store: Store) -> None:
    """Of "Feb. 29 agreement", "deal" and its own name, it goes by its own name."""
    (label,) = values(
        store,
        f"""SELECT DISTINCT ?label WHERE {{
              ?agreement skos:prefLabel|skos:altLabel "{AGREEMENT}" ; skos:prefLabel ?label }}""",
    )
    assert label == AGREEMENT


def test_who_signed_it_when_and_where(store: Store) -> None:
    signing = f"""?agreement skos:prefLabel|skos:altLabel "{AGREEMENT}" .
                  ?event a cd:Signing ; cd:object ?agreement ."""
    assert values(store, f"SELECT DISTINCT ?l WHERE {{ {signing} ?event cd:actor/skos:prefLabel ?l }}") == [
        "Taliban",
        "United States",
    ]
    assert values(store, f"SELECT DISTINCT ?l WHERE {{ {signing} ?event cd:time/rdfs:label ?l }}") == ["2020-02-29"]
    assert values(store, f"SELECT DISTINCT ?l WHERE {{ {signing} ?event cd:place/skos:prefLabel ?l }}") == ["Doha"]


def test_no_other_agreement_was_signed_that_day_by_the_two(store: Store) -> None:
    records = [
        r
        for r in signing_records(store)
        if {"Taliban", "United States"} <= {name for s in r["signatories"] for name in (*s["names"], "United States")}
        and any("Taliban" in s["names"] for s in r["signatories"])
    ]
    assert sorted(r["document"] for r in records) == [USNEWS, WSWS]
    assert {r["date"] for r in records} == {"2020-02-29"}
    assert all([p["name"] for p in r["place"]] == ["Doha"] for r in records)


def test_the_saved_query_answers_with_a_quote_from_both(store: Store) -> None:
    answer = run(store, saved_query("who-signed-what-when"), {"actor": "Taliban"})
    assert isinstance(answer, Solutions)
    found = {row["document"].value.rsplit("/", 1)[1]: row for row in answer}
    assert found.keys() == {USNEWS, WSWS}
    for name, row in found.items():
        assert row["agreement"].value == AGREEMENT
        assert row["signatories"].value == "Taliban; United States"
        assert (row["date"].value, row["place"].value) == ("2020-02-29", "Doha")
        assert row["quote"].value in (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


SIGNED = {
    "an active clause": (USNEWS, "four days after the U.S. and the Taliban signed", "signed"),
    "a relative clause": (USNEWS, "the agreement that U.S. and Taliban delegates signed in Doha", "signed"),
    'a nominal "signing ... between"': (WSWS, "the February 29 signing in Doha of the so-called", "signing"),
    "a reduced relative clause": (WSWS, "The agreement signed between Washington and the Taliban in Doha", "signed"),
}


def signing_told(events: list[Record], form: str) -> Record:
    document, words, trigger = SIGNED[form]
    (record,) = told(events, words, document=document, trigger=trigger, type="AGREE", mode="sign")
    return record


@pytest.mark.parametrize("form", SIGNED)
def test_each_way_of_telling_the_signing_is_a_report_of_it(store: Store, events: list[Record], form: str) -> None:
    record = signing_told(events, form)
    assert (record["modality"], record["attribution"]) == ("asserted", None)
    assert record["id"] in values(
        store,
        f"""SELECT DISTINCT ?id WHERE {{
              ?agreement skos:prefLabel|skos:altLabel "{AGREEMENT}" .
              ?event a cd:Signing ; cd:object ?agreement ; cd:toldBy ?report .
              BIND(REPLACE(STR(?report), "^.*/", "") AS ?id) }}""",
    )


@pytest.mark.parametrize("form", SIGNED)
def test_each_way_of_telling_the_signing_names_both_parties(events: list[Record], form: str) -> None:
    signers = names(signing_told(events, form), "actor")
    assert "Taliban" in signers
    assert signers & {"U.S.", "United States", "US", "Washington"}


def test_the_side_agreement_with_kabul_stays_apart(store: Store) -> None:
    """Reached on the same day, between the US and Afghanistan's government: another agreement, another signing."""
    side = [r for r in signing_records(store) if "side agreement" in r["agreement"]["names"]]
    assert [(r["document"], r["date"]) for r in side] == [(WSWS, "2020-02-29")]
    assert AGREEMENT not in side[0]["agreement"]["names"]
    assert not any("Taliban" in s["names"] for s in side[0]["signatories"])


# --- (b) the strike ------------------------------------------------------------------------------------------------


def test_us_forces_struck_taliban_fighters_in_helmand(store: Store) -> None:
    """One happening of the world: who, whom, when, and where as the first article tells it."""
    strikes = rows(
        store,
        """SELECT DISTINCT ?event ?who ?place WHERE {
             ?event a ?class ; cd:actor/skos:prefLabel ?who ; cd:recipient/skos:prefLabel "Taliban" ;
                    cd:time/rdfs:label "2020-03-04" ; cd:status/skos:notation "asserted" .
             ?class rdfs:subClassOf* cd:Assault .
             OPTIONAL { ?event cd:place/skos:prefLabel ?place } }""",
    )
    assert len({row["event"].value for row in strikes}) == 1
    assert any("Armed Forces" in row["who"].value or "military" in row["who"].value for row in strikes)
    assert {row["who"].value for row in strikes} <= {"United States", "US Armed Forces", "US military"}
    assert any(row["place"] is not None and "Helmand" in row["place"].value for row in strikes)


def test_both_articles_tell_of_the_strike(store: Store) -> None:
    documents = values(
        store,
        """SELECT DISTINCT ?document WHERE {
             ?event a ?class ; cd:recipient/skos:prefLabel "Taliban" ; cd:time/rdfs:label "2020-03-04" ;
                    cd:toldBy/prov:wasDerivedFrom ?document .
             ?class rdfs:subClassOf* cd:Assault }""",
    )
    assert [document.rsplit("/", 1)[1] for document in documents] == [USNEWS, WSWS]


def test_the_taliban_attacked_the_checkpoint_and_not_the_us(events: list[Record]) -> None:
    (attacked,) = told(events, "after they attacked an Afghan security forces", trigger="attacked")
    assert names(attacked, "actor") & {"Taliban", "the Taliban"}


# --- (c) the call --------------------------------------------------------------------------------------------------


def test_trump_talked_by_phone_with_baradar(store: Store) -> None:
    calls = rows(
        store,
        """SELECT DISTINCT ?event ?date WHERE {
             ?event a cd:PhoneCall ; cd:actor/skos:prefLabel ?one, ?other ; cd:status/skos:notation "asserted" .
             FILTER(CONTAINS(?one, "Trump") && CONTAINS(?other, "Baradar"))
             OPTIONAL { ?event cd:time/rdfs:label ?date } }""",
    )
    assert [row["date"] and row["date"].value for row in calls] == ["2020-03-03"]


def test_the_other_article_tells_of_the_call_too(events: list[Record]) -> None:
    (call,) = told(events, "confirming he had a phone conversation with", type="CONSULT", mode="phone")
    assert any("Trump" in name for name in names(call, "actor"))
    assert any("Baradar" in name for name in names(call, "actor"))
    assert call["attribution"] is None or "Trump" in call["attribution"]["name"]


# --- (d) the prisoners ---------------------------------------------------------------------------------------------

RELEASES = (
    "including releasing 5,000 Taliban prisoners",
    "calls for the release of 5,000 imprisoned Taliban fighters",
    "he has not agreed to any release of prisoners",
    "reticence at the release of Taliban prisoners",
    "until the release of the prisoners",
)


@pytest.mark.parametrize("words", RELEASES)
def test_the_release_is_called_for_and_not_done(events: list[Record], words: str) -> None:
    found = told(
        events, words, type="RETREAT", mode="release", trigger="releasing" if "releasing" in words else "release"
    )
    assert [record["modality"] for record in found] in (["future"], ["hypothetical"])


def test_no_release_happened(store: Store) -> None:
    assert values(store, "SELECT DISTINCT ?event WHERE { ?event a cd:Release }") == []


def test_the_release_is_a_term_of_the_agreement(store: Store) -> None:
    terms = values(
        store,
        f"""SELECT DISTINCT ?class WHERE {{
              ?agreement skos:prefLabel|skos:altLabel "{AGREEMENT}" .
              ?event cd:termOf ?agreement ; cd:eventClass ?class }}""",
    )
    assert "https://w3id.org/conflict-diplomacy/ontology#Release" in terms


# --- (e) who accuses whom of breaking the deal ---------------------------------------------------------------------

CLAIMS = {
    "Leggett: the Taliban carried out 43 attacks": (
        USNEWS,
        "carrying out 43 attacks on checkpoints",
        {"type": "ASSAULT", "trigger": "attacks"},
        "Leggett",
        "Taliban",
    ),
    "Leggett: the Taliban promised to reduce violence": (
        USNEWS,
        "leadership promised the international community",
        {"type": "AGREE", "trigger": "promised"},
        "Leggett",
        "Taliban",
    ),
    "Leggett, in the other article: the Taliban promised": (
        WSWS,
        "leadership promised the int’l community",
        {"type": "AGREE", "trigger": "promised"},
        "Leggett",
        "Taliban",
    ),
    "Leggett: the Taliban attack": (
        USNEWS,
        "call on the Taliban to stop needless attacks",
        {"type": "ASSAULT", "trigger": "attacks"},
        "Leggett",
        "Taliban",
    ),
    "Ghani: he has not agreed": (
        WSWS,
        "he has not agreed to any release of prisoners",
        {"type": "AGREE", "trigger": "agreed", "modality": "negated"},
        "Ghani",
        "Ghani",
    ),
    "the Taliban: no talks until the release": (
        WSWS,
        "insisted that it will not discuss anything",
        {"type": "CONSULT", "trigger": "discuss", "modality": "negated"},
        "Taliban",
        "Taliban",
    ),
    "the Taliban: the attacks will go on": (
        WSWS,
        "its attacks on the regime’s forces will continue",
        {"type": "ASSAULT", "trigger": "attacks", "modality": "future"},
        "Taliban",
        "Taliban",
    ),
    "the Taliban's account: Baradar pledged": (
        WSWS,
        "account of the conversation, Baradar pledged",
        {"type": "AGREE", "trigger": "pledged"},
        "Taliban",
        "Baradar",
    ),
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_claim_has_its_speaker(events: list[Record], claim: str) -> None:
    document, words, wanted, speaker, actor = CLAIMS[claim]
    found = told(events, words, document=document, **wanted)
    assert len(found) == 1
    (record,) = found
    assert record["attribution"] is not None
    assert any(speaker in name for name in (*record["attribution"]["names"], record["attribution"]["text"]))
    assert any(actor in name for name in names(record, "actor"))


def test_leggett_calls_on_the_taliban(events: list[Record]) -> None:
    """His "we" is the forces that he speaks for, which only the first article names beside him; never himself."""
    found = told(events, "call on the Taliban to stop needless attacks", type="REQUEST")
    assert [record["document"] for record in found] == [USNEWS, WSWS]
    for record in found:
        assert "Taliban" in names(record, "recipient")
        assert any("Leggett" in name for name in record["attribution"]["names"])
        assert not any("Leggett" in name for name in names(record, "actor"))
    assert "U.S. Forces–Afghanistan" in names(found[0], "actor")


def test_the_second_article_denies_the_promise_in_its_own_voice(events: list[Record]) -> None:
    (denied,) = told(events, "the Taliban promised no such thing", type="AGREE")
    assert (denied["modality"], denied["attribution"]) == ("negated", None)
    assert "Taliban" in names(denied, "actor")


def test_claims_are_found_by_the_saved_query(store: Store) -> None:
    answer = run(store, saved_query("claims"), {"claimant": "Sonny Leggett"})
    assert isinstance(answer, Solutions)
    assert {row["document"].value.rsplit("/", 1)[1] for row in answer} == {USNEWS, WSWS}


def test_what_only_leggett_says_of_the_taliban_is_a_claim(store: Store) -> None:
    """The promise that he quotes and the second article denies stands in the world as claimed, not as a fact."""
    statuses = set(
        values(
            store,
            """SELECT DISTINCT ?status WHERE {
                 ?event cd:toldBy/cd:evidence/oa:exact ?quote ; cd:eventClass cd:Agree ; cd:recipient ?someone ;
                        cd:status/skos:notation ?status .
                 FILTER(CONTAINS(?quote, "leadership promised the int")) }""",
        )
    )
    assert statuses == {"claimed"}


# --- every word has its place --------------------------------------------------------------------------------------


def test_every_quote_stands_in_its_article(store: Store) -> None:
    for extraction in graph.read_extractions(store):
        text = (FOLDER / f"{extraction.document.name}.txt").read_text(encoding="utf-8")
        assert list(misplaced(extraction, text)) == []


def misplaced(extraction: Extraction, text: str) -> Iterator[Report]:
    for report in extraction.reports:
        arguments = [a.mention for a in report.arguments]
        for mention in (report.evidence.sentence, report.evidence.trigger, *arguments):
            if text[mention.start : mention.end] != mention.text:
                yield report
