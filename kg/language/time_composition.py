"""Joining expressions that stand together: "6 p.m. on Friday", "Monday of last week", "between March 1 and March 3"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from kg.language import time_values as values
from kg.language.time_context import Found
from kg.language.time_values import Reading, first_of, interval, last_of
from kg.model import Time

_BEFORE_DATE = re.compile(r",?(?: local time)?,?(?:\s(?:on|of))?\s(?:the\s)?", re.IGNORECASE)
_BEFORE_CLOCK = re.compile(
    r",?\s(?:(?:shortly\s(?:before|after)|at|around|about|by|in the)\s(?:about\s|around\s)?)?", re.IGNORECASE
)
_BEFORE_PERIOD = re.compile(r",?\s(?:of\s|in\s|on\s)?", re.IGNORECASE)
_NEXT_TO = re.compile(r"(?:,\s|\s|\s\()")
_JOINT = {
    "between": re.compile(r"\s+and\s+(?:the\s+)?", re.IGNORECASE),
    "from": re.compile(r"\s+(?:to|until|till|through|up to)\s+(?:the\s+)?", re.IGNORECASE),
    "": re.compile(r"\s+(?:to|through|until)\s+|\s?[-–]\s?", re.IGNORECASE),
}
_SINCE = re.compile(r"(?:ever\s+)?since(?:\s+(?:at\s+least|about|around|roughly))?\s+$", re.IGNORECASE)
_EDGE = re.compile(
    r"(?:(?:in\s+)?(?:the\s+)?(?:very\s+)?(?:start|beginning|middle|end|close|first\s+(?:half|days|week|weeks)|second\s+half"
    r"|last\s+(?:days|week|weeks))\s+of\s+|(?:early|earlier|late|later|mid|sometime)[-\s](?:(?:in|on)\s+)?)$",
    re.IGNORECASE,
)


def joined(left: Found, right: Found, text: str) -> Found | None:
    """One expression made of two neighbours; None where they do not belong together."""
    gap = text[left.end : right.start]
    if len(gap) > 30 or "\n\n" in gap:
        return None
    reading = _one_day(left.reading, right.reading, gap)
    if reading:
        return Found(left.start, right.end, reading)
    for preposition, joint in _JOINT.items():
        before = re.search(
            rf"\b({preposition}\s+(?:the\s+)?)$", text[max(left.start - 15, 0) : left.start], re.IGNORECASE
        )
        if joint.fullmatch(gap) and (before or not preposition):
            reading = _interval(left.reading, right.reading)
            start = left.start - len(before[1]) if preposition and before else left.start
            return Found(start, right.end, reading) if reading else None
    return None


def _one_day(left: Reading, right: Reading, gap: str) -> Reading | None:
    """A day with its hour, its date, its week or its year."""
    if left.role == "clock" and _is_day(right) and _BEFORE_DATE.fullmatch(gap):
        return _at(right, left)
    if right.role == "clock" and _is_day(left) and _BEFORE_CLOCK.fullmatch(gap):
        return _at(left, right)
    if left.role == "yearless" and right.role == "year" and _BEFORE_PERIOD.fullmatch(gap):
        return _in_year(left, first_of(right))
    if left.role == "weekday" and right.role == "week" and _BEFORE_PERIOD.fullmatch(gap):
        return _in_week(left, right)
    if left.role == "week" and right.role == "weekday" and _BEFORE_PERIOD.fullmatch(gap):
        return _in_week(right, left)
    if left.role == "weekday" and right.role == "yearless" and _is_day(right) and _NEXT_TO.fullmatch(gap):
        return right if _weekday(left) == _weekday(right) else None
    if right.role == "weekday" and left.role != "weekday" and _is_day(left) and _NEXT_TO.fullmatch(gap):
        return left if _weekday(left) == _weekday(right) else None
    return None


def _is_day(reading: Reading) -> bool:
    return reading.time is not None and reading.time.precision == "day" and not reading.anchored


def _weekday(reading: Reading) -> int:
    return date.fromisoformat(first_of(reading)).isoweekday()


def _at(day: Reading, clock: Reading) -> Reading:
    return Reading("TIME", first_of(day) + clock.value, day.time)


def _in_year(reading: Reading, year: str) -> Reading | None:
    try:
        time = Time(year + first_of(reading)[4:])
    except ValueError:  # February 29 of a common year
        return None
    return Reading(reading.label, time.value, time)


def _in_week(weekday: Reading, week: Reading) -> Reading:
    monday = date.fromisoformat(first_of(week))
    when = (monday + timedelta(days=_weekday(weekday) - 1)).isoformat()
    return replace(weekday, value=when + weekday.value[10:], time=Time(when), role="")


def _interval(left: Reading, right: Reading) -> Reading | None:
    """From the one to the other; a missing year is taken from the other side, and a weekday follows the first."""
    if left.time is None or right.time is None or left.anchored or right.anchored:
        return None
    if "DURATION" in (left.label, right.label):
        return None
    begin, end = first_of(left), last_of(right)
    if (len(begin) == 4) != (len(end) == 4):
        return None
    if right.role == "weekday" and begin > end:
        end = (date.fromisoformat(end) + timedelta(weeks=1)).isoformat()
    if left.role == "yearless" and right.role != "yearless":
        begin = end[:4] + begin[4:]
    if left.role == "yearless" and begin > end:
        begin = f"{int(end[:4]) - 1:04}{begin[4:]}"
    try:
        time = interval(begin, end)
    except ValueError:
        return None
    return Reading("DATE", time.value, time) if time else None


def with_surroundings(found: Found, text: str, published: date) -> Found:
    """Take in the words before an expression that belong to it: "the end of", "early", and "since" for an interval."""
    reading, start = found.reading, found.start
    if reading.label in {"SET", "DURATION"} or reading.role == "clock":
        return found
    if edge := _EDGE.search(text[max(start - 40, 0) : start]):
        start -= len(edge[0])
    since = _SINCE.search(text[max(start - 40, 0) : start])
    if since and reading.time and reading.time.latest <= published:
        start -= len(since[0])
        reading = replace(reading, time=interval(first_of(reading), published.isoformat()), role="")
    elif since and reading.time and reading.time.earliest <= published:
        # "since March", said in March
        start -= len(since[0])
        reading = replace(reading, time=Time(f"{first_of(reading)}/{published.isoformat()}"), role="")
    return Found(start, found.end, reading)


def from_day(found: Found, following: Found | None, text: str) -> Found:
    """Give "two days after" its time where the date that it counts from follows at once ("after February 29")."""
    reading = found.reading
    if not reading.anchored or following is None or following.reading.time is None or following.reading.anchored:
        return found
    if not re.fullmatch(r"\s(?:the\s)?", text[found.end : following.start]):
        return found
    if reading.offset_days is None and reading.offset_months is None:
        return found
    time = values.shifted(following.reading.time, reading.offset_days or 0, reading.offset_months or 0)
    return replace(found, reading=replace(reading, time=time))
