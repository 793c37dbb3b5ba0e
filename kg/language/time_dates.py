"""Rules for calendar dates: days, months, years, decades, centuries, seasons, halves and quarters."""

from __future__ import annotations

import re
from datetime import date

from kg.language import time_values as values
from kg.language.time_context import Context, Rule
from kg.language.time_lexicon import month_number, number, pattern, told, word_set, words
from kg.language.time_tense import Tense
from kg.language.time_values import Reading

# Beyond FAR days a date without a year is taken for the other one if that lies within NEAR days, whatever the tense:
# news leaves out the year only where it is plain.
_FAR, _NEAR = 300, 45
_SINCE_ABOUT = re.compile(r"\bsince\s+(?:at\s+least|about|around)\s+$", re.IGNORECASE)


def _day(match: re.Match[str], context: Context) -> Reading | None:
    month = month_number(match["month"])
    if month is None:
        return None
    if match["year"]:
        return _exact(int(match["year"]), month, _day_number(match))
    candidates = [
        day
        for year in range(context.published.year - 8, context.published.year + 9)
        if (day := _valid(year, month, _day_number(match)))
    ]
    if not candidates:
        return None
    if weekday := told(match, "weekday") or told(match, "shortday"):
        # "Thursday, September 5" is of a year in which that day was a Thursday
        names = [name.lower() for name in words()["weekdays"]]
        near = [day for day in candidates if abs(day.year - context.published.year) <= 1]
        candidates = [day for day in near if names[day.isoweekday() - 1].startswith(weekday[:3])] or candidates
    past = max((day for day in candidates if day <= context.published), default=None)
    future = min((day for day in candidates if day >= context.published), default=None)
    if past is None or future is None:
        return values.day(past or future or candidates[0], role="yearless")
    back, ahead = (context.published - past).days, (future - context.published).days
    tense = context.tense(match)
    if tense is Tense.UNKNOWN or (back > _FAR and ahead <= _NEAR) or (ahead > _FAR and back <= _NEAR):
        return values.day(past if back <= ahead else future, role="yearless")
    return values.day(past if tense is Tense.PAST else future, role="yearless")


def _day_number(match: re.Match[str]) -> int:
    return int(match["day"] or match["day2"])


def _days(match: re.Match[str], context: Context) -> Reading | None:
    """March 2-6, 2 to 6 March 2020."""
    last = _day(match, context)
    if last is None or last.time is None:
        return None
    first = _valid(last.time.earliest.year, last.time.earliest.month, int(match["day2"]))
    time = first and values.interval(first.isoformat(), last.time.value)
    return Reading("DATE", time.value, time) if time else None


def _numeric(match: re.Match[str], context: Context) -> Reading | None:
    """2020-02-29; 02/29/2020 month first where that is possible; 29.02.2020 day first."""
    if match["iso"]:
        return _exact(*map(int, match["iso"].split("-")))
    first, second, year = (int(part) for part in re.split(r"[/.]", match["other"]))
    month_first = "/" in match["other"] and first <= 12
    return _exact(year, first, second) if month_first else _exact(year, second, first)


def _month_year(match: re.Match[str], context: Context) -> Reading | None:
    month = month_number(match["month"])
    return values.month(int(match["year"]), month) if month else None


def _month(match: re.Match[str], context: Context) -> Reading | None:
    month = month_number(match["month"])
    if month is None or not _month_is_meant(match, context):
        return None
    now = context.published
    back = (now.month - month) % 12
    ahead = (month - now.month) % 12
    tense = context.tense(match)
    looks_back = back <= ahead if tense is Tense.UNKNOWN else tense is Tense.PAST
    when = values.add_months(now.replace(day=1), -back if looks_back else ahead)
    return values.month(when.year, when.month, role="yearless")


def _month_is_meant(match: re.Match[str], context: Context) -> bool:
    """ "Alexander March", "may" and "the March on Rome" are no months; "in March", "the January attack" are."""
    before = context.word_before(match.start())
    rest = context.text[match.end() : match.end() + 12]
    if match["month"].lower().rstrip(".") not in word_set("doubtful_months"):
        return before in word_set("month_after") or not re.match(r"\s[A-Z]", rest)
    if before not in word_set("month_after"):
        follows = context.found and context.text[context.found[-1].end : match.start()].strip() in {"-", "–", ","}
        return bool(follows)
    if before in {"to", "for", "a"}:
        return False
    if before in {"the", "and", "or"}:
        return re.match(r"\s[a-z]", rest) is not None and not re.match(r"\s(?:on|for|of|against)\b", rest)
    return True


def _year(match: re.Match[str], context: Context) -> Reading | None:
    before = context.word_before(match.start())
    since = _SINCE_ABOUT.search(context.text[max(match.start() - 30, 0) : match.start()])
    if before in word_set("not_year_after") and not since:
        return None
    follows = context.found and re.fullmatch(
        r"\s*(?:,|and|or|to|-|–|, and|, or)\s*", context.text[context.found[-1].end : match.start()]
    )
    joined = follows and context.found[-1].reading.role == "year"
    bracketed = context.text[match.start() - 1 : match.start()] == "("
    if not (since or joined or bracketed or before in word_set("year_after") or before.endswith(("'s", "’s"))):
        return None
    counted = "|".join(words()["counted"])
    if re.match(rf"\s*(?:to|and|or|-|–)\s*[\d,]+\s+(?:{counted})\b", context.text[match.end() : match.end() + 40]):
        return None
    return values.year(int(match["year"]))


def _years(match: re.Match[str], context: Context) -> Reading | None:
    """2009-2014, 1914-18."""
    first, last = match["first"], match["last"]
    time = values.interval(first, first[: 4 - len(last)] + last)
    return Reading("DATE", time.value, time) if time else None


def _decade(match: re.Match[str], context: Context) -> Reading | None:
    if match["short"]:
        return values.decade(1900 + int(match["short"]))
    return values.decade(int(match["decade"]))


def _century(match: re.Match[str], context: Context) -> Reading | None:
    return values.century(int(match["count"]))


def _season(match: re.Match[str], context: Context) -> Reading | None:
    first, code = words()["seasons"][match["season"].lower()]
    return values.season(int(match["year"]), first, code)


def _half(match: re.Match[str], context: Context) -> Reading | None:
    which = words()["ordinals"][match["ordinal"].lower()]
    return values.months_of(int(match["year"]), 6 * which - 5, 6, f"H{which}") if which <= 2 else None


def _quarter(match: re.Match[str], context: Context) -> Reading | None:
    which = words()["ordinals"][match["ordinal"].lower()]
    return values.months_of(int(match["year"]), 3 * which - 2, 3, f"Q{which}")


def _first_months(match: re.Match[str], context: Context) -> Reading | None:
    count = number(match["number"])
    if count is None or not 1 <= count <= 11:
        return None
    first = 1 if match["ordinal"].lower() == "first" else 13 - int(count)
    year = match["year"]
    time = values.interval(f"{year}-{first:02}", f"{year}-{first + int(count) - 1:02}")
    return Reading("DATE", time.value, time) if time else None


def _named(notation: str, day: date) -> Rule:
    return pattern(notation), lambda match, context: values.day(day)


def _exact(year: int, month: int, day: int) -> Reading | None:
    when = _valid(year, month, day)
    return values.day(when) if when else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_WEEKDAY = r"(?:(?:<weekday>|<shortday>),? )?"
_RANGE = r"(?:[-–]| ?[-–] ?| to | and | through )"

RULES: tuple[Rule, ...] = (
    *(_named(notation, day) for notation, day in words()["named_days"].items()),
    (pattern(_WEEKDAY + r"<month>(?: |(?<=\.))(?:the )?<day>(?:st|nd|rd|th)?(?:(?:,? | of |,)<year>)?"), _day),
    (
        pattern(
            _WEEKDAY
            + r"(?:(?:the )?<day>(?:st|nd|rd|th)(?: (?:day )?of | )|<day2>(?: |-))<month>(?:(?:,? | of |-)<year>)?"
        ),
        _day,
    ),
    (pattern(rf"<month> <day2>(?:st|nd|rd|th)?{_RANGE}<day>(?:st|nd|rd|th)?(?:,? <year>)?"), _days),
    (
        pattern(
            rf"(?:the )?<day2>(?:st|nd|rd|th)?{_RANGE}(?:the )?<day>(?:st|nd|rd|th)?(?: of)? <month>(?:,? <year>)?"
        ),
        _days,
    ),
    (pattern(r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)(?:T[\d:.]+Z?)?|(?P<other>\d\d?([/.])\d\d?\3(?:19|20)\d\d)"), _numeric),
    (pattern(r"<month>(?:,? | of | in )<year>"), _month_year),
    (pattern(r"<month>"), _month),
    (pattern(r"<year>"), _year),
    (pattern(r"(?P<first>(?:1\d|20)\d\d)[-–](?P<last>(?:1\d|20)?\d\d)(?![-–\d])"), _years),
    (
        pattern(r"(?:the )?(?:(?:early|mid|late)[-\s])?(?:(?P<decade>(?:1\d|20)\d0)['’]?s|['’‘](?P<short>\d0)s)"),
        _decade,
    ),
    (pattern(r"(?:the )?(?:(?:early|mid|late)[-\s])?(?P<count>\d\d?)(?:st|nd|rd|th) century"), _century),
    (pattern(r"(?:the )?<season>(?: of|,)? <year>"), _season),
    (pattern(r"(?:the )?<ordinal> half of <year>"), _half),
    (pattern(r"(?:the )?<ordinal> quarter of <year>"), _quarter),
    (pattern(r"(?:the )?(?P<ordinal>first|last) <number> months of <year>"), _first_months),
)
