"""How the event model and the lexicon are weighed: a few numbers fitted on documents that the model had not seen."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """`model` multiplies the model's log-probabilities; the others are added: `fired` to the type of the lexicon's
    entry, `known` to the other types of the word's entries, `silent` to no event where the lexicon has none, `doubted`
    to no event where it has entries of which none fires. `threshold` is the least probability of an event, `roles` that
    of each role.
    """

    model: float
    fired: float
    known: float
    silent: float
    doubted: float
    threshold: float
    roles: Mapping[str, float]

    def together(self, model: Floats, fired: int, known: Collection[int]) -> Floats:
        """Probabilities [1 + types] for one word: of no event, and of each type.

        `model` are the model's log-probabilities, `fired` the type of the entry that fires (0: none) and `known` the
        types of all entries that the word has.
        """
        scores = self.model * model
        if fired:
            scores[fired] += self.fired
        elif known:
            scores[0] += self.doubted
        else:
            scores[0] += self.silent
        for other in set(known) - {fired, 0}:
            scores[other] += self.known
        chances = np.exp(scores - scores.max())
        found: Floats = chances / chances.sum()
        return found


@cache
def load() -> Weights:
    """The packaged weights, written by training/scripts/event_weights.py."""
    return Weights(**json.loads((Path(__file__).parent / "weights.json").read_text(encoding="utf-8")))
