"""A hand-made extraction and world: the signing at Doha, as a document in the project's own words tells it."""

from __future__ import annotations

from datetime import date

from kg.graph import Provenance
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

TEXT = (
    "US and Taliban sign deal\n\n"
    "The United States and the Taliban signed an agreement in Doha on Saturday. "
    "Zalmay Khalilzad put his name to the deal for Washington. "
    "Under the deal, American forces will leave Afghanistan within 14 months. "
    "A spokesman said a blast had killed at least 12 civilians."
)
PROVENANCE = Provenance(software="1.0.0", model="en_kg 1.0.0", lexicon="1.0.0")
US = "https://w3id.org/conflict-diplomacy/actor/united-states"
TALIBAN = "https://w3id.org/conflict-diplomacy/actor/taliban"
DOHA = "https://w3id.org/conflict-diplomacy/place/doha"
KHALILZAD = "https://w3id.org/conflict-diplomacy/actor/zalmay-khalilzad"
AFGHANISTAN = "https://w3id.org/conflict-diplomacy/actor/afghanistan"


def at(words: str, after: str = "") -> Mention:
    """The first place of the words after those of `after`."""
    start = TEXT.index(words, TEXT.index(after))
    return Mention(start, start + len(words), words)


def report(type_: str, mode: str | None, trigger: str, sentence: str, **details: object) -> Report:
    """A report with defaults for what a test does not look at."""
    evidence = Evidence(at(sentence), at(trigger, sentence))
    given: dict[str, object] = {
        "arguments": (),
        "time": None,
        "modality": Modality.ASSERTED,
        "attribution": None,
    } | details
    return Report(document="2020-02-29-doha", type=type_, mode=mode, evidence=evidence, **given)  # type: ignore[arg-type]


_SIGNED = "The United States and the Taliban signed an agreement in Doha on Saturday."
_LEAVE = "Under the deal, American forces will leave Afghanistan within 14 months."
_BLAST = "A spokesman said a blast had killed at least 12 civilians."

SIGNED = report(
    "AGREE",
    "sign",
    "signed",
    _SIGNED,
    arguments=(
        Argument("actor", "us", at("The United States")),
        Argument("actor", "taliban", at("the Taliban", _SIGNED)),
        Argument("object", "deal", at("an agreement")),
        Argument("place", "doha", at("Doha")),
    ),
    time=Time("2020-02-29"),
)
LEAVE = report(
    "RETREAT",
    "withdraw",
    "leave",
    _LEAVE,
    arguments=(
        Argument("actor", "us-forces", at("American forces")),
        Argument("place", "afghanistan", at("Afghanistan")),
    ),
    time=Time("2020-03-01/2021-04"),
    modality=Modality.FUTURE,
    term_of="deal",
)
BLAST = report(
    "ASSAULT",
    "bombing",
    "blast",
    _BLAST,
    arguments=(Argument("recipient", "civilians", at("civilians")),),
    attribution=Argument("attribution", "spokesman", at("A spokesman")),
    quantities=(Quantity("killed", "at least 12", 12, None),),
)

EXTRACTION = Extraction(
    document=Document(
        name="2020-02-29-doha",
        text=TEXT,
        published=date(2020, 2, 29),
        title="US and Taliban sign deal",
        publisher="Demonstration Wire",
        url="https://example.org/a b?c=1",
    ),
    entities=(
        Entity(
            "us",
            "State",
            ("United States", "Washington", "US"),
            (at("US"), at("The United States"), at("Washington")),
            US,
        ),
        Entity("taliban", "ArmedGroup", ("Taliban",), (at("the Taliban", _SIGNED),)),
        Entity("deal", "Agreement", ("agreement", "deal"), (at("an agreement"), at("the deal"))),
        Entity("doha", "Place", ("Doha",), (at("Doha"),)),
        Entity("khalilzad", "Person", ("Zalmay Khalilzad",), (at("Zalmay Khalilzad"),)),
        Entity("us-forces", "ArmedGroup", ("American forces",), (at("American forces"),)),
        Entity("afghanistan", "State", ("Afghanistan",), (at("Afghanistan"),)),
        Entity("spokesman", "Person", ("spokesman",), (at("A spokesman"),)),
        Entity("civilians", "Group", ("civilians",), (at("civilians"),)),
    ),
    reports=(SIGNED, LEAVE, BLAST),
    signings=(
        SigningRecord(
            document="2020-02-29-doha",
            agreement="deal",
            signatories=("khalilzad", "taliban", "us"),
            acts_for=(("khalilzad", "us"),),
            time=Time("2020-02-29"),
            places=("doha",),
            reports=(SIGNED.id,),
        ),
    ),
)


def thing(slug: str, type_: str, name: str, key: str, known_as: str | None = None) -> Thing:
    """A thing with one member."""
    return Thing(slug, type_, (name,), (("2020-02-29-doha", key),), known_as)


WORLD = World(
    things=(
        thing("united-states", "State", "United States", "us", US),
        thing("taliban", "ArmedGroup", "Taliban", "taliban", TALIBAN),
        thing("doha-agreement", "Agreement", "Doha agreement", "deal"),
        thing("doha", "Place", "Doha", "doha", DOHA),
        thing("zalmay-khalilzad", "Person", "Zalmay Khalilzad", "khalilzad", KHALILZAD),
        thing("american-forces", "ArmedGroup", "American forces", "us-forces"),
        thing("afghanistan", "State", "Afghanistan", "afghanistan", AFGHANISTAN),
        thing("civilians", "Group", "civilians", "civilians"),
    ),
    events=(
        Event(
            slug="2020-02-29-signing",
            type="AGREE",
            mode="sign",
            roles=(
                ("actor", "zalmay-khalilzad"),
                ("actor", "taliban"),
                ("object", "doha-agreement"),
                ("place", "doha"),
            ),
            time=Time("2020-02-29"),
            status="asserted",
            reports=(("2020-02-29-doha", SIGNED.id),),
        ),
        Event(
            slug="withdrawal",
            type="RETREAT",
            mode="withdraw",
            roles=(("actor", "american-forces"), ("object", "doha-agreement"), ("place", "afghanistan")),
            time=Time("2020-03-01/2021-04"),
            status="future",
            reports=(("2020-02-29-doha", LEAVE.id),),
        ),
        Event(
            slug="bombing",
            type="ASSAULT",
            mode="bombing",
            roles=(("recipient", "civilians"),),
            time=None,
            status="claimed",
            reports=(("2020-02-29-doha", BLAST.id),),
        ),
    ),
    acts_for=(("zalmay-khalilzad", "united-states"),),
)
