"""Rules for calendar dates: days, months, years, decades, centuries, seasons, halves and quarters."""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from datetime import date

from kg.language.times import values
from kg.language.times.context import Context, Readings, Rule
from kg.language.times.lexicon import month_number, number, pattern, told, word_set, words
from kg.language.times.tense import Tense
from kg.language.times.values import Reading

# Beyond FAR days a date without a year is taken for the other one if that lies within NEAR days, whatever the tense:
# news leaves out the year only where it is plain.
_FAR, _NEAR = 300, 45
_FAR_MONTHS = 11
# "the 2024 election in November"
_OF_YEAR = re.compile(r"(?:\s\w+){1,3}\sin\s")
_SINCE_ABOUT = re.compile(r"\bsince\s+(?:at\s+least|about|around)\s+$", re.IGNORECASE)


def _day(match: re.Match[str], context: Context) -> Reading | None:
    month = month_number(match["month"])
    if month is None or _counts_after_all(match, context):
        return None
    if match["year"]:
        return _exact(int(match["year"]), month, _day_number(match))
    return _yearless(month, _day_number(match), told(match, "weekday") or told(match, "shortday"), match, context)


def _yearless(month: int, day: int, weekday: str, match: re.Match[str], context: Context) -> Reading | None:
    """The day of the year that the weekday, the story or the tense tells, else the nearest."""
    candidates = [
        when
        for year in range(context.published.year - 8, context.published.year + 9)
        if (when := _valid(year, month, day))
    ]
    if not candidates:
        return None
    if weekday:
        # "Thursday, September 5" is of a year in which that day was a Thursday
        names = [name.lower() for name in words()["weekdays"]]
        near = [day for day in candidates if abs(day.year - context.published.year) <= 1]
        candidates = [day for day in near if names[day.isoweekday() - 1].startswith(weekday[:3])] or candidates
    elif story := _of_story(month, day, match, context):
        return context.narrated(values.day(story))
    past = max((day for day in candidates if day <= context.published), default=None)
    future = min((day for day in candidates if day >= context.published), default=None)
    if past is None or future is None:
        return values.day(past or future or candidates[0], role="yearless")
    back, ahead = (context.published - past).days, (future - context.published).days
    tense = context.tense(match)
    if tense is Tense.UNKNOWN or (back > _FAR and ahead <= _NEAR) or (ahead > _FAR and back <= _NEAR):
        return values.day(past if back <= ahead else future, role="yearless")
    return values.day(past if tense is Tense.PAST else future, role="yearless")


def _of_story(month: int, day: int, match: re.Match[str], context: Context) -> date | None:
    """The day of the year that the story has reached: "In April 1974 they met. The accord was signed on July 9"."""
    story = context.narrative_month(match.start())
    if story is None or context.tense(match) is not Tense.PAST:
        return None
    return _valid(story.year if month >= story.month else story.year + 1, month, day)


def _day_number(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if word := groups.get("dayordinal"):
        return int(words()["century_ordinals"][word.lower()])
    return int(groups.get("monthday") or groups.get("day") or match["day2"])


def _counts_after_all(match: re.Match[str], context: Context) -> bool:
    """ "In March 12 people died": after "in" the number counts; "on March 12 police fired" tells the day."""
    if "monthday" not in match.re.groupindex or context.word_before(match.start()) != "in" or match["year"]:
        return False
    counted = "|".join(words()["counted"])
    return re.match(rf"\s(?:{counted})\b", context.text[match.end() : match.end() + 40]) is not None


def _days(match: re.Match[str], context: Context) -> Readings:
    """March 2-6, 2 to 6 March 2020: both days, each with the whole for its time."""
    last = _day(match, context)
    if last is None or last.time is None:
        return None
    first = _valid(last.time.earliest.year, last.time.earliest.month, int(match["day2"]))
    if first is None:
        return None
    time = values.interval(first.isoformat(), last.time.value)
    if time is None:
        return None
    return [("begin", replace(values.day(first), time=time)), ("end", replace(last, time=time, role=""))]


def _holiday(match: re.Match[str], context: Context) -> Reading | None:
    month, number, *which = words()["holidays"][_spelled(match["holiday"])]
    if match["year"]:
        return values.day(_holiday_in(int(match["year"]), month, number, *which), role="dated")
    if not which:
        return _yearless(month, number, "", match, context)
    days = [_holiday_in(context.published.year + step, month, number, *which) for step in (-1, 0, 1)]
    if context.tense(match) is Tense.FUTURE:
        return values.day(min(day for day in days if day >= context.published))
    return values.day(min(days, key=lambda day: abs(day - context.published)))


def _spelled(holiday: str) -> str:
    """The name of a holiday as the lexicon has it."""
    told = " ".join(holiday.split()).lower()
    return next(str(name) for name in words()["holidays"] if name.lower() == told)


def _holiday_in(year: int, month: int, number: int, which: int = 0) -> date:
    """The day of a holiday: day `number`, or the `which`-th weekday `number` of the month."""
    if not which:
        return date(year, month, number)
    days = [date(year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1)]
    return [day for day in days if day.isoweekday() == number][which - 1 if which > 0 else which]


def _numeric(match: re.Match[str], context: Context) -> Reading | None:
    """2020-02-29, with an hour; 02/29/2020 month first where that is possible; 29.02.2020 day first."""
    if match["iso"]:
        day = _exact(*map(int, re.split(r"[-/]", match["iso"])))
        return replace(day, label="TIME", value=day.value + "T" + match["hour"]) if day and match["hour"] else day
    first, second, year = (int(part) for part in re.split(r"[-/.]", match["other"]))
    if year < 100:
        year += 2000 if year <= (context.published.year + 10) % 100 else 1900
    month_first = "." not in match["other"] and first <= 12
    return _exact(year, first, second) if month_first else _exact(year, second, first)


def _month_year(match: re.Match[str], context: Context) -> Reading | None:
    month = month_number(match["month"])
    return values.month(int(match["monthyear"]), month, role="dated") if month else None


def _month(match: re.Match[str], context: Context) -> Reading | None:
    month = month_number(match["month"])
    if month is None or not _month_is_meant(match, context):
        return None
    if story := _of_story(month, 1, match, context):
        return context.narrated(values.month(story.year, month))
    last = context.found[-1] if context.found else None
    if last and last.reading.role == "year" and _OF_YEAR.fullmatch(context.text[last.end : match.start()]):
        return values.month(int(last.reading.value), month, role="dated")
    now = context.published
    back = (now.month - month) % 12
    ahead = (month - now.month) % 12
    tense = context.tense(match)
    looks_back = back <= ahead if tense is Tense.UNKNOWN else tense is Tense.PAST
    if max(back, ahead) >= _FAR_MONTHS:
        looks_back = back < ahead
    when = values.add_months(now.replace(day=1), -back if looks_back else ahead)
    return values.month(when.year, when.month, role="yearless")


def _month_is_meant(match: re.Match[str], context: Context) -> bool:
    """ "Alexander March", "may" and "the March on Rome" are no months; "in March", "the January attack" are."""
    before = context.word_before(match.start())
    rest = context.text[match.end() : match.end() + 12]
    month = match["month"].lower().rstrip(".")
    if month not in word_set("doubtful_months"):
        return before in word_set("month_after") or not re.match(r"\s[A-Z]", rest)
    if before not in word_set("month_after"):
        follows = context.found and context.text[context.found[-1].end : match.start()].strip() in {"-", "–", ",", "/"}
        return bool(follows)
    if before in {"to", "for", "a"}:
        return before == "for" and month not in {"may", "march", "mar"} and not re.match(r"\s[A-Z]", rest)
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
    previous = context.text[max(match.start() - 1, 0) : match.start()]
    sure = since or joined or previous == "(" or before in word_set("year_after") or before.endswith("'s")
    if not sure and not _plain_year(match, context):
        return None
    counted = "|".join(words()["counted"])
    if re.match(rf"\s*(?:to|and|or|-|–)\s*[\d,]+\s+(?:{counted})\b", context.text[match.end() : match.end() + 40]):
        return None
    return values.year(int(match["year"]))


def _plain_year(match: re.Match[str], context: Context) -> bool:
    """Whether a number of our time stands where no amount would: "Paris, 1998," or "the deadly 2004 flood"."""
    if not 1900 <= int(match["year"]) <= context.published.year + 50:
        return False
    before = context.text[max(match.start() - 30, 0) : match.start()]
    after = context.text[match.end() : match.end() + 30]
    if re.search(r"[a-z]\s$", before):
        return re.match(r"[.,;:)'?!]?(?:\s+[a-z]+[^s\W](?:\b|$)|\s*$)", after) is not None
    return re.search(r"[A-Za-z],\s$", before) is not None and re.match(r"[,.;)]", after) is not None


def _years(match: re.Match[str], context: Context) -> Readings:
    """2009-2014, 1914-18: both years, each with the whole for its time."""
    first, last = match["first"], match["first"][: 4 - len(match["last"])] + match["last"]
    time = values.interval(first, last)
    if time is None:
        return None
    return [(group, replace(values.year(int(y)), time=time)) for group, y in (("first", first), ("last", last))]


def _decade(match: re.Match[str], context: Context) -> Reading | None:
    if told(match, "decadeword"):
        return values.decade(1900 + int(words()["decades"][told(match, "decadeword")]))
    if match["short"]:
        return values.decade(1900 + int(match["short"]))
    return values.decade(int(match["decade"]))


def _century(match: re.Match[str], context: Context) -> Reading | None:
    word = " ".join(told(match, "centuryordinal").split())
    return values.century(int(match["count"] or words()["century_ordinals"][word]))


def _season(match: re.Match[str], context: Context) -> Reading | None:
    first, code = words()["seasons"][match["season"].lower()]
    return values.season(int(match["year"]), first, code)


def _half(match: re.Match[str], context: Context) -> Reading | None:
    which = words()["ordinals"][match["ordinal"].lower()]
    return values.months_of(int(match["year"]), 6 * which - 5, 6, f"H{which}") if which <= 2 else None


def _quarter(match: re.Match[str], context: Context) -> Reading | None:
    which = int(match["count"] or 0) or words()["ordinals"][told(match, "ordinal") or told(match, "ordinal2")]
    year = int(match["year"] or match["year2"] or match["year3"])
    return values.quarter(year, which)


def _first_months(match: re.Match[str], context: Context) -> Reading | None:
    """The first three months of 2019: a length, with the months for its time."""
    count = number(match["number"])
    if count is None or not 1 <= count <= 11:
        return None
    first = 1 if match["ordinal"].lower() == "first" else 13 - int(count)
    year = match["year"]
    time = values.interval(f"{year}-{first:02}", f"{year}-{first + int(count) - 1:02}")
    return Reading("DURATION", values.duration("M", count), time)


def _named(notation: str, day: date) -> Rule:
    return pattern(notation), lambda match, context: values.day(day)


def _exact(year: int, month: int, day: int) -> Reading | None:
    when = _valid(year, month, day)
    return values.day(when, role="dated") if when else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_WEEKDAY = r"(?:(?:<weekday>|<shortday>),? )?"
_RANGE = r"(?:[-–]| ?[-–] ?| to | and | through )"

RULES: tuple[Rule, ...] = (
    *(_named(notation, day) for notation, day in words()["named_days"].items()),
    (pattern(_WEEKDAY + r"<month>(?: |(?<=\.))(?:the )?<monthday>(?:st|nd|rd|th)?(?:(?:,? | of |,)<year>)?"), _day),
    (pattern(r"the <dayordinal> of <month>(?:,? <year>)?"), _day),
    (
        pattern(
            _WEEKDAY
            + r"(?:(?:the )?<day>(?:st|nd|rd|th)(?: (?:day )?of | )|<day2>(?: |-))<month>(?:(?:,? | of |-)<year>)?"
        ),
        _day,
    ),
    (
        pattern(rf"(?P<begin><month> <day2>(?:st|nd|rd|th)?){_RANGE}(?P<end><day>(?:st|nd|rd|th)?(?:,? <year>)?)"),
        _days,
    ),
    (
        pattern(
            rf"(?P<begin>(?:the )?<day2>(?:st|nd|rd|th)?){_RANGE}"
            r"(?P<end>(?:the )?<day>(?:st|nd|rd|th)?(?: of)? <month>(?:,? <year>)?)"
        ),
        _days,
    ),
    (
        pattern(
            r"(?P<iso>(?:19|20)\d\d([-/])\d\d\2\d\d)(?:T(?P<hour>\d\d:\d\d(?::\d\d)?)[\d.]*Z?)?"
            r"|(?P<other>\d\d?([-/.])\d\d?\5(?:(?:19|20)\d\d|\d\d))"
        ),
        _numeric,
    ),
    (pattern(r"<holiday>(?:,? <year>)?"), _holiday),
    (pattern(r"<month>(?:,? | of | in )<monthyear>"), _month_year),
    (pattern(r"<month>"), _month),
    (pattern(r"<year>"), _year),
    (pattern(r"(?P<first>(?:1\d|20)\d\d)[-–](?P<last>(?:1\d|20)?\d\d)(?![-–\d])"), _years),
    (
        pattern(
            r"(?:the )?(?:(?:early|mid|late)(?: to (?:early|mid|late))?[-\s])?"
            r"(?:(?P<decade>(?:1\d|20)\d0)'?s|'(?P<short>\d0)s)"
        ),
        _decade,
    ),
    (pattern(r"the (?:(?:early|mid|late)[-\s])?(?:(?P<short>[2-9]0)s|(?P<decade>)<decadeword>)"), _decade),
    (
        pattern(
            r"(?:the )?(?:(?:early|mid|late)[-\s])?(?:(?P<count>\d\d?)(?:st|nd|rd|th)|<centuryordinal>)[-\s]century"
        ),
        _century,
    ),
    (pattern(r"(?:the )?<season>(?: of|,)? <year>"), _season),
    (pattern(r"(?:the )?<ordinal>[-\s]half(?: of)? <year>"), _half),
    (
        pattern(
            r"(?:(?:the )?(?:fiscal )?<ordinal>[-\s]quarter(?: of)?(?: fiscal)? <year>"
            r"|Q(?P<count>[1-4])(?: of)? <year2>|(?:the )?<year3> <ordinal2>[-\s]quarter)"
        ),
        _quarter,
    ),
    (pattern(r"(?P<span>(?:the )?(?P<ordinal>first|last) <number> months) of <year>"), _first_months),
)
