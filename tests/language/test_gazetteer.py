"""The gazetteer: its data, its look-up, and how the component corrects a model's entities."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pyoxigraph
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg import resources
from kg.language import gazetteer, names

ROOT = Path(__file__).resolve().parents[2]
ACTORS = resources.folder("ontology") / "actors.ttl"


def short(iri: str) -> str:
    return iri.removeprefix(names.BASE)


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    pipeline.add_pipe("gazetteer")
    return pipeline


def found(nlp: Language, text: str, *model: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Text, label and entry of the entities, after the model has found those given (in the order of the text)."""
    doc = nlp.make_doc(text)
    entities, start = [], 0
    for words, label in model:
        at = text.index(words, start)
        span = doc.char_span(at, at + len(words), label=label)
        assert span is not None, words
        entities.append(span)
        start = at + len(words)
    doc.ents = entities
    return [(e.text, e.label_, short(e.kb_id_)) for e in nlp(doc).ents]


# the data


def test_every_entry_is_typed_named_and_refers_to_entries() -> None:
    entries = gazetteer.load().entries
    types = {"State", "Place", "Person", "Organization", "InternationalOrganization", "ArmedGroup", "Group"}
    for entry in entries.values():
        assert entry.type in types, entry
        assert entry.names[0] == entry.label
        assert all(iri in entries for iri in (*entry.country, *entry.acts_for)), entry


def test_labels_are_unique_among_actors_and_places() -> None:
    labels = [entry.label for entry in gazetteer.load().entries.values()]
    assert sorted(label for label in set(labels) if labels.count(label) > 1) == []


def test_the_world_is_covered() -> None:
    entries = gazetteer.load().entries.values()
    count = {kind: sum(entry.type == kind for entry in entries) for kind in {entry.type for entry in entries}}
    assert count["State"] >= 200
    assert count["InternationalOrganization"] >= 120
    assert count["ArmedGroup"] >= 250
    assert count["Person"] >= 150


def test_periods_of_office_end_after_they_begin() -> None:
    dates: dict[str, dict[str, str]] = {}
    for quad in pyoxigraph.parse(path=str(ACTORS), format=pyoxigraph.RdfFormat.TURTLE):
        name = quad.predicate.value.removeprefix(names.CD)
        if name in ("from", "until"):
            dates.setdefault(str(quad.subject), {})[name] = str(quad.object.value)
    assert len(dates) > 300
    assert [tenure for tenure, d in dates.items() if d["from"] >= d.get("until", "9999")] == []


def test_the_turtle_is_what_the_tables_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "training" / "gazetteer"))
    spec = importlib.util.spec_from_file_location("build_actors", ROOT / "training" / "gazetteer" / "build.py")
    assert spec is not None and spec.loader is not None
    build = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = build
    spec.loader.exec_module(build)
    assert build.everything().turtle() == ACTORS.read_text(encoding="utf-8")


# looking up


@pytest.mark.parametrize(
    ("text", "entry", "kind"),
    [
        ("United States", "actor/united-states", "name"),
        ("U.S.", "actor/united-states", "name"),
        ("US", "actor/united-states", "name"),
        ("the U.S.A.", "actor/united-states", "name"),
        ("American", "actor/united-states", "adjective"),
        ("Americans", "actor/united-states", "demonym"),
        ("the Taliban", "actor/taliban", "name"),
        ("Taleban's", "actor/taliban", "name"),
        ("Taliban\u2019s", "actor/taliban", "name"),
        ("TALIBAN", "actor/taliban", "name"),
        ("taliban", "actor/taliban", "name"),
        ("al-Qa\u2019ida", "actor/al-qaida", "name"),
        ("Al Qaeda", "actor/al-qaida", "name"),
        ("Daesh", "actor/islamic-state", "name"),
        ("Kiev", "place/kyiv", "name"),
        ("Kyiv", "place/kyiv", "name"),
        ("Burma", "actor/myanmar", "name"),
        ("C\u00f4te d\u2019Ivoire", "actor/ivory-coast", "name"),
        ("T\u00fcrkiye", "actor/turkey", "name"),
        ("TURKEY", "actor/turkey", "name"),
        ("Swaziland", "actor/eswatini", "name"),
        ("Washington, D.C.", "place/washington", "name"),
        ("Kremlin", "actor/russia", "seat"),
        ("White House", "actor/united-states", "seat"),
        ("The Hague", "place/the-hague", "name"),
        ("SPLM/A-IO", "actor/sudan-peoples-liberation-movement-in-opposition", "name"),
        ("JEM", "actor/justice-and-equality-movement", "name"),
        ("JeM", "actor/jaish-e-mohammed", "name"),
        ("Lord's Resistance Army", "actor/lords-resistance-army", "name"),
        ("Islamic Republic of Iran", "actor/iran", "name"),
        ("WHO", "actor/world-health-organization", "name"),
    ],
)
def test_lookup(text: str, entry: str, kind: str) -> None:
    first = gazetteer.load().lookup(text)[0]
    assert (short(first.iri), first.kind) == (entry, kind)


@pytest.mark.parametrize(
    "text", ["us", "who", "turkey", "china", "polish", "chad", "jem", "it", "", "the", "'s", "Zqx"]
)
def test_ordinary_words_are_nobody(text: str) -> None:
    assert gazetteer.load().lookup(text) == ()


def test_a_capital_is_a_place_and_stands_for_its_state() -> None:
    readings = [(short(e.iri), e.type, e.kind) for e in gazetteer.load().lookup("Kabul")]
    assert readings == [("place/kabul", "Place", "name"), ("actor/afghanistan", "State", "capital")]


def test_an_ambiguous_name_has_all_its_readings() -> None:
    assert {short(e.iri) for e in gazetteer.load().lookup("RSF")} == {
        "actor/rapid-support-forces",
        "actor/reporters-without-borders",
    }


def test_entries_say_where_and_for_whom() -> None:
    (force,) = gazetteer.load().lookup("Quds Force")
    assert [short(iri) for iri in force.acts_for] == ["actor/iran"]
    assert "actor/syria" in [short(iri) for iri in force.country]


def test_loading_is_cached() -> None:
    assert gazetteer.load() is gazetteer.load()


# finding in text


def test_names_that_the_model_misses(nlp: Language) -> None:
    text = "The Taleban and al-Qaida fought U.S. forces near Kandahar, the Afghan envoy told the U.N. Security Council."
    assert found(nlp, text) == [
        ("Taleban", "GROUP", "actor/taliban"),
        ("al-Qaida", "GROUP", "actor/al-qaida"),
        ("U.S. forces", "GROUP", "actor/us-armed-forces"),
        ("Kandahar", "LOC", "place/kandahar"),
        ("Afghan", "NORP", "actor/afghanistan"),
        ("U.N. Security Council", "ORG", "actor/united-nations-security-council"),
    ]


def test_the_longest_name_wins(nlp: Language) -> None:
    text = "South Sudan, Guinea-Bissau, Democratic Republic of the Congo, the Communist Party of Nepal (Maoist)."
    assert [entity for entity, _, _ in found(nlp, text)] == [
        "South Sudan",
        "Guinea-Bissau",
        "Democratic Republic of the Congo",
        "Communist Party of Nepal (Maoist)",
    ]


def test_lower_case_is_no_name_in_running_text(nlp: Language) -> None:
    assert found(nlp, "They told us who ate turkey off china in may.") == []


def test_a_name_may_cross_one_line_break_but_no_paragraph(nlp: Language) -> None:
    assert [e for e, _, _ in found(nlp, "He left South\nSudan.")] == ["South\nSudan"]
    assert [e for e, _, _ in found(nlp, "He went South\n\nSudan agreed.")] == ["Sudan"]


def test_possessives_are_left_out(nlp: Language) -> None:
    assert found(nlp, "Colombia\u2019s FARC's leader") == [
        ("Colombia", "LOC", "actor/colombia"),
        ("FARC", "GROUP", "actor/revolutionary-armed-forces-of-colombia"),
    ]


# correcting the model


def test_the_gazetteer_sets_the_label(nlp: Language) -> None:
    assert found(nlp, "the Taliban left Kabul", ("the Taliban", "ORG"), ("Kabul", "PERSON")) == [
        ("Taliban", "GROUP", "actor/taliban"),
        ("Kabul", "LOC", "place/kabul"),
    ]


def test_a_longer_entity_keeps_its_label(nlp: Language) -> None:
    assert found(nlp, "the Kabul Peace Shura met", ("Kabul Peace Shura", "ORG")) == [("Kabul Peace Shura", "ORG", "")]


def test_a_longer_name_replaces_pieces_of_the_model(nlp: Language) -> None:
    assert found(nlp, "The Afghan National Army left.", ("Afghan", "NORP"), ("Army", "ORG")) == [
        ("Afghan National Army", "GROUP", "actor/afghan-national-army")
    ]


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("Then Michael Jordan spoke.", "Michael Jordan"),
        ("Drummer Chad Smith spoke.", "Chad Smith"),
        ("Then Paris Hilton spoke.", "Paris Hilton"),
        ("Then Mr. Jordan spoke.", "Jordan"),
        ("Then Chad Okafor spoke.", "Chad"),
        ("Then Michael Jordan spoke.", "Jordan"),
    ],
)
def test_a_person_stays_one(nlp: Language, text: str, model: str) -> None:
    assert found(nlp, text, (model, "PERSON")) == [(model, "PERSON", "")]


def test_a_person_named_in_full_elsewhere_stays_one(nlp: Language) -> None:
    text = "Chad Meyers leads them. Later Chad signed."
    assert found(nlp, text, ("Chad Meyers", "PERSON"), ("Chad", "PERSON"))[1] == ("Chad", "PERSON", "")


def test_a_state_taken_for_a_person_is_corrected(nlp: Language) -> None:
    assert found(nlp, "In Jordan they signed.", ("Jordan", "PERSON")) == [("Jordan", "LOC", "actor/jordan")]
    assert found(nlp, "they saw Turkey sign", ("Turkey", "PERSON")) == [("Turkey", "LOC", "actor/turkey")]


def test_a_newspaper_is_no_capital(nlp: Language) -> None:
    text = "The Washington Post wrote that Washington agreed."
    assert found(nlp, text, ("Washington", "LOC"), ("Washington", "LOC")) == [
        ("Washington Post", "ORG", "actor/washington-post"),
        ("Washington", "LOC", "place/washington"),
    ]


def test_titles_are_set_apart_from_persons(nlp: Language) -> None:
    text = "Saudi King Abdullah met Russian President Putin."
    assert found(nlp, text, ("Saudi King Abdullah", "ORG"), ("Russian President Putin", "PERSON")) == [
        ("Saudi", "NORP", "actor/saudi-arabia"),
        ("King Abdullah", "PERSON", "actor/king-abdullah-of-saudi-arabia"),
        ("Russian", "NORP", "actor/russia"),
        ("Putin", "PERSON", "actor/vladimir-putin"),
    ]


def test_a_namesake_is_not_the_one_known(nlp: Language) -> None:
    text = "Bilal Erdogan arrived. Erdogan said so."
    assert found(nlp, text, ("Bilal Erdogan", "PERSON"), ("Erdogan", "PERSON")) == [
        ("Bilal Erdogan", "PERSON", ""),
        ("Erdogan", "PERSON", ""),
    ]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Abdullah II reigns in Amman. King Abdullah denied it.", "actor/king-abdullah-ii-of-jordan"),
        ("In Riyadh, King Abdullah spoke.", "actor/king-abdullah-of-saudi-arabia"),
        ("King Abdullah spoke.", ""),
    ],
)
def test_an_ambiguous_name_is_linked_by_what_else_the_document_names(nlp: Language, text: str, entry: str) -> None:
    assert [iri for name, _, iri in found(nlp, text) if name == "King Abdullah"] == [entry]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("The Rapid Support Forces signed. The RSF denied it.", ["actor/rapid-support-forces"]),
        ("The RSF shelled Khartoum.", ["actor/rapid-support-forces"]),
        ("The RSF spoke in Paris.", []),
        ("The Independent Election Commission of Botswana spoke.", []),
    ],
)
def test_a_name_that_others_bear_needs_context(nlp: Language, text: str, entries: list[str]) -> None:
    contextual = ("RSF", "Independent Election Commission")
    assert [iri for name, _, iri in found(nlp, text) if name in contextual] == entries


def test_entries_of_a_document(nlp: Language) -> None:
    doc: Doc = nlp("Norway and the ELN met; the ELN thanked Norway.")
    assert [e.label for e in gazetteer.load().entries_of(doc)] == ["Norway", "National Liberation Army (Colombia)"]


@pytest.mark.parametrize(
    ("text", "model", "names"),
    [
        ("they saw the Houthis and Iran agree", "Houthis and Iran", ["Houthis", "Iran"]),
        ("he met Taliban who are armed", "Taliban who are", ["Taliban"]),
        ("the Biden administration left", "Biden administration", ["Biden"]),
        ("Houthis Attack Maltese Vessel Near Yemen", "Houthis Attack Maltese Vessel", ["Houthis", "Maltese", "Yemen"]),
    ],
)
def test_what_runs_on_is_cut_off(nlp: Language, text: str, model: str, names: list[str]) -> None:
    assert [name for name, _, _ in found(nlp, text, (model, "ORG"))] == names


def test_a_part_of_a_country_stays_a_place(nlp: Language) -> None:
    assert found(nlp, "in northern Iraq", ("northern Iraq", "LOC")) == [("northern Iraq", "LOC", "")]
