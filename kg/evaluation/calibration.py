"""Whether confidence means what it says: of the events told with 0.8, are eight in ten right?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Events of like confidence: how many, their mean confidence, and the share that was right."""

    number: int
    told: float
    right: float


def reliability(events: Iterable[tuple[float, bool]]) -> list[Bin]:
    """Events, each with its confidence and whether it was right, in ten bins of equal width; empty ones left out."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in events:
        bins[min(_BINS - 1, int(confidence * _BINS))].append((confidence, right))
    found = []
    for number in sorted(bins):
        size = len(bins[number])
        found.append(Bin(size, sum(c for c, _ in bins[number]) / size, sum(r for _, r in bins[number]) / size))
    return found


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """The expected calibration error: the mean distance of confidence and share, by event; None without events."""
    total = sum(b.number for b in bins)
    return sum(b.number * abs(b.told - b.right) for b in bins) / total if total else None
