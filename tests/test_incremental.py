"""Documents come and go: the graph is at every step what a rebuild gives, and no more of it changes than must."""

from __future__ import annotations

import random

import pytest
from pyoxigraph import NamedNode, Quad

from kg.graph.terms import BASE, CD, WORLD, document
from kg.pipeline import Summary, refresh
from kg.store import Store, open_store

from .conftest import SEEDS, Built, built

LATER = "2020-09-12-intra-afghan-talks-open"


def documents(store: Store) -> dict[NamedNode, list[Quad]]:
    """The graph of every document."""
    found: dict[NamedNode, list[Quad]] = {}
    for quad in store.dump():
        if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.startswith(f"{BASE}document/"):
            found.setdefault(quad.graph_name, []).append(quad)
    return found


def written(store: Store) -> bytes:
    return "".join(f"{quad} .\n" for quad in store.dump()).encode()


def rebuilt(graphs: dict[NamedNode, list[Quad]]) -> bytes:
    """What a store holds that got all of these at once."""
    with open_store(None) as store:
        store.add(quad for quads in graphs.values() for quad in quads)
        refresh(store, Summary())
        return written(store)


@pytest.mark.parametrize("seed", range(4))
def test_every_order_gives_what_a_rebuild_gives(few: Built, seed: int) -> None:
    dice = random.Random(seed)
    graphs = documents(few.store)
    order = sorted(graphs, key=str)
    dice.shuffle(order)
    there: dict[NamedNode, list[Quad]] = {}
    with open_store(None) as store:
        for name in order:
            store.replace_graph(name, graphs[name])
            refresh(store, Summary())
            there[name] = graphs[name]
        assert written(store) == written(few.store)
        for name in dice.sample(order, 3):  # and some go again
            store.remove_graph(name)
            refresh(store, Summary())
            del there[name]
            assert written(store) == rebuilt(there)


@pytest.fixture(scope="module")
def one_more() -> Built:
    """One seed more, by itself."""
    return built([SEEDS / f"{LATER}.txt"])


def test_a_document_changes_only_what_it_speaks_of(few: Built, one_more: Built) -> None:
    new = document(LATER)
    with open_store(None) as store:
        store.add(few.store.dump())
        before = set(store.dump())
        store.add(documents(one_more.store)[new])
        refresh(store, Summary())
        after = set(store.dump())
        store.remove_graph(new)
        refresh(store, Summary())
        assert set(store.dump()) == before
    touched = spoken_of(before | after, new)
    changed = {q for q in before ^ after if q.graph_name == WORLD and not {q.subject, q.object} & touched}
    assert {str(quad.subject) for quad in changed} == set()
    assert len({q.subject for q in before if q.graph_name == WORLD} & touched) < 100 < len(before)
    nodes = {q.subject for q in after if q.graph_name == WORLD}
    assert {q.subject for q in before if q.graph_name == WORLD} - nodes == set()  # nothing lost its IRI


def spoken_of(quads: set[Quad], name: NamedNode) -> set[object]:
    """The things and events that the document tells of, and what goes with these: matches, dyads, times."""
    own = {quad.subject for quad in quads if quad.graph_name == name}
    found = {q.object for q in quads if q.predicate == CD.refersTo and q.subject in own}
    found |= {q.subject for q in quads if q.predicate == CD.toldBy and q.object in own}
    members = {q.subject for q in quads if q.predicate == CD.refersTo and q.object in found}
    members |= {q.object for q in quads if q.predicate == CD.toldBy and q.subject in found}
    found |= {q.subject for q in quads if q.predicate == CD.matched and q.object in members}
    found |= {q.subject for q in quads if q.predicate == CD.member and q.object in found}
    found |= {q.object for q in quads if q.predicate in (CD.country, CD.actsFor) and q.subject in found}
    return found | {q.object for q in quads if str(q.object).startswith(f"<{BASE}time/") and q.subject in found}
