"""Expressions that stand together: "6 p.m. on Friday", "Monday of last week", "between March 1 and March 3"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.language.times import values
from kg.language.times.lexicon import word_set, words
from kg.language.times.values import Reading, first_of, interval, last_of
from kg.model import Time


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression at character offsets of the text, end exclusive."""

    start: int
    end: int
    reading: Reading


_BEFORE_DATE = re.compile(r",?(?: local time)?,?(?:\s(?:on|of))?\s(?:the\s)?", re.IGNORECASE)
_BEFORE_CLOCK = re.compile(
    r",?\s(?:(?:shortly\s(?:before|after)|at|around|about|by|in the)\s(?:about\s|around\s)?)?", re.IGNORECASE
)
_BEFORE_PERIOD = re.compile(r",?\s(?:of\s|in\s|on\s)?", re.IGNORECASE)
_NEXT_TO = re.compile(r"(?:,\s|\s|\s\()")
_LISTED = re.compile(r"\s?(?:,|,?\s(?:and|or|to|through|until|till)|[-–])\s?(?:the\s)?", re.IGNORECASE)
_JOINT = {
    "between": re.compile(r"\s+and\s+(?:the\s+)?", re.IGNORECASE),
    "from": re.compile(r"\s+(?:to|until|till|through|up to)\s+(?:the\s+)?", re.IGNORECASE),
    "": re.compile(r"\s+(?:to|through|until)\s+|\s?[-–]\s?", re.IGNORECASE),
}
_SINCE = re.compile(r"(?:ever\s+)?since(?:\s+(?:at\s+least|about|around|roughly))?\s+$", re.IGNORECASE)
_EDGE = re.compile(
    r"(?:(?:the\s+)?(?:very\s+)?(?:start|beginning|middle|end|close|rest|remainder|height|dawn|first\s+(?:half|days|week|weeks)"
    r"|second\s+half|last\s+(?:days|week|weeks))\s+of\s+|\b(?:early|earlier|late|later|mid)[-\s])$",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"\b(?:the\s+)?(?:(?:fiscal|calendar)(?:\s+years?)?\s+|year\s+|months?\s+of\s+|week\s+of\s+)$", re.IGNORECASE
)
_PART = re.compile(r"\b(?:the\s+)?(?:early\s+|late\s+)?(morning|afternoon|evening|night)\s+of\s+$", re.IGNORECASE)


def joined(left: Found, right: Found, text: str) -> list[Found] | None:
    """Two neighbours made one expression, or two that tell an interval or a list; None where they stand alone."""
    gap = text[left.end : right.start]
    if len(gap) > 30 or "\n\n" in gap:
        return None
    reading = _one_day(left.reading, right.reading, gap)
    if reading:
        return [Found(left.start, right.end, reading)]
    for preposition, joint in _JOINT.items():
        before = text[max(left.start - 15, 0) : left.start]
        if joint.fullmatch(gap) and re.search(rf"\b{preposition}\s+(?:the\s+)?$" if preposition else "", before, re.I):
            pair = _interval(left.reading, right.reading)
            if pair:
                return [replace(left, reading=pair[0]), replace(right, reading=pair[1])]
    if left.reading.role == "yearless" and right.reading.role == "dated" and _LISTED.fullmatch(gap):
        earlier = _in_year(left.reading, first_of(right.reading)[:4])  # "March and April 2019"
        if earlier and earlier.value <= right.reading.value:
            return [replace(left, reading=earlier), right]
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
    return Reading("TIME", first_of(day) + clock.value[clock.value.index("T") :], day.time)


def _in_year(reading: Reading, year: str) -> Reading | None:
    try:
        time = Time(year + first_of(reading)[4:])
    except ValueError:  # February 29 of a common year
        return None
    return Reading(reading.label, time.value, time, role="dated")


def _in_week(weekday: Reading, week: Reading) -> Reading:
    monday = date.fromisoformat(first_of(week))
    when = (monday + timedelta(days=_weekday(weekday) - 1)).isoformat()
    return replace(weekday, value=when + weekday.value[10:], time=Time(when), role="")


def _interval(left: Reading, right: Reading) -> tuple[Reading, Reading] | None:
    """Both ends with the interval for their time; a missing year is the other side's, a weekday follows the first."""
    if left.time is None or right.time is None or left.anchored or right.anchored:
        return None
    if {"DURATION", "SET"} & {left.label, right.label}:
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
    if time is None:
        return None
    first = begin if left.value == first_of(left) else left.value
    last = end if right.value == last_of(right) else right.value
    return replace(left, value=first, time=time, role=""), replace(right, value=last, time=time, role="")


def with_surroundings(found: Found, text: str, published: date) -> Found:
    """Take in the words before an expression that belong to it ("the end of", "about"); "since" makes an interval."""
    reading, start = found.reading, found.start
    before = text[max(start - 40, 0) : start]
    if reading.label in {"SET", "DURATION"} or reading.role in {"clock", "counted"}:
        about = _about(found, text, before)
        if about and reading.time is not None and "-W" in reading.value:
            reading = replace(reading, time=values.week(reading.time.earliest).time)
        return Found(start - len(about), found.end, reading)
    for kind in (_KIND, _EDGE):
        if (edge := kind.search(before)) and _kind_fits(edge[0], reading):
            start -= len(edge[0])
            before = text[max(start - 40, 0) : start]
            if "week of" in edge[0].lower() and _is_day(reading):
                reading = values.week(date.fromisoformat(first_of(reading)))
    if _is_day(reading) and reading.label == "DATE" and (part := _PART.search(before)):
        start -= len(part[0])
        reading = values.day(date.fromisoformat(first_of(reading)), words()["day_parts"][part[1].lower()])
    if _SINCE.search(before) and reading.time and reading.time.earliest <= published:
        # "since March", said in March, begins with the month
        begin, over = first_of(reading), reading.time.latest <= published
        time = interval(begin, published.isoformat()) if over else Time(f"{begin}/{published.isoformat()}")
        reading = replace(reading, time=time, role="")
    return Found(start, found.end, reading)


def _kind_fits(words_before: str, reading: Reading) -> bool:
    """Whether "year" stands before a year, "week of" before a day, and "early" before something that has parts."""
    told = words_before.lower()
    if reading.time is None:
        return False
    if "week of" in told:
        return _is_day(reading)
    if "month" in told:
        return reading.time.precision == "month"
    return reading.role == "year" if re.search(r"year|fiscal|calendar", told) else True


def _about(found: Found, text: str, before: str) -> str:
    """The modifier of an amount that stands right before it: "at least", "about", "more than"."""
    amount = text[found.start : found.end].split("-")[0].split()[0].lower()
    if not (amount[0].isdigit() or amount in words()["numbers"] or amount in {"half", "noon", "midnight"}):
        return ""
    modifiers = "|".join(sorted(word_set("approximate"), key=len, reverse=True)).replace(" ", r"\s+")
    match = re.search(rf"(?<!took )(?<!take )(?<!takes )\b(?:{modifiers})\s+$", before, re.IGNORECASE)
    return match[0] if match else ""


def from_day(found: Found, following: Found | None, text: str) -> Found:
    """Give "two days" its time where the date that it counts from follows at once ("after February 29")."""
    reading = found.reading
    if not reading.anchored or following is None or following.reading.time is None or following.reading.anchored:
        return found
    if not re.fullmatch(
        r"\s(?:after|before|following|prior to|ahead of)\s(?:the\s)?", text[found.end : following.start]
    ):
        return found
    if reading.offset_days is None and reading.offset_months is None:
        return found
    time = values.shifted(following.reading.time, reading.offset_days or 0, reading.offset_months or 0)
    return replace(found, reading=replace(reading, time=time))
