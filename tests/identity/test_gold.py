"""The gold for identity across documents is sound, and the seeds are resolved no worse than they were."""

from __future__ import annotations

import importlib.util
import json
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kg import graph, identity
from kg.store import Store

ROOT = Path(__file__).resolve().parents[2]
GOLD = Path(__file__).parent / "gold"
ENTITIES = {
    "Person", "State", "Organization", "InternationalOrganization", "ArmedGroup", "Group", "Place", "Agreement",
    "Other",
}  # fmt: skip
EVENTS = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip
LONGEST = 60  # characters: names and words of events, never sentences of another's text
DOCUMENTS: dict[str, str] = json.loads((GOLD / "documents.json").read_text(encoding="utf-8"))


@cache
def benchmark() -> Any:
    """`benchmarks/identity_gold.py`, which scores against the gold."""
    spec = importlib.util.spec_from_file_location("identity_gold", ROOT / "benchmarks" / "identity_gold.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def clusters(kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((GOLD / f"{kind}.json").read_text(encoding="utf-8"))["clusters"]
    return found


@pytest.mark.parametrize(("kind", "types"), [("actors", ENTITIES), ("events", EVENTS)])
def test_each_mention_is_short_typed_and_of_one_cluster(kind: str, types: set[str]) -> None:
    found = clusters(kind)
    assert len({c["id"] for c in found}) == len(found)
    assert {c["type"] for c in found} <= types
    mentions = sorted(tuple(m) for c in found for m in c["mentions"])
    for (document, _, end, words), (following, start, _, _) in pairwise(mentions):
        assert document != following or end <= start, f"{document}: {words!r} overlaps the next mention"
    assert {m[0] for m in mentions} <= set(DOCUMENTS)
    assert max(len(words) for *_, words in mentions) <= LONGEST


@pytest.mark.parametrize("name", DOCUMENTS)
def test_offsets_stand_in_the_text(name: str) -> None:
    path = ROOT / DOCUMENTS[name]
    if not path.is_file():
        pytest.skip(f"no text at {path}: put the shared folder beside the project")
    text = path.read_text(encoding="utf-8")
    for kind in ("actors", "events"):
        for cluster in clusters(kind):
            for document, start, end, words in cluster["mentions"]:
                assert document != name or text[start:end] == words, cluster["id"]


def test_the_measure_of_bagga_and_baldwin() -> None:
    """Two clusters of two and one, of which one mention has gone to the other."""
    b = benchmark()
    items = [b.Item(c, "State", "d", b.Mention(n, n + 1, "x")) for n, c in enumerate(("a", "a", "b"))]
    precision, recall = b.b_cubed(dict(zip(items, ("one", "two", "two"), strict=True)))
    assert (precision, recall) == (pytest.approx((1 + 1 / 2 + 1 / 2) / 3), pytest.approx((1 / 2 + 1 / 2 + 1) / 3))


@pytest.mark.parametrize(("kind", "least"), [("actors", 0.93), ("events", 0.8)])
def test_seeds(seeds: Any, kind: str, least: float) -> None:
    store: Store = seeds.store
    extractions = graph.read_extractions(store)
    b = benchmark()
    scores = getattr(b, kind)(extractions, identity.resolve(extractions))
    assert len(scores.found) > 0.75 * len(scores.gold)
    assert b.f1(*b.b_cubed(scores.found)) >= least


def test_events_never_mix_types(seeds: Any) -> None:
    extractions = graph.read_extractions(seeds.store)
    assert benchmark().events(extractions, identity.resolve(extractions)).mixed == []


def test_the_confidence_of_merges_is_calibrated(seeds: Any) -> None:
    extractions = graph.read_extractions(seeds.store)
    world = identity.resolve(extractions)
    b = benchmark()
    judged = b.merges(b.events(extractions, world), world.events)
    assert len(judged) > 50
    assert abs(sum(sure for sure, _ in judged) - sum(right for _, right in judged)) < 0.1 * len(judged)


def test_the_halves_share_no_event() -> None:
    half = benchmark().halves()
    assert set(half) == set(DOCUMENTS)
    for cluster in clusters("events"):
        assert len({half[document] for document, *_ in cluster["mentions"]}) == 1
