#!/usr/bin/env python3
"""How the time of identity grows with the number of reports: python benchmarks/identity.py [--reports 1000 10000]

The documents are made by rule, from a fixed seed: ten reports a document, of actors of the list and of persons whom the
list does not know, so that each event is told by about three documents, with or without its day and one of its parties.
Printed are seconds of processor time on one core, and how often the time of the first row it is beside how often its
number of reports (times its logarithm): at most 1 where growth is no worse than n log n.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from datetime import date, timedelta

from kg import identity
from kg.language import gazetteer
from kg.model import Argument, Document, Entity, Evidence, Extraction, Mention, Modality, Report, Time

REPORTS, SOURCES, FIRST, DEEDS = 10, 3, date(2015, 1, 1), ("killed", "bombed", "shelled", "raided", "attacked")
TYPE = "ASSAULT"


def documents(number: int) -> list[Extraction]:
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


def _event(dice: random.Random, states: list[str]) -> tuple[date, str, str, str, str]:
    day = FIRST + timedelta(dice.randrange(3000))
    first = dice.choice("ABCDEFGHIKLMNOPRSTUVZ") + dice.choice(("ana", "ero", "ilu", "oma"))
    person = f"{first} Surname{dice.randrange(5000)}"
    return day, dice.choice(states), dice.choice(states), person, dice.choice(DEEDS)


def _document(
    name: str, published: date, told: list[tuple[date, str, str, str, str]], dice: random.Random
) -> Extraction:
    entities: dict[str, Entity] = {}
    reports = []
    for at, (day, doer, other, person, deed) in enumerate(told):
        for iri in (doer, other):
            entry = gazetteer.load().entries[iri]
            key = iri.rsplit("/", 1)[1]
            entities[key] = Entity(key, entry.type, (entry.label,), (Mention(0, 1, "x"),), iri)
        who = "-".join(person.casefold().split())
        entities[who] = Entity(who, "Person", (f"General {person}", person), (Mention(0, 1, "x"),))
        word = Mention(at * 100 + 20, at * 100 + 20 + len(deed), deed)
        keys = [doer.rsplit("/", 1)[1], other.rsplit("/", 1)[1]]
        roles = [
            Argument("actor", keys[0], word),
            Argument("recipient", keys[1], word),
            Argument("recipient", who, word),
        ]
        sentence = Mention(at * 100, at * 100 + 99, f"{person} of number {at} was {deed} ".ljust(99, "."))
        time_ = Time(day.isoformat()) if dice.random() < 0.6 else None
        kept = tuple(role for role in roles if dice.random() < 0.8)
        reports.append(Report(name, TYPE, None, kept, time_, Modality.ASSERTED, None, Evidence(sentence, word)))
    return Extraction(Document(name, "", published), tuple(entities.values()), tuple(reports), ())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[1000, 10_000, 100_000])
    numbers = parser.parse_args().reports
    identity.resolve(documents(100))  # loads the lists
    base: tuple[float, float] | None = None
    print(f"{'reports':>9} {'things':>8} {'events':>8} {'seconds':>8} {'growth':>7}")
    for number in numbers:
        extractions = documents(number)
        started = time.process_time()
        world = identity.resolve(extractions)
        seconds = time.process_time() - started
        work = number * math.log(number)
        base = base or (seconds, work)
        growth = (seconds / base[0]) / (work / base[1])
        print(
            f"{number:>9,} {len(world.things):>8,} {len(world.events):>8,} {seconds:>8.1f} {growth:>7.2f}", flush=True
        )


if __name__ == "__main__":
    sys.exit(main())
