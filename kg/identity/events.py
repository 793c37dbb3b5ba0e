"""Which reports tell of the same event.

Reports are one event when they are of one type, their modes do not differ, they share a doer or one done to,
nothing that they tell differs (place; the other party), and they are of the same time: the same day, or, where
one gives no date, within the week before both publications. All reports of one agreement's signing are one
event. Everything else stays apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from kg.extraction import lexicon
from kg.model import Event, Extraction, Modality, Report, SigningRecord, Time

_WINDOW = timedelta(days=7)
_PARTIES = 2  # that two reports must share to be of one event when one of them gives no date

Slugs = dict[tuple[str, str], str]


@dataclass(slots=True, eq=False)
class _Told:
    """A report with its participants as things of the world."""

    report: Report
    published: date
    roles: dict[str, frozenset[str]]

    @property
    def id(self) -> tuple[str, str]:
        return self.report.document, self.report.id


@dataclass(slots=True, eq=False)
class _Happening:
    told: list[_Told] = field(default_factory=list)
    signing: list[SigningRecord] = field(default_factory=list)

    @property
    def time(self) -> Time | None:
        return _finest([t.report.time for t in self.told] + [s.time for s in self.signing])


def events(extractions: Sequence[Extraction], slugs: Slugs) -> tuple[Event, ...]:
    """The events of the world, sorted by slug."""
    told = [
        _Told(r, x.document.published, _roles(r, slugs))
        for x in sorted(extractions, key=lambda x: (x.document.published, x.document.name))
        for r in x.reports
    ]
    by_id = {t.id: t for t in told}
    signings, used = _signings(extractions, slugs, by_id)
    happenings = signings + _cluster([t for t in told if t.id not in used])
    return tuple(sorted((_event(h, slugs) for h in happenings), key=lambda e: e.slug))


def _roles(report: Report, slugs: Slugs) -> dict[str, frozenset[str]]:
    roles: dict[str, set[str]] = defaultdict(set)
    for argument in report.arguments:
        roles[argument.role].add(slugs[report.document, argument.entity])
    return {role: frozenset(found) for role, found in roles.items()}


def _signings(
    extractions: Sequence[Extraction], slugs: Slugs, by_id: dict[tuple[str, str], _Told]
) -> tuple[list[_Happening], set[tuple[str, str]]]:
    by_agreement: dict[str, _Happening] = defaultdict(_Happening)
    used: set[tuple[str, str]] = set()
    for extraction in extractions:
        for record in extraction.signings:
            happening = by_agreement[slugs[record.document, record.agreement]]
            happening.signing.append(record)
            for report in record.reports:
                if (record.document, report) not in used:
                    used.add((record.document, report))
                    happening.told.append(by_id[record.document, report])
    for happening in by_agreement.values():
        happening.told.sort(key=lambda t: (t.published, t.id))
    return list(by_agreement.values()), used


def _cluster(told: list[_Told]) -> list[_Happening]:
    parties = lexicon.load().roles_that_are("party")
    happenings: list[_Happening] = []
    by_party: dict[tuple[str, str, str], list[_Happening]] = defaultdict(list)
    for one in told:
        keys = [(one.report.type, role, slug) for role in parties for slug in sorted(one.roles.get(role, ()))]
        candidates = {id(h): h for key in keys for h in by_party[key]}
        match = next((h for h in candidates.values() if all(_same(one, other) for other in h.told)), None)
        if match is None:
            match = _Happening()
            happenings.append(match)
        match.told.append(one)
        for key in keys:
            if match not in by_party[key]:
                by_party[key].append(match)
    return happenings


def _same(a: _Told, b: _Told) -> bool:
    if not (_compatible_modes(a.report.mode, b.report.mode) and _compatible_modality(a.report, b.report)):
        return False
    words = lexicon.load()
    if any(_agree(a, b, role) is False for role in words.roles):
        return False
    shared = sum(
        len(a.roles.get(role, frozenset()) & b.roles.get(role, frozenset())) for role in words.roles_that_are("party")
    )
    if a.report.time and b.report.time:
        return shared > 0 and a.report.time.precision == "day" and a.report.time == b.report.time
    dated = a.report.time or b.report.time
    if dated is None or shared < _PARTIES:
        return False
    first = min(a.published, b.published)
    return dated.precision == "day" and first - _WINDOW <= dated.earliest <= max(a.published, b.published)


def _compatible_modes(a: str | None, b: str | None) -> bool:
    alike = lexicon.load().data("identity")["same_deed"]
    return a is None or b is None or a == b or any(a in modes and b in modes for modes in alike)


def _agree(a: _Told, b: _Told, role: str) -> bool | None:
    """True where both tell the role and share a filler, False where they differ, None where one says nothing."""
    first, second = a.roles.get(role), b.roles.get(role)
    if not first or not second:
        return None
    return bool(first & second)


def _compatible_modality(a: Report, b: Report) -> bool:
    """What happened may be denied by another; plans and demands stay with their like."""
    happened = {Modality.ASSERTED, Modality.NEGATED}
    return a.modality == b.modality or {a.modality, b.modality} == happened


def _finest(times: Sequence[Time | None]) -> Time | None:
    """The time told with the finest grain; of several, the one told most often, then the earliest."""
    told = [t for t in times if t is not None]
    if not told:
        return None
    grain = {"day": 0, "interval": 2, "month": 1, "year": 3}
    return min(told, key=lambda t: (grain[t.precision], -told.count(t), t.value))


def _event(happening: _Happening, slugs: Slugs) -> Event:
    first = happening.told[0]
    signing = lexicon.load().data("agreements")
    roles: dict[tuple[str, str], None] = {}
    for record in happening.signing:
        roles.update({(signing["signatory"], slugs[record.document, key]): None for key in record.signatories})
        roles.update({(signing["place"], slugs[record.document, key]): None for key in record.places})
        roles[signing["agreement"], slugs[record.document, record.agreement]] = None
    settled = (signing["signatory"], signing["agreement"]) if happening.signing else ()
    for told in happening.told:
        for role, found in told.roles.items():
            if role not in settled:
                roles.update({(role, slug): None for slug in found})
    mode = next((t.report.mode for t in happening.told if t.report.mode), None)
    time = happening.time
    kind = (mode or first.report.type).lower()
    when = time.value.replace("/", "--") if time else "undated"
    return Event(
        slug=f"{when}-{kind}-{first.report.id[:8]}",
        type=first.report.type,
        mode=mode,
        roles=tuple(sorted(roles)),
        time=time,
        status=_status([t.report for t in happening.told]),
        reports=tuple(sorted(t.id for t in happening.told)),
    )


def _status(reports: Sequence[Report]) -> str:
    asserted = [r for r in reports if r.modality == Modality.ASSERTED]
    if asserted:
        return "asserted" if any(r.attribution is None for r in asserted) else "claimed"
    return str(reports[0].modality)
