"""What the end-to-end tests share: the seeds, built once a session, and the command line in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.pipeline import Summary, build
from kg.store import Store, open_store

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"  # corpora and gold, which are no part of the project
SEEDS = ROOT / "seeds"

os.environ.setdefault("OMP_NUM_THREADS", "1")


@dataclass(frozen=True)
class Built:
    """A store, where its documents came from, and what the build said."""

    store: Store
    paths: list[Path]
    summary: Summary


def built(paths: list[Path], **options: object) -> Built:
    """The documents in a new store in memory."""
    store = open_store(None)
    return Built(store, paths, build(paths, store, **({"workers": 1} | options)))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def seeds() -> Built:
    """All seeds in memory; read only."""
    return built(sorted(SEEDS.glob("*.txt")))


@pytest.fixture(scope="session")
def few() -> Built:
    """Six seeds in memory, two of them on one agreement and two on one strike; read only."""
    names = (
        "2020-03-04-us-strikes-taliban-helmand",
        "2020-03-05-drone-strike-doha-accord",
        "2022-07-23-odesa-port-strike",
        "2022-07-24-moscow-odesa-military-target",
        "1999-06-10-kumanovo-kosovo-withdrawal",
        "2018-06-17-prespa-name-agreement",
    )
    return built([SEEDS / f"{name}.txt" for name in names])


KG = (sys.executable, "-c", "from kg.cli import main; main()")  # what the script `kg` does


def environment() -> dict[str, str]:
    """For a process that imports the package under test from any folder."""
    kept = {name: value for name, value in os.environ.items() if name not in ("KG_STORE", "COLUMNS")}
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return kept | {"PYTHONPATH": path, "OMP_NUM_THREADS": "1"}


def shell(folder: Path, *arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `kg` in a folder, with environment variables."""
    return subprocess.run(
        [*KG, *map(str, arguments)],
        cwd=folder,
        env=environment() | variables,
        capture_output=True,
        text=True,
        timeout=120,
        stdin=subprocess.DEVNULL,
    )
