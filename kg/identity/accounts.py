"""Which reports of one document tell one event: "the strike" after "American warplanes hit Taliban fighters"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.model import Corrections, Extraction, Match, Report, SigningRecord

from .scores import Score, compare, confidence, data, same_stems
from .told import Told, World, merged, one

TOLD = ("the user said so",)
RECORD = ("they tell of the signing of one agreement",)


def accounts(extraction: Extraction, world: World, corrections: Corrections) -> tuple[list[Told], list[Match]]:
    """The events that a document tells, each with all its reports, in the order of the text; and why they are one."""
    document = extraction.document
    reports = sorted(extraction.reports, key=lambda r: (r.evidence.trigger.start, r.evidence.trigger.end, r.id))
    slugs = {world.slugs[document.name, e.key] for e in extraction.entities}
    context = frozenset(slug for slug in slugs if world.things[slug].known_as is not None)
    told = {r.id: one(r, document.published, world, context) for r in reports}
    groups, matches = _given(extraction, reports, corrections)
    found = [merged([told[r.id] for r in group]) for group in groups]
    result: list[Told] = []
    for single in sorted(found, key=lambda t: t.order):
        at, score = _best(single, result, world, corrections)
        if score is None:
            result.append(single)
            continue
        partner, member = result[at].reports[0], single.reports[0]
        sure = confidence(score.value, data()["thresholds"]["document"])
        matches.append(Match((document.name, member.id), (document.name, partner.id), sure, tuple(score.reasons)))
        result[at] = merged([result[at], single])
    return result, matches


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
    """The reports of a signing record that tell of one day: what was initialed a month before is another event."""
    times = {r.id: r.time for r in reports}
    return [
        i
        for i in record.reports
        if record.time is None
        or (time := times[i]) is None
        or (time.earliest <= record.time.latest and record.time.earliest <= time.latest)
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
        _told_after(other, single, score)
        if score.value >= data()["thresholds"]["document"] and (best is None or (score.value, at) >= best[:2]):
            best = (score.value, at, score)
    return (best[1], best[2]) if best is not None else (-1, None)


def _told_after(earlier: Told, later: Told, score: Score) -> None:
    """What it means that one is told after the other, in what words and how soon."""
    brought, last = later.words[0], earlier.reports[-1].evidence.sentence
    here = later.reports[0].evidence.sentence
    if brought.definite and same_stems(earlier, later):
        score.add("takes up", f"the later one is taken up by “{later.reports[0].evidence.trigger.text}”")
    if brought.indefinite and not earlier.title:
        score.add("brings in", "the later one is brought in as new")
    if not earlier.roles:
        score.add("bare", "the earlier one tells little")
    if earlier.title:
        score.add("headline", "the earlier one stands in the headline")
    if any(r.evidence.sentence == here for r in earlier.reports):
        score.add("one sentence", "one sentence tells both")
    elif 0 <= here.start - last.end <= data()["window"]["near"]:
        score.add("near", "told one after the other")
