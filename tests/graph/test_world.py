"""The world's graph: events, prospects and what they are linked to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import thing_node, world_quads
from kg.graph.terms import CD, RDF, RDFS, SKOS, entity, event, report
from kg.graph.terms import WORLD as GRAPH
from kg.model import Event, Evidence, Involvement, Mention, Modality, Report, Thing, Time, World

from .doha import EXTRACTION, KHALILZAD, LEAVE, SIGNED, TALIBAN, US, WORLD

BASE = "https://w3id.org/conflict-diplomacy/"


def quad(subject: NamedNode, predicate: NamedNode, term: NamedNode | Literal) -> Quad:
    return Quad(subject, predicate, term, GRAPH)


@pytest.fixture(scope="module")
def quads() -> set[Quad]:
    return set(world_quads(WORLD, [EXTRACTION]))


def types(quads: set[Quad], node: NamedNode) -> set[object]:
    return {q.object for q in quads if q.subject == node and q.predicate == RDF.type}


SIGNING = event("2020-02-29-signing")
DEAL = NamedNode(f"{BASE}agreement/doha-agreement")


def test_what_happened_has_its_class(quads: set[Quad]) -> None:
    assert types(quads, SIGNING) == {CD.Signing}
    assert types(quads, event("bombing")) == {CD.Bombing}  # only claimed, and its status says so
    assert quad(event("bombing"), CD.status, CD.Claimed) in quads


def test_what_has_not_happened_is_a_prospect(quads: set[Quad]) -> None:
    assert types(quads, event("withdrawal")) == {CD.Prospect}
    assert quad(event("withdrawal"), CD.eventClass, CD.Withdrawal) in quads
    assert quad(event("withdrawal"), CD.status, CD.Future) in quads


def test_an_event_links_to_things_time_and_reports(quads: set[Quad]) -> None:
    assert quad(SIGNING, CD.actor, NamedNode(f"{BASE}actor/taliban")) in quads
    assert quad(SIGNING, CD.place, NamedNode(f"{BASE}place/doha")) in quads
    assert quad(SIGNING, CD.time, NamedNode(f"{BASE}time/2020-02-29")) in quads
    assert quad(SIGNING, CD.toldBy, report(SIGNED.id)) in quads
    assert quad(SIGNING, RDFS.label, Literal("2020-02-29 signing: Zalmay Khalilzad, Taliban")) in quads
    label = Literal("2020-03-01/2021-04 withdrawal (future): American forces")
    assert quad(event("withdrawal"), RDFS.label, label) in quads


def test_an_event_without_participants_is_labelled_by_what_it_has() -> None:
    doha = next(t for t in WORLD.things if t.slug == "doha")
    alone = Event("x", "ASSAULT", "airstrike", (("place", "doha"),), Time("2020"), "negated", (("d", "0"),))
    quads = set(world_quads(World((doha,), (alone,)), []))
    assert quad(event("x"), RDFS.label, Literal("2020 airstrike (negated): Doha")) in quads


def test_an_agreement_is_signed_in_the_signing_only(quads: set[Quad]) -> None:
    assert {q for q in quads if q.predicate == CD.signedIn} == {quad(DEAL, CD.signedIn, SIGNING)}


@pytest.mark.parametrize(
    ("type_", "mode", "status", "slug"),
    [
        ("AGREE", "sign", "future", "doha-agreement"),  # has not happened
        ("AGREE", None, "asserted", "doha-agreement"),  # no signing
        ("AGREE", "sign", "asserted", "civilians"),  # no agreement
    ],
)
def test_nothing_else_is_signed(type_: str, mode: str | None, status: str, slug: str) -> None:
    other = Event("x", type_, mode, (("object", slug),), None, status, (("d", "0"),))
    assert not any(q.predicate == CD.signedIn for q in world_quads(replace(WORLD, events=(other,)), []))


def test_an_aggressor_is_linked_to_what_it_did() -> None:
    attack = Event(
        "x", "ASSAULT", None, (("actor", "taliban"), ("recipient", "civilians")), None, "claimed", (("d", "0"),)
    )
    taliban = NamedNode(f"{BASE}actor/taliban")
    assert quad(taliban, CD.aggressorIn, event("x")) in world_quads(replace(WORLD, events=(attack,)), [])
    promised = replace(attack, status="future")
    assert not any(q.predicate == CD.aggressorIn for q in world_quads(replace(WORLD, events=(promised,)), []))


def test_two_actors_of_different_roles_make_a_dyad() -> None:
    roles = (("actor", "taliban"), ("actor", "united-states"), ("recipient", "civilians"), ("place", "doha"))
    attack = Event("x", "ASSAULT", None, roles, None, "asserted", (("d", "0"),))
    later = replace(attack, slug="y", roles=(("actor", "civilians"), ("recipient", "taliban")))
    quads = set(world_quads(replace(WORLD, events=(attack, later)), []))
    dyad, civilians = NamedNode(f"{BASE}dyad/civilians--taliban"), NamedNode(f"{BASE}actor/civilians")
    assert {q.subject for q in quads if q.predicate == RDF.type and q.object == CD.Dyad} == {
        dyad,
        NamedNode(f"{BASE}dyad/civilians--united-states"),
    }
    assert {q.object for q in quads if (q.subject, q.predicate) == (dyad, CD.member)} == {civilians, NamedNode(TALIBAN)}
    assert {q.object for q in quads if (q.subject, q.predicate) == (dyad, CD.interaction)} == {event("x"), event("y")}
    assert quad(dyad, RDFS.label, Literal("civilians and Taliban")) in quads


@pytest.mark.parametrize(
    ("status", "recipient"),
    [("future", "civilians"), ("asserted", "taliban"), ("asserted", "doha-agreement")],  # not yet; itself; no actor
)
def test_nothing_else_makes_a_dyad(status: str, recipient: str) -> None:
    other = Event("x", "REJECT", None, (("actor", "taliban"), ("recipient", recipient)), None, status, (("d", "0"),))
    assert not any(q.object == CD.Dyad for q in world_quads(replace(WORLD, events=(other,)), []))


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("Lusaka Ceasefire Agreement", [CD.CeasefireKind]),
        ("three earlier truces", [CD.CeasefireKind]),
        ("last year's cease-fire", [CD.CeasefireKind]),
        ("Doha agreement", []),
        ("Comprehensive Peace Accord", [CD.PeaceKind]),
        ("Helsinki memorandum of understanding", [CD.MemorandumKind]),
        ("nuclear arms treaty", [CD.ArmsControlKind, CD.TreatyKind]),
        ("prisoner swap deal", [CD.PrisonerExchangeKind]),
        ("free trade agreement", [CD.TradeKind]),
        ("power-sharing deal", [CD.PowerSharingKind]),
    ],
)
def test_the_name_of_an_agreement_says_its_kind(name: str, kinds: list[NamedNode]) -> None:
    agreement = Thing("x", "Agreement", (name, "ceasefire"), (("d", "x"),))  # other names do not count
    found = world_quads(World((agreement,)), [])
    assert [q.object for q in found if q.predicate == CD.ofKind] == kinds
    place = replace(agreement, type="Place")
    assert not any(q.predicate == CD.ofKind for q in world_quads(World((place,)), []))


def test_an_agreement_knows_who_mediated_it() -> None:
    evidence = EXTRACTION.reports[0].evidence
    told = Involvement(EXTRACTION.document.name, "deal", "mediator", "khalilzad", evidence)
    found = world_quads(WORLD, [replace(EXTRACTION, involvements=(told,))])
    (link,) = (q for q in found if q.predicate == CD.mediator)
    assert (link.subject, link.object) == (DEAL, NamedNode(KHALILZAD))


def test_the_word_of_a_rejection_says_that_it_is_a_breach() -> None:
    text = "Rebels violated the truce."
    document = replace(EXTRACTION.document, name="d", text=text)
    evidence = Evidence(Mention(0, 26, text), Mention(7, 15, "violated"))
    violated = Report("d", "REJECT", None, (), None, Modality.ASSERTED, None, evidence)
    told = Event("x", "REJECT", None, (), None, "asserted", (("d", violated.id),))
    extraction = replace(EXTRACTION, document=document, entities=(), reports=(violated,), signings=())
    assert quad(event("x"), CD.ofKind, CD.BreachKind) in world_quads(World((), (told,)), [extraction])
    refused = replace(violated, evidence=Evidence(evidence.sentence, Mention(7, 15, "rejected")))
    extraction, told = replace(extraction, reports=(refused,)), replace(told, reports=(("d", refused.id),))
    assert not any(q.predicate == CD.ofKind for q in world_quads(World((), (told,)), [extraction]))


def test_entities_refer_to_things(quads: set[Quad]) -> None:
    assert quad(entity("2020-02-29-doha", "us"), CD.refersTo, NamedNode(US)) in quads
    assert len([q for q in quads if q.predicate == CD.refersTo]) == len(WORLD.things)


def test_an_agreement_stipulates_what_its_terms_foresee(quads: set[Quad]) -> None:
    assert {q for q in quads if q.predicate == CD.termOf} == {quad(event("withdrawal"), CD.termOf, DEAL)}
    assert LEAVE.term_of == "deal"


def test_a_known_actor_has_class_names_and_codes_of_the_list() -> None:
    misread = Thing("united-states", "Organization", ("Washington",), (("d", "us"),), US)
    quads = set(world_quads(World((misread,)), []))
    node = NamedNode(US)
    assert types(quads, node) == {CD.State}
    assert quad(node, SKOS.prefLabel, Literal("United States")) in quads
    assert quad(node, SKOS.altLabel, Literal("Washington")) in quads
    assert quad(node, CD.iso3, Literal("USA")) in quads


def test_a_known_place_lies_in_its_country(quads: set[Quad]) -> None:
    qatar = NamedNode(f"{BASE}actor/qatar")
    assert quad(NamedNode(f"{BASE}place/doha"), CD.locatedIn, qatar) in quads
    assert types(quads, qatar) == {CD.State}
    assert quad(qatar, SKOS.prefLabel, Literal("Qatar")) in quads


def test_one_who_shares_a_name_with_a_known_actor_is_not_that_actor() -> None:
    jordan = Thing("jordan", "Person", ("Jordan",), (("d", "jordan"),))
    assert thing_node(jordan) == NamedNode(f"{BASE}actor/jordan-unlisted")
    assert thing_node(replace(jordan, slug="hamilton-jordan")) == NamedNode(f"{BASE}actor/hamilton-jordan")


@pytest.mark.parametrize(("type_", "path"), [("Place", "place"), ("Agreement", "agreement"), ("Other", "thing")])
def test_things_stand_in_the_path_of_their_class(type_: str, path: str) -> None:
    assert thing_node(Thing("a b", type_, ("A",), ())) == NamedNode(f"{BASE}{path}/a%20b")


def test_refuses_roles_whose_slug_does_not_name_one_thing() -> None:
    lost = Event("x", "AID", None, (("actor", "nobody"),), None, "asserted", (("d", "0"),))
    with pytest.raises(ValueError, match="0 things of the world have the slug 'nobody'"):
        world_quads(World((), (lost,)), [])
    twice = (Thing("nobody", "Person", ("N",), ()), Thing("nobody", "Place", ("N",), ()))
    with pytest.raises(ValueError, match="2 things of the world have the slug 'nobody'"):
        world_quads(World(twice, (lost,)), [])


def test_the_order_of_the_world_does_not_show() -> None:
    turned = World(WORLD.things[::-1], WORLD.events[::-1], WORLD.acts_for)
    assert world_quads(turned, [EXTRACTION]) == world_quads(WORLD, [EXTRACTION])
