"""How far two annotators agree: python scripts/agreement.py events

The second one's documents (`second/ID.json`) are scored as if a program had found them, by `kg evaluate`'s rules. What
two annotators agree on is the most that a program can be held to.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kg.cli.evaluate import show
from kg.evaluation import read_gold, score

ROLES = ("actor", "recipient", "object", "place")
Record = dict[str, Any]


def main() -> None:
    """Read the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    args = parser.parse_args()
    seconds = sorted((args.corpus / "second").glob("*.json"))
    with TemporaryDirectory() as name:
        for path in seconds:
            first = next(
                p for p in args.corpus.rglob(f"{path.stem}.txt") if p.parent != path.parent
            )  # in the corpus itself or among those kept aside
            for file in (first, first.with_suffix(".json")):
                (Path(name) / file.name).symlink_to(file.resolve())
        golds = read_gold([Path(name)])
    second = [json.loads(path.read_text(encoding="utf-8")) for path in seconds]
    print(f"{len(second)} documents")
    show(score(golds, (r for g in second for r in events_of(g)), (r for g in second for r in signings_of(g))))


def events_of(gold: Record) -> Iterator[Record]:
    """The events of an annotation as records."""
    for event in gold["events"]:
        told = {role: [entity_of(gold, key) for key in event[role]] for role in ROLES}
        speaker = event["attribution"]
        yield (
            event
            | told
            | {
                "document": gold["id"],
                "attribution": entity_of(gold, speaker) if speaker else None,
            }
        )


def signings_of(gold: Record) -> Iterator[Record]:
    """The signings of an annotation as records."""
    for signing in gold["signings"]:
        yield {
            "document": gold["id"],
            "agreement": entity_of(gold, signing["agreement"]),
            "signatories": [entity_of(gold, key) for key in signing["signatories"]],
            "date": signing["date"],
            "place": [entity_of(gold, key) for key in signing["place"]],
        }


def entity_of(gold: Record, key: str) -> Record:
    """An entity of an annotation as records have it."""
    names = gold["entities"][key]["names"]
    return {"name": names[0], "text": names[0], "names": names}


if __name__ == "__main__":
    main()
