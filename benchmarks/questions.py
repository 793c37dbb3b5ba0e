"""How many questions of `tests/query/questions.yaml` are answered right over the seeds: python benchmarks/questions.py

`development` may be looked at while the reading of questions is worked on, and so now may the first four of the others,
whose failures have been read; the last was asked once. This prints which questions of `development` failed.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import srsly

from kg.query import Reply, ask
from kg.store import Store, open_store

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = ROOT / "tests" / "query" / "questions.yaml"
PARTS = ["development", "held_out", "second_held_out", "third_held_out", "fourth_held_out", "fifth_held_out"]
TODAY = date(2026, 11, 25)


def is_right(expected: dict[str, Any], reply: Reply) -> bool:
    """Whether a reply is what the file says; the file's head explains its keys."""
    if "refused" in expected:
        return expected["refused"].lower() in (word.lower() for word in reply.unknown)
    if reply.refused:
        return False
    text = " | ".join([reply.sentence, *(cell for row in reply.rows for cell in row)]).lower()
    cells = [
        cell.lower()
        for row in reply.rows
        for column, cell in zip(reply.columns, row, strict=True)
        if not column.startswith("quote") and column != "document"
    ]
    number = re.match(r"\d+", reply.sentence)
    numbers = [int(row[1]) for row in reply.rows] if "ranked" in expected else []
    low, high = expected.get("count", (0, 0))
    return (
        all(any(option.lower() in text for option in wanted.split("|")) for wanted in expected.get("has", ()))
        and not any(unwanted.lower() in cell for unwanted in expected.get("lacks", ()) for cell in cells)
        and ("says" not in expected or reply.verdict in expected["says"])
        and ("count" not in expected or (number is not None and low <= int(number[0]) <= high))
        and ("empty" not in expected or not reply.rows)
        and ("ranked" not in expected or (bool(numbers) and numbers == sorted(numbers, reverse=True)))
    )


def scored(store: Store, part: str) -> Iterator[tuple[dict[str, Any], Reply, bool]]:
    """Each question of a part, its reply, and whether that is right."""
    for expected in srsly.read_yaml(QUESTIONS)[part]:
        reply = ask(store, expected["q"], today=TODAY)
        yield expected, reply, is_right(expected, reply)


def main() -> None:
    """Build the seeds in memory, or take a store, and print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", help="a store built from seeds/; built anew in memory if left out")
    parser.add_argument("--part", choices=PARTS, help="only this part")
    options = parser.parse_args()
    with open_store(options.store, read_only=options.store is not None) as store:
        if options.store is None:
            from kg.pipeline import build

            build(sorted((ROOT / "seeds").glob("*.txt")), store, workers=1)
        for part in [options.part] if options.part else PARTS:
            right: Counter[str] = Counter()
            asked: Counter[str] = Counter()
            for expected, reply, good in scored(store, part):
                asked[expected["kind"]] += 1
                right[expected["kind"]] += good
                if not good and part == "development":
                    print(f"  wrong: {expected['q']}  ->  {reply.sentence[:100]}")
            total, of = sum(right.values()), sum(asked.values())
            print(f"{part}: {total} of {of} right ({total / of:.1%})")
            print("  " + ", ".join(f"{kind} {right[kind]}/{asked[kind]}" for kind in asked))


if __name__ == "__main__":
    main()
