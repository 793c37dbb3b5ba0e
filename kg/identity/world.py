"""One world from many documents: first who is who, then which agreements are one, then which reports tell one event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import Extraction, SigningRecord, Thing, World

from . import things as identity
from .events import Slugs, events
from .names import normal


def resolve(extractions: Sequence[Extraction]) -> World:
    """The world that documents tell of; it does not depend on their order."""
    ordered = sorted(extractions, key=lambda x: x.document.name)
    alone = _slugs(identity.join(ordered))
    things = identity.join(ordered, _same_agreements(ordered, alone))
    slugs = _slugs(things)
    acts_for = {
        (slugs[record.document, person], slugs[record.document, party])
        for extraction in ordered
        for record in extraction.signings
        for person, party in record.acts_for
    }
    return World(things, events(ordered, slugs), tuple(sorted(acts_for)))


def _slugs(things: Sequence[Thing]) -> Slugs:
    return {member: thing.slug for thing in things for member in thing.members}


def _same_agreements(
    extractions: Sequence[Extraction], slugs: Slugs
) -> Iterator[tuple[identity.Member, identity.Member]]:
    """Pairs of agreements with one long proper name, or signed on one day by the same parties."""
    records = [r for x in extractions for r in x.signings]
    names = {(x.document.name, e.key): e.names for x in extractions for e in x.entities if e.type == "Agreement"}
    for i, first in enumerate(records):
        for second in records[i + 1 :]:
            if first.document != second.document and _same_signing(first, second, slugs):
                yield (first.document, first.agreement), (second.document, second.agreement)
    by_name: dict[tuple[str, ...], identity.Member] = {}
    for member in sorted(names):
        for name in names[member]:
            if sum(w[:1].isupper() for w in name.split()) >= 3:
                yield by_name.setdefault(normal(name), member), member


def _same_signing(a: SigningRecord, b: SigningRecord, slugs: Slugs) -> bool:
    if a.time is None or b.time is None or a.time != b.time:
        return False
    first = {slugs[a.document, key] for key in a.signatories}
    second = {slugs[b.document, key] for key in b.signatories}
    return len(first & second) >= min(2, len(first), len(second)) > 0
