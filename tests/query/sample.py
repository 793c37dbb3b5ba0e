"""A small world of three documents, made by hand, for tests of queries and of the command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from kg.graph import Provenance, document_quads, ontology_quads, world_quads
from kg.model import (
    Argument,
    Document,
    Entity,
    Event,
    Evidence,
    Extraction,
    Mention,
    Modality,
    Quantity,
    Report,
    SigningRecord,
    Thing,
    Time,
    World,
)
from kg.store import Store

PROVENANCE = Provenance(software="0", model="none", lexicon="0")

THINGS = {
    "usa": ("State", ("United States", "U.S.", "Washington")),
    "taliban": ("ArmedGroup", ("Taliban", "the Islamic Emirate")),
    "baradar": ("Person", ("Abdul Ghani Baradar", "Baradar")),
    "pompeo": ("Person", ("Mike Pompeo",)),
    "doha": ("Place", ("Doha",)),
    "helmand": ("Place", ("Helmand", "Helmand province")),
    "pact": ("Agreement", ("Doha Agreement", "the accord")),
}

TEXTS = {
    "doha-talks": (
        "Talks in Doha",
        date(2020, 2, 29),
        "The United States and the Taliban signed the Doha Agreement in Doha on Saturday.",
        "Abdul Ghani Baradar signed for the Taliban.",
        "The United States will withdraw within 14 months under the Doha Agreement.",
    ),
    "helmand-strike": (
        "Strike in Helmand",
        date(2020, 3, 5),
        "The United States bombed Taliban fighters in Helmand on Wednesday, killing 12.",
        "The Taliban accused the United States of breaking the Doha Agreement.",
        "The Taliban said the United States had attacked a village.",
    ),
    "helmand-again": (
        "A “second” look; at Helmand",
        date(2020, 3, 6),
        "The airstrike in Helmand on Tuesday killed at least 20 Taliban.",
        "The United States did not bomb Helmand, Mike Pompeo said.",
        "Mike Pompeo met Abdul Ghani Baradar in Doha in March.",
    ),
}


def _document(name: str) -> Document:
    title, published, *sentences = TEXTS[name]
    return Document(
        name, "\n".join([title, *sentences]), published, title, "The Example Times", f"https://example.org/{name}"
    )


def _mention(document: Document, sentence: int, words: str) -> Mention:
    line = TEXTS[document.name][sentence + 1]
    assert isinstance(line, str)
    start = document.text.index(line) + line.index(words)
    return Mention(start, start + len(words), words)


def _report(
    name: str,
    sentence: int,
    trigger: str,
    type_: str,
    mode: str | None,
    roles: dict[str, list[str]],
    time: str | None = None,
    modality: str = "asserted",
    by: str | None = None,
    killed: tuple[str, int | None, int | None] | None = None,
    term_of: str | None = None,
) -> Report:
    document = _document(name)
    line = str(TEXTS[name][sentence + 1])

    def argument(role: str, key: str) -> Argument:
        words = next((n for n in THINGS[key][1] if n in line), trigger)
        return Argument(role, key, _mention(document, sentence, words))

    return Report(
        document=name,
        type=type_,
        mode=mode,
        arguments=tuple(argument(role, key) for role, keys in roles.items() for key in keys),
        time=Time(time) if time else None,
        modality=Modality(modality),
        attribution=argument("attribution", by) if by else None,
        evidence=Evidence(_mention(document, sentence, line), _mention(document, sentence, trigger)),
        quantities=(Quantity("killed", *killed),) if killed else (),
        term_of=term_of,
    )


SIGNED = {"actor": ["usa", "taliban"], "object": ["pact"], "place": ["doha"]}
STRUCK = {"actor": ["usa"], "recipient": ["taliban"], "place": ["helmand"]}
MET = {"actor": ["pompeo", "baradar"], "place": ["doha"]}
FOR = {"actor": ["baradar"], "object": ["pact"]}
BY_USA = {"actor": ["usa"]}
ACCUSED = {"actor": ["taliban"], "recipient": ["usa"]}
TWELVE = ("12", 12, 12)
REPORTS = {
    "signing": _report("doha-talks", 1, "signed", "AGREE", "sign", SIGNED, "2020-02-29"),
    "for": _report("doha-talks", 2, "signed", "AGREE", "sign", FOR, "2020-02-29"),
    "term": _report(
        "doha-talks", 3, "withdraw", "RETREAT", "withdraw", BY_USA, "2020-02-29/2021-04", "future", term_of="pact"
    ),
    "strike": _report("helmand-strike", 1, "bombed", "ASSAULT", "airstrike", STRUCK, "2020-03-04", killed=TWELVE),
    "accuse": _report("helmand-strike", 2, "accused", "ACCUSE", None, ACCUSED, "2020-03"),
    "village": _report("helmand-strike", 3, "attacked", "ASSAULT", None, BY_USA, by="taliban"),
    "strike-2": _report(
        "helmand-again",
        1,
        "airstrike",
        "ASSAULT",
        "airstrike",
        {"recipient": ["taliban"], "place": ["helmand"]},
        "2020-03-03",
        killed=("at least 20", 20, None),
    ),
    "denial": _report(
        "helmand-again", 2, "bomb", "ASSAULT", "bombing", {**BY_USA, "place": ["helmand"]}, None, "negated", "pompeo"
    ),
    "meeting": _report("helmand-again", 3, "met", "CONSULT", "meet", MET, "2020-03"),
}


def _event(slug: str, status: str, *names: str, roles: dict[str, list[str]] | None = None) -> Event:
    told = [REPORTS[name] for name in names]
    pairs = tuple((role, key) for role, keys in (roles or {}).items() for key in keys)
    pairs = pairs or tuple((argument.role, argument.entity) for argument in told[0].arguments)
    return Event(slug, told[0].type, told[0].mode, pairs, told[0].time, status, tuple((r.document, r.id) for r in told))


def extractions() -> list[Extraction]:
    """What the three documents tell."""
    signing = SigningRecord(
        "doha-talks",
        "pact",
        ("usa", "taliban", "baradar"),
        (("baradar", "taliban"),),
        Time("2020-02-29"),
        ("doha",),
        (REPORTS["signing"].id, REPORTS["for"].id),
    )
    made = []
    for name in TEXTS:
        document = _document(name)
        entities = []
        for key, (type_, names) in THINGS.items():
            mentions = tuple(
                Mention(document.text.index(n), document.text.index(n) + len(n), n) for n in names if n in document.text
            )
            if mentions:
                entities.append(Entity(key, type_, names, mentions))
        reports = tuple(report for report in REPORTS.values() if report.document == name)
        made.append(Extraction(document, tuple(entities), reports, (signing,) if name == "doha-talks" else ()))
    return made


def world(told: Iterable[Extraction]) -> World:
    """The world of the three documents."""
    members = {key: tuple((e.document.name, key) for e in told if key in {x.key for x in e.entities}) for key in THINGS}
    things = tuple(Thing(key, type_, names, members[key]) for key, (type_, names) in THINGS.items())
    events = (
        _event("signing", "asserted", "signing", "for", roles={**SIGNED, "actor": ["usa", "taliban", "baradar"]}),
        _event("withdrawal", "future", "term"),
        _event("strike", "asserted", "strike", "strike-2", "denial"),
        _event("accusation", "asserted", "accuse"),
        _event("village", "claimed", "village"),
        _event("meeting", "asserted", "meeting"),
    )
    return World(things, events, (("baradar", "taliban"),))


def with_actor(told: Iterable[Extraction], report: Report, key: str) -> list[Extraction]:
    """The same, but that one report names someone who did it."""
    actor = Argument("actor", key, report.evidence.trigger)
    changed = replace(report, arguments=(*report.arguments, actor))
    return [replace(e, reports=tuple(changed if r == report else r for r in e.reports)) for e in told]


def fill(store: Store, told: Iterable[Extraction] | None = None) -> None:
    """Put the sample into a store: documents, world, ontology, and the inferred classes of events."""
    told = extractions() if told is None else list(told)
    for extraction in told:
        store.add(document_quads(extraction, provenance=PROVENANCE))
    store.add(world_quads(world(told), told))
    store.add(ontology_quads())
    store.update(
        """PREFIX cd: <https://w3id.org/conflict-diplomacy/ontology#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        INSERT { GRAPH <https://w3id.org/conflict-diplomacy/graph/inferred> { ?event a ?class } }
        WHERE { GRAPH ?g { ?event cd:toldBy ?report ; a ?own } GRAPH ?o { ?own rdfs:subClassOf+ ?class } }"""
    )
