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

from .told import Told, World, around

_NEAR = 1.5  # two numbers of people are near each other where the one is at most so many times the other
_STORY = 0.4  # of the known names of the document that has fewer
_STEM = 5  # letters from which on a stem at the end of another is the same word
_ALIKE = 0.6  # of the words of two sentences, from which on one is the other or both quote the same


@dataclass(slots=True)
class Score:
    """A sum of weights, with what each part of it is for."""

    value: float = 0.0
    reasons: list[str] = field(default_factory=list)
    weights: list[str] = field(default_factory=list)
    bound: bool = False
    """Whether something but time and words speaks for one event: a party, an agreement, a place, a quotation."""

    def add(self, weight: str, reason: str, *, binds: bool = False) -> None:
        """Count a weight by its name."""
        self.value += weights()[weight]
        self.reasons.append(reason)
        self.weights.append(weight)
        self.bound = self.bound or binds


@cache
def data() -> Mapping[str, Any]:
    """The content of `identity.yaml`."""
    found: Mapping[str, Any] = lexicon.load().data("identity")
    return found


def weights() -> Mapping[str, float]:
    """What each agreement and difference counts."""
    found: Mapping[str, float] = data()["weights"]
    return found


def confidence(value: float, threshold: float) -> float:
    """A sum as a number between 0 and 1, one half at the threshold."""
    return round(1 / (1 + math.exp(threshold - value)), 3)


def compare(a: Told, b: Told, world: World, *, within: bool = False) -> Score | None:
    """What speaks for the two telling one event; None where something rules it out.

    `within` asks what the two have in common as parts of one document, where events without a time may well be one.
    """
    if a.type != b.type or a.happened != b.happened:
        return None
    score = Score()
    ruled_out = not (_modes(a, b, score) and _places(a, b, world, score) and _counts(a, b, score))
    if ruled_out or not _times(a, b, score, within=within):
        return None
    _parties(a, b, world, score)
    _objects(a, b, world, score)
    _numbers(a, b, score)
    if shared := same_stems(a, b):
        score.add("same word", f"both say “{min(shared)}”")
    elif not a.modes & b.modes:
        score.add("other word", f"one says “{min(a.stems)}”, the other “{min(b.stems)}”")
    if a.document != b.document and any(_overlap(x, y) >= _ALIKE for x in a.texts for y in b.texts):
        score.add("same words", "their sentences are nearly the same", binds=True)
        return score
    if not within and _is_long(a, b) and "same agreement" not in score.weights:
        score.add("long time", "the like may have happened often in that time")
    return score


def _one_story(a: Told, b: Told) -> bool:
    """Whether two documents speak of the same actors within days of each other."""
    fewest = min(len(a.context), len(b.context))
    near = abs((a.published - b.published).days) <= data()["window"]["published"]
    return near and fewest > 1 and len(a.context & b.context) >= _STORY * fewest


def same_stems(a: Told, b: Told) -> frozenset[str]:
    """The stems that both tell the event by, where "airstrik" and "strik" are one."""
    short = {x for x in a.stems for y in b.stems if x.endswith(y) or y.endswith(x) if min(len(x), len(y)) >= _STEM}
    return frozenset(short) | (a.stems & b.stems)


def _modes(a: Told, b: Told, score: Score) -> bool:
    if not a.modes or not b.modes:
        return True
    if shared := a.modes & b.modes:
        score.add("same mode", f"both are {min(shared)}")
        return True
    one, other = min(a.modes), min(b.modes)
    if any(one in alike and other in alike for alike in data()["same_deed"]):
        score.add("other mode", f"one is {one}, the other {other}")
        return True
    return False


def _times(a: Told, b: Told, score: Score, *, within: bool) -> bool:
    window = data()["window"]
    apart = abs((a.published - b.published).days)
    if a.time is None and b.time is None:
        if not within and apart <= window["published"]:
            score.add("published together", f"neither says when; published {apart} days apart")
        return within or apart <= window["published"]
    if a.time is None or b.time is None:
        dated, undated = (a, b) if b.time is None else (b, a)
        assert dated.time is not None
        first = undated.published - timedelta(window["undated"])
        if not within and apart <= window["published"]:
            score.add("published together", f"one does not say when; published {apart} days apart")
        return within or (first <= dated.time.latest and dated.time.earliest <= undated.published)
    return _told_times(a.time, b.time, score, window["undated"])


def _told_times(a: Time, b: Time, score: Score, window: int) -> bool:
    if a == b:
        score.add("same day" if a.precision == "day" else "same period", f"both say {a.value}")
        return True
    gap = max((b.earliest - a.latest).days, (a.earliest - b.latest).days)
    if gap <= 0:
        length = max((t.latest - t.earliest).days for t in (a, b))
        if length <= window:
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


def _parties(a: Told, b: Told, world: World, score: Score) -> None:
    for role in lexicon.load().roles_that_are("party"):
        one, other = a.roles.get(role, frozenset()), b.roles.get(role, frozenset())
        if shared := one & other:
            named = ", ".join(sorted(world.label(slug) for slug in shared))
            score.add("same party", f"{role} {named} in both", binds=True)
            continue
        sides, others = a.sides.get(role, frozenset()), b.sides.get(role, frozenset())
        if not sides or not others:
            continue
        names = [", ".join(sorted(world.label(slug) for slug in found)) for found in (one, other)]
        if sides & others:
            score.add("same side", f"{role} {names[0]} and {names[1]} are one side", binds=True)
        else:
            score.add(f"other {role}", f"{role} {names[0]} in one, {names[1]} in the other")


def _objects(a: Told, b: Told, world: World, score: Score) -> None:
    for role in lexicon.load().roles_that_are("matter"):
        one, other = a.roles.get(role, frozenset()), b.roles.get(role, frozenset())
        agreements = [{s for s in found if world.things[s].type == _agreement()} for found in (one, other)]
        if shared := agreements[0] & agreements[1]:
            score.add("same agreement", f"{role} {world.label(min(shared))} in both", binds=True)
        elif agreements[0] and agreements[1]:
            score.add(
                "other agreement",
                f"{role} {world.label(min(agreements[0]))} in one, {world.label(min(agreements[1]))} in the other",
            )
        elif both := one & other:
            score.add("same object", f"{role} {world.label(min(both))} in both", binds=True)


def _agreement() -> str:
    return str(lexicon.load().data("agreements")["class"])


def _places(a: Told, b: Told, world: World, score: Score) -> bool:
    for role in lexicon.load().roles_that_are("place"):
        one, other = a.roles.get(role, frozenset()), b.roles.get(role, frozenset())
        if not one or not other:
            continue
        if shared := one & other:
            score.add("same place", f"in {world.label(min(shared))}", binds=True)
            continue
        within = [(x, y) for x in sorted(one) for y in sorted(other) if _lies(x, y, world) or _lies(y, x, world)]
        if within:
            score.add("place within place", f"{world.label(within[0][0])} and {world.label(within[0][1])} overlap")
        elif all(world.sides(slug) for slug in (*one, *other)):
            return False
    return True


def _lies(inner: str, outer: str, world: World) -> bool:
    known, around_it = world.things[inner].known_as, world.things[outer].known_as
    return known is not None and around_it is not None and around_it in around(known)


def _counts(a: Told, b: Told, score: Score) -> bool:
    if a.counts and b.counts:
        if not a.counts & b.counts:
            return False
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
