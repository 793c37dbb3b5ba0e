#!/usr/bin/env python3
"""Score time expressions as TempEval-3 does: python benchmarks/time_expressions.py [FOLDER...]

A FOLDER holds TimeML files (*.tml): `DCT` gives the publication date, `TEXT` has the TIMEX3 elements. Without one the
two sets of tests/language/timex are scored. Precision, recall and F1 are printed for

- strict: an expression with the same first and last character;
- relaxed: an expression that overlaps;
- type, value: relaxed, and the attribute the same. As in TempEval-3, all expressions found and all of the gold are
  the denominators, so a missed expression counts against its value.
"""

from __future__ import annotations

import argparse
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import kg.language
from kg.language import times

ROOT = Path(__file__).resolve().parents[1]
OWN = ROOT / "tests" / "language" / "timex"
MEASURES = ("strict", "relaxed", "type", "value")


@dataclass(frozen=True)
class Timex:
    """An annotated or found expression at character offsets, end exclusive."""

    start: int
    end: int
    type: str
    value: str


@dataclass
class Scores:
    """Counts over texts; `found` and `gold` are numbers of expressions."""

    hits: Counter[str] = field(default_factory=Counter)
    found: int = 0
    gold: int = 0

    def line(self, measure: str) -> str:
        """Precision, recall and F1 of one measure, in per cent."""
        precision = 100 * self.hits[measure] / (self.found or 1)
        recall = 100 * self.hits[measure] / (self.gold or 1)
        f1 = 2 * precision * recall / (precision + recall or 1)
        return f"{measure:8}  P {precision:5.1f}  R {recall:5.1f}  F1 {f1:5.1f}"


def main() -> int:
    """Score each folder; 2 where one holds no TimeML."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[OWN / "dev", OWN / "held-out"])
    parser.add_argument("--errors", action="store_true", help="list what was missed, spurious or got another value")
    parser.add_argument("--words", action="store_true", help="the words alone, without the trained pipeline")
    parser.add_argument("--speed", action="store_true", help="the component's share of the pipeline's run time")
    args = parser.parse_args()
    for folder in args.folders:
        paths = sorted(folder.glob("*.tml"))
        if not paths:
            print(f"no *.tml in {folder}", file=sys.stderr)
            return 2
        scores = Scores()
        for path in paths:
            text, published, gold = read_timeml(path)
            compare(text, gold, find(text, published, args.words), scores, path.stem if args.errors else "")
        print(f"{folder.name}: {len(paths)} texts, {scores.gold} expressions, {scores.found} found")
        for measure in MEASURES:
            print(f"  {scores.line(measure)}")
    if args.speed:
        speed(args.folders)
    return 0


def read_timeml(path: Path) -> tuple[str, date, list[Timex]]:
    """Text, publication date and expressions of one file."""
    root = ET.parse(path).getroot()
    stamp = root.find("DCT/TIMEX3")
    body = root.find("TEXT")
    if stamp is None or body is None:
        raise SystemExit(f"{path}: a DCT with a TIMEX3 and a TEXT are needed")
    parts: list[str] = []
    gold: list[Timex] = []

    def walk(element: ET.Element) -> None:
        start = sum(map(len, parts))
        parts.append(element.text or "")
        for child in element:
            walk(child)
            parts.append(child.tail or "")
        if element.tag == "TIMEX3":
            gold.append(Timex(start, sum(map(len, parts)), element.get("type", ""), element.get("value", "")))

    walk(body)
    return "".join(parts), date.fromisoformat(stamp.get("value", "")[:10]), sorted(gold, key=lambda t: t.start)


def find(text: str, published: date, words_only: bool) -> list[Timex]:
    """What the project finds: with the pipeline, or by the words alone."""
    if words_only:
        return [Timex(e.start, e.end, e.type, e.value) for e in times.read(text, published)]
    spans = kg.language.analyse(kg.language.load(), text, published).spans["timex"]
    return [Timex(s.start_char, s.end_char, s.label_, s._.value) for s in spans]


def compare(text: str, gold: list[Timex], found: list[Timex], scores: Scores, name: str) -> None:
    """Count one text; each expression of the gold is matched with the first found one that overlaps and is left."""
    scores.gold += len(gold)
    scores.found += len(found)
    left = list(found)
    for wanted in gold:
        exact = [f for f in left if (f.start, f.end) == (wanted.start, wanted.end)]
        overlapping = exact or [f for f in left if f.start < wanted.end and wanted.start < f.end]
        if not overlapping:
            report(name, "missed", text, wanted)
            continue
        match = overlapping[0]
        left.remove(match)
        scores.hits["relaxed"] += 1
        scores.hits["strict"] += bool(exact)
        scores.hits["type"] += match.type == wanted.type
        scores.hits["value"] += match.value == wanted.value
        if match != wanted:
            report(name, "differs", text, wanted, match)
    for spurious in left:
        report(name, "spurious", text, spurious)


def report(name: str, what: str, text: str, *timexes: Timex) -> None:
    """One line on an error, where errors are wanted."""
    if name:
        told = " | ".join(f"{text[t.start : t.end]!r} {t.type} {t.value}" for t in timexes)
        print(f"  {name}: {what}: {told}")


def speed(folders: list[Path]) -> None:
    """The time that the component takes of the whole pipeline's, on all the texts as one."""
    texts = [read_timeml(path)[0] for folder in folders for path in sorted(folder.glob("*.tml"))]
    nlp = kg.language.load()
    text = "\n\n".join(texts)
    kg.language.analyse(nlp, text, date(2020, 1, 1))
    begin = time.process_time()
    doc = kg.language.analyse(nlp, text, date(2020, 1, 1))
    whole = time.process_time() - begin
    component = nlp.get_pipe("time_expressions")
    begin = time.process_time()
    component(doc)
    part = time.process_time() - begin
    print(f"{len(doc):,} tokens: the pipeline {whole:.2f} s, time expressions {part:.3f} s, {100 * part / whole:.1f} %")


if __name__ == "__main__":
    sys.exit(main())
