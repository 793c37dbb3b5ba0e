"""Each word that the model or an entry takes for an event, with the weight of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc, Token

from kg.extraction.lexicon import Entry, Lexicon
from kg.language.event_vectors import EventVectors, Floats

from .weights import Weights


@dataclass(frozen=True, slots=True)
class Weighed:
    """A word: its likeliest type (of an own entry, the entry's), the probabilities of that type by the model and with
    the lexicon's say, and whether it tells an event.
    """

    token: Token
    entry: Entry | None
    type: str
    model: float
    together: float
    stands: bool


def weighed(
    doc: Doc, vectors: EventVectors, entries: Mapping[int, Entry], lexicon: Lexicon, weights: Weights, least: float
) -> Iterator[Weighed]:
    """The words with an entry that fires, and those that the model holds for an event with a probability of `least`."""
    types = vectors.heads.types
    number = {name: n for n, name in enumerate(types, 1)}
    scores: Floats = vectors.types()
    likely = np.flatnonzero(scores[:, 0] <= np.log1p(-least)).tolist()
    for i in sorted({*entries, *likely}):
        token, entry, model = doc[i], entries.get(i), scores[i]
        if entry is None and token.is_space:
            continue
        known = {number[e.type] for e in lexicon.candidates(token) if e.type in number}
        fired = number.get(entry.type, 0) if entry is not None else 0
        chances = weights.together(model, fired, known)
        own = entry is not None and entry.own
        best = fired if own and fired else int(chances[1:].argmax()) + 1
        stands = own or weights.is_event(chances, fired=entry is not None)
        yield Weighed(token, entry, types[best - 1], float(np.exp(model[best])), float(chances[best]), stands)
