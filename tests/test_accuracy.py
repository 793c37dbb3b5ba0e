"""The extraction against a gold of our own, annotated apart from the rules: it must not fall below what was reached."""

from __future__ import annotations

import importlib.util
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg import export, pipeline
from kg.model import Document

GOLD = Path(__file__).parent / "gold"
SCORER = Path(__file__).parents[2] / "shared" / "gold" / "score.py"
FLOORS = {"event": 0.82, "event, any type": 0.87, "actor": 0.62, "recipient": 0.48, "place": 0.53, "signing": 0.65}

pytestmark = pytest.mark.skipif(not SCORER.is_file(), reason=f"no scorer at {SCORER}: put the shared folder there")


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, int]]:
    work = tmp_path_factory.mktemp("records")
    events, signings = work / "events.jsonl", work / "signings.jsonl"
    with events.open("w") as told, signings.open("w") as signed:
        for path in sorted(GOLD.glob("*.json")):
            gold = json.loads(path.read_text())
            text = path.with_suffix(".txt").read_text()
            found = pipeline.analyse(Document(path.stem, text, date.fromisoformat(gold["published"])))
            told.writelines(json.dumps(record) + "\n" for record in export.events_of(found))
            signed.writelines(json.dumps(record) + "\n" for record in export.signings_of(found))
    spec = importlib.util.spec_from_file_location("score", SCORER)
    assert spec is not None and spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    tally, _, exact, _ = scorer.score(GOLD, events, signings)
    return {name: row.row()["f1"] for name, row in tally.items()}, dict(exact)


@pytest.mark.parametrize("what", FLOORS)
def test_f1(scores: tuple[dict[str, Any], dict[str, int]], what: str) -> None:
    assert scores[0][what] >= FLOORS[what]


def test_modality(scores: tuple[dict[str, Any], dict[str, int]]) -> None:
    assert scores[1]["modality right"] / scores[1]["found"] >= 0.88


def test_attribution(scores: tuple[dict[str, Any], dict[str, int]]) -> None:
    assert scores[1]["attribution right"] / scores[1]["attributed"] >= 0.7
