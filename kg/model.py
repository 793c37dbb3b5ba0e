"""The records that every layer speaks of: plain frozen values, no spaCy and no RDF.

A `Document` is read; its extraction gives `Entity`, `Report` and `SigningRecord` values, as that one document
tells them; identity joins the entities and reports of all documents into the `Thing` and `Event` values of one
`World`.

Offsets are counted in characters of `Document.text`, end exclusive. Types, modes and roles are strings that the
ontology (`ontology/conflict-diplomacy.ttl`, its `skos:notation`s) and the lexicon define; none is named in code.
"""

from __future__ import annotations

import calendar
import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final

Member = tuple[str, str]
"""(document, entity key) or (document, report id)."""
LISTED: Final = ""
"""Stands for the document where a member is an entry of the list of known actors, told by its IRI."""


class Modality(StrEnum):
    """How a report tells its event; the values are those of the exported event records."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"


@dataclass(frozen=True, slots=True)
class Document:
    """One text as read from a file.

    `name` is the file's stem, made unique within a store; `published` has day precision; `sha256` is of `text`.
    """

    name: str
    text: str
    published: date
    title: str | None = None
    publisher: str | None = None
    url: str | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Time:
    """When, no finer than told: `2020-02-29`, `2020-02`, `2020`, or an interval of two of these, `A/B`."""

    value: str

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError(f"time {self.value!r} ends before it begins")

    @property
    def earliest(self) -> date:
        """First day that the value covers."""
        return _first_day(self.value.split("/")[0])

    @property
    def latest(self) -> date:
        """Last day that the value covers."""
        return _last_day(self.value.split("/")[-1])

    @property
    def precision(self) -> str:
        """`day`, `month`, `year` or `interval`."""
        if "/" in self.value:
            return "interval"
        return {4: "year", 7: "month", 10: "day"}[len(self.value)]


def _first_day(value: str) -> date:
    year, month, day = (*map(int, value.split("-")), 1, 1)[:3]
    return date(year, month, day)


def _last_day(value: str) -> date:
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = (*parts, 12)[:2]
    return date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A stretch of a document's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something as one document speaks of it.

    `key` is unique in the document and safe in an IRI; `type` names a class of the ontology (`Person`, `State`, ...);
    `names` holds every name and nominal by which the document calls it, the fullest first (no pronouns);
    `known_as` is the IRI of its entry in `ontology/actors.ttl` where the document's words identify one.
    """

    key: str
    type: str
    names: tuple[str, ...]
    mentions: tuple[Mention, ...]
    known_as: str | None = None

    @property
    def name(self) -> str:
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Argument:
    """An entity in a role (`actor`, `recipient`, `object`, `place`, `attribution`), with the words used for it
    there.
    """

    role: str
    entity: str
    mention: Mention


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of people or things told of an event: `kind` such as `killed`; bounds inclusive, None where open."""

    kind: str
    text: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that tell an event: the sentence and, within it, the trigger."""

    sentence: Mention
    trigger: Mention


@dataclass(frozen=True, slots=True)
class Report:
    """One mention of an event: what this document says, in this sentence, of who did what to whom.

    `type` and `mode` are PLOVER notations; `attribution` is the entity whose claim it is, None for the document's own
    voice; `term_of` is the key of the agreement that stipulates the event, where one does. `confidence` is the
    probability that the words tell an event of this type, None where no model read them.
    """

    document: str
    type: str
    mode: str | None
    arguments: tuple[Argument, ...]
    time: Time | None
    modality: Modality
    attribution: Argument | None
    evidence: Evidence
    quantities: tuple[Quantity, ...] = ()
    term_of: str | None = None
    confidence: float | None = None

    @property
    def id(self) -> str:
        """Content address: 16 hexadecimal digits over document, type and place of the trigger."""
        trigger = self.evidence.trigger
        content = f"{self.document}\n{self.type}\n{self.mode}\n{trigger.start}\n{trigger.end}\n{trigger.text}"
        return hashlib.sha256(content.encode("utf-8")).hexdigest()[:16]

    def fillers(self, role: str) -> tuple[Argument, ...]:
        """The arguments in a role, in the order of the text."""
        return tuple(a for a in self.arguments if a.role == role)


@dataclass(frozen=True, slots=True)
class SigningRecord:
    """What one document says, in all its sentences together, of one agreement's signing.

    `agreement`, `signatories` and `places` are entity keys; `acts_for` pairs a person's key with the key of the party
    that the person signed for; `reports` are the ids of the reports drawn on.
    """

    document: str
    agreement: str
    signatories: tuple[str, ...]
    acts_for: tuple[tuple[str, str], ...]
    time: Time | None
    places: tuple[str, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Commitment:
    """What an agreement obliges someone to, as one document tells it.

    `agreement`, `owed_by` and `owed_to` are entity keys; `deed` holds the words of what is owed, `amounts` its numbers
    (`from` and `to` of a change, else a kind of `Quantity` or `amount`); `report` is the id of the report of the same
    deed, if there is one.
    """

    document: str
    agreement: str
    owed_by: tuple[str, ...]
    owed_to: tuple[str, ...]
    deed: Mention
    deadline: Time | None
    amounts: tuple[Quantity, ...]
    evidence: Evidence
    report: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How an agreement stands, as one document tells it in one sentence.

    `validity` is a notation of the ontology such as `in-force` or `broken`; `by` holds the keys of who broke, suspended
    or left it, `said_by` that of whose claim it is, None for the document's own voice.
    """

    document: str
    agreement: str
    validity: str
    by: tuple[str, ...]
    time: Time | None
    said_by: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Involvement:
    """Somebody's part in an agreement other than signing it, as one document tells it: `part` is the name of a property
    of the ontology (`mediator`, `witness`, `refuser`), `entity` the key of who took it.
    """

    document: str
    agreement: str
    part: str
    entity: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that one document tells."""

    document: Document
    entities: tuple[Entity, ...]
    reports: tuple[Report, ...]
    signings: tuple[SigningRecord, ...]
    commitments: tuple[Commitment, ...] = ()
    standings: tuple[Standing, ...] = ()
    involvements: tuple[Involvement, ...] = ()

    def at_least(self, confidence: float) -> Extraction:
        """The same without reports of lower confidence, and without the signings that are drawn from these alone."""
        low = {r.id for r in self.reports if r.confidence is not None and r.confidence < confidence}
        if not low:
            return self
        signings = tuple(s for s in self.signings if not s.reports or set(s.reports) - low)
        return replace(
            self,
            reports=tuple(r for r in self.reports if r.id not in low),
            signings=tuple(replace(s, reports=tuple(i for i in s.reports if i not in low)) for s in signings),
            commitments=tuple(replace(c, report=None if c.report in low else c.report) for c in self.commitments),
        )

    def entity(self, key: str) -> Entity:
        """The entity with this key; KeyError if the document has none."""
        for entity in self.entities:
            if entity.key == key:
                return entity
        raise KeyError(f"{self.document.name}: no entity {key!r}")


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """Why something told was taken for the same as something else.

    `member` is (document, entity key) or (document, report id); `partner` is another of these, or None where the
    member was found in the list of known actors. `confidence` lies between 0 and 1.
    """

    member: tuple[str, str]
    partner: tuple[str, str] | None
    confidence: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """An actor, place or agreement of the world, joined over documents.

    `slug` is the readable last part of its IRI, unique in the world; `members` are (document, entity key); `matches`
    tell why the members are one, but for those whose own words identify an entry of the list.
    """

    slug: str
    type: str
    names: tuple[str, ...]
    members: tuple[tuple[str, str], ...]
    known_as: str | None = None
    matches: tuple[Match, ...] = ()

    @property
    def name(self) -> str:
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Event:
    """A happening of the world, with every report that tells of it.

    `roles` pairs a role with a slug of a `Thing`; `status` is `asserted` (told in a source's own voice),
    `claimed` (only in words attributed to someone), or the modality of what has not happened: `negated`,
    `future`, `hypothetical`. `reports` are (document, report id), and `matches` tell why they are one event.
    """

    slug: str
    type: str
    mode: str | None
    roles: tuple[tuple[str, str], ...]
    time: Time | None
    status: str
    reports: tuple[tuple[str, str], ...]
    matches: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class World:
    """What all documents together tell of."""

    things: tuple[Thing, ...] = ()
    events: tuple[Event, ...] = ()
    acts_for: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True)
class Corrections:
    """What a user says of who is who: pairs that are the same, pairs that are not, and names. It wins over the machine.

    A member is (document, entity key), (document, report id), or (`LISTED`, IRI) for an entry of the list of known
    actors: these do not change when other documents come and go.
    """

    same: frozenset[tuple[Member, Member]] = frozenset()
    different: frozenset[tuple[Member, Member]] = frozenset()
    names: Mapping[Member, str] = field(default_factory=dict)

    @cached_property
    def apart(self) -> Mapping[Member, frozenset[Member]]:
        """Member -> those that it is not."""
        found: dict[Member, set[Member]] = defaultdict(set)
        for one, other in self.different:
            found[one].add(other)
            found[other].add(one)
        return {member: frozenset(others) for member, others in found.items()}

    def forbid(self, one: Collection[Member], other: AbstractSet[Member]) -> bool:
        """Whether a member of one is said not to be the same as a member of the other."""
        return bool(self.apart) and any(not self.apart.get(m, frozenset()).isdisjoint(other) for m in one)
