"""A reading: what is read of each event of a document, whoever read it.

`by_rules` reads with the lexicon's entries, frames and rules alone; `kg.extraction.learned` weighs them against the
event model. Both give the same thing, and reports are made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.model import Modality, Time

from . import places
from .arguments import Filler, Resolver
from .attribution import attribution
from .lexicon import Entry, Lexicon
from .modality import modality
from .relations import Relations
from .times import Anchored


@dataclass(slots=True)
class Reading:
    """By the index of each event's trigger: its entry, deep relations, modality, and what fills its roles; its time and
    speaker where it has one; and the probability of the event and its type, where a model tells it.
    """

    entries: dict[int, Entry]
    deep: dict[int, Relations]
    modality: dict[int, Modality] = field(default_factory=dict)
    fillers: dict[int, list[Filler]] = field(default_factory=dict)
    time: dict[int, Time] = field(default_factory=dict)
    speaker: dict[int, Token] = field(default_factory=dict)
    confidence: dict[int, float] = field(default_factory=dict)
    anchored: list[Anchored] = field(default_factory=list)

    def drop(self, trigger: int) -> None:
        """Take an event out."""
        del self.entries[trigger], self.deep[trigger]


def by_rules(
    doc: Doc,
    resolver: Resolver,
    lexicon: Lexicon,
    entries: dict[int, Entry],
    deep: dict[int, Relations],
    when: Mapping[int, Time],
    stipulating: frozenset[int],
) -> Reading:
    """What frames and rules say of the events of the lexicon's entries."""
    found = Reading(entries, deep, time=dict(when))
    for i, entry in entries.items():
        found.fillers[i] = ruled_fillers(doc[i], entry, deep[i], entries, resolver, lexicon)
        found.modality[i] = modality(doc[i], entries, stipulating, lexicon)
        speaker = attribution(doc[i], entries, lexicon)
        if speaker is not None:
            found.speaker[i] = speaker
    return found


def ruled_fillers(
    token: Token, entry: Entry, deep: Relations, entries: dict[int, Entry], resolver: Resolver, lexicon: Lexicon
) -> list[Filler]:
    """What an entry's frame, and the rules for places, give for the roles of an event."""
    fillers = resolver.fill(lexicon.frame(entry), deep)
    if not any(f.role == lexicon.place_role for f in fillers):
        taken = {f.cluster for f in fillers}
        told = places.places(token, deep, entries, resolver, lexicon)
        fillers += [f for f in told if f.cluster not in taken]
    return fillers
