"""Scoring: event and signing records of `kg.export` against gold.

An event is found where a record has its document, its sentence and its type. Roles are scored on top of that: an
argument of an event that was not found is missed, one of a record that matches no event is spurious.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.extraction import lexicon
from kg.model import Modality

from .calibration import calibration_error, reliability
from .gold import Gold, GoldEvent, GoldSigning
from .names import Name, flat, same_entity
from .tally import Share, Tally

Record = dict[str, Any]
_PIECE = 20  # characters from which a part of a sentence stands for it


@dataclass(frozen=True, slots=True)
class Error:
    """What is wrong with one event or signing. `kind` is missed, spurious, arguments, signing missed or signing
    spurious.
    """

    kind: str
    document: str
    type: str
    trigger: str
    what: str


@dataclass(frozen=True, slots=True)
class Pair:
    """An event of the gold and the record that was found for it; one of them is None where the other has none."""

    gold: Gold
    event: GoldEvent | None
    record: Record | None


@dataclass(slots=True)
class Scores:
    """The figures of a gold. `roles` has the scored roles, `whole` the events with type, parties and modality right;
    `confidences` the confidence of each event found that has one, and whether it is an event of its type.
    """

    event: Tally = field(default_factory=Tally)
    any_type: Tally = field(default_factory=Tally)
    roles: dict[str, Tally] = field(default_factory=dict)
    signing: Tally = field(default_factory=Tally)
    signatory: Tally = field(default_factory=Tally)
    whole: Tally = field(default_factory=Tally)
    date: Share = field(default_factory=Share)
    modality: Share = field(default_factory=Share)
    attribution: Share = field(default_factory=Share)
    signing_date: Share = field(default_factory=Share)
    by_type: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    confidences: list[tuple[float, bool]] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)

    def tallies(self) -> dict[str, Tally]:
        """What has precision and recall, by what it counts."""
        found = {"event": self.event, "event, any type": self.any_type, **self.roles}
        if self.signing.gold or self.signing.found:
            found |= {"signing": self.signing, "signatory": self.signatory}
        return {**found, "whole event": self.whole}

    def shares(self) -> dict[str, Share]:
        """What is right or wrong of what was found, by what it is."""
        found = {"date": self.date, "modality": self.modality, "attribution": self.attribution}
        return {**found, "signing date": self.signing_date} if self.signing.gold or self.signing.found else found

    def as_record(self) -> dict[str, Any]:
        """All figures as plain values, for JSON."""
        return {
            **{name: tally.as_record() for name, tally in self.tallies().items()},
            **{name: share.as_record() for name, share in self.shares().items()},
            "calibration error": calibration_error(reliability(self.confidences)),
            "by type": {name: self.by_type[name].as_record() for name in sorted(self.by_type)},
        }


def score(golds: Iterable[Gold], events: Iterable[Record], signings: Iterable[Record]) -> Scores:
    """Score records, in the form of `kg export --format events` and `--format signings`, against gold."""
    scoring = _Scoring()
    told, signed = _by_document(events), _by_document(signings)
    for gold in golds:
        scoring.events(gold, told.get(gold.id, []))
        scoring.signings(gold, signed.get(gold.id, []))
    return scoring.scores


def _by_document(records: Iterable[Record]) -> Mapping[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[record["document"]].append(record)
    return found


class _Scoring:
    def __init__(self) -> None:
        words = lexicon.load()
        self.all_roles = tuple(words.roles)
        self.parties = words.roles_that_are("party")
        self.scored = (*self.parties, words.place_role)
        self.scores = Scores(roles={role: Tally() for role in self.scored})

    def events(self, gold: Gold, records: Sequence[Record]) -> None:
        """Match each event of the gold in turn with the record that tells most of it, and count."""
        scores, left = self.scores, list(records)
        _count_detected(scores.any_type, gold, left)
        for event in gold.events:
            fitting = [r for r in left if r["type"] == event.type and _same_sentence(event, r)]
            record = max(fitting, key=lambda r: self._in_common(event, r, gold.names), default=None)
            scores.pairs.append(Pair(gold, event, record))
            if record is None:
                self._missed(gold, event)
                continue
            left.remove(record)
            self._sure(record, right=True)
            scores.event.hit += 1
            scores.by_type[event.type].hit += 1
            self._compare(gold, event, record)
        for record in left:
            scores.pairs.append(Pair(gold, None, record))
            self._sure(record, right=False)
            scores.event.spurious += 1
            scores.by_type[record["type"]].spurious += 1
            for role in self.scored:
                scores.roles[role].spurious += len(record.get(role) or ())
            self._error("spurious", gold, record["type"], record["trigger"], flat(record["sentence"]))
        found = scores.event
        scores.whole.missed = found.gold - scores.whole.hit
        scores.whole.spurious = found.found - scores.whole.hit

    def _sure(self, record: Record, *, right: bool) -> None:
        if record.get("confidence") is not None:
            self.scores.confidences.append((record["confidence"], right))

    def _in_common(self, event: GoldEvent, record: Record, names: Mapping[str, frozenset[Name]]) -> tuple[bool, int]:
        same = sum(
            same_entity(names[key], entity)
            for role in self.all_roles
            for key in event.roles[role]
            for entity in record.get(role) or ()
        )
        return _same_trigger(event, record), same

    def _missed(self, gold: Gold, event: GoldEvent) -> None:
        self.scores.event.missed += 1
        self.scores.by_type[event.type].missed += 1
        for role in self.scored:
            self.scores.roles[role].missed += len(event.roles[role])
        self._error("missed", gold, event.type, event.trigger, event.sentence)

    def _compare(self, gold: Gold, event: GoldEvent, record: Record) -> None:
        scores = self.scores
        right = [
            _add(scores.roles[role], event.roles[role], record.get(role) or (), gold.names) or role not in self.parties
            for role in self.scored
        ]
        if event.date is not None:
            scores.date.add(record.get("date") == event.date)
        modality = (record.get("modality") or Modality.ASSERTED) == event.modality
        scores.modality.add(modality)
        if event.attribution is not None:
            scores.attribution.add(same_entity(gold.names[event.attribution], record.get("attribution")))
        if all(right) and modality:
            scores.whole.hit += 1
        else:
            got = {role: [entity["name"] for entity in record.get(role) or ()] for role in self.parties}
            wanted = {role: list(event.roles[role]) for role in self.parties}
            told = f"gold {_told(wanted, event.modality)}; found {_told(got, record.get('modality'))}"
            self._error("arguments", gold, event.type, event.trigger, f"{told} | {event.sentence}")

    def signings(self, gold: Gold, records: Sequence[Record]) -> None:
        """Match each signing of the gold with the record that has most of its signatories, at least one, and count."""
        scores, left = self.scores, list(records)
        for signing in gold.signings:
            best = max(left, key=lambda r: _signing_in_common(signing, r, gold.names), default=None)
            if best is None or _signing_in_common(signing, best, gold.names) < 1:
                scores.signing.missed += 1
                scores.signatory.missed += len(signing.signatories)
                self._error("signing missed", gold, "", signing.agreement, ", ".join(signing.signatories))
                continue
            left.remove(best)
            scores.signing.hit += 1
            _add(scores.signatory, signing.signatories, best["signatories"], gold.names)
            if signing.date is not None:
                scores.signing_date.add(best.get("date") == signing.date)
        for record in left:
            scores.signing.spurious += 1
            scores.signatory.spurious += len(record["signatories"])
            names = ", ".join(entity["name"] for entity in record["signatories"])
            self._error("signing spurious", gold, "", (record.get("agreement") or {}).get("name", ""), names)

    def _error(self, kind: str, gold: Gold, type: str, trigger: str, what: str) -> None:
        self.scores.errors.append(Error(kind, gold.id, type, trigger, what))


def _told(parties: Mapping[str, list[str]], modality: str | None) -> str:
    return f"{'; '.join(f'{role} {names}' for role, names in parties.items())}; {modality}"


def _count_detected(tally: Tally, gold: Gold, records: Sequence[Record]) -> None:
    """Events found whatever their type: by sentence and trigger, or else by sentence."""
    left = list(records)
    for event in gold.events:
        here = [r for r in left if _same_sentence(event, r)]
        match = next((r for r in here if _same_trigger(event, r)), here[0] if here else None)
        if match is None:
            tally.missed += 1
        else:
            left.remove(match)
            tally.hit += 1
    tally.spurious += len(left)


def _same_sentence(event: GoldEvent, record: Record) -> bool:
    a, b = event.sentence, flat(record["sentence"])
    return a == b or (len(a) > _PIECE and a in b) or (len(b) > _PIECE and b in a)


def _same_trigger(event: GoldEvent, record: Record) -> bool:
    return flat(record.get("trigger") or "").casefold() == event.trigger.casefold()


def _signing_in_common(signing: GoldSigning, record: Record, names: Mapping[str, frozenset[Name]]) -> float:
    same = sum(any(same_entity(names[key], one) for one in record["signatories"]) for key in signing.signatories)
    return same + 0.5 * same_entity(names[signing.agreement], record.get("agreement"))


def _add(tally: Tally, keys: Sequence[str], found: Sequence[Record], names: Mapping[str, frozenset[Name]]) -> bool:
    """Match entities of the gold with those found one to one, and count; whether all are right."""
    left = list(found)
    missed = 0
    for key in keys:
        match = next((entity for entity in left if same_entity(names[key], entity)), None)
        if match is None:
            missed += 1
        else:
            left.remove(match)
    tally.hit += len(keys) - missed
    tally.missed += missed
    tally.spurious += len(left)
    return not missed and not left
