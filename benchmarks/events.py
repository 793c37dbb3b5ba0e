#!/usr/bin/env python3
"""Events by the lexicon alone, by the event model alone, and by both: python benchmarks/events.py [FOLDER...]

The folders are scored as one. Without any: the gold of `../shared/gold` but PLOVER's; the model was trained on neither.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich import box
from rich.console import Console
from rich.progress import track
from rich.table import Table
from spacy.tokens import Token

from kg import export, language, resources
from kg.evaluation import Gold, Scores, read_gold, score
from kg.extraction import extract
from kg.extraction import lexicon as lexicons
from kg.extraction.learned import reading
from kg.extraction.learned.features import ROLES
from kg.extraction.learned.weights import RoleWeights, Weights, load
from kg.extraction.lexicon import Entry, Lexicon

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"


class Silent(Lexicon):
    """The lexicon's frames and words of grammar without any entry that fires."""

    def candidates(self, token: Token) -> list[Entry]:
        return []


ALONE = Weights(1, 0, 0, 0, 0, 0.5, 0.5, (1, 0), dict.fromkeys(ROLES, RoleWeights(1, 0, 0, 0, 0.5, 0.5)))


def main() -> int:
    """Score all three; 2 where there is no gold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--model", help="another pipeline with an event model")
    args = parser.parse_args()
    folders = args.folders or [GOLD / "dev", GOLD / "dev-own-words"]
    if not all(folder.is_dir() for folder in folders):
        print(f"no gold at {', '.join(map(str, folders))}", file=sys.stderr)
        return 2
    golds = read_gold(folders)
    silent = Silent(resources.folder("ontology") / "lexicon")
    found = {
        "lexicon": scores(golds, args.model, lexicons.load(), None),
        "model": scores(golds, args.model, silent, ALONE),
        "both": scores(golds, args.model, lexicons.load(), load()),
    }
    table = Table("", *found, box=box.SIMPLE_HEAD)
    for name in found["both"].tallies():
        table.add_row(name, *(f"{s.tallies()[name].f1:.3f}" for s in found.values()))
    for name in found["both"].shares():
        shares = [s.shares()[name].value for s in found.values()]
        table.add_row(f"{name} right", *("-" if share is None else f"{share:.3f}" for share in shares))
    Console().print(table)
    return 0


def scores(golds: list[Gold], model: str | None, lexicon: Lexicon, weights: Weights | None) -> Scores:
    """The scores of one way of weighing the model; by the rules alone without weights."""
    reading.load = lambda: weights or ALONE  # type: ignore[assignment]
    nlp = language.load(model)
    events, signings = [], []
    for gold in track(golds, disable=not sys.stderr.isatty()):
        doc = language.analyse(nlp, gold.document.text, gold.document.published)
        if weights is None:
            doc._.event_vectors = None
        found = extract(doc, gold.document, lexicon)
        events += export.events_of(found)
        signings += export.signings_of(found)
    return score(golds, events, signings)


if __name__ == "__main__":
    sys.exit(main())
