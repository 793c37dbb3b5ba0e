"""Which reports of one document tell one event: "the strike" after "American warplanes hit Taliban fighters"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from kg.extraction import lexicon
from kg.model import Corrections, Extraction, Match, Mention, Report, SigningRecord, Time

from .scores import Score, compare, data, deed, same_stems, threshold
from .told import Told, World, merged, one, words

TOLD = ("the user said so",)
_BEING = re.compile(r"\s(?:was|is|were|are|as)(?: (?:the|a|an|its|their))?(?: [“\"]?[\w-]+){0,2}\s[“\"]?")
RECORD = ("they tell of the signing of one agreement",)


def accounts(extraction: Extraction, world: World, corrections: Corrections) -> tuple[list[Told], list[Match]]:
    """The events that a document tells, each with all its reports, in the order of the text; and why they are one."""
    document = extraction.document
    reports = sorted(extraction.reports, key=lambda r: (r.evidence.trigger.start, r.evidence.trigger.end, r.id))
    slugs = {world.slugs[document.name, e.key] for e in extraction.entities}
    context = frozenset(slug for slug in slugs if world.things[slug].known_as is not None)
    told = {r.id: one(r, document.published, world, context) for r in map(_dated(reports), reports)}
    groups, matches = _given(extraction, reports, corrections)
    found = [merged([told[r.id] for r in group]) for group in groups]
    result: list[Told] = []
    for single in sorted(found, key=lambda t: t.order):
        at, score = _best(single, result, world, corrections)
        if score is None:
            result.append(single)
            continue
        partner, member = result[at].reports[0], single.reports[0]
        ids = (document.name, member.id), (document.name, partner.id)
        matches.append(Match(*ids, score.confidence, tuple(score.reasons)))
        result[at] = merged([result[at], single])
    return result, matches


def _dated(reports: Iterable[Report]) -> Callable[[Report], Report]:
    """Takes the time from "the bombing, coming days after the February 29 signing", which is that of another event."""
    types: dict[tuple[Mention, Time | None], set[str]] = defaultdict(set)
    for report in reports:
        types[report.evidence.sentence, report.time].add(report.type)

    def dated(report: Report) -> Report:
        brought = words(report)
        alone = len(types[report.evidence.sentence, report.time]) == 1
        return report if alone or brought.verbal or not brought.definite else replace(report, time=None)

    return dated


def _given(
    extraction: Extraction, reports: Sequence[Report], corrections: Corrections
) -> tuple[list[list[Report]], list[Match]]:
    """The reports, together those of one signing record and those that the user says are one."""
    name = extraction.document.name
    parent = {r.id: r.id for r in reports}
    matches = []

    def root(key: str) -> str:
        while parent[key] != key:
            key = parent[key]
        return key

    order = {r.id: n for n, r in enumerate(reports)}
    pairs = [(ids[0], other, RECORD) for s in extraction.signings for ids in [signed(s, reports)] for other in ids[1:]]
    own = [p for p in sorted(corrections.same) if p[0][0] == p[1][0] == name and {p[0][1], p[1][1]} <= parent.keys()]
    for a, b, reasons in [*((a[1], b[1], TOLD) for a, b in own), *pairs]:
        first, second = sorted((root(a), root(b)), key=lambda key: order[key])
        if first != second and (reasons == TOLD or not corrections.forbid({(name, first)}, {(name, second)})):
            parent[second] = first
            matches.append(Match((name, second), (name, first), 1.0 if reasons == TOLD else 0.95, reasons))
    groups: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        groups[root(report.id)].append(report)
    return list(groups.values()), matches


def signed(record: SigningRecord, reports: Iterable[Report]) -> list[str]:
    """The reports of a signing record that tell of one day and deed: what was initialed before is another event."""
    by_id = {r.id: r for r in reports}
    deeds = {i: deed(by_id[i].type, words(by_id[i]).stem) for i in record.reports}
    told = Counter(d for d in deeds.values() if d is not None)
    commonest = min(told, key=lambda d: (-told[d], d), default=None)
    return [
        i
        for i in record.reports
        if deeds[i] in (None, commonest)
        and (
            record.time is None
            or (time := by_id[i].time) is None
            or (time.earliest <= record.time.latest and record.time.earliest <= time.latest)
        )
    ]


def _best(single: Told, earlier: Sequence[Told], world: World, corrections: Corrections) -> tuple[int, Score | None]:
    best: tuple[float, int, Score] | None = None
    for at, other in enumerate(earlier):
        if (other.type, other.happened) != (single.type, single.happened):
            continue
        if corrections.forbid(single.ids, other.ids):
            continue
        score = compare(other, single, world, within=True)
        if score is None:
            continue
        told_after(other, single, earlier, score)
        if score.value >= threshold("document") and (best is None or (score.value, at) >= best[:2]):
            best = (score.value, at, score)
    return (best[1], best[2]) if best is not None else (-1, None)


def told_after(earlier: Told, later: Told, before: Sequence[Told], score: Score) -> None:
    """Add what it means that one is told after the other, in what words, how soon, and what other is told `before`."""
    brought, last = later.words[0], earlier.reports[-1].evidence.sentence
    here, word = later.reports[0].evidence.sentence, later.reports[0].evidence.trigger.text
    tells = bool(later.roles.keys() & set(lexicon.load().roles_that_are("party")))
    if brought.definite and not brought.verbal:
        same = "takes up" if same_stems(earlier, later) else "takes up otherwise"
        score.add(same, f"the later one is taken up by “{word}”")
        if not tells:
            score.add("bare word", f"“{word}” alone tells the later one")
    if brought.indefinite and not earlier.title:
        score.add("brings in", "the later one is brought in as new")
    if brought.verbal and not earlier.title:
        score.add("told by a verb", f"“{word}” is told as a deed of its own")
    if brought.denying:
        score.add("such", f"“{word}” takes up what was told as such")
    if not earlier.roles:
        score.add("bare", "the earlier one tells little")
    if earlier.title:
        score.add("headline", "the earlier one stands in the headline")
    if _said_to_be(earlier.reports[-1], later.reports[0]):
        score.add("said to be", f"the one is said to be “{word}”")
    elif any(r.evidence.sentence == here for r in earlier.reports):
        score.add("one sentence", "one sentence tells both")
    elif 0 <= here.start - last.end <= data()["window"]["near"]:
        score.add("near", "told one after the other")
    of_type = [t for t in before if (t.type, t.happened) == (later.type, later.happened)]
    if earlier is max(of_type, key=lambda t: t.reports[-1].evidence.trigger.start):
        score.add("last told", "nothing else of the kind was told between")


def _said_to_be(earlier: Report, later: Report) -> bool:
    """ "The drone strike was the first aerial bombing", "described the attack as a defensive strike"."""
    sentence, first, second = later.evidence.sentence, earlier.evidence.trigger, later.evidence.trigger
    if earlier.evidence.sentence != sentence or first.end > second.start:
        return False
    between = sentence.text[first.end - sentence.start : second.start - sentence.start]
    return _BEING.fullmatch(between) is not None
