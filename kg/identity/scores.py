"""How much speaks for two reports telling one event, and what: a sum of weights (`ontology/lexicon/identity.yaml`)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

from kg.extraction import lexicon
from kg.model import Time

from .participants import agree_on_places, compare_matters, compare_parties
from .told import Told, World, stem

_MANY = 10  # people from which on their number tells an event from another
_NEAR = 1.5  # two numbers of people are near each other where the one is at most so many times the other
_STORY = 0.4  # of the known names of the document that has fewer
_STEM = 5  # letters from which on a stem at the end of another is the same word
_ALIKE = 0.6  # of the words of two sentences, from which on one is the other or both quote the same


@dataclass(slots=True)
class Score:
    """A sum of the weights of one table, with what each part of it is for."""

    table: str
    value: float = 0.0
    reasons: list[str] = field(default_factory=list)
    weights: list[str] = field(default_factory=list)
    bound: bool = False
    """Whether something but time and words speaks for one event: a party, an agreement, a place, a quotation."""

    def add(self, weight: str, reason: str, *, binds: bool = False) -> None:
        """Count a weight by its name."""
        self.value += data()["weights"][self.table][weight]
        self.reasons.append(reason)
        self.weights.append(weight)
        self.bound = self.bound or binds

    @property
    def confidence(self) -> float:
        """The sum as a probability: one half at the table's threshold."""
        return round(1 / (1 + math.exp(threshold(self.table) - self.value)), 3)


@cache
def data() -> Mapping[str, Any]:
    """The content of `identity.yaml`."""
    found: Mapping[str, Any] = lexicon.load().data("identity")
    return found


def threshold(table: str) -> float:
    """The sum at which two are as likely one as not."""
    return float(data()["thresholds"][table])


def compare(a: Told, b: Told, world: World, *, within: bool = False) -> Score | None:
    """What speaks for the two telling one event; None where something rules it out.

    `within` asks what the two have in common as parts of one document, where events without a time may well be one.
    """
    if a.type != b.type or a.happened != b.happened:
        return None
    score = Score("document" if within else "event")
    ruled_out = not (_modes(a, b, score) and agree_on_places(a, b, world, score) and _counts(a, b, score))
    if ruled_out or not _times(a, b, score, within=within):
        return None
    compare_parties(a, b, world, score)
    compare_matters(a, b, world, score)
    _numbers(a, b, score)
    _words(a, b, score)
    if a.modalities.isdisjoint(b.modalities):
        weight = "denied" if a.happened else "other modality"
        score.add(weight, f"one is {min(a.modalities)}, the other {min(b.modalities)}")
    if not within:
        _documents(a, b, score)
    return score


def _documents(a: Told, b: Told, score: Score) -> None:
    if any(_overlap(x, y) >= _ALIKE for x in a.texts for y in b.texts):
        score.add("same words", "their sentences are nearly the same", binds=True)
    elif _is_long(a, b) and not _told_by_number(a, b) and "same agreement" not in score.weights:
        score.add("long time", "the like may have happened often in that time")
    if _one_story(a, b):
        score.add("same story", "both documents speak of the same actors within days of each other")


def _one_story(a: Told, b: Told) -> bool:
    """Whether two documents speak of the same actors within days of each other."""
    fewest = min(len(a.context), len(b.context))
    near = abs((a.published - b.published).days) <= data()["window"]["published"]
    return near and fewest > 1 and len(a.context & b.context) >= _STORY * fewest


def same_stems(a: Told, b: Told) -> frozenset[str]:
    """The stems that both tell the event by, where "airstrik" and "strik" are one."""
    short = {x for x in a.stems for y in b.stems if x.endswith(y) or y.endswith(x) if min(len(x), len(y)) >= _STEM}
    return frozenset(short) | (a.stems & b.stems)


def _words(a: Told, b: Told, score: Score) -> None:
    if shared := same_stems(a, b):
        score.add("same word", f"both say “{min(shared)}”")
        return
    deeds, others = _deeds(a), _deeds(b)
    weight = "same deed" if deeds & others else "other deed" if deeds and others else "other word"
    score.add(weight, f"one says “{min(a.stems)}”, the other “{min(b.stems)}”")


def _deeds(told: Told) -> frozenset[int]:
    return frozenset(found for s in told.stems if (found := deed(told.type, s)) is not None)


def deed(type_: str, stem_: str) -> int | None:
    """The deed, by number, that a word means for events of a type: an attack is one, its deaths are another."""
    return _deeds_of(type_).get(stem_)


@cache
def _deeds_of(type_: str) -> Mapping[str, int]:
    return {stem(word): n for n, words in enumerate(data()["deeds"].get(type_, ())) for word in words}


def _modes(a: Told, b: Told, score: Score) -> bool:
    if not a.modes and not b.modes:
        return True
    if shared := a.modes & b.modes:
        score.add("same mode", f"both are {min(shared)}")
        return True
    if not a.modes or not b.modes:
        score.add("one mode", f"only one is {min(a.modes | b.modes)}")
        return True
    one, other = min(a.modes), min(b.modes)
    score.add("other mode", f"one is {one}, the other {other}")
    same_deed: list[list[str]] = data()["same_deed"]
    return any(one in alike and other in alike for alike in same_deed)


def _times(a: Told, b: Told, score: Score, *, within: bool) -> bool:
    if a.time is not None and b.time is not None:
        return _told_times(a.time, b.time, score)
    window: Mapping[str, int] = data()["window"]
    if within:
        told = a.time or b.time
        if told is not None and told.latest < a.published - timedelta(window["long"]):
            score.add("long before", f"one says {told.value}, the other does not say when")
        return True
    apart = abs((a.published - b.published).days)
    if a.time is None and b.time is None:
        _undated(a, b, score, "neither dated", f"neither says when; published {apart} days apart")
        return apart <= window["story"]
    dated, undated = (a, b) if b.time is None else (b, a)
    assert dated.time is not None
    first = undated.published - timedelta(window["undated"])
    recent = first <= dated.time.latest and (dated.time.earliest <= undated.published or not a.happened)
    if recent:
        _undated(a, b, score, "one dated", f"one does not say when; published {apart} days apart")
    elif not _told_by_number(a, b):
        score.add("long before", f"one says {dated.time.value}, the other was published {undated.published}")
    return recent or apart <= window["story"]


def _undated(a: Told, b: Told, score: Score, weight: str, reason: str) -> None:
    """Deeds are done again, and those told weeks apart may be two; what is wished for stays one wish."""
    near = abs((a.published - b.published).days) <= data()["window"]["published"]
    score.add(weight if near or not a.happened or _told_by_number(a, b) else "published apart", reason)


def _told_by_number(a: Told, b: Told) -> bool:
    """Whether both tell of so many that it is hardly another event: 43 attacks, 1,200 killed."""
    shared = (n for _, *bounds in a.numbers & b.numbers for n in bounds if n is not None)
    return bool(a.counts & b.counts) or any(n >= _MANY for n in shared)


def _told_times(a: Time, b: Time, score: Score) -> bool:
    if a == b:
        score.add("same day" if a.precision == "day" else "same period", f"both say {a.value}")
        return True
    gap = max((b.earliest - a.latest).days, (a.earliest - b.latest).days)
    if gap <= 0:
        length = max((t.latest - t.earliest).days for t in (a, b))
        if length <= data()["window"]["undated"]:
            score.add("day within period", f"{a.value} and {b.value} overlap")
        return True
    if gap == 1 and a.precision == b.precision == "day":
        score.add("next day", f"one says {a.value}, the other {b.value}")
        return True
    return False


def _is_long(a: Told, b: Told) -> bool:
    """Whether both tell the event for a time so long that the like of it may have happened often."""
    times = [t.time for t in (a, b) if t.time is not None]
    return bool(times) and min((t.latest - t.earliest).days for t in times) > data()["window"]["undated"]


def _counts(a: Told, b: Told, score: Score) -> bool:
    if a.counts and b.counts:
        if not a.counts & b.counts:
            return False
        score.add("same count", f"both tell of {min(a.counts & b.counts)}", binds=True)
    elif a.counts or b.counts:
        score.add("set apart", f"one tells of {min(a.counts | b.counts)}")
    if a.again != b.again:
        score.add("set apart", f"one says “{min(a.again ^ b.again)}”")
    return True


def _numbers(a: Told, b: Told, score: Score) -> None:
    if shared := a.numbers & b.numbers:
        kind, low, high = sorted(shared, key=str)[0]
        score.add("same number", f"{low or high} {kind} in both", binds=True)
        return
    kinds = {n[0] for n in a.numbers} & {n[0] for n in b.numbers}
    both = [(x, y) for x in a.numbers for y in b.numbers if x[0] == y[0] and _near(x[1] or x[2], y[1] or y[2])]
    if both and _one_story(a, b):
        score.add("near number", f"the numbers {min(kinds)} are near each other", binds=True)
    elif kinds:
        score.add("other number", "the numbers differ")


def _near(a: int | None, b: int | None) -> bool:
    return a is not None and b is not None and max(a, b) <= _NEAR * min(a, b)


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b)
