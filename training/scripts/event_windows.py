"""What the event network reads at once: words as numbers, which of them tell events, and what may fill their roles."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

MODES = {
    "AGREE": ("sign",),
    "CONSULT": ("meet", "visit", "phone", "negotiate", "mediate"),
    "RETREAT": ("withdraw", "release", "ceasefire", "disarm"),
    "ASSAULT": ("airstrike", "bombing", "shooting", "kidnap"),
}
TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
ALL_MODES = tuple(mode for modes in MODES.values() for mode in modes)
Group = tuple[int, ...]


@dataclass
class Role:
    """The right words of a role, a group for each entity, and the words that count neither way."""

    groups: list[Group] = field(default_factory=list)
    open: set[int] = field(default_factory=set)


@dataclass
class Event:
    """An event of a window: labels as numbers (`type` and `mode` from 1, 0 being none), `word` within the window."""

    word: int
    type: int
    mode: int
    modality: int
    roles: dict[str, Role]


@dataclass
class Pair:
    """A word that may fill roles of an event at another word, both within the window."""

    argument: int
    kind: int
    distance: int
    same_sentence: bool
    cluster: int
    told: NDArray[np.float32]


@dataclass
class Window:
    """What is read at once. `kept` says which words count; `modality` is what the rules say of a word, or -1; `fired`
    the type of the lexicon's entry there, `known` the types of all its entries.
    """

    pieces: list[int]
    cases: list[int]
    gaps: list[int]
    first: list[int]
    last: list[int]
    kept: list[bool]
    offsets: list[int]
    modality: list[int]
    fired: list[int]
    known: list[tuple[int, ...]]
    events: list[Event]
    pairs: dict[int, list[Pair]]
