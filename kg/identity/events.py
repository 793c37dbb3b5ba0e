"""Which reports tell of the same event: first within each document, then across documents.

Accounts that share a party, a place or an agreement and may be of one day are compared, and joined the best first, as
long as nothing in what was joined before rules it out. All accounts of one agreement's signing are one event.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.extraction import lexicon
from kg.model import Corrections, Event, Extraction, Match, Member, Modality, Report, SigningRecord, Time

from .accounts import RECORD, TOLD, accounts, signed
from .groups import Groups, blocks, neighbours
from .scores import Score, compare, data, threshold
from .told import Told, World, days, finest

_WIDE = 150  # accounts of one block that each is compared with; what more of them share means nothing
Tell = Callable[[Extraction, World, Corrections], tuple[list[Told], list[Match]]]
_SIGNING = 0.95  # the confidence that two accounts of the signing of one agreement tell one event


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """Two accounts that may tell one event, with the sum of weights and why; `given` if not to be doubted."""

    a: Told
    b: Told
    value: float
    confidence: float
    reasons: tuple[str, ...]
    given: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """The accounts of documents, in order, what joins some of them, and why reports are one account.

    `signings` has, for an account, the slug of the agreement of whose signing it tells, and the records that it takes
    part in.
    """

    told: list[Told]
    edges: list[Edge]
    matches: dict[Member, Match]
    signings: Mapping[Told, tuple[str, list[SigningRecord]]]


def telling(
    extractions: Sequence[Extraction], world: World, corrections: Corrections, told_by: Tell = accounts
) -> Telling:
    """What documents tell of events; `told_by` gives the accounts of one."""
    told: list[Told] = []
    matches: dict[Member, Match] = {}
    for extraction in extractions:
        found, why = told_by(extraction, world, corrections)
        told += found
        matches.update((m.member, m) for m in why)
    told.sort(key=lambda t: t.order)
    signings = _signings(extractions, told, world)
    return Telling(told, [*_given(told, signings, corrections), *_edges(told, world)], matches, signings)


def events(found: Telling, world: World, corrections: Corrections) -> tuple[Event, ...]:
    """The events of the world, sorted by slug."""
    told = found.told
    groups = Groups({t: t.ids for t in told}, corrections, lambda a, b: comparison(a, b, world) is None)
    kept: dict[Told, list[Edge]] = defaultdict(list)
    for edge in found.edges:
        if groups.join(edge.a, edge.b, given=edge.given):
            kept[edge.a].append(edge)
    result = []
    for group in groups.all():
        ordered = sorted(group, key=lambda t: t.order)
        why = [found.matches[i] for t in ordered for i in sorted(t.ids) if i in found.matches]
        why += _tree([e for t in ordered for e in kept[t]], ordered[0])
        records = [record for t in ordered for record in found.signings.get(t, ("", []))[1]]
        result.append(_event(ordered, records, world, sorted(why)))
    return tuple(sorted(result, key=lambda e: e.slug))


def _signings(
    extractions: Iterable[Extraction], told: Iterable[Told], world: World
) -> dict[Told, tuple[str, list[SigningRecord]]]:
    """Account -> the slug of the agreement of whose signing it tells, and the records that it takes part in."""
    at = {member: t for t in told for member in t.ids}
    found: dict[Told, tuple[str, list[SigningRecord]]] = {}
    for extraction in extractions:
        for record in extraction.signings:
            slug = world.slugs[record.document, record.agreement]
            for account in dict.fromkeys(at[record.document, r] for r in signed(record, extraction.reports)):
                agreement, records = found.setdefault(account, (slug, []))
                if agreement == slug:
                    records.append(record)
    return found


def _given(
    told: Iterable[Told], signings: Mapping[Told, tuple[str, list[SigningRecord]]], corrections: Corrections
) -> Iterator[Edge]:
    """What is one by the user's word, and by being the signing of one agreement."""
    at = {member: t for t in told for member in t.ids}
    for one, other in sorted(corrections.same):
        if one in at and other in at and at[one] is not at[other]:
            a, b = sorted((at[one], at[other]), key=lambda t: t.order)
            yield Edge(a, b, 0.0, 1.0, TOLD, given=True)
    first: dict[str, Told] = {}
    for account in sorted(signings, key=lambda t: t.order):
        partner = first.setdefault(signings[account][0], account)
        if partner is not account and not corrections.forbid(partner.ids, account.ids):
            yield Edge(partner, account, 0.0, _SIGNING, RECORD, given=True)


def _edges(told: Sequence[Told], world: World) -> list[Edge]:
    """The pairs of accounts that may tell one event, the likeliest first."""
    seen: set[tuple[int, int]] = set()
    found = []
    for several in blocks((key, t) for t in told for key in keys(t)).values():
        for a, b in neighbours(several, _WIDE):
            if (id(a), id(b)) in seen:
                continue
            seen.add((id(a), id(b)))
            score = comparison(a, b, world)
            if score is not None and score.bound and score.value >= threshold("event"):
                found.append(Edge(a, b, score.value, score.confidence, tuple(score.reasons)))
    return sorted(found, key=lambda e: (-e.value, e.a.order, e.b.order))


def comparison(a: Told, b: Told, world: World) -> Score | None:
    """What speaks for two accounts telling one event, of one document or of two; None where something rules it out."""
    a, b = (a, b) if a.order <= b.order else (b, a)
    score = compare(a, b, world)
    if score is None:
        return None
    if a.document == b.document:
        score.add("told apart", "their document tells them apart")
    return score


def keys(told: Told) -> Iterator[tuple[object, ...]]:
    """What two accounts of one event share: a side, a place or an agreement, and a day that both may mean.

    In documents that are published about the same time they may also share two sides, a number or a count, whatever
    the days: the attack that both look back on.
    """
    found = days(told, data()["window"]["undated"])
    when: list[object] = [day.toordinal() for day in found]
    if told.time is not None and len(found) == 1:
        when.append(found[0].toordinal() + 1)  # a source may be a day off
    if not when and told.time is not None:
        when = [told.time.value]
    sides = {side for role in told.sides for side in (told.sides[role] or told.roles[role])}
    sides |= {f"number {kind}" for kind, _, _ in told.numbers}
    for side in sorted(sides):
        for day in when:
            yield told.type, told.happened, side, day
    shared: set[object] = {*combinations(sorted(sides), 2), *told.terms, *told.counts}
    shared |= {number for number in told.numbers if max(number[1:], key=lambda n: n or 0) not in (None, 0, 1)}
    period = told.published.toordinal() // data()["window"]["story"]
    for what in shared:
        for when_published in (period, period + 1):
            yield told.type, told.happened, what, ("published", when_published)


def _tree(edges: list[Edge], first: Told) -> Iterator[Match]:
    """A match for every account but the first one told, away from it."""
    near: dict[Told, list[Edge]] = defaultdict(list)
    for edge in edges:
        near[edge.a].append(edge)
        near[edge.b].append(edge)
    seen, waiting = {first}, [first]
    for account in waiting:
        for edge in near[account]:
            other = edge.b if edge.a is account else edge.a
            if other not in seen:
                seen.add(other)
                waiting.append(other)
                yield Match(_id(other), _id(account), edge.confidence, edge.reasons)


def _id(account: Told) -> Member:
    return account.document, account.reports[0].id


def _event(group: Sequence[Told], records: Iterable[SigningRecord], world: World, matches: Sequence[Match]) -> Event:
    first = group[0]
    signing = lexicon.load().data("agreements")
    roles: set[tuple[str, str]] = set()
    settled: set[str] = set()
    times: list[Time | None] = [r.time for t in group for r in t.reports]
    for record in records:
        roles.update((signing["signatory"], world.slugs[record.document, key]) for key in record.signatories)
        roles.update((signing["place"], world.slugs[record.document, key]) for key in record.places)
        roles.add((signing["agreement"], world.slugs[record.document, record.agreement]))
        times.append(record.time)
        settled = {signing["signatory"], signing["agreement"]}
    roles.update(
        (role, slug) for t in group for role, found in t.roles.items() if role not in settled for slug in found
    )
    modes = Counter(r.mode for t in group for r in t.reports if r.mode)
    mode = min(modes, key=lambda m: (-modes[m], m), default=None)
    own = next((r.mode for r in first.reports if r.mode), None)
    when = first.time.value.replace("/", "--") if first.time is not None else "undated"
    return Event(
        slug=f"{when}-{(own or first.type).lower()}-{first.reports[0].id[:8]}",
        type=first.type,
        mode=mode,
        roles=tuple(sorted(roles)),
        time=finest(times),
        status=_status([r for t in group for r in t.reports]),
        reports=tuple(sorted(i for t in group for i in t.ids)),
        matches=tuple(matches),
    )


def _status(reports: Sequence[Report]) -> str:
    asserted = [r for r in reports if r.modality == Modality.ASSERTED]
    if asserted:
        return "asserted" if any(r.attribution is None for r in asserted) else "claimed"
    return str(reports[0].modality)
