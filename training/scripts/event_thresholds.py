"""Move the weights of roles to where the whole program scores best: python scripts/event_thresholds.py FOLDER...

event_weights.py fits them on annotated events; the program fills the roles of the events that it finds, wrong ones
among them. One number at a time moves up or down while the mean over the folders of gold rises.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from kg import export, language
from kg.evaluation import read_gold, score
from kg.evaluation.gold import Gold
from kg.extraction import extract
from kg.extraction.learned import weights as packaged

ROLES = ("actor", "recipient", "place")
STEPS = {"threshold": 0.04, "ruled_threshold": 0.04, "other": 0.4, "model": 0.1, "ruled": 0.4, "bias": 0.2}
WORTH = {"actor": 1.0, "recipient": 1.0, "place": 1.0, "whole event": 1.0, "signatory": 0.5}
LEAST = 0.0005  # that a step must bring, or it is chance
PATH = Path(packaged.__file__).parent / "weights.json"
Told = dict[str, Any]


@dataclass
class Folder:
    """Gold and its documents, read once."""

    name: str
    golds: Sequence[Gold]
    docs: Sequence[Doc]

    def scores(self) -> dict[str, float]:
        """What the program scores under the packaged weights."""
        found = [extract(doc, gold.document) for gold, doc in zip(self.golds, self.docs, strict=True)]
        events, signings = (chain.from_iterable(map(f, found)) for f in (export.events_of, export.signings_of))
        tallies = score(self.golds, events, signings).tallies()
        return {name: tallies[name].f1 or 0.0 for name in WORTH}


def main() -> None:
    """Read the command line, climb and leave the best weights in the package."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="folders of gold that no network was trained on")
    args = parser.parse_args()
    folders = list(_read(args.folders))
    told = json.loads(PATH.read_text(encoding="utf-8"))
    told, best = _climb(told, folders)
    _write(told)
    for folder in folders:
        print(folder.name, folder.scores())
    print(f"mean {best:.4f}")


def _read(paths: Sequence[Path]) -> Iterator[Folder]:
    nlp = language.load()
    for path in paths:
        golds = read_gold([path])
        docs = [language.analyse(nlp, g.document.text, g.document.published) for g in golds]
        yield Folder(path.name, golds, docs)


def _climb(told: Told, folders: Sequence[Folder]) -> tuple[Told, float]:
    best, moved = _mean(told, folders), True
    print(f"as it was {best:.4f}", flush=True)
    while moved:
        moved = False
        for role in ROLES:
            for name, step in STEPS.items():
                for by in (step, -step, 3 * step, -3 * step):
                    while (found := _mean(tried := _moved(told, role, name, by), folders)) > best + LEAST:
                        told, best, moved = tried, found, True
                        print(f"{role} {name} {told['roles'][role][name]}: {best:.4f}", flush=True)
    return told, best


def _moved(told: Told, role: str, name: str, by: float) -> Told:
    weights = told["roles"][role]
    value = round(weights[name] + by, 3)
    if name.endswith("threshold"):
        value = min(0.9, max(0.02, value))
    return told | {"roles": told["roles"] | {role: weights | {name: value}}}


def _mean(told: Told, folders: Sequence[Folder]) -> float:
    _write(told)
    found = [sum(WORTH[name] * value for name, value in folder.scores().items()) for folder in folders]
    return sum(found) / len(found) / sum(WORTH.values())


def _write(told: Told) -> None:
    PATH.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    packaged.load.cache_clear()


if __name__ == "__main__":
    main()
