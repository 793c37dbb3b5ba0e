"""How the event model and the lexicon are weighed: a few numbers fitted on documents that the model had not seen."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class RoleWeights:
    """`model` multiplies the log-odds that the model gives an entity in a role; the others are added: `ruled` where the
    rules give it the role, `other` where they give the role to others alone, `bias` always. `threshold` is the least
    probability, and `ruled_threshold` that where the rules give the role.
    """

    model: float
    ruled: float
    other: float
    bias: float
    threshold: float
    ruled_threshold: float

    def together(self, model: float, ruled: bool, others: bool) -> float:
        """The probability that an entity fills the role."""
        odds = math.log(max(model, _TINY) / max(1 - model, _TINY))
        score = self.model * odds + self.bias + (self.ruled if ruled else self.other if others else 0.0)
        return 1 / (1 + math.exp(-score))

    def fills(self, chance: float, *, ruled: bool) -> bool:
        """Whether an entity with this probability fills the role."""
        return chance >= (self.ruled_threshold if ruled else self.threshold)


@dataclass(frozen=True, slots=True)
class Weights:
    """`model` multiplies the model's log-probabilities; the others are added: `fired` to the type of the lexicon's
    entry, `known` to the other types of the word's entries, `silent` to no event where the lexicon has none, `doubted`
    to no event where it has entries of which none fires. `threshold` is the least probability of an event, and
    `entry_threshold` that where an entry fires. `modality` is for the model's log-probabilities of modalities and for
    the one that the rules give.
    """

    model: float
    fired: float
    known: float
    silent: float
    doubted: float
    threshold: float
    entry_threshold: float
    modality: tuple[float, float]
    roles: Mapping[str, RoleWeights]

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

    def told(self, model: Floats, ruled: int) -> int:
        """The likeliest modality for the model's probabilities [modalities] and the one that the rules give (or -1)."""
        scores = self.modality[0] * np.log(model + _TINY)
        if ruled >= 0:
            scores[ruled] += self.modality[1]
        return int(scores.argmax())

    def is_event(self, chances: Floats, *, fired: bool) -> bool:
        """Whether a word with these probabilities tells an event; `fired`: an entry of the lexicon says so."""
        return bool(1 - chances[0] >= (self.entry_threshold if fired else self.threshold))


@cache
def load() -> Weights:
    """The packaged weights, written by training/scripts/event_weights.py."""
    told = json.loads((Path(__file__).parent / "weights.json").read_text(encoding="utf-8"))
    return Weights(**told | {"roles": {role: RoleWeights(**weights) for role, weights in told["roles"].items()}})
