"""`--min-confidence`: less certain reports left out, whether at the build or when the graph is asked."""

from __future__ import annotations

from pyoxigraph import Quad

from kg.graph import read_extractions
from kg.graph.terms import WORLD
from kg.pipeline import at_least
from kg.store import Store

from .conftest import SEEDS, built

LEAST = 0.9


def reports(store: Store) -> dict[str, float]:
    return {r.id: r.confidence or 0.0 for e in read_extractions(store) for r in e.reports}


def quads(store: Store) -> set[Quad]:
    return set(store.dump())


def test_what_is_left_out_at_the_build_is_left_out_when_asked() -> None:
    paths = sorted(SEEDS.glob("2020-*.txt"))
    everything = built(paths).store
    sure = built(paths, min_confidence=LEAST).store
    assert 0 < len(reports(sure)) < len(reports(everything))
    assert min(reports(sure).values()) >= LEAST > min(reports(everything).values())
    filtered = at_least(everything, LEAST)
    assert reports(filtered) == reports(sure)
    world = {q for q in quads(filtered) if q.graph_name == WORLD}
    assert world == {q for q in quads(sure) if q.graph_name == WORLD}
