"""`--actors`: a list of actors of one's own in real builds, and what later commands know of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run

LIST = """\
@prefix actor: <https://w3id.org/conflict-diplomacy/actor/> .
@prefix cd: <https://w3id.org/conflict-diplomacy/ontology#> .
@prefix own: <https://example.org/actor/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

own:zlf a cd:ArmedGroup ;
    skos:prefLabel "Zoran Liberation Front" ;
    skos:altLabel "ZLF", "Zorans" ;
    cd:country actor:chad .

own:tolo a cd:Person ;
    skos:prefLabel "Amina Tolo" ;
    cd:held own:tolo-1 .
own:tolo-1 a cd:Tenure ;
    cd:office "ZLF leader" ;
    cd:from "2019-01-01"^^xsd:date .
"""
TALKS = """\
Ceasefire in Chad
3 March 2020

Chad and the Zoran Liberation Front signed a ceasefire in N'Djamena on Monday.
The ZLF leader praised the deal.
"""
RAID = """\
Attack on Faya
9 March 2020

The ZLF attacked Faya on Sunday, witnesses said.
"""
WHO = "SELECT DISTINCT ?who WHERE { ?who a cd:ArmedGroup ; ^cd:refersTo ?told } ORDER BY ?who"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with two articles and a list."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "talks.txt").write_text(TALKS)
    (tmp_path / "raid.txt").write_text(RAID)
    (tmp_path / "my.ttl").write_text(LIST)
    return tmp_path


def query(kg: Run, sparql: str, here: Path, store: str = "kg-store") -> list[str]:
    (here / "q.rq").write_text(sparql)
    code, out, err = kg("query", "q.rq", "--format", "csv", "--store", store)
    assert code == 0, err
    return out.split()[1:]


def test_a_build_knows_the_list_and_so_does_all_that_comes_after(kg: Run, here: Path) -> None:
    assert kg("build", "news", "--actors", "my.ttl")[0] == 0
    assert query(kg, WHO, here) == ["https://example.org/actor/zlf"]
    named = "SELECT ?o WHERE { <https://example.org/actor/tolo> skos:prefLabel ?o ; ^cd:refersTo ?told }"
    assert query(kg, named, here) == ["Amina", "Tolo"]  # by the office that the list says she held

    assert kg("build", "raid.txt")[0] == 0  # without the option
    assert query(kg, WHO, here) == ["https://example.org/actor/zlf"]
    code, out, _ = kg("ask", "What did the Zorans do?")  # a name that no document tells
    assert code == 0
    assert "Zoran Liberation Front" in out
    assert "ontology" not in kg("why", "Zoran Liberation Front", "cd:country", "Chad")[1]

    assert kg("remove", "talks")[0] == 0
    assert query(kg, WHO, here) == ["https://example.org/actor/zlf"]
    code, out, _ = kg("identity", "why", "ZLF")
    assert code == 0
    assert "raid#" in out


def test_several_processes_know_the_list(kg: Run, here: Path) -> None:
    assert kg("build", "news", "raid.txt", "--actors", "my.ttl", "--workers", 2)[0] == 0
    assert query(kg, WHO, here) == ["https://example.org/actor/zlf"]


def test_another_list_takes_its_place_and_an_empty_one_takes_it_back(kg: Run, here: Path) -> None:
    assert kg("build", "news", "--actors", "my.ttl", "--turtle", "with.ttl")[0] == 0
    (here / "empty.ttl").write_text("")
    assert kg("build", "news", "--actors", "empty.ttl", "--turtle", "taken-back.ttl")[0] == 0
    assert kg("build", "news", "--store", "other", "--turtle", "without.ttl")[0] == 0
    assert "example.org" not in (here / "without.ttl").read_text()
    assert (here / "taken-back.ttl").read_bytes() == (here / "without.ttl").read_bytes()


def test_documents_read_before_follow_an_entry_that_is_replaced(kg: Run, here: Path) -> None:
    (here / "old.txt").write_text("Attack in Kunduz\n2 March 2020\n\nThe Taliban attacked Kunduz on Sunday.\n")
    assert kg("build", "old.txt")[0] == 0
    (here / "my.ttl").write_text(
        LIST + "@prefix dct: <http://purl.org/dc/terms/> .\n"
        'own:talib a cd:ArmedGroup ; skos:prefLabel "Talib movement" ; dct:replaces actor:taliban .\n'
    )
    assert kg("build", "raid.txt", "--actors", "my.ttl")[0] == 0
    assert query(kg, WHO, here) == ["https://example.org/actor/talib", "https://example.org/actor/zlf"]


def test_an_exported_store_takes_its_list_along(kg: Run, here: Path) -> None:
    assert kg("build", "news", "--actors", "my.ttl")[0] == 0
    code, out, _ = kg("export", "--format", "trig")
    assert code == 0
    (here / "all.trig").write_text(out)
    assert kg("load", "all.trig", "--store", "copy")[0] == 0
    assert kg("build", "raid.txt", "--store", "copy")[0] == 0
    assert query(kg, WHO, here, "copy") == ["https://example.org/actor/zlf"]


def test_explain_knows_the_list(kg: Run, here: Path) -> None:
    sentence = "The Zorans shelled the town."
    known = kg("explain", sentence, "--actors", here / "my.ttl", "--published", "2020-03-05")[1]
    assert "B-GROUP" in known or "I-GROUP" in known
    assert "GROUP" not in kg("explain", sentence, "--published", "2020-03-05")[1]


@pytest.mark.parametrize("command", [("build", "news"), ("explain", "Rebels fled."), ("evaluate", "."), ("lexicon",)])
def test_a_fault_of_the_list_is_one_line(kg: Run, here: Path, command: tuple[str, ...]) -> None:
    (here / "bad.ttl").write_text(LIST.replace("cd:ArmedGroup", "cd:Gang"))
    code, out, err = kg(*command, "--actors", "bad.ttl")
    assert (code, out) == (2, "")
    assert err.startswith("kg: bad.ttl:7: cd:Gang is no class of the list: say one of cd:ArmedGroup, ")
    assert err.count("\n") == 1
    assert not (here / "kg-store").exists()
