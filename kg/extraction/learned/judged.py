"""What the model has to say of each word that it takes for an event, for somebody who asks why."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extraction.lexicon import Entry, Lexicon
from kg.language.event_vectors import EventVectors, Example

from .weighing import Weighed, weighed
from .weights import load

_LEAST = 0.1  # probability of an event that is worth telling


@dataclass(frozen=True, slots=True)
class Judged:
    """A word as it was weighed, and the training example of its type that is most like it."""

    word: Weighed
    example: Example


def judged(doc: Doc, entries: dict[int, Entry], lexicon: Lexicon) -> list[Judged]:
    """Every word that the model or an entry that fires takes for an event; empty without a model."""
    vectors: EventVectors | None = doc._.event_vectors
    if vectors is None:
        return []
    words = weighed(doc, vectors, entries, lexicon, load(), _LEAST)
    return [Judged(word, vectors.most_alike(word.token.i, word.type)) for word in words]
