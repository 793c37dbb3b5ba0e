"""What is resolved anew when a few documents of many change: these, and those that tell of the same.

Identity joins what some key and some score connect, so that what a document changes is what it is connected with, and
so on. The documents in which all of that stands are found from the store (`Catalogue`, which errs on the side of too
many) and resolved twice, with the documents as they were and as they are now. What differs is what changes in the world
of all documents; what else these few tell may be told wrongly, but likewise in both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from kg.graph import read_extractions
from kg.graph.extractions import Queryable
from kg.model import Corrections, Extraction, Match

from .accounts import accounts
from .agreements import Pact
from .catalogue import Catalogue
from .events import keys
from .scores import data
from .told import Told, World, days
from .world import Resolution

MOST = 0.3  # of all documents: resolving more of them twice costs as much as resolving all
T = TypeVar("T")
Signature = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Some documents and their neighbours, resolved with the documents as they were and as they are."""

    before: Resolution
    after: Resolution


def changed_by(store: Queryable, before: Mapping[str, Extraction | None]) -> Change | None:
    """What becomes of the world by documents that were as given (None: not there) and are now as the store has them.

    The world of the store is that of all documents before. None where so much hangs together that all is better
    resolved anew.
    """
    catalogue = Catalogue(store)
    now = {x.document.name: x for x in read_extractions(store, before.keys() & catalogue.published.keys())}
    was = {name: extraction for name, extraction in before.items() if extraction is not None}
    most = MOST * len(catalogue.published) - len(before)
    remembered = _Remembered()
    others: dict[str, Extraction] = {}
    inner: set[str] = set()  # the other documents of which all is to be right
    while True:
        entities = [*was.values(), *now.values(), *(others[name] for name in sorted(inner))]
        names = (catalogue.sharing_things(entities) | inner) - before.keys()
        if len(names) > most:
            return None
        others.update((x.document.name, x) for x in read_extractions(store, names - others.keys()))
        around = [others[name] for name in names]
        change = Change(*(Resolution([*around, *told.values()], None, remembered) for told in (was, now)))
        retold = _retold(around, change)
        seeds = retold | before.keys()
        needed = seeds.union(*(_reached(resolution, seeds, catalogue) for resolution in (change.before, change.after)))
        needed = (needed & catalogue.published.keys()) - before.keys()
        if needed <= inner:
            return change
        inner |= needed
        if len(inner) > most:
            return None
        others.update((x.document.name, x) for x in read_extractions(store, inner - others.keys()))


class _Remembered:
    """The accounts of documents, which stay what they were while what is known of their entities does."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, tuple[Signature, ...]], tuple[list[Told], list[Match]]] = {}

    def __call__(
        self, extraction: Extraction, world: World, corrections: Corrections
    ) -> tuple[list[Told], list[Match]]:
        key = id(extraction), tuple(_signatures(extraction, world))
        if key not in self._found:
            self._found[key] = accounts(extraction, world, corrections)
        return self._found[key]


def _signatures(extraction: Extraction, world: World) -> Iterable[Signature]:
    """What comparing reports asks of the entities of a document."""
    for entity in extraction.entities:
        slug = world.slugs[extraction.document.name, entity.key]
        thing = world.things[slug]
        yield slug, thing.type, thing.name, thing.known_as, world.sides(slug), world.heads((slug,))


def _retold(extractions: Iterable[Extraction], change: Change) -> set[str]:
    """The documents of whose entities something else is known now."""
    before, after = change.before.world, change.after.world
    return {x.document.name for x in extractions if list(_signatures(x, before)) != list(_signatures(x, after))}


def _reached(resolution: Resolution, seeds: Iterable[str], catalogue: Catalogue) -> set[str]:
    """The documents of all that hangs together with what the seeds tell, and of all that could."""
    seeds = set(seeds)
    signings = resolution.telling.signings
    slugs = resolution.world.slugs
    signed: dict[str, list[Told]] = defaultdict(list)
    for account, (slug, _) in signings.items():
        signed[slug].append(account)
    pacts_of: dict[str, list[Pact]] = defaultdict(list)
    for pact in resolution.pacts.pacts:
        pacts_of[slugs[pact.member]].append(pact)

    told = _connected(
        [t for t in resolution.telling.told if t.document in seeds],
        _near((e.a, e.b) for e in resolution.telling.edges),
        lambda t: signed[signings[t][0]] if t in signings else [],
    )
    agreed = {signings[t][0] for t in told if t in signings}
    pacts = _connected(
        [p for p in resolution.pacts.pacts if p.member[0] in seeds or slugs[p.member] in agreed],
        _near((a, b) for _, a, b in resolution.pacts.edges),
        lambda p: pacts_of[slugs[p.member]],
    )
    found = {t.document for t in told} | {p.member[0] for p in pacts}
    for account in told:
        found |= _possible(account, catalogue)
    for pact in pacts:
        found |= catalogue.like_agreement(pact)
    return found


def _near(pairs: Iterable[tuple[T, T]]) -> Mapping[T, list[T]]:
    found: dict[T, list[T]] = defaultdict(list)
    for a, b in pairs:
        found[a].append(b)
        found[b].append(a)
    return found


def _connected(start: Iterable[T], near: Mapping[T, list[T]], more: Callable[[T], list[T]]) -> list[T]:
    """Those to start with, and all that are near them, near these, and so on; `more` are near by another reason."""
    waiting = list(start)
    seen = set(waiting)
    for one in waiting:
        for other in (*near.get(one, ()), *more(one)):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return waiting


def _possible(told: Told, catalogue: Catalogue) -> set[str]:
    """The documents that may hold an account that is compared with this one, by when they were published and tell of.

    Two are compared where they share a key (`keys`) and their times let them be one (`scores.compare`): a day on which
    both may have been, a time too long for days, or the weeks in which they were published.
    """
    if not any(True for _ in keys(told)):
        return set()
    window = data()["window"]
    published = told.published.toordinal()
    found = catalogue.published_within(published - window["story"], published + window["story"])
    # in the blocks of two such periods are those further apart, who are compared if one tells a long time or a wish
    wider = catalogue.published_within(published - 2 * window["story"], published + 2 * window["story"])
    if told.time is None:
        near = catalogue.telling_of(published - window["undated"] - 1, published, window["undated"])
    elif len(days(told, window["undated"])) == 0:
        return wider | catalogue.telling_exactly(told.time)
    else:
        earliest, latest = told.time.earliest.toordinal(), told.time.latest.toordinal()
        near = catalogue.telling_of(earliest - 1, latest + 1, window["undated"])
        near |= catalogue.published_within(earliest, latest + window["undated"] + 1)
    return found | near | (wider & catalogue.telling_long(window["undated"]) if told.happened else wider)
