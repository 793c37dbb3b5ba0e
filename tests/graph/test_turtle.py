"""Exports: readable, the same bytes for the same quads, and nothing lost."""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest
import rdflib

from kg.graph import document_quads, to_trig, to_turtle, world_quads
from kg.graph.terms import BASE, PREFIXES

from .doha import EXTRACTION, PROVENANCE, WORLD

QUADS = [*document_quads(EXTRACTION, provenance=PROVENANCE), *world_quads(WORLD, [EXTRACTION])]


def test_shuffled_input_gives_the_same_text() -> None:
    for seed in range(5):
        shuffled = random.Random(seed).sample(QUADS, len(QUADS)) + QUADS[:3]
        assert to_turtle(shuffled) == to_turtle(QUADS)
        assert to_trig(shuffled) == to_trig(QUADS)


def test_turtle_is_the_merged_triples() -> None:
    back = {quad.triple for quad in ox.parse(to_turtle(QUADS), format=ox.RdfFormat.TURTLE)}
    assert back == {quad.triple for quad in QUADS}


def test_trig_keeps_the_graphs() -> None:
    assert set(ox.parse(to_trig(QUADS), format=ox.RdfFormat.TRIG)) == set(QUADS)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib uses what it deprecates
def test_rdflib_reads_the_same() -> None:
    turtle = rdflib.Graph().parse(data=to_turtle(QUADS), format="turtle")
    ntriples = "".join(f"{quad.triple} .\n" for quad in QUADS)
    assert set(turtle) == set(rdflib.Graph().parse(data=ntriples, format="nt"))
    trig = rdflib.Dataset()
    trig.parse(data=to_trig(QUADS), format="trig")
    assert len(set(trig.quads())) == len(set(QUADS))


def test_hostile_text_survives() -> None:
    node, graph = ox.NamedNode(f"{BASE}document/x%20y#a:m1"), ox.NamedNode(f"{BASE}graph/world")
    texts = ['a\n@prefix x: <y> .\n\n"b" .\n\tc', "\\", '"""', "\r\n\t", "}\n", "\u2028\u0000x", "é\U0001f54a"]
    quads = [ox.Quad(node, ox.NamedNode(PREFIXES["oa"] + "exact"), ox.Literal(text), graph) for text in texts]
    assert set(ox.parse(to_trig(quads), format=ox.RdfFormat.TRIG)) == set(quads)
    assert {q.triple for q in ox.parse(to_turtle(quads), format=ox.RdfFormat.TURTLE)} == {q.triple for q in quads}


def test_is_readable() -> None:
    text = to_turtle(QUADS)
    assert "event:2020-02-29-signing a cd:Signing ;" in text
    assert "cd:object agreement:doha-agreement ;" in text
    assert "document:2020-02-29-doha\\#us" in text
    assert "@prefix plover:" not in text  # not used here
    blocks = text.split("\n\n")
    assert len(blocks) == 1 + len({quad.subject for quad in QUADS})
    assert "<" not in "".join(block for block in blocks[1:] if not block.startswith("document:"))
