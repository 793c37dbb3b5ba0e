"""Who did what to whom, from one sentence: fifty ways of saying it, which stand in `sentences.yaml`.

Each case names one trigger and what its report must say. The set as a whole must be right to 85 %, whatever
language model is in the package; the core must be right one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import srsly

from kg.export import events_of
from kg.identity.names import normal
from kg.model import Document
from kg.pipeline import analyse

PUBLISHED = date(2021, 6, 10)  # a Thursday
FLOOR = 0.85


@dataclass(frozen=True)
class Case:
    """What a sentence tells. None stands for what is not looked at."""

    form: str
    sentence: str
    trigger: str
    type: str
    actor: Sequence[str] = ()
    recipient: Sequence[str] = ()
    modality: str = "asserted"
    mode: str | None = None
    date: str | None = None
    place: str | None = None
    speaker: str | None = None
    quantity: Sequence[int | None] | None = None
    core: bool = False


def _cases() -> list[Case]:
    entries = srsly.read_yaml(Path(__file__).with_name("sentences.yaml"))
    return [
        Case(entry["form"], entry["sentence"], core=entry.get("core", False), **entry["tells"]) for entry in entries
    ]


CASES = _cases()

Record = dict[str, Any]


def records(sentence: str) -> list[Record]:
    document = Document("2021-06-10-case", sentence, PUBLISHED)
    return list(events_of(analyse(document)))


def faults(case: Case) -> list[str]:
    """What is wrong, in words; nothing if the sentence is read right."""
    found = records(case.sentence)
    here = [r for r in found if r["trigger"] == case.trigger] or [
        # "held a phone call" and "phone call" name the same event
        r for r in found if r["trigger"] in case.trigger or case.trigger in r["trigger"]
    ]  # fmt: skip
    if not here:
        return [f"no report; found {[(r['trigger'], r['type']) for r in found]}"]
    record = next((r for r in here if r["type"] == case.type), here[0])
    wrong = [
        f"{name} {record[name]}, not {wanted}"
        for name, wanted in (("type", case.type), ("mode", case.mode), ("modality", case.modality), ("date", case.date))
        if record[name] != wanted and (wanted is not None or name not in ("mode", "date"))
    ]
    wrong += [
        f"{role} {[e['name'] for e in record[role]]}, not {list(wanted)}"
        for role, wanted in (("actor", case.actor), ("recipient", case.recipient))
        if not same(record[role], wanted)
    ]
    if case.place is not None and not same(record["place"], (case.place,)):
        wrong.append(f"place {[e['name'] for e in record['place']]}, not {case.place}")
    if case.speaker is not None and not same([record["attribution"]] if record["attribution"] else [], (case.speaker,)):
        wrong.append(f"speaker {record['attribution'] and record['attribution']['name']}, not {case.speaker}")
    if case.quantity is not None and case.quantity not in [[q["at_least"], q["at_most"]] for q in record["quantities"]]:
        wrong.append(f"quantities {record['quantities']}, not {case.quantity}")
    return wrong


def same(entities: list[Record], wanted: Sequence[str]) -> bool:
    """Whether the entities are those named, each once; a name agrees with any name that ends in it."""
    left = list(entities)
    for name in wanted:
        found = next((e for e in left if any(_ends(n, name) for n in (e["text"], *e["names"]))), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _ends(name: str, wanted: str) -> bool:
    words, end = normal(name), normal(wanted)
    return words[-len(end) :] == end


@pytest.mark.parametrize("case", [case for case in CASES if case.core], ids=lambda case: case.form)
def test_the_core(case: Case) -> None:
    assert faults(case) == []


def test_the_whole_set() -> None:
    wrong = [(case, found) for case in CASES if (found := faults(case))]
    for case, found in wrong:
        print(f"{case.form:32} {case.sentence[:70]!r}: {'; '.join(found)}")
    right = 1 - len(wrong) / len(CASES)
    assert right >= FLOOR, f"{right:.0%} of {len(CASES)} are right; {len(wrong)} are not (see above)"


def test_the_cases_are_many() -> None:
    assert len(CASES) >= 40
    assert len({case.form for case in CASES}) == len(CASES)
    assert sum(case.core for case in CASES) >= 12
