"""Names in running text: what the whole pipeline takes for a person, a place, a state or an armed group."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from kg.language import names

from .conftest import Read


def labels(doc: Doc, words: str) -> list[tuple[str, str]]:
    """Label and entry of each entity that has these words."""
    return [(e.label_, e.kb_id_.removeprefix(names.BASE)) for e in doc.ents if e.text == words]


def kinds(doc: Doc, words: str) -> set[str]:
    """The classes of the named entities of which a mention is these words."""
    return {c.type for c in doc._.clusters for m in c.mentions if m.kind == "name" and words in (m.text, str(m.bare))}


@pytest.mark.parametrize(
    ("text", "words", "entry"),
    [
        ("Jordan said on Monday that it would close the border.", "Jordan", "actor/jordan"),
        ("The king of Jordan flew to Cairo.", "Jordan", "actor/jordan"),
        ("Georgia and Russia agreed to a cease-fire in Tbilisi.", "Georgia", "actor/georgia"),
        ("Rebels in Chad attacked N'Djamena.", "Chad", "actor/chad"),
        ("Turkey shelled Kurdish positions in northern Syria.", "Turkey", "actor/turkey"),
        ("Soldiers in Niger arrested the president.", "Niger", "actor/niger"),
        ("Guinea suspended its parliament after the coup in Conakry.", "Guinea", "actor/guinea"),
        ("Guinea-Bissau held elections.", "Guinea-Bissau", "actor/guinea-bissau"),
        ("Equatorial Guinea held elections.", "Equatorial Guinea", "actor/equatorial-guinea"),
        ("South Sudan signed a deal with Sudan.", "South Sudan", "actor/south-sudan"),
        ("South Sudan signed a deal with Sudan.", "Sudan", "actor/sudan"),
        ("Washington sent an envoy to Khartoum.", "Washington", "place/washington"),
        ("North Korea fired a missile.", "North Korea", "actor/north-korea"),
        ("The Dominican Republic closed its border with Haiti.", "Dominican Republic", "actor/dominican-republic"),
    ],
)
def test_states_and_places(read: Read, text: str, words: str, entry: str) -> None:
    assert labels(read(text), words) == [("LOC", entry)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Michael Jordan said he was sorry.", "Michael Jordan"),
        ("Vernon Jordan, a lawyer, defended her.", "Vernon Jordan"),
        ("Chad Smith, a teacher, was arrested in Ohio.", "Chad Smith"),
        ("Denzel Washington met soldiers.", "Denzel Washington"),
        ("Paris Hilton was jailed.", "Paris Hilton"),
    ],
)
def test_persons_named_like_places(read: Read, text: str, words: str) -> None:
    doc = read(text)
    assert kinds(doc, words) == {"Person"}
    assert all(not e.kb_id_ for e in doc.ents if e.label_ == "PERSON")


def test_a_surname_alone_is_still_the_person(read: Read) -> None:
    doc = read("Vernon Jordan defended her. On Monday Mr. Jordan left.")
    assert labels(doc, "Jordan") in ([("PERSON", "")], [])
    assert not any(e.kb_id_ == f"{names.BASE}actor/jordan" for e in doc.ents)


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("The Taliban attacked a base in Helmand.", "Taliban", "ArmedGroup"),
        ("Fighters of M23 took Goma.", "M23", "ArmedGroup"),
        ("The European Union condemned the raid.", "European Union", "InternationalOrganization"),
        ("Prime Minister Benjamin Netanyahu spoke.", "Benjamin Netanyahu", "Person"),
        ("The Kremlin denied it.", "Kremlin", "State"),
        ("Tehran denied it.", "Tehran", "State"),
        ("Talks were held in Tehran.", "Tehran", "Place"),
        ("The Afghan army left.", "Afghan", "State"),
        ("Afghans fled.", "Afghans", "Group"),
    ],
)
def test_classes(read: Read, text: str, words: str, kind: str) -> None:
    assert kinds(read(text), words) == {kind}


def test_a_title_is_part_of_the_mention_and_not_of_the_name(read: Read) -> None:
    doc = read("Afghan President Ashraf Ghani met Secretary of State Mike Pompeo.")
    spans = {m.text: str(m.bare) for c in doc._.clusters for m in c.mentions if c.type == "Person"}
    assert spans == {
        "Afghan President Ashraf Ghani": "Ashraf Ghani",
        "Secretary of State Mike Pompeo": "Mike Pompeo",
    }


def test_who_has_an_office_is_a_person_whatever_the_recogniser_saw(read: Read) -> None:
    doc = read("The police captured Rubio Salas, the suspected leader of a gang, in May.")
    assert [e.label_ for e in doc.spans["names"] if e.text == "Rubio Salas"] == ["ORG"]
    assert labels(doc, "Rubio Salas") == [("PERSON", "")]
    company = read("Police searched Rio Azul Holdings, the owner of the mine, in May.")
    assert [label for label, _ in labels(company, "Rio Azul Holdings")] == ["ORG"]


def test_what_the_recogniser_found_is_kept(read: Read) -> None:
    doc = read("The envoy met Taliban leaders in Doha.")
    assert {"Doha"} <= {span.text for span in doc.spans["names"]}
