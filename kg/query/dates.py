"""Dates in a question: days, months and years, and the words that make them a beginning or an end."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from kg.model import Time

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name
}
_ISO = re.compile(r"\d{4}(-\d{2}){0,2}")
_DAY = re.compile(r"(\d{1,2})(st|nd|rd|th)?")
_FROM, _TO, _AFTER, _BEFORE = {"since", "from", "between"}, {"until", "till", "to", "and"}, {"after"}, {"before"}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time told in words `start` to `end` (exclusive); None where it is open."""

    start: int
    end: int
    first: str | None
    last: str | None


def spans(words: list[str]) -> list[Span]:
    """The stretches of time in a row of words, a preposition included."""
    lower = [word.casefold() for word in words]
    found: list[Span] = []
    position = 0
    while position < len(lower):
        value, end = _date(lower, position)
        if value is None:
            position += 1
            continue
        before = lower[position - 1] if position else ""
        if found and before in _TO and found[-1].end == position - 1 and found[-1].last is None:
            found[-1] = Span(found[-1].start, end, found[-1].first, value)
        elif before in _FROM | _AFTER:
            found.append(Span(position - 1, end, value, None))
        elif before in _TO | _BEFORE and before != "and":
            found.append(Span(position - 1, end, None, value))
        else:
            found.append(Span(position, end, value, value))
        position = end
    return found


def _date(words: list[str], at: int) -> tuple[str | None, int]:
    """The date that begins here, as `YYYY[-MM[-DD]]`, and the position after it."""
    ahead = [*words[at : at + 4], "", "", "", ""]
    candidates: list[tuple[int, str | None, str | None, str | None]] = []
    if (day := _DAY.fullmatch(ahead[0])) and ahead[1] in _MONTHS:  # 29 February 2020
        candidates.append((3, ahead[2], ahead[1], day[1]))
    if ahead[0] in _MONTHS and (day := _DAY.fullmatch(ahead[1])):  # February 29, 2020
        candidates.append((3, ahead[2], ahead[0], day[1]))
    if ahead[0] in _MONTHS:  # February 2020
        candidates.append((2, ahead[1], ahead[0], None))
    if _ISO.fullmatch(ahead[0]) and _valid(ahead[0]):
        return ahead[0], at + 1
    for length, year, month, day_text in candidates:
        if year and re.fullmatch(r"\d{4}", year) and month:
            value = f"{year}-{_MONTHS[month]:02}" + (f"-{int(day_text):02}" if day_text else "")
            if _valid(value):
                return value, at + length
    return None, at


def _valid(value: str) -> bool:
    try:
        return bool(Time(value).earliest)
    except (ValueError, KeyError):
        return False
