"""Each saved query over the seeds: what a reader of the briefs would look for stands in one row of its answer."""

from __future__ import annotations

from typing import Any

import pytest

from kg.query import SavedQuery, run, saved_queries
from kg.query.results import shortened
from kg.store import Solutions

FACTS: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "who-signed-what-when": ({"actor": "Taliban"}, ("Taliban", "2020-02-29")),
    "actors": ({"type": "state"}, ("United States", "state")),
    "agreements": ({"party": "Prachanda"}, ("Comprehensive Peace Accord", "2006-11-21")),
    "agreements-and-terms": ({}, ("Abraham Accords Declaration", "United Arab Emirates")),
    "commitments": ({"agreement": "Agreement for Bringing Peace to Afghanistan"}, ("2020-07", "8,600")),
    "parts-in-agreements": ({"actor": "Kofi Annan", "part": "witness"}, ("Kofi Annan", "witness")),
    "standing-of-agreements": ({"validity": "broken"}, ("violated", "broken")),
    "claims-denied": ({"actor": "Taliban"}, ("Sonny Leggett", "no such thing")),
    "what-sources-agree-on": ({"type": "airstrike"}, ("2020-03-04", "2020-03-05-drone-strike-doha-accord")),
    "what-only-one-source-says": ({"actor": "Yasser Arafat"}, ("1993-09-13-israel-plo-declaration",)),
    "claims": ({"claimant": "Sonny Leggett"}, ("Taliban",)),
    "documents": ({}, ("2005-08-15-aceh-helsinki-memorandum", "2005-08-15")),
    "documents-about": ({"thing": "Prachanda"}, ("2006-11-21-nepal-comprehensive-accord",)),
    "events-by-year": ({"from": "2006", "to": "2006"}, ("2006", "signing", "1")),
    "mediations": ({"actor": "Kofi Annan"}, ("Kofi Annan", "2008-02-28-kenya-power-sharing")),
    "names-of-an-actor": ({"actor": "TPLF"}, ("Tigray People's Liberation Front", "TPLF", "armed group")),
    "network": ({"type": "ACCUSE"}, ("taliban",)),
    "numbers-of-people": ({"place": "Tel Aviv"}, ("more than 20", "killed")),
    "places": ({}, ("Nairobi", "Kenya")),
    "prospects": ({"actor": "Israel", "status": "future"}, ("withdrawal", "Israel")),
    "protests": ({}, ("demonstrators", "2020-11-11-yerevan-protests-karabakh")),
    "sanctions": ({"recipient": "Eritrea"}, ("United Nations Security Council", "2000-05")),
    "visits-and-calls": ({"actor": "Donald Trump"}, ("phone call", "2020-03-03", "Abdul Ghani Baradar")),
    "what-a-source-says": ({"document": "2006-11-21-nepal-comprehensive-accord"}, ("signing", "Prachanda")),
    "what-an-actor-did": ({"actor": "Taliban", "to": "2020-02"}, ("signing", "2020-02-29", "Doha")),
    "what-happened": ({"from": "2006-11-21", "to": "2006-11-21"}, ("signing", "Kathmandu")),
    "what-was-done-to-an-actor": ({"actor": "Taliban"}, ("accusation", "Sonny Leggett")),
    "where-sources-disagree": ({}, ("at least 20 killed", "more than two dozen killed")),
    "who-accused-whom": ({"recipient": "Taliban"}, ("Sonny Leggett",)),
    "who-acted-on-whom": ({"actor": "Sonny Leggett"}, ("Taliban",)),
    "who-asked-what-of-whom": ({"actor": "Condoleezza Rice"}, ("2008-02-28-kenya-power-sharing",)),
    "who-attacked-whom": ({"place": "Helmand"}, ("Taliban",)),
    "who-is-quoted": ({}, ("Sonny Leggett",)),
    "who-met-whom": ({"actor": "Donald Trump", "to": "2020-03"}, ("phone call", "2020-03-03")),
    "who-rejected-what": ({"actor": "Arab League"}, ("2020-09-16-palestinians-reject-accords",)),
    "who-signed-most": ({}, ("Israel",)),
    "who-supported-whom": ({"actor": "European Union"}, ("Philippines",)),
    "who-threatened-whom": ({"actor": "Sergei Lavrov"}, ("2010-04-06",)),
    "withdrawals-and-releases": ({"place": "Kosovo"}, ("withdrawal", "1999-06-10")),
}  # fmt: skip


@pytest.mark.parametrize("query", saved_queries(), ids=lambda query: query.name)
def test_it_tells_what_the_briefs_tell(seeds: Any, query: SavedQuery) -> None:
    values, expected = FACTS[query.name]
    answer = run(seeds.store, query, values)
    if isinstance(answer, Solutions):
        texts = ["\n".join(shortened(term) for term in row) for row in answer]
    else:
        assert isinstance(answer, list)
        texts = [str(triple) for triple in answer]
    assert any(all(text in row for text in expected) for row in texts), texts[:5]


def test_there_are_enough_and_all_are_tested() -> None:
    names = [query.name for query in saved_queries()]
    assert len(names) >= 25
    assert sorted(names) == sorted(FACTS)
