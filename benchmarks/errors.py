#!/usr/bin/env python3
"""What goes wrong most: python benchmarks/errors.py [FOLDER...] [--lexicon] [--top 20]

Reads gold (default: `dev` and `dev-own-words` of `../shared/gold`), compares it with what is extracted, and counts the
errors by kind: the most frequent of events, and of what is told of events that were found. Each kind has one example.
Last come the figures of each third of the documents, parted by the SHA-1 of their IDs.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich import box
from rich.console import Console
from rich.progress import track
from rich.table import Table
from spacy.tokens import Doc, Token

from kg import export, language
from kg.evaluation import Gold, GoldEvent, Pair, Scores, read_gold, score
from kg.evaluation.names import flat, same_entity, words
from kg.evaluation.scoring import Record
from kg.extraction import extract
from kg.extraction.ud import is_passive
from kg.language.mentions import PRONOUN_CLASSES

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
_PARTS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}
_SHOWN = 60  # characters of an example
_THIRDS = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """One error: its kind, and the words that show it."""

    kind: str
    example: str


def main() -> int:
    """Count, and print the tables; 2 where there is no gold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--model", help="another pipeline with an event model")
    parser.add_argument("--lexicon", action="store_true", help="read by the lexicon alone, without the event model")
    parser.add_argument("--top", type=int, default=20, metavar="N", help="list the N most frequent kinds (20)")
    args = parser.parse_args()
    folders = args.folders or [GOLD / "dev", GOLD / "dev-own-words"]
    if not all(folder.is_dir() for folder in folders):
        print(f"no gold at {', '.join(map(str, folders))}", file=sys.stderr)
        return 2
    golds = read_gold(folders)
    nlp = language.load(args.model)
    docs: dict[str, Doc] = {}
    events: list[Record] = []
    signings: list[Record] = []
    for gold in track(golds, disable=not sys.stderr.isatty()):
        doc = docs[gold.id] = language.analyse(nlp, gold.document.text, gold.document.published)
        if args.lexicon:
            doc._.event_vectors = None
        found = extract(doc, gold.document)
        events += export.events_of(found)
        signings += export.signings_of(found)
    report(golds, docs, events, signings, args.top)
    return 0


def report(
    golds: Sequence[Gold], docs: Mapping[str, Doc], events: Sequence[Record], signings: Sequence[Record], top: int
) -> None:
    """Print the errors of events, those of what is told of them, and the figures of the thirds."""
    scores = score(golds, events, signings)
    console = Console()
    lost = list(of_events(scores.pairs, docs))
    console.print(_table("events", lost, top))
    told = [f for pair in scores.pairs if pair.event and pair.record for f in _of_arguments(pair, docs[pair.gold.id])]
    told += [Fault(e.kind, f"{e.trigger}: {e.what}") for e in scores.errors if e.kind.startswith("signing")]
    console.print(_table("roles, dates, modality, attribution, signings", told, top))
    thirds: dict[int, list[Gold]] = defaultdict(list)
    for gold in golds:
        thirds[int(hashlib.sha1(gold.id.encode()).hexdigest(), 16) % _THIRDS].append(gold)
    console.print(_figures([score(thirds[n], events, signings) for n in sorted(thirds)], scores))


def _table(what: str, faults: Iterable[Fault], top: int) -> Table:
    kinds: dict[str, list[str]] = defaultdict(list)
    for fault in faults:
        kinds[fault.kind].append(fault.example)
    table = Table("", what, "for example", box=box.SIMPLE_HEAD)
    for kind in sorted(kinds, key=lambda k: (-len(kinds[k]), k))[:top]:
        table.add_row(str(len(kinds[kind])), kind, kinds[kind][0])
    return table


def _figures(thirds: Sequence[Scores], every: Scores) -> Table:
    table = Table("F1 or right", *(f"third {n}" for n in range(1, len(thirds) + 1)), "all", box=box.SIMPLE_HEAD)
    scores = [*thirds, every]
    for name in every.tallies():
        table.add_row(name, *(f"{s.tallies()[name].f1:.3f}" if name in s.tallies() else "-" for s in scores))
    for name in every.shares():
        shares = [s.shares()[name].value if name in s.shares() else None for s in scores]
        table.add_row(f"{name} right", *("-" if share is None else f"{share:.3f}" for share in shares))
    return table


def of_events(pairs: Sequence[Pair], docs: Mapping[str, Doc]) -> Iterator[Fault]:
    """Events missed, told though there is none, and told as another type."""
    left = [p for p in pairs if p.event is None]
    for pair in pairs:
        event = pair.event
        if event is None or pair.record is not None:
            continue
        other = next((p for p in left if p.gold is pair.gold and _same_words(event, p.record)), None)
        if other is not None and other.record is not None:
            left.remove(other)
            yield Fault(f"{event.type} told as {other.record['type']}", event.trigger)
        else:
            part = _part(_trigger(docs[pair.gold.id], event.sentence, event.trigger))
            yield Fault(f"{event.type} missed, {part}", event.trigger)
    for pair in left:
        record = pair.record
        if record is not None:
            part = _part(_trigger(docs[pair.gold.id], record["sentence"], record["trigger"]))
            yield Fault(f"{record['type']} where there is none, {part}", record["trigger"])


def _same_words(event: GoldEvent, record: Record | None) -> bool:
    if record is None or flat(record["trigger"]).casefold() != event.trigger.casefold():
        return False
    told = flat(record["sentence"])
    return told in event.sentence or event.sentence in told


def _of_arguments(pair: Pair, doc: Doc) -> Iterator[Fault]:
    event, record, gold = pair.event, pair.record, pair.gold
    if event is None or record is None:
        return
    trigger = _trigger(doc, event.sentence, event.trigger)
    for role in ("actor", "recipient", "place"):
        yield from _of_role(role, event, record, gold, trigger)
    example = f"{event.trigger}: {event.sentence[:_SHOWN]}"
    date = record.get("date")
    if event.date is not None and date is None:
        yield Fault("date missed", f"{event.date} {example}")
    elif event.date is None and date is not None:
        yield Fault("date where the gold has none", f"{date} {example}")
    elif event.date != date:
        finer = "of another precision" if len(str(date)) != len(str(event.date)) else "of another time"
        yield Fault(f"date {finer}", f"{event.date} / {date} {example}")
    modality = record.get("modality") or "asserted"
    if modality != event.modality:
        yield Fault(f"{event.modality} told as {modality}", example)
    speaker = record.get("attribution")
    if event.attribution is None and speaker is not None:
        yield Fault("speaker where the gold has none", f"{speaker['name']} {example}")
    elif event.attribution is not None and not same_entity(gold.names[event.attribution], speaker):
        yield Fault("speaker missed" if speaker is None else "another speaker", f"{event.attribution} {example}")


def _of_role(role: str, event: GoldEvent, record: Record, gold: Gold, trigger: Token | None) -> Iterator[Fault]:
    left = list(record.get(role) or ())
    missed = []
    for key in event.roles[role]:
        match = next((entity for entity in left if same_entity(gold.names[key], entity)), None)
        if match is None:
            missed.append(key)
        else:
            left.remove(match)
    for key in missed:
        example = f"{key}: {event.trigger} ({event.sentence[:_SHOWN]})"
        yield Fault(f"{role} missed, {_how_told(role, key, event, record, gold, trigger)}", example)
    for entity in left:
        elsewhere = [r for r, keys in event.roles.items() if any(same_entity(gold.names[k], entity) for k in keys)]
        why = f"of the gold's {elsewhere[0]}" if elsewhere else "beside others" if event.roles[role] else "of none"
        yield Fault(f"{role} too many, {why}", f"{entity['name']}: {event.trigger} ({event.sentence[:_SHOWN]})")


def _how_told(role: str, key: str, event: GoldEvent, record: Record, gold: Gold, trigger: Token | None) -> str:
    """How the text gives a filler that was missed, as far as words and parse tell."""
    for other in ("actor", "recipient", "place"):
        if other != role and any(same_entity(gold.names[key], entity) for entity in record.get(other) or ()):
            return f"taken for {other}"
    sentence = words(event.sentence)
    inside = [name for name in gold.names[key] if _within(name, sentence)]
    if not inside:
        pronouns = [t for t in trigger.sent if t.lower_ in PRONOUN_CLASSES] if trigger is not None else []
        return "told by a pronoun" if pronouns else "not in the sentence"
    if trigger is None:
        return "by name"
    named = any(t.ent_type_ for t in trigger.sent if any(words(t.text) == name[-1:] for name in inside))
    how = "passive" if trigger.pos_ == "VERB" and is_passive(trigger) else _part(trigger)
    return f"{'by name' if named else 'by a noun'}, {how}"


def _within(name: tuple[str, ...], sentence: tuple[str, ...]) -> bool:
    return any(sentence[i : i + len(name)] == name for i in range(len(sentence) - len(name) + 1))


def _trigger(doc: Doc, sentence: str, trigger: str) -> Token | None:
    """The head of a trigger's words in a sentence; None where the parser parts the sentence otherwise."""
    for sent in doc.sents:
        text = flat(sent.text)
        if text and (text in sentence or sentence in text) and trigger in sent.text:
            start = sent.start_char + sent.text.index(trigger)
            span = doc.char_span(start, start + len(trigger), alignment_mode="expand")
            if span is not None:
                return span.root
    return None


def _part(token: Token | None) -> str:
    return _PARTS.get(token.pos_, "other") if token is not None else "other"


if __name__ == "__main__":
    sys.exit(main())
