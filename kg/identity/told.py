"""What a report tells, as identity compares it: participants of the world, times, and the words before the event.

Several reports of one document that tell one event make one `Told`, which has all that they tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from pyoxigraph import NamedNode

from kg.extraction import lexicon
from kg.graph.actors import actors
from kg.graph.terms import CD
from kg.known import per_list
from kg.language import gazetteer
from kg.model import Member, Modality, Report, Thing, Time

Roles = Mapping[str, frozenset[str]]
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SHORT = 6  # words of a sentence from which on its being told twice means something
_BEFORE = 4  # words before an event's word that may belong to it


@dataclass(frozen=True, slots=True)
class Words:
    """The words that tell an event: its stem, how it is brought in, and how many or which of several it is.

    `verbal` where a verb tells it, as far as the word before it and its ending say; `denying` where what follows takes
    up what was told before: "promised no such thing".
    """

    stem: str
    verbal: bool = False
    denying: bool = False
    definite: bool = False
    indefinite: bool = False
    again: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """One or more reports of one document that tell one event.

    `roles` holds slugs of things, `sides` the things and whoever they are or act for, where these are known at all.
    `happened` is whether it is told as a deed, done or denied, or as one to come, wished for or feared. `terms` are the
    agreements that stipulate it.
    """

    reports: tuple[Report, ...]
    published: date
    type: str
    modes: frozenset[str]
    modalities: frozenset[str]
    happened: bool
    roles: Roles
    sides: Roles
    terms: frozenset[str]
    time: Time | None
    words: tuple[Words, ...]
    texts: tuple[frozenset[str], ...]
    numbers: frozenset[tuple[str, int | None, int | None]]
    title: bool
    ids: frozenset[Member]
    context: frozenset[str]

    @property
    def document(self) -> str:
        return self.reports[0].document

    @property
    def order(self) -> tuple[date, str, int, str]:
        first = self.reports[0]
        return self.published, first.document, first.evidence.trigger.start, first.id

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(w.stem for w in self.words)

    @property
    def again(self) -> frozenset[str]:
        return frozenset(w.again for w in self.words if w.again)

    @property
    def counts(self) -> frozenset[int]:
        return frozenset(w.count for w in self.words if w.count is not None)


class World:
    """The things of the world as participants: which slug an entity has, and whom it stands for."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self.slugs: dict[Member, str] = {}
        self.things: dict[str, Thing] = {}
        for thing in things:
            self.things[thing.slug] = thing
            self.slugs.update(dict.fromkeys(thing.members, thing.slug))
        self._sides: dict[str, frozenset[str]] = {}
        self._heads: dict[str, frozenset[str]] = {}

    def label(self, slug: str) -> str:
        """The preferred name, for reasons."""
        thing = self.things.get(slug)
        return thing.name if thing is not None else slug

    def sides(self, slug: str) -> frozenset[str]:
        """The thing and those whom it acts for or belongs to; empty where it could be anyone ("civilians")."""
        found = self._sides.get(slug)
        if found is None:
            found = self._sides[slug] = self._found_sides(self.things[slug])
        return found

    def heads(self, slugs: Iterable[str]) -> frozenset[str]:
        """The stems of the common nouns that things without a name of their own are called by: "43 checkpoints"."""
        return frozenset().union(*(self._heads_of(slug) for slug in slugs))

    def _heads_of(self, slug: str) -> frozenset[str]:
        found = self._heads.get(slug)  # a state may have as many members as there are documents: looked at once
        if found is None:
            thing = self.things[slug]
            own = slug.endswith(tuple(f"-in-{document}" for document, _ in thing.members))
            texts = (re.split(r" (?:of|in|from|by|for|at|on) ", name)[0] for name in thing.names if own)
            found = self._heads[slug] = frozenset(map(stem, texts))
        return found

    def _found_sides(self, thing: Thing) -> frozenset[str]:
        entries = gazetteer.load().entries
        if thing.known_as is not None:
            entry = entries.get(thing.known_as)
            return frozenset((thing.known_as, *(entry.acts_for if entry is not None else ())))
        belongs = {iri for name in thing.names for iri in belonging(name)}
        own = () if thing.slug.endswith(tuple(f"-in-{document}" for document, _ in thing.members)) else (thing.slug,)
        return frozenset((*own, *belongs))


@per_list
def belonging(name: str) -> frozenset[str]:
    """The states and bodies (IRIs) that the first words of a nominal name: "Afghan checkpoint", "Taliban prisoners"."""
    words = re.sub(r"['’]s?\b", "", name).split()
    words = [w for w in words if not w[0].isdigit()]
    for start in range(min(3, len(words) - 1)):
        for length in range(min(3, len(words) - start - 1), 0, -1):
            entries = gazetteer.load().lookup(" ".join(words[start : start + length]))
            found = {e.iri for e in entries if e.type not in ("Place", "Person") and e.kind != "capital"}
            if len(found) == 1:
                return frozenset(found)
    return frozenset()


def one(report: Report, published: date, world: World, context: frozenset[str] = frozenset()) -> Told:
    """What one report tells, in a document that speaks of the entries of the list in `context`."""
    roles: dict[str, set[str]] = {}
    for argument in report.arguments:
        roles.setdefault(argument.role, set()).add(world.slugs[report.document, argument.entity])
    text = frozenset(re.findall(r"\w+", report.evidence.sentence.text.casefold()))
    return Told(
        reports=(report,),
        published=published,
        type=report.type,
        modes=frozenset((report.mode,)) if report.mode else frozenset(),
        modalities=frozenset((report.modality.value,)),
        happened=report.modality in (Modality.ASSERTED, Modality.NEGATED),
        roles={role: frozenset(found) for role, found in roles.items()},
        sides={role: frozenset(s for slug in found for s in world.sides(slug)) for role, found in roles.items()},
        terms=frozenset((world.slugs[report.document, report.term_of],)) if report.term_of else frozenset(),
        time=report.time,
        words=(words(report),),
        texts=(text,) if len(text) >= _SHORT else (),
        numbers=frozenset((q.kind, q.low, q.high) for q in report.quantities),
        title=report.evidence.sentence.start == 0 and not report.evidence.sentence.text.endswith((".", "”", '"')),
        ids=frozenset(((report.document, report.id),)),
        context=context,
    )


def merged(several: Sequence[Told]) -> Told:
    """All that several tell; the first of them comes first, and the finest and commonest time counts."""
    if len(several) == 1:
        return several[0]
    ordered = sorted(several, key=lambda t: t.order)
    return Told(
        reports=tuple(r for t in ordered for r in t.reports),
        published=ordered[0].published,
        type=ordered[0].type,
        modes=frozenset().union(*(t.modes for t in ordered)),
        modalities=frozenset().union(*(t.modalities for t in ordered)),
        happened=ordered[0].happened,
        roles=_all(ordered, lambda t: t.roles),
        sides=_all(ordered, lambda t: t.sides),
        terms=frozenset().union(*(t.terms for t in ordered)),
        time=finest([r.time for t in ordered for r in t.reports]),
        words=tuple(dict.fromkeys(w for t in ordered for w in t.words)),
        texts=tuple(dict.fromkeys(text for t in ordered for text in t.texts)),
        numbers=frozenset().union(*(t.numbers for t in ordered)),
        title=any(t.title for t in ordered),
        ids=frozenset().union(*(t.ids for t in ordered)),
        context=ordered[0].context,
    )


def _all(several: Sequence[Told], what: Callable[[Told], Roles]) -> Roles:
    roles: dict[str, set[str]] = {}
    for told in several:
        for role, found in what(told).items():
            roles.setdefault(role, set()).update(found)
    return {role: frozenset(found) for role, found in roles.items()}


def finest(times: Iterable[Time | None]) -> Time | None:
    """The time told with the finest grain; of several, the one told most often, then the earliest."""
    told = [t for t in times if t is not None]
    grain = {"day": 0, "month": 1, "interval": 2, "year": 3}
    return min(told, key=lambda t: (grain[t.precision], -told.count(t), t.value), default=None)


def days(told: Told, window: int) -> list[date]:
    """The days on which the event may have been: those told, or those before the publication; none if too many."""
    if told.time is not None:
        first, last = told.time.earliest, told.time.latest
    else:
        first, last = told.published - timedelta(window), told.published
    return [first + timedelta(n) for n in range((last - first).days + 1)] if (last - first).days <= window else []


def words(report: Report) -> Words:
    """The words by which a report brings its event in, from the sentence before the trigger."""
    data = lexicon.load().data("identity")
    sentence, trigger = report.evidence.sentence, report.evidence.trigger
    text = sentence.text[: max(0, trigger.start - sentence.start)]
    whole = re.findall(r"[\w.'’-]+|[,;:]", text.casefold())
    before = whole[-_BEFORE:]
    after = re.findall(r"[\w-]+", sentence.text[trigger.end - sentence.start :].casefold())
    while before and ("," in before or ";" in before or ":" in before):
        before = before[1:]
    verbal = trigger.text.endswith("ed") or trigger.text.casefold() in data["verbs"]
    verbal = verbal or (bool(whole) and whole[-1] in data["before_verbs"])
    phrase = before[max((n for n, w in enumerate(before, 1) if w in data["before_verbs"]), default=0) :]
    article = next((w for w in reversed(phrase) if w in data["definite"] or w in data["indefinite"]), "")
    owned = any(w.endswith(("'s", "’s", "s'", "s’")) for w in phrase)  # "Thursday's strikes"
    named = article in data["definite"] or owned or "such" in phrase
    taken = not verbal and (named or "as" in before)  # "described it as a strike"
    again = next((w for w in before if w in data["again"]), "")
    counted = [
        n for last, w in pairwise(("", *phrase)) if last[:3] not in MONTHS and (n := _number(w)) is not None
    ]  # "on July 3 the army" counts nothing
    occasions = [n for w, unit in pairwise(after) if unit in data["units"] and (n := _number(w)) is not None]
    several = occasions or [n for n in counted if n > 1]
    count = several[-1] if several else None
    denying = "such" in after[:3]
    return Words(stem(trigger.text), verbal, denying, taken, not taken and article in data["indefinite"], again, count)


def _number(word: str) -> int | None:
    plain = word.replace(",", "")
    if plain.isdigit() and len(plain) < 4:
        return int(plain)
    number = lexicon.load().data("identity")["numbers"].get(word)
    return int(number) if number is not None else None


@cache
def stem(text: str) -> str:
    """A rough stem of the event's last word: "airstrikes" and "airstrike", "signed" and "signing" agree."""
    letters: list[str] = re.findall(r"[a-z]+", text.casefold())
    word = letters[-1] if letters else text.casefold()
    for ending in ("ings", "ing", "ies", "ied", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@per_list
def around(iri: str) -> frozenset[str]:
    """The places and states that a place of the list lies in."""
    found: list[str] = [iri]
    for node in found:
        subject = NamedNode(node)
        for link in (CD.country, CD.locatedIn):
            found += [p.value for p in actors().nodes(subject, link) if p.value not in found]
    return frozenset(found[1:])
