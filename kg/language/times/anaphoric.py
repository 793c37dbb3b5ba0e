"""Rules for expressions that count from a time told before ("two days earlier", "the same day") or from an event."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from kg.language.times import values
from kg.language.times.context import Context, Rule
from kg.language.times.deictic import compared_quarter
from kg.language.times.lexicon import month_number, number, pattern, told, unit_code, weekday_number, words
from kg.language.times.values import Reading
from kg.model import Time

_STEP = {"next": 1, "following": 1, "previous": -1, "preceding": -1, "before": -1, "same": 0}
# What a reference must be told to the precision of, before a unit can be counted from it
_PRECISIONS = {
    "M": ("day", "month"),
    "Q": ("day", "month", "interval"),
    "Y": ("day", "month", "year", "interval"),
    "DE": ("day", "month", "year", "interval"),
}


def _distance(match: re.Match[str], context: Context) -> Reading | None:
    """two days earlier, hours later, the year before, the night before."""
    code = unit_code(match["unit"])
    count = number(match["number"]) if match["number"] else (1.0 if told(match, "the") else None)
    sign = -1 if match["way"].lower() in {"earlier", "before", "previously"} else 1
    if count is None and not code.startswith("T"):
        return Reading("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", role="counted")
    if told(match, "half") and count is not None:
        return Reading("DURATION", values.duration(code, count + 0.5))
    if code == "Y" and count == 1 and sign < 0 and (quarter := compared_quarter(match, context)):
        return quarter
    reference = context.reference(match, *_PRECISIONS.get(code, ("day",)))
    if told(match, "unit") == "night" and told(match, "the"):
        return values.day(reference + timedelta(days=sign), "NI")
    reading = values.distant(reference, code, sign * (count or 0))
    return replace(reading, role="counted") if reading else None


def _clock_distance(match: re.Match[str], context: Context) -> Reading | None:
    """half an hour later, 20 minutes earlier: the hour, where one was told."""
    last = context.last_value(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?", match.start())
    count = 0.5 if told(match, "half") else number(match["number"])
    if last is None or count is None:
        return None
    sign = -1 if match["way"].lower() == "earlier" else 1
    minutes = sign * count * (60 if unit_code(match["unit"]) == "TH" else 1)
    when = datetime.fromisoformat(last) + timedelta(minutes=minutes)
    return Reading("TIME", when.isoformat(timespec="minutes"), Time(when.date().isoformat()), role="counted")


def _neighbour(match: re.Match[str], context: Context) -> Reading | None:
    """the next day, the following month, the same week, that night."""
    step = _STEP.get(told(match, "which"), 0)
    word = match["what"].lower()
    if told(match, "season"):
        return _neighbouring_season(match, step, context)
    if told(match, "month"):
        return _neighbouring_month(match, step, context)
    if part := words()["day_parts"].get(word):
        return values.day(context.reference(match, "day") + timedelta(days=step), part)
    code = unit_code(word)
    return values.unit_from(context.reference(match, *_PRECISIONS.get(code, ("day",))), code, step)


def _neighbouring_season(match: re.Match[str], step: int, context: Context) -> Reading | None:
    """the next spring: the first to begin after what was told."""
    reference = context.reference(match, "day", "month", "year", "interval")
    first, code = words()["seasons"][told(match, "season")]
    later = reference.month < first
    year = reference.year + (step - 1 if later and step > 0 else step)
    return values.season(year + (1 if step < 0 and reference.month >= first + 3 else 0), first, code)


def _neighbouring_month(match: re.Match[str], step: int, context: Context) -> Reading | None:
    """the following March, the previous October."""
    wanted = month_number(match["month"])
    reference = context.reference(match, "day", "month", "year", "interval")
    if wanted is None or not step:
        return None
    year = reference.year + (step if (wanted - reference.month) * step <= 0 else 0)
    return values.month(year, wanted)


def _weekday(match: re.Match[str], context: Context) -> Reading | None:
    """the following Monday, the previous Friday."""
    wanted = weekday_number(match["weekday"])
    reference = context.reference(match, "day")
    if _STEP[match["which"].lower()] > 0:
        return values.day(reference + timedelta(days=(wanted - reference.isoweekday()) % 7 or 7))
    return values.day(reference - timedelta(days=(reference.isoweekday() - wanted) % 7 or 7))


def _in_the_day(match: re.Match[str], context: Context) -> Reading | None:
    """earlier in the day, later that day."""
    return values.day(context.reference(match, "day"))


def _part_told(match: re.Match[str], context: Context) -> Reading | None:
    """in the evening, through the night: of the day told in the sentence, else of the day of publication."""
    if re.match(r"\s(?:of|sky|shift|before|after|that|when)\b|-", context.text[match.end() : match.end() + 8]):
        return None
    day = context.day_told(match.start())
    return values.day(day, words()["day_parts"][told(match, "part")])


def _anchored(match: re.Match[str], context: Context) -> Reading | None:
    """four days after the signing, hours before the vote, within days of the deal."""
    code = unit_code(match["unit"])
    count = number(match["number"]) if match["number"] else (1.0 if told(match, "the") else None)
    if count is not None and told(match, "half"):
        count += 0.5
    length = values.duration(code, count)
    if re.match(rf"\s{match['unit']}\b", context.text[match.end() : match.end() + 12], re.IGNORECASE):
        return None  # "day after day"
    if match["way"].lower() == "of":
        same_day = code.startswith("T") and (count is None or count < 24)
        return Reading("DURATION", length, anchored=True, offset_days=0 if same_day else None)
    sign = -1 if match["way"].lower() in {"before", "prior to", "ahead of"} else 1
    days, months = values.offsets(code, count)
    return Reading(
        "DURATION",
        length,
        anchored=True,
        offset_days=None if days is None else sign * days,
        offset_months=None if months is None else sign * months,
    )


def _eve(match: re.Match[str], context: Context) -> Reading | None:
    return Reading("DATE", "P1D", anchored=True, offset_days=-1)


_S = r"(?:s'?|'s)?"
_ALONE = r"(?!\s(?!by\b)[\w“\"‘])"  # with nothing that it counts from: "the day before by two envoys"
_COUNT = r"(?:(?:<number>(?P<half>[-\s]and[-\s]a[-\s]half)? (?:<between> )?|(?P<the>the) ))?"

RULES: tuple[Rule, ...] = (
    (
        pattern(rf"{_COUNT}<unit>{_S} (?P<way>earlier|later|previously|before|after|afterwards?){_ALONE}"),
        _distance,
    ),
    (pattern(rf"{_COUNT}<unit>{_S} (?P<way>earlier|later|previously)"), _distance),
    (
        pattern(r"(?:(?P<half>half an?)|<number>) (?P<unit>hour|minute)s? (?P<way>earlier|later)"),
        _clock_distance,
    ),
    (
        pattern(
            r"(?:the|that)(?: very)? (?P<which>next|following|previous|preceding|same)"
            r" (?P<what>day|night|morning|afternoon|evening|week|weekend|month|quarter|year|decade|<season>|<month>)"
        ),
        _neighbour,
    ),
    (pattern(rf"the (?P<what>morning|afternoon|evening) (?P<which>before){_ALONE}"), _neighbour),
    (pattern(r"that(?: same)? (?P<what>day|night|morning|afternoon|evening|week|weekend|month|year)"), _neighbour),
    (pattern(r"the (?P<which>next|following|previous|preceding) <weekday>"), _weekday),
    (pattern(r"(?:early|earlier|late|later)(?: on)? (?:in (?:the|that)|that|the same) day"), _in_the_day),
    (
        pattern(r"(?:in|during|by|until|through|throughout|for|of|into) (?P<span>the (?:early |late )?<part>)"),
        _part_told,
    ),
    (
        pattern(rf"(?P<span>{_COUNT}<unit>{_S}) (?P<way>after|before|following|prior to|ahead of)(?=\s[\w“\"‘$])"),
        _anchored,
    ),
    (pattern(rf"within (?P<span>(?:(?:<number>|(?P<the>the)) )?<unit>{_S}) (?P<way>of)"), _anchored),
    (pattern(r"(?:the )?eve of(?=\s[\w“\"‘])"), _eve),
)
