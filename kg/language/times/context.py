"""What the rules may look at beside the words they match: the publication date, the tense, and what was told before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from kg.language.times.composition import Found, joined
from kg.language.times.tense import Tense
from kg.language.times.values import Reading

_AHEAD = frozenset({"by", "until", "till", "before"})
_MEMORY = 40  # expressions that a reader is taken to remember
_NARRATIVE = 400  # characters over which a story told of a year goes on
_WORD = re.compile(r"([\w.'’]+)[-–(“\"]?(?:[^\S\n]|\n(?!\n))*$")


@dataclass(slots=True)
class Context:
    """One text while it is read. `found` holds the expressions so far; `tense_of` gives the tense at (start, end),
    `tag_of` the Penn tag of the word that ends before an offset, empty where no tagger has run.
    """

    text: str
    published: date
    tense_of: Callable[[int, int], Tense]
    tag_of: Callable[[int], str]
    found: list[Found] = field(default_factory=list)

    def add(self, found: Found) -> None:
        """Take in the next expression, composed with the one before where they belong together."""
        composed = joined(self.found[-1], found, self.text) if self.found else None
        if composed:
            self.found[-1:] = composed
        else:
            self.found.append(found)

    def tense(self, match: re.Match[str]) -> Tense:
        """The tense around a match; "since" always looks back, and "by" or "until" ahead unless a verb looks back."""
        before = self.word_before(match.start())
        if before == "since":
            return Tense.PAST
        tense = self.tense_of(match.start(), match.end())
        return Tense.FUTURE if tense is Tense.UNKNOWN and before in _AHEAD else tense

    def word_before(self, start: int) -> str:
        """The word before an offset in lower case, without marks; empty at the start of a paragraph."""
        match = _WORD.search(self.text[max(start - 40, 0) : start])
        return match[1].lower().rstrip(".") if match else ""

    def reference(self, match: re.Match[str], *precisions: str) -> date:
        """First day of the time last told with one of these precisions, else the publication date.

        What lies ahead ("promised to meet on Saturday") is passed over unless the present clause looks ahead too.
        """
        ahead = self.tense_of(match.start(), match.end()) is Tense.FUTURE
        for found in reversed(self.found[-_MEMORY:]):
            time = found.reading.time
            if time is None or found.reading.anchored or found.reading.label not in {"DATE", "TIME"}:
                continue
            if time.precision in precisions and (ahead or time.earliest <= self.published):
                return time.earliest
        return self.published

    def last_value(self, pattern: str, start: int) -> str | None:
        """The TIMEX3 value last told before an offset, not far from it, that matches a pattern as a whole."""
        for found in reversed(self.found[-_MEMORY:]):
            if start - found.end > 2 * _NARRATIVE:
                return None
            if re.fullmatch(pattern, found.reading.value):
                return found.reading.value
        return None

    def day_told(self, start: int) -> date:
        """The day last told in the paragraph before an offset, for an hour or a night; else the publication date."""
        for found in reversed(self.found[-3:]):
            if start - found.end > _NARRATIVE or "\n\n" in self.text[found.end : start]:
                break
            time = found.reading.time
            if time is not None and time.precision == "day" and not found.reading.anchored:
                return time.earliest
        return self.published

    def narrative_month(self, start: int) -> date | None:
        """The month of another year that the story stands in: the last expression of the paragraph told it in full,
        and no verb in the present has come back from it since.
        """
        for found in reversed(self.found[-3:]):
            if start - found.end > _NARRATIVE or "\n\n" in self.text[found.end : start]:
                return None
            words = re.finditer(r"\w+", self.text[found.end : start])
            if any(self.tag_of(found.end + word.end()) in {"VBZ", "VBP"} for word in words):
                return None
            last = found.reading
            if last.label in {"DURATION", "SET"}:
                continue
            if (
                last.role not in {"dated", "narrated"}
                or last.time is None
                or last.time.precision not in {"day", "month"}
            ):
                return None
            return last.time.earliest if last.time.latest.year < self.published.year else None
        return None

    def narrated(self, reading: Reading) -> Reading:
        """A reading that the story's year dates, which dates what follows in turn."""
        return replace(reading, role="narrated")


Readings = Reading | list[tuple[str, Reading]] | None
Read = Callable[[re.Match[str], Context], Readings]
Rule = tuple[re.Pattern[str], Read]
