"""What a time expression means: readings with a TIMEX3 value and the calendar time covered, and calendar arithmetic.

A `Time` is no finer than the words: a day, a month, a year, or an interval `A/B` of two of these, both ends included.
"""

from __future__ import annotations

import calendar
import math
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.model import Time

_DAYS = {"D": 1, "W": 7}
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}


@dataclass(frozen=True, slots=True)
class Reading:
    """The meaning of one time expression.

    `label` is DATE, TIME, DURATION or SET; `value` the TIMEX3 value; `time` the calendar time covered, None where the
    words give none. `anchored` expressions count from an event named in words ("four days after the signing"):
    `offset_days` or `offset_months` is the signed distance from it, both None where it is vague ("days after").
    `role` says what composition may still do with it: `clock`, `weekday`, `yearless`, `dated` (told with its year),
    `narrated` (of the year of the story), `week`, `year`, `counted` ("three weeks ago") or nothing.
    """

    label: str
    value: str
    time: Time | None = None
    anchored: bool = False
    offset_days: int | None = None
    offset_months: int | None = None
    role: str = ""


def first_of(reading: Reading) -> str:
    """The beginning of a reading's time, at its own granularity; for readings that have a time."""
    assert reading.time is not None
    return reading.time.value.split("/")[0]


def last_of(reading: Reading) -> str:
    """The end of a reading's time, at its own granularity; for readings that have a time."""
    assert reading.time is not None
    return reading.time.value.split("/")[-1]


def interval(begin: str, end: str) -> Time | None:
    """`begin/end`, the single value where they are one, None where the end comes before the beginning."""
    if begin == end:
        return Time(begin)
    if Time(begin).earliest > Time(end).latest:
        return None
    return Time(f"{begin}/{end}")


def add_months(day: date, months: int) -> date:
    """The same day of the month, or the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def shifted(time: Time, days: int = 0, months: int = 0) -> Time | None:
    """A time so many days or months later, at the same precision.

    None where the precision is coarser than the shift (two days after "March 2020"), or for an interval.
    """
    if time.precision == "interval" or (days and time.precision != "day") or (months % 12 and time.precision == "year"):
        return None
    moved = add_months(time.earliest, months) + timedelta(days=days)
    return Time(moved.isoformat()[: len(time.value)])


def day(when: date, part: str = "", role: str = "") -> Reading:
    """A day, or a part of it by its TIMEX3 code (`MO`, `AF`, `EV`, `NI`)."""
    value = when.isoformat()
    return Reading("TIME" if part else "DATE", value + (f"T{part}" if part else ""), Time(value), role=role)


def month(year: int, number: int, role: str = "") -> Reading:
    """A month, 1 to 12."""
    value = f"{year:04}-{number:02}"
    return Reading("DATE", value, Time(value), role=role)


def year(number: int) -> Reading:
    """A year, 1 to 9999."""
    return Reading("DATE", f"{number:04}", Time(f"{number:04}"), role="year")


def week(when: date) -> Reading:
    """The week, Monday to Sunday, that a day lies in."""
    monday = when - timedelta(days=when.weekday())
    iso = when.isocalendar()
    return Reading("DATE", f"{iso.year}-W{iso.week:02}", interval(monday.isoformat(), _plus(monday, 6)), role="week")


def weekend(when: date) -> Reading:
    """The Saturday and Sunday of the week that a day lies in."""
    monday = when - timedelta(days=when.weekday())
    return Reading("DATE", week(when).value + "-WE", interval(_plus(monday, 5), _plus(monday, 6)))


def months_of(number: int, first: int, count: int, code: str) -> Reading:
    """A stretch of months of one year, such as a quarter or a half: `code` is Q1, H2 and the like."""
    return Reading(
        "DATE", f"{number:04}-{code}", interval(f"{number:04}-{first:02}", f"{number:04}-{first + count - 1:02}")
    )


def quarter(number: int, which: int) -> Reading:
    """A quarter of a year, 1 to 4."""
    return months_of(number, 3 * which - 2, 3, f"Q{which}")


def season(number: int, first: int, code: str) -> Reading:
    """A season of a year. "Winter 2014" may be either of the two that touch the year: its time covers both."""
    if code == "WI":
        return Reading("DATE", f"{number:04}-WI", interval(f"{number - 1:04}-12", f"{number + 1:04}-02"))
    return months_of(number, first, 3, code)


def decade(first: int) -> Reading:
    """Ten years from `first`."""
    return Reading("DATE", f"{first // 10:03}", interval(f"{first:04}", f"{first + 9:04}"))


def century(ordinal: int) -> Reading:
    """The 21st century is 2001 to 2100."""
    first = (ordinal - 1) * 100 + 1
    return Reading("DATE", f"{ordinal - 1:02}", interval(f"{first:04}", f"{first + 99:04}"))


def unit_from(when: date, code: str, count: int) -> Reading | None:
    """The calendar unit (TIMEX3 `code`) that lies `count` units from the one holding `when`; None below a day."""
    if code == "D":
        return day(when + timedelta(days=count))
    if code == "W":
        return week(when + timedelta(weeks=count))
    if code == "WE":
        return weekend(when + timedelta(weeks=count))
    if code not in _MONTHS:
        return None
    there = add_months(when, _MONTHS[code] * count)
    if code == "M":
        return month(there.year, there.month)
    if code == "Q":
        return quarter(there.year, (there.month + 2) // 3)
    if code == "Y":
        return year(there.year)
    return decade(there.year // 10 * 10) if code == "DE" else century((there.year + 99) // 100)


def distant(when: date, code: str, count: float) -> Reading | None:
    """The time `count` units from `when`, as "three weeks ago" tells it: at the precision of its unit.

    Up to twelve hours stay on the day, whole days of hours are days, and what lies between has no reading; decades are
    told too loosely for a time.
    """
    if code.startswith("T"):
        days = round(count / 24) if code == "TH" and count % 24 == 0 else 0
        if code == "TH" and not days and abs(count) > 12:
            return None
        return Reading(
            "DATE", (when + timedelta(days=days)).isoformat(), Time((when + timedelta(days=days)).isoformat())
        )
    if count != int(count):
        return None
    reading = unit_from(when, code, int(count))
    if reading and code == "W" and count:
        # its week is what TIMEX3 notes, but who says "three weeks ago" counts to the day
        return replace(reading, time=Time((when + timedelta(weeks=count)).isoformat()))
    if reading and code in {"DE", "CE"}:
        return Reading("DATE", f"{add_months(when, _MONTHS[code] * int(count)).year:04}")
    return reading


def stretch(when: date, code: str, count: float) -> Time | None:
    """The days from `when` over `count` units, backward where negative: "the past 24 hours" is two days."""
    if code.startswith("T"):
        span = math.ceil(abs(count) / 24) if code == "TH" else 1
        there = when + timedelta(days=math.copysign(span, count))
    elif code in _DAYS:
        there = when + timedelta(days=_DAYS[code] * count)
    elif code in _MONTHS:
        there = add_months(when, round(_MONTHS[code] * count))
    else:
        return None
    return interval(min(when, there).isoformat(), max(when, there).isoformat())


def duration(code: str, count: float | None) -> str:
    """TIMEX3 value of a length of time, `X` for a number that is not told: P9M, PT24H, PXD."""
    amount = "X" if count is None else f"{count:.12g}"
    return f"PT{amount}{code[1]}" if code.startswith("T") else f"P{amount}{code}"


def offsets(code: str, count: float | None) -> tuple[int | None, int | None]:
    """The distance in days and in months; hours and minutes count as the same day unless they make whole days."""
    if code == "TH" and count is not None and count % 24 == 0:
        return int(count // 24), None
    if code.startswith("T"):
        return 0, None
    if count is None or count != int(count):
        return None, None
    if code in _DAYS:
        return _DAYS[code] * int(count), None
    return None, _MONTHS[code] * int(count) if code in _MONTHS else None


def _plus(when: date, days: int) -> str:
    return (when + timedelta(days=days)).isoformat()
