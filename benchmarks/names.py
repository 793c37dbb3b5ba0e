#!/usr/bin/env python3
"""Score names and coreference against the gold beside the project: python benchmarks/names.py [FOLDER...]

Three measures are printed:

- names: of every proper name of a gold entity, at every place where it stands in the text, the share that the pipeline
  found as a name of that class of the ontology. Articles and possessive endings do not count; a person's titles may be
  inside or outside. "Label right" takes a state for a place and an organisation for an armed group.
- coreference: of the gold events whose actor has no name of its own in the event's sentence, the share whose record has
  that actor; a record must know it by one of its proper names, where it has any.
- names of the Groningen Meaning Bank (`../shared/corpora/ner-gmb-dev.iob.xz`): F1 of the trained recogniser alone and
  of the whole pipeline. There titles are part of a person's name and "Afghan" of "Afghan army" is one of its own: where
  the pipeline settles on another extent, that of `doc.spans["names"]` is scored, with the label settled on. Armed
  groups count as organisations; peoples and faiths ("Muslim") that only the gazetteer finds are no names there.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg import export, language
from kg.extraction import extract
from kg.language import gazetteer
from kg.language.mentions import TextMention
from kg.model import Document

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
CONNECTING = re.compile("of|the|for|and|in|on|de|del|la|al|el|bin|ibn|ul|da|dos|du|van|von|to|with|by|a|an|et|y|&")
ENDING = re.compile(r"['’]s?$")
LABELS = {
    "State": "LOC",
    "Place": "LOC",
    "ArmedGroup": "ORG",
    "InternationalOrganization": "ORG",
    "Organization": "ORG",
}


@dataclass
class Tally:
    """Counts by class of gold entities and of gold events."""

    names: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)  # as a name of any class
    alike: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)


def main() -> int:
    """Score each folder; 2 where there is no gold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="folders of gold; default: dev and dev-own-words")
    parser.add_argument("--model", help="another spaCy UD pipeline, by name or folder")
    parser.add_argument("--errors", action="store_true", help="list what was not found")
    parser.add_argument("--no-gmb", action="store_true", help="leave the Groningen Meaning Bank out")
    args = parser.parse_args()
    if not SHARED.is_dir():
        print(f"no corpora at {SHARED}: put the shared folder beside the project", file=sys.stderr)
        return 2
    nlp = language.load(args.model)
    for folder in args.folders or [SHARED / "gold" / name for name in ("dev", "dev-own-words")]:
        tally = Tally()
        for path in sorted(folder.glob("*.json")):
            _score(nlp, path, tally)
        print(f"\n{folder.name}\n" + "\n".join(_lines(tally)))
        if args.errors:
            print("\n".join(tally.errors))
    if not args.no_gmb:
        print("\nner-gmb-dev\n" + "\n".join(_gmb(nlp)))
    return 0


def _score(nlp: Language, path: Path, tally: Tally) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    published = date.fromisoformat(gold["published"])
    doc = language.analyse(nlp, text, published)
    _score_names(gold, text, doc, path.stem, tally)
    found = extract(doc, Document(path.stem, text, published))
    _score_actors(gold, text, list(export.events_of(found)), path.stem, tally)


def is_proper(name: str, text: str) -> bool:
    """Whether a string is a name of its own: each word has a capital letter, but for those that join them, and it
    stands elsewhere than in the headline, where capitals say nothing.
    """
    words = _bare(name).split()
    capital = all(CONNECTING.fullmatch(w) or w != w.lower() or w.isdigit() for w in words)
    body = text.partition("\n")[2]
    return bool(words) and capital and not CONNECTING.fullmatch(words[-1]) and (not body.strip() or name in body)


def _bare(name: str) -> str:
    return re.sub(r"^the ", "", ENDING.sub("", name), flags=re.IGNORECASE)


def _places(gold: dict[str, Any], text: str) -> Iterator[tuple[int, int, str]]:
    """Where the proper names of the gold stand, the longest first and none inside another: start, end, class."""
    names = {_bare(n): e["type"] for e in gold["entities"].values() for n in e["names"] if is_proper(n, text)}
    taken: set[int] = set()
    for name in sorted(names, key=lambda n: (-len(n), n)):
        spaced = r"\s+".join(map(re.escape, name.split()))
        for match in re.finditer(rf"(?<![\w-]){spaced}(?![\w-]|\.\w)", text):
            if taken.isdisjoint(range(*match.span())):
                taken.update(range(*match.span()))
                yield (*match.span(), names[name])


def _score_names(gold: dict[str, Any], text: str, doc: Doc, stem: str, tally: Tally) -> None:
    """Look each name of the gold up among the mentions; a nominal counts where it names an agreement."""
    by_end: dict[int, list[tuple[int, int, str]]] = {}
    for cluster in doc._.clusters:
        for mention in cluster.mentions:
            if mention.kind == "name" or (mention.kind == "nominal" and cluster.type in ("Agreement", "Other")):
                for start, end in _extents(mention, text):
                    by_end.setdefault(end, []).append((start, end, cluster.type))
    for start, end, kind in _places(gold, text):
        here = [
            t
            for s, e, t in by_end.get(end, ())
            if s == start or (t == "Person" and kind == "Person" and abs(s - start) < 60)
        ]
        tally.names[kind] += 1
        tally.found[kind] += bool(here)
        tally.alike[kind] += any(LABELS.get(t, t) == LABELS.get(kind, kind) for t in here)
        tally.right[kind] += kind in here
        if kind not in here:
            around = text[max(start - 40, 0) : end + 30]
            tally.errors.append(f"name: {stem}: {kind} {text[start:end]!r}: {sorted(set(here))} | {around!r}")


def _extents(mention: TextMention, text: str) -> Iterator[tuple[int, int]]:
    for span in (mention.span, mention.bare):
        if span is not None:
            words = span.text
            start = span.start_char + len(words) - len(re.sub(r"^the\s+", "", words, flags=re.IGNORECASE))
            yield start, span.start_char + len(ENDING.sub("", words))


def _score_actors(gold: dict[str, Any], text: str, records: list[dict[str, Any]], stem: str, tally: Tally) -> None:
    score = _module(SHARED / "gold" / "score.py")
    every = {k: {score.tokens(n) for n in e["names"]} - {()} for k, e in gold["entities"].items()}
    proper = {
        k: {score.tokens(n) for n in e["names"] if is_proper(n, text)} - {()} for k, e in gold["entities"].items()
    }
    left = list(records)
    for event in gold["events"]:
        sentence = score.flat(event["sentence"])
        alike = [
            r for r in left if r["type"] == event["type"] and score.same_sentence(sentence, score.flat(r["sentence"]))
        ]
        record = max(alike, key=lambda r: score.overlap(event, r, every), default=None)
        if record is not None:
            left.remove(record)
        words = score.tokens(sentence)
        for key in event["actor"]:
            names = proper[key] or every[key]
            if any(words[i : i + len(n)] == n for n in names for i in range(len(words))):
                continue
            tally.events["unnamed"] += 1
            tally.events["event found"] += record is not None
            right = record is not None and any(score.same_entity(names, a) for a in record["actor"])
            tally.events["actor right"] += right
            if not right:
                got = [a["name"] for a in record["actor"]] if record is not None else "no event"
                tally.errors.append(
                    f"actor: {stem}: {event['type']} {event['trigger']!r}: {key}, got {got} | {sentence}"
                )


def _lines(tally: Tally) -> Iterator[str]:
    yield f"{'names':28}{'gold':>6}{'found':>8}{'label right':>13}{'class right':>13}"
    for kind in [*sorted(tally.names), "all"]:
        total, found, alike, right = (
            counter.total() if kind == "all" else counter[kind]
            for counter in (tally.names, tally.found, tally.alike, tally.right)
        )
        yield f"{kind:28}{total:6}" + "".join(
            f"{100 * n / max(1, total):{w}.1f}" for n, w in ((found, 8), (alike, 13), (right, 13))
        )
    right, events = tally.events["actor right"], tally.events
    for what, total in (
        ("actors not named in their sentence", "unnamed"),
        ("  where the event was found", "event found"),
    ):
        yield f"{what}: {events[total]}, of which right {100 * right / max(1, events[total]):.1f} %"


def _gmb(nlp: Language) -> Iterator[str]:
    scripts = ROOT / "training" / "scripts"
    evaluate, reading = _module(scripts / "evaluate.py"), _module(scripts / "reading.py")
    sentences = list(reading.read_gmb(SHARED / "corpora" / "ner-gmb-dev.iob.xz"))
    golds = [evaluate.gold_of(sentences[i : i + 8]) for i in range(0, len(sentences), 8)]
    names = nlp.pipe_names
    with nlp.select_pipes(disable=names[names.index("person_names") :]):
        yield f"the recogniser alone: {evaluate.name_scores(nlp, golds)}"
    yield f"the whole pipeline:   {evaluate.name_scores(_Mapped(nlp), golds)}"


class _Mapped:
    """A pipeline whose names have the labels that it settled on and the extents of the Groningen Meaning Bank."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        for doc in self.nlp.pipe(texts):
            recognised = {t.i: span for span in doc.spans["names"] for t in span}
            settled: dict[int, Span] = {}
            for entity in doc.ents:
                label = "ORG" if entity.label_ == "GROUP" else entity.label_
                for span in {recognised[t.i].start: recognised[t.i] for t in entity if t.i in recognised}.values():
                    part = len(span) < len(entity)  # "Afghan" of "Afghan army"
                    settled[span.start] = Span(doc, span.start, span.end, span.label_ if part else label)
                if not any(t.i in recognised for t in entity) and not self._is_faith(entity):
                    settled[entity.start] = Span(doc, entity.start, entity.end, label)
            doc.ents = spacy.util.filter_spans(settled.values())
            yield doc

    @staticmethod
    def _is_faith(entity: Span) -> bool:
        """Whether a name is a people or faith ("Muslim"), which is none there unless a state bears it too."""
        entry = gazetteer.load().entries.get(entity.kb_id_)
        return entity.label_ == "NORP" and entry is not None and entry.type != "State"


def _module(path: Path) -> ModuleType:
    """A script as a module."""
    sys.path.insert(0, str(path.parent))
    try:
        sys.modules.pop(path.stem, None)
        return importlib.import_module(path.stem)
    finally:
        sys.path.pop(0)


if __name__ == "__main__":
    sys.exit(main())
