"""Rules for expressions that count from a time told before ("two days earlier", "the same day") or from an event."""

from __future__ import annotations

import re
from datetime import timedelta

from kg.language import time_values as values
from kg.language.time_context import Context, Rule
from kg.language.time_lexicon import number, pattern, told, unit_code, weekday_number, words
from kg.language.time_values import Reading

_STEP = {"next": 1, "following": 1, "previous": -1, "preceding": -1, "same": 0}
# What a reference must be told to the precision of, before a unit can be counted from it
_PRECISIONS = {"M": ("day", "month"), "Y": ("day", "month", "year"), "DE": ("day", "month", "year")}


def _distance(match: re.Match[str], context: Context) -> Reading | None:
    """two days earlier, hours later, the year before."""
    code = unit_code(match["unit"])
    count = number(match["number"]) if match["number"] else (1.0 if told(match, "the") else None)
    sign = -1 if match["way"].lower() in {"earlier", "before", "previously"} else 1
    if count is None and not code.startswith("T"):
        return Reading("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF")
    if told(match, "half") and count is not None:
        return Reading("DURATION", values.duration(code, count + 0.5))
    reference = context.reference(match, *_PRECISIONS.get(code, ("day",)))
    return values.distant(reference, code, sign * (count or 0))


def _neighbour(match: re.Match[str], context: Context) -> Reading | None:
    """the next day, the following month, the same week, that night."""
    step = _STEP.get(told(match, "which"), 0)
    word = match["what"].lower()
    if part := words()["day_parts"].get(word):
        return values.day(context.reference(match, "day") + timedelta(days=step), part)
    code = unit_code(word)
    return values.unit_from(context.reference(match, *_PRECISIONS.get(code, ("day",))), code, step)


def _weekday(match: re.Match[str], context: Context) -> Reading | None:
    """the following Monday, the previous Friday."""
    wanted = weekday_number(match["weekday"])
    if wanted is None:
        return None
    reference = context.reference(match, "day")
    if _STEP[match["which"].lower()] > 0:
        return values.day(reference + timedelta(days=(wanted - reference.isoweekday()) % 7 or 7))
    return values.day(reference - timedelta(days=(reference.isoweekday() - wanted) % 7 or 7))


def _in_the_day(match: re.Match[str], context: Context) -> Reading | None:
    """earlier in the day, later that day."""
    return values.day(context.reference(match, "day"))


def _anchored(match: re.Match[str], context: Context) -> Reading | None:
    """four days after the signing, hours before the vote, within days of the deal."""
    code = unit_code(match["unit"])
    count = number(match["number"]) if match["number"] else (1.0 if told(match, "the") else None)
    length = values.duration(code, count)
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


_S = r"(?:s['’]?|['’]s)?"
_COUNT = r"(?:(?:<number>(?P<half>[-\s]and[-\s]a[-\s]half)?|(?P<the>the)) )?"

RULES: tuple[Rule, ...] = (
    (
        pattern(rf"{_COUNT}<unit>{_S} (?P<way>earlier|later|previously|before|after|afterwards?)(?!\s[\w“\"‘])"),
        _distance,
    ),
    (pattern(rf"{_COUNT}<unit>{_S} (?P<way>earlier|later|previously)"), _distance),
    (
        pattern(
            r"(?:the|that)(?: very)? (?P<which>next|following|previous|preceding|same)"
            r" (?P<what>day|night|morning|afternoon|evening|week|weekend|month|year|decade)"
        ),
        _neighbour,
    ),
    (pattern(r"that (?P<what>day|night|morning|afternoon|evening|week|weekend|month|year)"), _neighbour),
    (pattern(r"the (?P<which>next|following|previous|preceding) <weekday>"), _weekday),
    (pattern(r"(?:early|earlier|late|later)(?: on)? (?:in (?:the|that)|that|the same) day"), _in_the_day),
    (pattern(rf"{_COUNT}<unit>{_S} (?P<way>after|before|following|prior to|ahead of)(?=\s[\w“\"‘])"), _anchored),
    (pattern(rf"within (?:(?:<number>|(?P<the>the)) )?<unit>{_S} (?P<way>of)"), _anchored),
    (pattern(r"(?:the )?eve of(?=\s[\w“\"‘])"), _eve),
)
