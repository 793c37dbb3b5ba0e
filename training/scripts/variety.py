"""Measure how varied the event corpus is: python scripts/variety.py FOLDER [--against FOLDER]."""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

SHINGLE = 5  # words; two texts that share many of these share wording, not just topic
NEAR_DUPLICATE = 0.05  # share of the smaller document's shingles found in the other


def words(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return re.findall(r"\w+", text.lower())


def shingles(text: str, size: int = SHINGLE) -> set[tuple[str, ...]]:
    """Return every run of `size` words of a text."""
    run = words(text)
    return {tuple(run[i : i + size]) for i in range(len(run) - size + 1)}


def read(folder: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield annotation and text of every document of a folder, sorted by name."""
    for path in sorted(folder.glob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8")), path.with_suffix(".txt").read_text(encoding="utf-8")


def share(counts: Counter[str]) -> str:
    """Return counts as `name count (percent)`, largest first."""
    total = sum(counts.values())
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "  ".join(f"{name} {count} ({100 * count / total:.1f}%)" for name, count in ranked)


def wrong(annotation: dict[str, Any], text: str) -> Iterator[str]:
    """Yield a line for every trigger that does not stand at its `start` and every time that ends before it begins."""
    for event in annotation["events"]:
        if not text.startswith(event["trigger"], event["start"]):
            yield f"{annotation['id']}: {event['trigger']!r} does not stand at {event['start']}"
        begins, _, ends = (event["date"] or "").partition("/")
        if ends and ends < begins:
            yield f"{annotation['id']}: the date {event['date']} of {event['trigger']!r} ends before it begins"


def quantiles(values: list[int]) -> str:
    """Return least, quartiles and greatest of a list of numbers."""
    lower, middle, upper = statistics.quantiles(values, n=4)
    return f"{min(values)} / {lower:.0f} / {middle:.0f} / {upper:.0f} / {max(values)}"


def overlaps(texts: dict[str, str]) -> list[tuple[float, str, str]]:
    """Return the share of common shingles for every pair of documents, largest first."""
    sets = {name: shingles(text) for name, text in texts.items()}
    pairs = ((len(sets[a] & sets[b]) / max(1, min(len(sets[a]), len(sets[b]))), a, b) for a, b in combinations(sets, 2))
    return sorted(pairs, key=lambda pair: (-pair[0], pair[1:]))


def report(folder: Path) -> bool:
    """Print the measures of a corpus; return whether it is sound."""
    documents = list(read(folder))
    events = [event for annotation, _ in documents for event in annotation["events"]]
    texts = {annotation["id"]: text for annotation, text in documents}
    print(f"{len(documents)} documents, {sum(len(words(t)) for t in texts.values())} words, {len(events)} events")
    print(f"{sum(len(annotation['signings']) for annotation, _ in documents)} signings")
    print("types:     ", share(Counter(event["type"] for event in events)))
    print("modes:     ", share(Counter(f"{e['type']}.{e['mode']}" for e in events if e["mode"])))
    print("modality:  ", share(Counter(event["modality"] for event in events)))
    filled = {
        key: sum(bool(e[key]) for e in events)
        for key in ("actor", "recipient", "object", "place", "date", "attribution")
    }
    print("filled:    ", "  ".join(f"{role} {100 * n / len(events):.0f}%" for role, n in filled.items()))
    for key in ("register", "kind", "region"):
        print(f"{key + ':':11}", share(Counter(annotation[key] for annotation, _ in documents)))
    print("decade:    ", share(Counter(annotation["published"][:3] + "0s" for annotation, _ in documents)))
    by_register: Counter[str] = Counter()
    for annotation, _ in documents:
        by_register[annotation["register"]] += len(annotation["events"])
    print("events per register:", share(by_register))
    print("words per document (least, quartiles, most):       ", quantiles([len(words(t)) for t in texts.values()]))
    print("events per document:                               ", quantiles([len(a["events"]) for a, _ in documents]))
    sentences = {(a["id"], e["sentence"]) for a, _ in documents for e in a["events"]}
    print("words per sentence with an event:                  ", quantiles([len(words(s)) for _, s in sentences]))
    triggers: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for event in events:
        triggers[event["type"]][event["trigger"].lower()] += 1
    print("triggers per type (different ones / events; most frequent):")
    for name, counts in sorted(triggers.items()):
        top = ", ".join(f"{trigger} {count}" for trigger, count in counts.most_common(6))
        print(f"  {name:10} {len(counts):4} / {sum(counts.values()):4}  {top}")
    ranked = overlaps(texts)
    print(f"overlap of documents ({SHINGLE}-word runs in common, share of the smaller one), the five largest:")
    for value, a, b in ranked[:5]:
        print(f"  {value:.3f}  {a}  {b}")
    faults = [line for annotation, text in documents for line in wrong(annotation, text)]
    faults += [f"near-duplicates: {a} and {b}" for value, a, b in ranked if value >= NEAR_DUPLICATE]
    print("\n".join(faults) if faults else "no faults")
    return not faults


def against(folder: Path, other: Path, size: int = 7) -> None:
    """Print the runs of words that the corpus shares with the texts of another folder."""
    theirs: dict[tuple[str, ...], str] = {}
    for path in sorted(other.rglob("*.txt")):
        theirs.update(dict.fromkeys(shingles(path.read_text(encoding="utf-8"), size), path.stem))
    shared = 0
    for annotation, text in read(folder):
        for run in sorted(shingles(text, size) & theirs.keys()):
            shared += 1
            print(f"  {annotation['id']} and {theirs[run]}: {' '.join(run)}")
    print(f"{shared} runs of {size} words shared with {other}")


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of the corpus, such as events")
    parser.add_argument("--against", type=Path, help="folder of other texts to find shared passages with")
    arguments = parser.parse_args()
    sound = report(arguments.folder)
    if arguments.against:
        against(arguments.folder, arguments.against)
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
