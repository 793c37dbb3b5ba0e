"""A list of actors of a user's own: what it adds to the packaged one, and what is said of its faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import known
from kg.errors import KgError
from kg.language import gazetteer

PREFIXES = """\
@prefix actor: <https://w3id.org/conflict-diplomacy/actor/> .
@prefix cd: <https://w3id.org/conflict-diplomacy/ontology#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix own: <https://example.org/actor/> .
@prefix place: <https://w3id.org/conflict-diplomacy/place/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
FRONT = 'own:front a cd:ArmedGroup ; skos:prefLabel "Valley Front" ; skos:altLabel "VF" ; cd:country actor:chad .\n'
ACTOR = "https://w3id.org/conflict-diplomacy/actor/"
OWN = "https://example.org/actor/"


def named(name: str) -> list[str]:
    return [entry.iri for entry in gazetteer.load().lookup(name)]


def test_an_entry_of_ones_own_stands_beside_the_packaged_ones() -> None:
    with known.using(PREFIXES + FRONT):
        assert named("the Valley Front") == named("VF") == [OWN + "front"]
        assert gazetteer.load().entries[OWN + "front"].country == (ACTOR + "chad",)
        assert named("Taliban") == [ACTOR + "taliban"]
    assert named("the Valley Front") == []


def test_an_entry_of_ours_takes_more_names_and_another_label() -> None:
    with known.using(PREFIXES + 'actor:taliban skos:prefLabel "The Emirate" ; skos:altLabel "Emirate forces" .\n'):
        assert named("Emirate forces") == [ACTOR + "taliban"]
        assert gazetteer.load().entries[ACTOR + "taliban"].label == "The Emirate"
        assert named("Taliban") == [ACTOR + "taliban"]  # what was its label is a name still


def test_an_entry_can_take_the_place_of_one_of_ours() -> None:
    text = 'own:talib a cd:ArmedGroup ; skos:prefLabel "Talib movement" ; dct:replaces actor:taliban .\n'
    with known.using(PREFIXES + text):
        assert named("Talib movement") == [OWN + "talib"]
        assert named("Taleban") == []
        assert known.replaced() == {ACTOR + "taliban": OWN + "talib"}
        links = {iri for e in gazetteer.load().entries.values() for iri in (*e.country, *e.acts_for)}
        assert ACTOR + "taliban" not in links and OWN + "talib" in links  # who acted for the one acts for the other


def test_an_entry_can_be_written_anew_under_its_own_iri() -> None:
    text = 'actor:taliban dct:replaces actor:taliban ; a cd:ArmedGroup ; skos:prefLabel "Talib movement" .\n'
    with known.using(PREFIXES + text):
        assert gazetteer.load().entries[ACTOR + "taliban"].names == ("Talib movement",)


def test_an_entry_of_ours_can_be_left_out() -> None:
    with known.using(PREFIXES + "place:kabul owl:deprecated true .\n"):
        assert named("Kabul") == []
    assert named("Kabul") != []


def test_a_capital_of_ones_own_stands_for_its_state() -> None:
    text = """own:zor a cd:State ; skos:prefLabel "Zorland" ; cd:capital own:zortown .
own:zortown a cd:Place ; skos:prefLabel "Zortown" .
"""
    with known.using(PREFIXES + text):
        assert [(e.iri, e.kind) for e in gazetteer.load().lookup("Zortown")] == [
            (OWN + "zortown", "name"),
            (OWN + "zor", "capital"),
        ]


def test_two_lists_in_one_process_do_not_meet() -> None:
    for _ in range(2):
        with known.using(PREFIXES + FRONT):
            assert named("Valley Front")
            with known.using(PREFIXES + FRONT.replace("Valley Front", "Hill Front")):
                assert named("Hill Front") and not named("Valley Front")
            assert named("Valley Front") and not named("Hill Front")
        assert not named("Valley Front")


@pytest.mark.parametrize(
    "text", ["", "# nothing yet\n", "\ufeff" + PREFIXES + FRONT, (PREFIXES + FRONT).replace("\n", "\r\n")]
)
def test_files_that_can_be_used(tmp_path: Path, text: str) -> None:
    file = tmp_path / "my.ttl"
    file.write_bytes(text.encode())
    with known.using(known.read(file)):
        assert bool(named("Valley Front")) == ("Valley Front" in text)


AT = PREFIXES.count("\n") + 1  # the line on which the text below begins


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        ('own:a a cd:Band ;\n  skos:prefLabel "A" .', 0, "cd:Band is no class of the list: say one of cd:ArmedGroup, "),
        ('own:a a cd:Place ;\n  skos:prefLabel "A" ;\n  cd:alias "B" .', 2, "cd:alias is no property of the list"),
        ('own:a skos:prefLabel "A" .', 0, "<https://example.org/actor/a> has no class: say a cd:ArmedGroup"),
        ("own:a a cd:Place .", 0, "<https://example.org/actor/a> has no name: add a skos:prefLabel"),
        (FRONT + "\nown:b a cd:Place .", 2, "<https://example.org/actor/b> has no name"),
        ('own:a a cd:Place ;\n  skos:prefLabel "A", "B" .', 1, "has a second skos:prefLabel: leave one"),
        (FRONT + "own:front cd:country actor:atlantis .", 1, "is neither in the file nor in ontology/"),
        (FRONT + 'own:front cd:country "Chad" .', 1, 'cd:country needs the IRI of an entry, not "Chad"'),
        (FRONT + "own:front skos:altLabel actor:chad .", 1, "skos:altLabel needs a name in quotes"),
        (FRONT + 'own:front skos:altLabel "-" .', 1, "skos:altLabel needs a name in quotes with a letter in it"),
        (FRONT + 'own:front cd:iso2 "Zor" .', 1, "cd:iso2 needs a code of ISO 3166-1 in capitals"),
        (FRONT + "own:front dct:replaces actor:atlantis .", 1, f"<{ACTOR}atlantis> is no entry of ontology/actors.ttl"),
        (FRONT + "own:front owl:deprecated true .", 1, f"<{OWN}front> is no entry of ontology/actors.ttl"),
        ('own:t a cd:Tenure ; cd:office "Chadian president" .', 0, "has no beginning: add a cd:from"),
        ('own:t a cd:Tenure ; cd:office "X" ; cd:from "May 2020" .', 0, "cd:from needs a day such as"),
        ("[] a cd:Place .", 0, "a node without a name: give it an IRI"),
        ("own:a a cd:Place", 1, "not Turtle: Unexpected end"),
        ("zor:a a cd:Place .", 0, "not Turtle: The prefix zor: has not been declared"),
    ],
)  # fmt: skip
def test_a_fault_names_file_line_and_remedy(tmp_path: Path, text: str, line: int, fault: str) -> None:
    file = tmp_path / "my.ttl"
    file.write_text(PREFIXES + text + "\n")
    with pytest.raises(KgError) as raised:
        known.read(file)
    assert str(raised.value).startswith(f"{file}:{AT + line}: ")
    assert fault in str(raised.value)
    assert "\n" not in str(raised.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"none\.ttl: cannot be read \(no such file or directory\)"):
        known.read(tmp_path / "none.ttl")
    with pytest.raises(KgError, match=r"cannot be read \(is a directory\)"):
        known.read(tmp_path)
    file = tmp_path / "latin.ttl"
    file.write_bytes(PREFIXES.encode() + b'own:a a cd:Place ;\n skos:prefLabel "Z\xfcrich" .\n')
    with pytest.raises(KgError, match=rf"latin\.ttl:{AT + 1}: not UTF-8"):
        known.read(file)


def test_the_example_of_the_documentation_can_be_used(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "identity.md").read_text(encoding="utf-8")
    file = tmp_path / "my.ttl"
    file.write_text(text.partition("```turtle\n")[2].partition("```")[0])
    with known.using(known.read(file)):
        assert named("Zorans") == [OWN + "zlf"]
        assert named("Emirate forces") == [ACTOR + "taliban"]
        assert named("al-Shabaab") == [OWN + "shabab"]
        assert named("Hama") == []
