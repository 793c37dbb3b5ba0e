"""Events counted by stance: what ties and places have in common."""

from __future__ import annotations


class Counted:
    """Something with `counts` of its events, by stance."""

    __slots__ = ()
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """Events of all stances."""
        return sum(self.counts.values())

    @property
    def stance(self) -> str:
        """The stance of most of its events."""
        return max(sorted(self.counts), key=lambda stance: self.counts[stance])
