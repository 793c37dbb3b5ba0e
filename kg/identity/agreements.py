"""Which agreements of different documents are one: by day, parties, place, name and description."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from kg.extraction import lexicon
from kg.known import per_list
from kg.language import gazetteer
from kg.model import Corrections, Extraction, Match, Member, Time

from .groups import Groups, blocks, neighbours
from .names import normal
from .scores import Score, data, threshold
from .things import Registry
from .told import MONTHS, World, finest

_LONG = 3  # capital words from which on a name tells an agreement from all others
_WIDE = 200


@dataclass(frozen=True, slots=True, eq=False)
class Pact:
    """An agreement as one document speaks of it: `words` tell it from others, `bodies` are parties that are no persons.

    `bodies` and `places` are slugs, `parties` also IRIs of whom these act for.
    """

    member: Member
    order: tuple[str, str, str]
    names: tuple[str, ...]
    titles: frozenset[tuple[str, ...]]
    words: frozenset[str]
    days: frozenset[tuple[int, int]]
    truce: bool
    time: Time | None
    parties: frozenset[str]
    bodies: frozenset[str]
    places: frozenset[str]
    context: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pacts:
    """The agreements of documents, in order, and the pairs that may be one, the likeliest first."""

    pacts: list[Pact]
    edges: list[tuple[Score, Pact, Pact]]


def pacts(extractions: Iterable[Extraction], registry: Registry, world: World) -> Pacts:
    """The agreements that documents speak of; `world` has the actors and places."""
    found = sorted((p for x in extractions for p in _pacts(x, registry, world)), key=lambda p: p.order)
    scores: dict[tuple[Pact, Pact], Score] = {}
    for several in blocks((key, p) for p in found for key in sorted(keys(p))).values():
        for a, b in neighbours(several, _WIDE):
            if (a, b) not in scores and (score := compare(a, b, world)) is not None:
                scores[a, b] = score
    likely = ((s, a, b) for (a, b), s in scores.items() if s.value >= threshold("agreement") and s.bound)
    return Pacts(found, sorted(likely, key=lambda e: (-e[0].value, e[1].order, e[2].order)))


def agreements(found: Pacts, world: World, corrections: Corrections) -> Iterator[tuple[list[Member], list[Match]]]:
    """The entities that are one agreement each, and why."""
    groups = Groups(
        {p: frozenset((p.member,)) for p in found.pacts},
        corrections,
        lambda a, b: compare(*_ordered(a, b), world) is None,
    )
    matches: dict[Pact, list[Match]] = defaultdict(list)
    for score, a, b in found.edges:
        if groups.join(a, b):
            match = Match(b.member, a.member, score.confidence, tuple(score.reasons))
            matches[a].append(match)
    for group in groups.all():
        yield (
            [p.member for p in group],
            _rooted([m for p in group for m in matches[p]], min(group, key=lambda p: p.order)),
        )


def _rooted(matches: list[Match], first: Pact) -> list[Match]:
    """The matches as a tree away from the first one told, so that every other member has one match."""
    near: dict[Member, list[Match]] = defaultdict(list)
    for match in matches:
        assert match.partner is not None
        near[match.member].append(match)
        near[match.partner].append(match)
    found, seen, waiting = [], {first.member}, [first.member]
    for member in waiting:
        for match in near[member]:
            other = match.partner if match.member == member else match.member
            assert other is not None
            if other not in seen:
                seen.add(other)
                waiting.append(other)
                found.append(Match(other, member, match.confidence, match.reasons))
    return found


def _ordered(a: Pact, b: Pact) -> tuple[Pact, Pact]:
    return (a, b) if a.order <= b.order else (b, a)


def _pacts(extraction: Extraction, registry: Registry, world: World) -> Iterator[Pact]:
    document = extraction.document
    signing = lexicon.load().data("agreements")
    for entity in extraction.entities:
        member = document.name, entity.key
        if entity.type != signing["class"]:
            continue
        records = [s for s in extraction.signings if s.agreement == entity.key]
        concluding = [
            r
            for r in extraction.reports
            if r.type == signing["type"] and any(a.entity == entity.key for a in r.fillers(signing["agreement"]))
        ]
        keys = {k for s in records for k in (*s.signatories, *(party for _, party in s.acts_for))}
        keys |= {a.entity for r in concluding for a in r.fillers(signing["signatory"])}
        places = {k for s in records for k in s.places}
        slugs = [world.slugs[document.name, key] for key in sorted(keys)]
        told = [w for name in entity.names for w in telling_words(name)]
        yield Pact(
            member=member,
            order=registry.tellers[member].order,
            names=entity.names,
            titles=frozenset(
                normal(n)
                for n in entity.names
                if sum(w[:1].isupper() for w in n.split()) >= _LONG and set(telling_words(n))
            ),
            words=frozenset(told),
            days=frozenset(day for name in entity.names if (day := day_of(name)) is not None),
            truce=any(word in data()["truce"] for name in entity.names for word in normal(name)),
            time=finest([s.time for s in records] + [r.time for r in concluding if r.mode == signing["mode"]]),
            parties=frozenset(side for slug in slugs for side in world.sides(slug)),
            bodies=frozenset(slug for slug in slugs if world.sides(slug) and world.things[slug].type != "Person"),
            places=frozenset(world.slugs[document.name, key] for key in places),
            context=registry.tellers[member].context,
        )


@per_list
def telling_words(name: str) -> tuple[str, ...]:
    """The words of an agreement's name by which it differs from others; names of the list as their IRIs."""
    found = []
    for text in re.findall(r"[^\W_]+(?:['’.][^\W_]+)*", name):
        word = "".join(normal(text))
        if not text[0].isupper() or word in data()["generic"] or word[:3] in MONTHS or word.isdigit():
            continue
        entries = {e.iri for e in gazetteer.load().lookup(text) if e.kind in ("name", "adjective", "demonym")}
        found.append(entries.pop() if len(entries) == 1 else word)
    return tuple(found)


@cache
def day_of(name: str) -> tuple[int, int] | None:
    """Month and day of "the Feb. 29 agreement"."""
    match = re.search(r"\b(\w{3})\w*\.? (\d{1,2})\b|\b(\d{1,2}) (\w{3})\w*", name.casefold())
    if match is None:
        return None
    month, day = (match[1], match[2]) if match[1] else (match[4], match[3])
    return (MONTHS.index(month) + 1, int(day)) if month in MONTHS else None


def keys(pact: Pact) -> set[tuple[object, ...]]:
    """What two agreements that are compared share."""
    found: set[tuple[object, ...]] = {("word", word) for word in pact.words}
    if pact.time is not None:
        found.add(("time", pact.time.value))
        found.add(("day", pact.time.earliest.month, pact.time.earliest.day))
    found |= {("day", *day) for day in pact.days}
    year = pact.order[0][:4]
    return found | {("parties", a, b, year) for a, b in combinations(sorted(pact.parties), 2)}


def compare(a: Pact, b: Pact, world: World) -> Score | None:
    """What speaks for two agreements of different documents being one; None where something rules it out."""
    score = Score("agreement")
    if a.member[0] == b.member[0]:
        return None
    if not _times(a, b, score) or not _parties(a, b, score):
        return None
    if a.titles & b.titles:
        score.add("same title", f"both are called “{' '.join(min(a.titles & b.titles))}”", binds=True)
    elif shared := a.words & b.words:
        score.add("same name", f"both names have “{_label(min(shared))}”", binds=True)
    elif a.words and b.words:
        score.add("other name", "their names have nothing in common")
    for one, other in ((a, b), (b, a)):
        named = {world.things[slug].known_as or slug for slug in one.places}
        if one.places & other.places:
            score.add("same place", f"in {world.label(min(one.places & other.places))}")
            break
        if named & other.words:
            score.add(
                "place in name",
                f"signed in {_label(min(named & other.words))}, which the other is named for",
                binds=True,
            )
    if a.truce != b.truce:
        score.add("other kind", "only one is called a truce")
    if a.context and b.context:
        share = len(a.context & b.context) / min(len(a.context), len(b.context))
        score.add(
            "same context" if share >= 0.4 else "other context",
            f"{len(a.context & b.context)} known names in both documents",
        )
    return score


def _label(word: str) -> str:
    entry = gazetteer.load().entries.get(word)
    return entry.label if entry is not None else word


def _times(a: Pact, b: Pact, score: Score) -> bool:
    if a.time is not None and b.time is not None:
        gap = max((b.time.earliest - a.time.latest).days, (a.time.earliest - b.time.latest).days)
        if gap > 1:
            return False
        if a.time == b.time and a.time.precision == "day":
            score.add("same day", f"both of {a.time.value}", binds=True)
    for one, other in ((a, b), (b, a)):
        time = one.time
        if other.days and time is not None and time.precision == "day":
            if (time.earliest.month, time.earliest.day) not in other.days:
                return False
            score.add("day in name", f"of {time.value}, and the other is named for that day", binds=True)
    return True


def _parties(a: Pact, b: Pact, score: Score) -> bool:
    if shared := a.parties & b.parties:
        names = ", ".join(sorted(_label(side) for side in shared))
        score.add("both parties" if len(shared) > 1 else "one party", f"between {names}", binds=len(shared) > 1)
    bodies = a.bodies & b.bodies
    return len(bodies) > 1 or bodies in (a.bodies, b.bodies) or len(a.bodies) < 2 or len(b.bodies) < 2
