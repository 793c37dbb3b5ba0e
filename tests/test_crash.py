"""Killed in the middle of a build: the store opens, what is there is whole, and the next build finishes the work."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.graph.terms import ONTOLOGY, WORLD
from kg.pipeline import build
from kg.store import Store, open_store
from kg.validation import validate

from .conftest import Built, environment

# Builds into a folder and kills itself, as the power cut would, so many milliseconds after a step of the build.
BUILD = """
import os, signal, sys, threading
from pathlib import Path
from kg.pipeline import build
from kg.store import open_store

folder, stage, step, milliseconds, *paths = sys.argv[1:]

def kill():
    os.kill(os.getpid(), signal.SIGKILL)

def progress(name, done, total):
    if (name, done) == (stage, int(step)):
        threading.Timer(int(milliseconds) / 1000, kill).start() if int(milliseconds) else kill()

with open_store(folder) as store:
    build([Path(path) for path in paths], store, workers=1, on_progress=progress)
"""
KILLED = [("documents", 3, 0), ("documents", 4, 25), ("world", 1, 30), ("world", 2, 0)]


def killed(folder: Path, paths: list[Path], stage: str, step: int, milliseconds: int) -> None:
    arguments = [str(folder), stage, str(step), str(milliseconds), *map(str, paths)]
    done = subprocess.run(
        [sys.executable, "-c", BUILD, *arguments], env=environment(), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def by_graph(store: Store) -> dict[str, list[str]]:
    graphs: dict[str, list[str]] = {}
    for quad in store.dump():
        graphs.setdefault(str(quad.graph_name), []).append(str(quad.triple))
    return graphs


def documents_of(graphs: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: triples for name, triples in graphs.items() if "/document/" in name}


@pytest.mark.parametrize(("stage", "step", "milliseconds"), KILLED, ids=lambda value: str(value))
def test_a_build_that_is_killed(few: Built, tmp_path: Path, stage: str, step: int, milliseconds: int) -> None:
    killed(tmp_path / "store", few.paths, stage, step, milliseconds)
    clean = by_graph(few.store)
    with open_store(tmp_path / "store", read_only=True) as store:
        found = by_graph(store)
        assert validate(store) == []
    documents = documents_of(found)
    assert len(documents) >= (step if stage == "documents" else len(few.paths))
    assert documents == {name: clean[name] for name in documents}
    for name in (ONTOLOGY, WORLD):  # each is there whole or not at all
        assert found.get(str(name), clean[str(name)]) == clean[str(name)]
    with open_store(tmp_path / "store") as store:
        build(few.paths, store, workers=1)
        assert by_graph(store) == clean


def test_a_replacement_that_is_killed(few: Built, tmp_path: Path) -> None:
    """Every document is told as before or as now, never half and half."""
    changed = [tmp_path / path.name for path in few.paths]
    for path, original in zip(changed, few.paths, strict=True):
        path.write_text(original.read_text(encoding="utf-8") + "\nOn Monday police arrested 12 protesters.\n")
    with open_store(tmp_path / "store") as store:
        store.add(list(few.store.dump()))
    killed(tmp_path / "store", changed, "documents", 3, 20)
    with open_store(None) as memory:
        build(changed, memory, workers=1)
        now = by_graph(memory)
    before = by_graph(few.store)
    with open_store(tmp_path / "store") as store:
        documents = documents_of(by_graph(store))
        assert documents.keys() == documents_of(before).keys()
        assert all(triples in (before[name], now[name]) for name, triples in documents.items())
        assert sum(documents[name] == now[name] for name in documents) >= 3
        build(changed, store, workers=1)
        assert by_graph(store) == now
