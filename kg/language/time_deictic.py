"""Rules for expressions that count from the publication date: today, Wednesday, last week, three days ago."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.language import time_values as values
from kg.language.time_context import Context, Rule
from kg.language.time_lexicon import month_number, number, pattern, told, unit_code, weekday_number, words
from kg.language.time_tense import Tense
from kg.language.time_values import Reading

_DISTANCE = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_STEP = {"last": -1, "past": -1, "next": 1, "coming": 1}
# "in recent weeks" and the like have no bounds
_VAGUE = {"recent": "PAST_REF", "coming": "FUTURE_REF", "past": "PAST_REF", "last": "PAST_REF", "next": "FUTURE_REF"}


def _near_day(match: re.Match[str], context: Context) -> Reading | None:
    """today, tonight, yesterday morning."""
    word = match["word"].lower()
    part = "NI" if word == "tonight" else _part(match)
    return values.day(context.published + timedelta(days=_DISTANCE[word]), part)


def _day_but_one(match: re.Match[str], context: Context) -> Reading | None:
    return values.day(context.published + timedelta(days=-2 if match["back"] else 2))


def _part_of_today(match: re.Match[str], context: Context) -> Reading | None:
    """this morning, last night."""
    days = -1 if told(match, "which") == "last" else 0
    return values.day(context.published + timedelta(days=days), _part(match))


def _weekday(match: re.Match[str], context: Context) -> Reading | None:
    """The day itself is the latest and the next of its name: an article of Wednesday writes "on Wednesday"."""
    wanted = weekday_number(match["weekday"])
    if wanted is None:
        return None
    which = told(match, "which").split()
    back = (context.published.isoweekday() - wanted) % 7
    ahead = (wanted - context.published.isoweekday()) % 7
    if which and which[-1] in {"last", "past"}:
        distance = -(back or 7)
    elif which and which[-1] in {"next", "coming"}:
        distance = ahead or 7
    elif which == ["this"]:
        distance = -back if context.tense(match) is Tense.PAST else ahead
    else:
        distance = ahead if context.tense(match) is Tense.FUTURE else -back
    return values.day(context.published + timedelta(days=distance), _part(match), role="weekday")


def _calendar_unit(match: re.Match[str], context: Context) -> Reading | None:
    """this week, last month, next year, last weekend."""
    code = unit_code(match["unit"])
    if code == "D" or code.startswith("T"):
        return None
    which = told(match, "which").split()[-1]
    step = _STEP.get(which, 0)
    if code == "WE" and which == "past":
        return _weekend_before(context.published)
    return values.unit_from(context.published, code, step)


def _the_weekend(match: re.Match[str], context: Context) -> Reading | None:
    if context.tense(match) is Tense.FUTURE:
        return values.weekend(context.published)
    return _weekend_before(context.published)


def _weekend_before(published: date) -> Reading:
    """The weekend just gone, or the one that the publication date lies in."""
    return values.weekend(published if published.isoweekday() > 5 else published - timedelta(weeks=1))


def _month_by(match: re.Match[str], context: Context) -> Reading | None:
    """last March, next June, this May, October of last year."""
    wanted = month_number(match["month"])
    if wanted is None:
        return None
    now, which = context.published, told(match, "which").split()[-1]
    if which in {"last", "past"}:
        return values.month(now.year if wanted < now.month else now.year - 1, wanted)
    if which in {"next", "coming"}:
        return values.month(now.year if wanted > now.month else now.year + 1, wanted)
    return values.month(now.year, wanted)


def _season_by(match: re.Match[str], context: Context) -> Reading | None:
    """last summer: the latest one that is over; this and next by the year."""
    first, code = words()["seasons"][match["season"].lower()]
    now, which = context.published, told(match, "which").split()[-1]
    if which in {"last", "past"}:
        # winter told from its December: over in March of the next year
        over = now.month >= first + 3 if code != "WI" else False
        year = now.year if over else now.year - 1
    else:
        year = now.year + (1 if which in {"next", "coming"} and now.month >= first else 0)
    return values.season(year, first, code)


def _part_of_unit(match: re.Match[str], context: Context) -> Reading | None:
    """earlier in the week, by the end of the month, at year's end."""
    return values.unit_from(context.published, unit_code(match["unit"]), 0)


def _year_part(match: re.Match[str], context: Context) -> Reading | None:
    """the first half of this year, the third quarter."""
    which = words()["ordinals"][match["ordinal"].lower()]
    year = context.published.year + _STEP.get(told(match, "which"), 0)
    if match["kind"].lower() == "half":
        return values.months_of(year, 6 * which - 5, 6, f"H{which}") if which <= 2 and match["which"] else None
    if not match["which"] and context.word_before(match.start()) not in {"in", "during", "for", "of", "since", "by"}:
        return None
    return values.months_of(year, 3 * which - 2, 3, f"Q{which}")


def _ago(match: re.Match[str], context: Context) -> Reading | None:
    count = number(told(match, "number")) if told(match, "number") else None
    code = unit_code(match["unit"])
    if count is None and not code.startswith("T"):
        return Reading("DATE", "PAST_REF")
    if told(match, "half") and count is not None:
        return Reading("DATE", values.duration(code, count + 0.5))
    return values.distant(context.published, code, -(count or 0)) or Reading("DATE", "PAST_REF")


def _from_now(match: re.Match[str], context: Context) -> Reading | None:
    """three days from now; "in three days" where the clause looks ahead."""
    count, code = number(match["number"]), unit_code(match["unit"])
    if told(match, "bare"):
        before = context.text[max(match.start() - 40, 0) : match.start()].lower()
        if context.tense(match) is not Tense.FUTURE or re.search(r"\b(?:first|only|\w+est|times?|most)\b", before):
            return None
    if count is None:
        return Reading("DATE", "FUTURE_REF")
    return values.distant(context.published, code, count)


def _past_stretch(match: re.Match[str], context: Context) -> Reading | None:
    """the past 24 hours, the last two years, the next three months, the past week."""
    code, ahead = unit_code(match["unit"]), told(match, "which") in {"next", "coming"}
    count = number(told(match, "number")) if told(match, "number") else 1.0
    length = values.duration(code, count)
    if count is None:
        return Reading("DURATION", length)
    # "the next week" alone counts from what was told before; "the last day" is an ordinal
    counted = not ahead or context.word_before(match.start()) in {"over", "in", "during", "within"}
    if not told(match, "number") and (code == "D" or not counted):
        return None
    return Reading("DURATION", length, values.stretch(context.published, code, count if ahead else -count))


def _within(match: re.Match[str], context: Context) -> Reading | None:
    count, code = number(match["number"]), unit_code(match["unit"])
    if count is None or context.tense(match) is Tense.PAST:
        return Reading("DURATION", values.duration(code, count))
    return Reading("DURATION", values.duration(code, count), values.stretch(context.published, code, count))


def _vague_stretch(match: re.Match[str], context: Context) -> Reading | None:
    """recent weeks, the coming months."""
    return Reading("DATE", _VAGUE[told(match, "which")])


def _part(match: re.Match[str]) -> str:
    return str(words()["day_parts"].get(told(match, "part"), ""))


_WHICH = r"(?P<which>this past|this coming|this|last|next|past|coming)"
_UNIT = r"(?P<unit>week|weekend|month|quarter|year|decade|century)"
_EDGE = r"(?:early|earlier|late|later|start|beginning|middle|end|close)"
_S = r"(?:s['’]?|['’]s)?"

RULES: tuple[Rule, ...] = (
    (pattern(r"(?:(?:early|earlier|late|later) )?(?P<word>today|tonight|yesterday|tomorrow)(?: <part>)?"), _near_day),
    (pattern(r"(?:the )?day (?:(?P<back>before yesterday)|after tomorrow)"), _day_but_one),
    (pattern(r"(?:(?:early|late|earlier|later) )?(?P<which>this|last) <part>"), _part_of_today),
    (pattern(rf"(?:{_WHICH} |the past )?<weekday>(?: <part>)?"), _weekday),
    (pattern(rf"{_WHICH}(?: calendar)? {_UNIT}"), _calendar_unit),
    (pattern(r"the (?P<which>past) (?P<unit>weekend)"), _calendar_unit),
    (pattern(r"the (?:past |long )?weekend"), _the_weekend),
    (pattern(rf"{_WHICH} <month>"), _month_by),
    (pattern(rf"{_WHICH} <season>"), _season_by),
    (pattern(rf"{_EDGE}(?: on)? (?:in|of) the {_UNIT}"), _part_of_unit),
    (pattern(rf"(?:the )?{_EDGE} of the {_UNIT}"), _part_of_unit),
    (pattern(r"(?P<unit>year|month|week)(?:['’]s |-)end"), _part_of_unit),
    (pattern(r"(?:the )?<ordinal> (?P<kind>half|quarter)(?: of (?P<which>this|last|next|the) year)?"), _year_part),
    (pattern(rf"(?:<number> )?<unit>{_S}(?P<half> and a half)? ago"), _ago),
    (pattern(rf"<number> <unit>{_S} from (?:now|today)"), _from_now),
    (pattern(rf"(?P<bare>in) <number> <unit>{_S}(?: time)?"), _from_now),
    (pattern(rf"(?:the )?(?P<which>past|last|next|coming) <number> <unit>{_S}"), _past_stretch),
    (pattern(r"the (?P<which>past|last|next|coming) (?P<unit>day|week|month|year|decade|century|hour)"), _past_stretch),
    (pattern(rf"within (?:the next )?<number> <unit>{_S}"), _within),
    (
        pattern(
            r"(?:(?:the|these) )?(?P<which>recent|coming|past|last|next) (?:few |several )?"
            r"(?:hours|days|weeks|months|years|decades)"
        ),
        _vague_stretch,
    ),
)
