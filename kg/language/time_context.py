"""What the rules may look at beside the words they match: the publication date, the tense, and what was told before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from kg.language.time_tense import Tense
from kg.language.time_values import Reading

_AHEAD = frozenset({"by", "until", "till", "before"})


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression at character offsets of the text, end exclusive."""

    start: int
    end: int
    reading: Reading


@dataclass(slots=True)
class Context:
    """One text while it is read. `found` holds the expressions so far; `tense_of` gives the tense at (start, end)."""

    text: str
    published: date
    tense_of: Callable[[int, int], Tense]
    found: list[Found] = field(default_factory=list)

    def tense(self, match: re.Match[str]) -> Tense:
        """The tense around a match; "since" always looks back, and "by" or "until" ahead unless a verb looks back."""
        before = self.word_before(match.start())
        if before == "since":
            return Tense.PAST
        tense = self.tense_of(match.start(), match.end())
        return Tense.FUTURE if tense is Tense.UNKNOWN and before in _AHEAD else tense

    def word_before(self, start: int) -> str:
        """The word before an offset in lower case, without marks; empty at the start of a paragraph."""
        match = re.search(r"([\w.’']+)[-–(“\"]?(?:[^\S\n]|\n(?!\n))*$", self.text[max(start - 40, 0) : start])
        return match[1].lower().rstrip(".") if match else ""

    def reference(self, match: re.Match[str], *precisions: str) -> date:
        """First day of the time last told with one of these precisions, else the publication date.

        What lies ahead ("promised to meet on Saturday") is passed over unless the present clause looks ahead too.
        """
        ahead = self.tense_of(match.start(), match.end()) is Tense.FUTURE
        for found in reversed(self.found):
            time = found.reading.time
            if time is None or found.reading.anchored or found.reading.label not in {"DATE", "TIME"}:
                continue
            if time.precision in precisions and (ahead or time.earliest <= self.published):
                return time.earliest
        return self.published


Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Context], Reading | None]]
