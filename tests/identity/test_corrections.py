"""What the user says of who is who wins over the machine."""

from __future__ import annotations

from datetime import date

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import KgError
from kg.graph import CORRECTIONS, correction_quads, read_corrections
from kg.graph.terms import OWL, RDFS, SKOS, entity
from kg.identity import resolve
from kg.model import LISTED, Corrections, Document, Entity, Extraction, Mention, Thing, World
from kg.store import open_store

TALIBAN = "https://w3id.org/conflict-diplomacy/actor/taliban"
A, B = ("a", "x"), ("b", "x")


def told(document: str, *names: str, type_: str = "Person", known: str | None = None) -> Extraction:
    one = Entity("x", type_, names, (Mention(0, 1, "x"),), known)
    return Extraction(Document(document, "", date(2021, 6, 10)), (one,), (), ())


def thing(world: World, member: tuple[str, str]) -> Thing:
    (found,) = [t for t in world.things if member in t.members]
    return found


def test_two_that_share_a_name_can_be_told_apart() -> None:
    documents = [told("a", "Maria Lopez"), told("b", "Maria Lopez")]
    assert thing(resolve(documents), A) == thing(resolve(documents), B)
    world = resolve(documents, Corrections(different=frozenset({(A, B)})))
    assert thing(world, A).slug == "maria-lopez"
    assert thing(world, B).slug.startswith("maria-lopez-")


def test_two_that_share_nothing_can_be_joined() -> None:
    documents = [told("a", "Maria Lopez"), told("b", "the general")]
    world = resolve(documents, Corrections(same=frozenset({(A, B)})))
    joined = thing(world, A)
    assert joined == thing(world, B)
    assert [(m.member, m.partner, m.confidence) for m in joined.matches] == [(B, A, 1.0)]


def test_an_entity_can_be_said_to_be_of_the_list_or_not() -> None:
    listed = (LISTED, TALIBAN)
    rebels = told("a", "the rebels", type_="ArmedGroup")
    assert thing(resolve([rebels], Corrections(same=frozenset({(listed, A)}))), A).known_as == TALIBAN
    talibs = told("a", "Taliban", type_="ArmedGroup", known=TALIBAN)
    apart = thing(resolve([talibs], Corrections(different=frozenset({(listed, A)}))), A)
    assert (apart.known_as, apart.slug) == (None, "taliban-unlisted")


def test_a_thing_can_be_renamed() -> None:
    world = resolve([told("a", "Maria Lopez")], Corrections(names={A: "M. Lopez Garcia"}))
    assert thing(world, A).names == ("M. Lopez Garcia", "Maria Lopez")


def test_corrections_of_what_is_gone_change_nothing() -> None:
    documents = [told("a", "Maria Lopez")]
    gone = Corrections(frozenset({(A, ("z", "y"))}), frozenset({(A, ("z", "q"))}), {("z", "y"): "Nobody"})
    assert resolve(documents, gone) == resolve(documents)


def test_a_store_keeps_them_and_refuses_what_is_none() -> None:
    said = Corrections(frozenset({(A, B)}), frozenset({(A, ("c", "x"))}), {A: "Maria"})
    with open_store(None) as store:
        store.replace_graph(CORRECTIONS, correction_quads(said))
        assert read_corrections(store) == said
        node = entity("a", "x")
        assert Quad(node, SKOS.prefLabel, Literal("Maria"), CORRECTIONS) in set(store.dump())
        store.add([Quad(node, RDFS.label, Literal("Maria"), CORRECTIONS)])
        with pytest.raises(KgError, match="is no correction"):
            read_corrections(store)
    assert Quad(NamedNode(node.value), OWL.sameAs, entity("b", "x"), CORRECTIONS) in correction_quads(said)
