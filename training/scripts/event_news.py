"""Put the annotated news together, in the gold's format: python scripts/event_news.py NEWS CORPORA OUTPUT

The text of the news is not ours and stays with the corpora. `training/news` has what annotators wrote of it: a
headline, the day, the numbers of the sentences of the Groningen Meaning Bank in each paragraph (its parts for training
and development, counted from 0 in that order) or the name of a whole article; and entities and events whose words are
places in the text, `[start, end]` in characters.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from reading import read_gmb

Told = dict[str, Any]


def main() -> None:
    """Read the command line and write a text and its gold for each document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("news", type=Path, help="what is annotated")
    parser.add_argument("corpora", type=Path, help="where the text is")
    parser.add_argument("output", type=Path)
    args = parser.parse_args()
    if not args.corpora.is_dir():
        parser.error(f"no corpora at {args.corpora}: put the shared folder beside the project")
    args.output.mkdir(parents=True, exist_ok=True)
    parts = (read_gmb(args.corpora / f"ner-gmb-{part}.iob.xz") for part in ("train", "dev"))
    lines = [sentence.text for part in parts for sentence in part]
    for path in sorted(args.news.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        article = args.corpora / "news" / f"{told['id']}.txt"
        text = article.read_text(encoding="utf-8") if told["title"] is None else text_of(told, lines)
        (args.output / f"{told['id']}.txt").write_text(text, encoding="utf-8")
        gold = json.dumps(gold_of(told, text), ensure_ascii=False, indent=1)
        (args.output / f"{told['id']}.json").write_text(gold + "\n", encoding="utf-8")


def text_of(told: Told, lines: Sequence[str]) -> str:
    """Headline, day and paragraphs."""
    day = date.fromisoformat(told["published"])
    paragraphs = [" ".join(lines[number] for number in paragraph) for paragraph in told["paragraphs"]]
    return "\n\n".join([told["title"], f"{day:%B} {day.day}, {day.year}", *paragraphs]) + "\n"


def gold_of(told: Told, text: str) -> Told:
    """The annotation with words in the place of numbers; the trigger's `start` tells two equal words apart."""

    def words(place: Sequence[int]) -> str:
        return " ".join(text[slice(*place)].split())

    entities = {key: e | {"names": [words(place) for place in e["names"]]} for key, e in told["entities"].items()}
    events = [
        e | {"start": e["trigger"][0]} | {name: words(e[name]) for name in ("sentence", "trigger")}
        for e in told["events"]
    ]
    return told | {"entities": entities, "events": events}


if __name__ == "__main__":
    main()
