"""A document that comes, goes or is told otherwise: only its neighbours are resolved, and all is as after a rebuild."""

from __future__ import annotations

import random
from collections.abc import Collection
from datetime import date, timedelta

import pytest
from pyoxigraph import NamedNode, Quad

from kg import identity, reasoning
from kg.graph import Provenance, document_quads
from kg.graph.terms import document as document_node
from kg.identity import neighbourhood
from kg.model import Argument, Document, Entity, Evidence, Extraction, Mention, Modality, Quantity, Report, Time
from kg.pipeline import Summary, begin, load, refresh
from kg.store import Store, open_store

from .conftest import Built
from .test_incremental import documents, rebuilt, written

ACTOR = "https://w3id.org/conflict-diplomacy/actor/"
LISTED = {"Russia": "State", "Ukraine": "State", "Turkey": "State", "Taliban": "ArmedGroup"}
OTHERS = {
    **dict.fromkeys(("Maria Lopez", "General Maria Lopez", "Juan Lopez", "Yusuf Hamdan", "Yousef Hamdan"), "Person"),
    **dict.fromkeys(("Redtown", "Bluetown", "Blutown"), "Place"),
    **dict.fromkeys(("rebels", "Russian troops", "Red Front", "Lopez Front"), "Group"),
}


def made(name: str, dice: random.Random) -> Extraction:
    """A document with a few reports of a few weeks, many of which other documents tell too."""
    published = date(2021, 6, 1) + timedelta(dice.choice((0, 1, 2, 3, 20, 33, 70)))
    text, mentions, reports = "", {}, []
    for _ in range(dice.randrange(1, 6)):
        start = len(text)
        spots: list[Mention] = []
        parties = dice.sample([*LISTED, *OTHERS], 3)
        for words in (parties[0], dice.choice(("struck", "attacked", "the attack", "killed")), *parties[1:]):
            spots.append(Mention(len(text), len(text) + len(words), words))
            text += f"{words} "
        text += "\n"
        for key, spot in zip(parties, (spots[0], *spots[2:]), strict=True):
            mentions.setdefault(key, []).append(spot)
        roles = [("actor", parties[0], spots[0]), ("recipient", parties[1], spots[2])]
        roles += [("place", parties[2], spots[3])] if OTHERS.get(parties[2]) == "Place" else []
        when = (published - timedelta(dice.randrange(3))).isoformat()[: dice.choice((7, 10, 10))]
        reports.append(
            Report(
                name,
                "ASSAULT",
                dice.choice((None, "airstrike")),
                tuple(Argument(role, slug(key), spot) for role, key, spot in roles),
                Time(when) if dice.random() < 0.6 else None,
                dice.choice((Modality.ASSERTED, Modality.ASSERTED, Modality.NEGATED, Modality.FUTURE)),
                None,
                Evidence(Mention(start, len(text) - 2, text[start:-2]), spots[1]),
                (Quantity("killed", "12", 12, 12),) if dice.random() < 0.2 else (),
            )
        )
    entities = [
        Entity(
            slug(key),
            LISTED.get(key) or OTHERS[key],
            (key,),
            tuple(found),
            ACTOR + slug(key) if key in LISTED else None,
        )
        for key, found in mentions.items()
    ]
    return Extraction(Document(name, text, published), tuple(entities), tuple(reports), ())


def slug(name: str) -> str:
    return "-".join(name.casefold().split())


def graph_of(extraction: Extraction) -> list[Quad]:
    return document_quads(extraction, provenance=Provenance("0", "none", "none"))


def put(store: Store, *graphs: tuple[str, list[Quad]]) -> None:
    """Give documents another graph, or none."""
    before = begin(store, [name for name, _ in graphs])
    for name, quads in graphs:
        store.replace_graph(document_node(name), quads)
    refresh(store, Summary(), before=before)


@pytest.fixture(autouse=True)
def followed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Has one entry more for each change that was followed up without resolving all; any share of documents may be."""
    found: list[int] = []

    def followed_up(
        store: Store, graph: NamedNode, gone: Collection[Quad], come: Collection[Quad]
    ) -> reasoning.Outcome:
        found.append(len(gone) + len(come))
        return change_graph(store, graph, gone, come)

    change_graph = reasoning.change_graph
    monkeypatch.setattr(reasoning, "change_graph", followed_up)
    monkeypatch.setattr(neighbourhood, "MOST", 10.0)
    monkeypatch.setattr(identity, "MOST", 10.0)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_made_documents(seed: int, followed: list[int]) -> None:
    dice = random.Random(seed)
    names = [f"d{n}" for n in range(10)]
    check(
        [(name, graph_of(made(name, dice))) for name in names],
        [(name, graph_of(made(name, dice))) for name in names],
        dice,
        followed,
    )


@pytest.mark.parametrize("seed", range(3))
def test_seeds(seeds: Built, seed: int, followed: list[int]) -> None:
    dice = random.Random(seed)
    graphs = documents(seeds.store)
    chosen = [(name.value.rsplit("/", 1)[1], graphs[name]) for name in sorted(graphs, key=str)]
    dice.shuffle(chosen)
    check(chosen[:9], [], dice, followed)


def test_a_change_that_was_not_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left after a crash is not taken for the world of the documents before."""
    dice = random.Random(9)
    first, second, third = (graph_of(made(f"d{n}", dice)) for n in range(3))
    with open_store(None) as store:
        put(store, ("d0", first))
        with monkeypatch.context() as broken, pytest.raises(RuntimeError):
            broken.setattr(store, "update", crash)
            put(store, ("d1", second))
        put(store, ("d2", third))
        there = {document_node(f"d{n}"): quads for n, quads in enumerate((first, second, third))}
        assert written(store) == rebuilt(there)


def crash(_: str) -> None:
    raise RuntimeError


def test_documents_that_came_or_went_by_another_way(followed: list[int]) -> None:
    dice = random.Random(10)
    graphs = {document_node(f"d{n}"): graph_of(made(f"d{n}", dice)) for n in range(6)}
    one, two = (
        {node: graphs[node] for node in sorted(graphs, key=str) if node.value[-1] in which} for which in ("012", "34")
    )
    with open_store(None) as store, open_store(None) as other:
        for target, given in ((store, one), (other, two)):
            for node, quads in given.items():
                target.replace_graph(node, quads)
            refresh(target, Summary())
        followed.clear()
        load(store, list(other.dump()))
        put(store, ("d5", graphs[document_node("d5")]))
        assert written(store) == rebuilt(graphs)
        store.remove_graph(document_node("d0"))
        put(store, ("d1", []))
        assert written(store) == rebuilt({n: q for n, q in graphs.items() if n.value[-1] not in "01"})
        assert followed == []


def check(
    first: list[tuple[str, list[Quad]]], second: list[tuple[str, list[Quad]]], dice: random.Random, followed: list[int]
) -> None:
    """Put the first documents in one by one, some of the second in their place, and take some out again."""
    dice.shuffle(first)
    steps = [*first, *dice.sample(second, min(4, len(second)))]
    steps += [(name, []) for name, _ in dice.sample(first, 4)]
    there: dict[NamedNode, list[Quad]] = {}
    changes = 0
    with open_store(None) as store:
        while steps:
            number = dice.choice((1, 1, 1, 2, 3))
            several = dict(steps[:number])  # the last word on a document counts
            steps = steps[number:]
            put(store, *several.items())
            there.update((document_node(name), quads) for name, quads in several.items())
            assert written(store) == rebuilt(there)
            changes += 1
    assert len(followed) == changes - 1
