"""Rules for durations, sets, times of day, and words of time without bounds (now, recently, soon)."""

from __future__ import annotations

import re

from kg.language import time_values as values
from kg.language.time_context import Context, Rule
from kg.language.time_lexicon import number, pattern, told, unit_code, weekday_number, word_set, words
from kg.language.time_values import Reading

_SET_VALUES = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "WE": "XXXX-WXX-WE", "TH": "PT1H"}


def _duration(match: re.Match[str], context: Context) -> Reading | None:
    """three weeks, a 35-minute call, a month of protests; not an age."""
    count = number(match["number"])
    if match["number"].lower() in {"a", "an"} and not _article_counts(match, context):
        return None
    if count is not None and told(match, "half"):
        count += 0.5
    return Reading("DURATION", values.duration(unit_code(match["unit"]), count))


def _article_counts(match: re.Match[str], context: Context) -> bool:
    if "-" in match[0] or told(match, "half"):
        return True
    return context.word_before(match.start()) in word_set("article_after")


def _half_unit(match: re.Match[str], context: Context) -> Reading | None:
    code = unit_code(match["unit"])
    return Reading("DURATION", "PT30M" if code == "TH" else values.duration(code, 0.5))


def _bare_duration(match: re.Match[str], context: Context) -> Reading | None:
    """weeks of protests, for years, decades-long."""
    if context.word_before(match.start()) in {"early", "late", "small"}:  # "the early hours of Tuesday"
        return None
    if match["sure"] is None and context.word_before(match.start()) not in {"for", "in"}:
        return None
    return Reading("DURATION", values.duration(unit_code(match["unit"]), None))


def _long(match: re.Match[str], context: Context) -> Reading | None:
    """weeklong, a month-long state of emergency."""
    return Reading("DURATION", values.duration(unit_code(match["unit"]), 1))


def _set(match: re.Match[str], context: Context) -> Reading | None:
    # "The People's Daily", "the Weekly Standard" are names
    return Reading("SET", words()["sets"][match["set"].lower()]) if match["set"].islower() else None


def _every(match: re.Match[str], context: Context) -> Reading | None:
    """every day, each Monday, twice a week, every two years."""
    if told(match, "weekday"):
        wanted = weekday_number(match["weekday"])
        return Reading("SET", f"XXXX-WXX-{wanted}") if wanted else None
    if told(match, "part"):
        return Reading("SET", f"XXXX-XX-XXT{words()['day_parts'][told(match, 'part')]}")
    code = unit_code(match["unit"])
    count = number(match["number"]) if told(match, "number") else (2.0 if told(match, "other") else 1.0)
    return Reading("SET", _SET_VALUES.get(code, "XXXX") if count == 1 else values.duration(code, count))


def _per(match: re.Match[str], context: Context) -> Reading | None:
    """twice a week, per month."""
    return Reading("SET", _SET_VALUES[unit_code(match["unit"])])


def _clock(match: re.Match[str], context: Context) -> Reading | None:
    hour, minute = int(match["hour"]), int(told(match, "minute") or 0)
    half = told(match, "half")[:1]
    if (half and not 1 <= hour <= 12) or hour > 23 or minute > 59:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return Reading("TIME", f"T{hour:02}:{minute:02}", role="clock")


def _clock_word(match: re.Match[str], context: Context) -> Reading | None:
    return Reading("TIME", "T" + words()["clock_words"][match["clockword"].lower()], role="clock")


def _clock_part(match: re.Match[str], context: Context) -> Reading | None:
    return Reading("TIME", "T" + words()["clock_parts"][match["clockpart"].lower()], role="clock")


def _reference(list_name: str, value: str) -> Rule:
    phrases = "|".join(sorted(words()[list_name], key=len, reverse=True))
    return pattern(phrases), lambda match, context: Reading("DATE", value)


_ZONE = r"(?: local time| GMT| UTC| EST| EDT)?"

RULES: tuple[Rule, ...] = (
    (pattern(r"<number> <unit>s?['’]?(?P<half> and a half)?(?![-\s]old|-)"), _duration),
    (pattern(r"<number>(?P<half>[-\s]and[-\s]a[-\s]half)[-\s]<unit>s?(?![-\s]old|-)"), _duration),
    (pattern(r"<number>-<unit>(?:[-\s]long)?(?!-)"), _duration),
    (pattern(r"(?P<number>a) (?P<unit>year|month|week|day|hour|decade) (?P<half>and a half)"), _duration),
    (pattern(r"half an? (?P<unit>hour|day|month|year|decade|century)"), _half_unit),
    (pattern(r"(?P<unit>minute|hour|day|week|month|year|decade|centurie)s(?P<sure>-long|(?= of\b))?"), _bare_duration),
    (pattern(r"(?P<unit>hour|day|night|week|month|year|decade|century)-?long"), _long),
    (pattern(r"<set>"), _set),
    (pattern(r"(?:every|each) (?P<other>other )?(?:<unit>|<weekday>|<part>)"), _every),
    (pattern(r"every <number> <unit>s"), _every),
    (pattern(r"(?:once|twice|<number> times) (?:a|an|per|each|every) (?P<unit>day|week|month|year|hour)"), _per),
    (pattern(r"per (?P<unit>day|week|month|year|hour)"), _per),
    (pattern(r"(?:<weekday>s)"), _every),
    (pattern(rf"(?P<hour>\d\d?)(?:[:.](?P<minute>\d\d))? ?(?P<half>[ap]\.?m\b\.?){_ZONE}"), _clock),
    (pattern(rf"(?P<hour>\d\d?):(?P<minute>\d\d)(?!:|\.\d){_ZONE}"), _clock),
    (pattern(r"(?P<hour>\d\d?) o['’]clock"), _clock),
    (pattern(r"<clockword>"), _clock_word),
    (pattern(r"<clockpart>"), _clock_part),
    _reference("present", "PRESENT_REF"),
    _reference("past", "PAST_REF"),
    _reference("future", "FUTURE_REF"),
)
