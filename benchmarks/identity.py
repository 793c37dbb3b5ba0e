#!/usr/bin/env python3
"""How the time of identity grows: python benchmarks/identity.py [--reports 1000 ...] [--documents 100 ...]

The documents are made by rule, from a fixed seed: ten reports a document, of actors of the list and of persons whom the
list does not know, so that each event is told by about three documents, with or without its day and one of its parties.
Figures are seconds of processor time on one core.

The first table resolves reports in memory. `growth` is how often the time of the first row it is beside how often its
number of reports (times its logarithm): at most 1 where growth is no worse than n log n.

The second has a store of that many documents. `world` is the time to make its world from nothing, out of the document
graphs; `add` and `remove` that of one document more and one less, with all that follows. `of world` is what share of
`world` adding takes, `of all` what share of reading the texts too, at the speed at which five seeds are read here.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from kg import documents, graph, identity, language, pipeline
from kg.graph import Provenance
from kg.language import gazetteer
from kg.model import Argument, Document, Entity, Evidence, Extraction, Mention, Modality, Report, Time
from kg.store import Store, open_store

REPORTS, SOURCES, FIRST, DEEDS = 10, 3, date(2015, 1, 1), ("killed", "bombed", "shelled", "raided", "attacked")
TYPE = "ASSAULT"
SEEDS = Path(__file__).resolve().parents[1] / "seeds"
Happening = tuple[date, str, str, str, str]


def made(number: int) -> list[Extraction]:
    """Extractions with this number of reports in all."""
    dice = random.Random(7)
    states = sorted(iri for iri, entry in gazetteer.load().entries.items() if entry.type in ("State", "ArmedGroup"))
    events = [_event(dice, states) for _ in range(number // SOURCES)]
    events.sort(key=lambda event: event[0])
    found = []
    for at in range(number // REPORTS):
        start = int(at * REPORTS / SOURCES)
        told = [dice.choice(events[start : start + 3 * REPORTS] or events[-REPORTS:]) for _ in range(REPORTS)]
        found.append(_document(f"d{at}", max(day for day, *_ in told) + timedelta(1), told, dice))
    return found


def _event(dice: random.Random, states: list[str]) -> Happening:
    day = FIRST + timedelta(dice.randrange(3000))
    first = dice.choice("ABCDEFGHIKLMNOPRSTUVZ") + dice.choice(("ana", "ero", "ilu", "oma"))
    person = f"{first} Surname{dice.randrange(5000)}"
    return day, dice.choice(states), dice.choice(states), person, dice.choice(DEEDS)


def _document(name: str, published: date, told: list[Happening], dice: random.Random) -> Extraction:
    text, entities, mentions, reports = "", {}, {}, []
    for day, doer, other, person, deed in told:
        named = [(iri, gazetteer.load().entries[iri]) for iri in (doer, other)]
        keys = [*(iri.rsplit("/", 1)[1] for iri, _ in named), "-".join(person.casefold().split())]
        start, spots = len(text), []
        for words in (named[0][1].label, deed, named[1][1].label, person):
            spots.append(Mention(len(text), len(text) + len(words), words))
            text += f"{words} "
        doing, trigger, *suffering = spots
        sentence = Mention(start, len(text) - 1, text[start:-1])
        for key, spot in zip(keys, (doing, *suffering), strict=True):
            mentions.setdefault(key, []).append(spot)
        for key, (iri, entry) in zip(keys, named, strict=False):
            entities[key] = (entry.type, (entry.label,), iri)
        entities[keys[2]] = ("Person", (person,), None)
        roles = zip(("actor", "recipient", "recipient"), keys, (doing, *suffering), strict=True)
        kept = tuple(Argument(*role) for role in roles if dice.random() < 0.8)
        when = Time(day.isoformat()) if dice.random() < 0.6 else None
        reports.append(Report(name, TYPE, None, kept, when, Modality.ASSERTED, None, Evidence(sentence, trigger)))
    known = tuple(Entity(k, kind, names, tuple(mentions[k]), iri) for k, (kind, names, iri) in entities.items())
    return Extraction(Document(name, text, published), known, tuple(reports), ())


def seconds(work: Callable[[], object]) -> float:
    """Processor time that work takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def resolve(numbers: list[int]) -> None:
    """Print the first table."""
    identity.resolve(made(100))  # loads the lists
    base: tuple[float, float] | None = None
    print(f"{'reports':>9} {'things':>8} {'events':>8} {'seconds':>8} {'growth':>7}")
    for number in numbers:
        extractions = made(number)
        started = time.process_time()
        world = identity.resolve(extractions)
        taken, work = time.process_time() - started, number * math.log(number)
        base = base or (taken, work)
        growth = (taken / base[0]) / (work / base[1])
        print(f"{number:>9,} {len(world.things):>8,} {len(world.events):>8,} {taken:>8.1f} {growth:>7.2f}", flush=True)


def keep_up(numbers: list[int]) -> None:
    """Print the second table."""
    texts = list(documents.read(sorted(SEEDS.glob("*.txt"))[:5]))
    language.load()
    reading = seconds(lambda: [pipeline.analyse(text) for text in texts]) / len(texts)
    print(f"\n{'documents':>9} {'world':>8} {'add':>8} {'of world':>8} {'of all':>8} {'remove':>8}")
    for number in numbers:
        *before, last = made(number * REPORTS)
        with open_store(None) as store:
            for extraction in before:
                store.add(graph.document_quads(extraction, provenance=Provenance("0", "none", "none")))
            name, document = last.document.name, graph.terms.document(last.document.name)
            quads = graph.document_quads(last, provenance=Provenance("0", "none", "none"))
            world = seconds(lambda: pipeline.refresh(store, pipeline.Summary()))
            add = seconds(lambda: change(store, name, lambda: store.replace_graph(document, quads)))  # noqa: B023
            remove = seconds(lambda: change(store, name, lambda: store.remove_graph(document)))  # noqa: B023
        share, of_all = add / world, (add + reading) / (world + number * reading)
        print(f"{number:>9,} {world:>8.1f} {add:>8.1f} {share:>8.2f} {of_all:>8.3f} {remove:>8.1f}", flush=True)


def change(store: Store, name: str, write: Callable[[], None]) -> None:
    """Write another graph of a document, with all that follows, as the program does it."""
    before = pipeline.begin(store, [name])
    write()
    pipeline.refresh(store, pipeline.Summary(), before=before)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="*", default=[1000, 10_000, 100_000])
    parser.add_argument("--documents", type=int, nargs="*", default=[100, 1000])
    wanted = parser.parse_args()
    if wanted.reports:
        resolve(wanted.reports)
    if wanted.documents:
        keep_up(wanted.documents)


if __name__ == "__main__":
    sys.exit(main())
