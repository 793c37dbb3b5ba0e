"""What the model has to say of each word that it takes for an event, for somebody who asks why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc, Token

from kg.extraction.lexicon import Entry, Lexicon
from kg.language.event_vectors import EventVectors, Example

from .weights import load

_LEAST = 0.1  # probability of an event that is worth telling


@dataclass(frozen=True, slots=True)
class Judged:
    """A word: the model's likeliest type with its probability, the probability of that type with the lexicon's say, and
    the training example of the type that is most like it.
    """

    token: Token
    type: str
    model: float
    together: float
    example: Example
    stands: bool


def judged(doc: Doc, entries: dict[int, Entry], lexicon: Lexicon) -> list[Judged]:
    """Every word that the model or an entry that fires takes for an event; empty without a model."""
    vectors: EventVectors | None = doc._.event_vectors
    if vectors is None:
        return []
    weights, found = load(), []
    number = {name: n for n, name in enumerate(vectors.heads.types, 1)}
    for token, model in zip(doc, vectors.types(), strict=True):
        entry = entries.get(token.i)
        if token.is_space or (entry is None and model[0] > np.log1p(-_LEAST)):
            continue
        known = {number[e.type] for e in lexicon.candidates(token) if e.type in number}
        chances = weights.together(model, number[entry.type] if entry else 0, known)
        best = int(chances[1:].argmax()) + 1
        name = vectors.heads.types[best - 1]
        stands = weights.is_event(chances, fired=entry is not None) or (entry is not None and entry.own)
        example = vectors.most_alike(token.i, name)
        found.append(
            Judged(token, name, round(float(np.exp(model[best])), 2), round(float(chances[best]), 2), example, stands)
        )
    return found
