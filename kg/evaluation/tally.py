"""Counts of what was found, and the figures that they give."""

from __future__ import annotations

from dataclasses import dataclass


def _share(part: float, whole: float) -> float | None:
    return round(part / whole, 3) if whole else None


@dataclass(slots=True)
class Tally:
    """What the gold and the records have in common, and what only one of them has."""

    hit: int = 0
    missed: int = 0
    spurious: int = 0

    @property
    def gold(self) -> int:
        return self.hit + self.missed

    @property
    def found(self) -> int:
        return self.hit + self.spurious

    @property
    def precision(self) -> float:
        return _share(self.hit, self.found) or 0.0

    @property
    def recall(self) -> float:
        return _share(self.hit, self.gold) or 0.0

    @property
    def f1(self) -> float:
        return _share(2 * self.hit, self.gold + self.found) or 0.0

    def as_record(self) -> dict[str, float | int]:
        """Precision, recall and F1 to three digits, and the numbers in the gold and found."""
        return {"p": self.precision, "r": self.recall, "f1": self.f1, "gold": self.gold, "found": self.found}


@dataclass(slots=True)
class Share:
    """How many of those that count are right."""

    right: int = 0
    of: int = 0

    def add(self, right: bool) -> None:
        self.of += 1
        self.right += right

    @property
    def value(self) -> float | None:
        """To three digits; None where nothing counts."""
        return _share(self.right, self.of)

    def as_record(self) -> dict[str, float | int | None]:
        return {"share": self.value, "of": self.of}
