"""Rules for expressions that count from the publication date: today, Wednesday, last week, three days ago."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from kg.language.times import values
from kg.language.times.context import Context, Rule
from kg.language.times.lexicon import month_number, number, pattern, told, unit_code, weekday_number, word_set, words
from kg.language.times.tense import Tense
from kg.language.times.values import Reading

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
    if _is_name(match, context):
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
    elif told(match, "week"):
        distance = wanted - context.published.isoweekday() + 7 * _STEP.get(told(match, "week"), 0)
    elif context.word_before(match.start()) == "for" and re.match(
        r"[.,;:)]|\s(?:in|at|to|by|over)\b|$", context.text[match.end() :]
    ):
        distance = -back if back < 2 else ahead  # "called a strike for Monday"; "planned for Friday", said on Saturday
    else:
        distance = ahead if context.tense(match) is Tense.FUTURE else -back
    return values.day(context.published + timedelta(days=distance), _part(match), role="weekday")


def _is_name(match: re.Match[str], context: Context) -> bool:
    """ "Bloody Sunday", "the Good Friday accord" and "the Sunday Times" name no day."""
    before = context.word_before(match.start())
    titled = re.match(r"\s[A-Z][a-z]", context.text[match.end() : match.end() + 3]) is not None
    return before in word_set("not_weekday_after") or (before == "the" and titled)


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


def _fortnight(match: re.Match[str], context: Context) -> Reading | None:
    return Reading("DURATION", "P2W")


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
    """last summer: the latest one that is over; this and next by the year; "the spring" by the tense."""
    first, code = words()["seasons"][match["season"].lower()]
    now, which = context.published, (told(match, "which").split() or [""])[-1]
    if not which:
        return _nearest_season(first, code, match, context)
    if which in {"last", "past"}:
        # winter told from its December: over in March of the next year
        over = now.month >= first + 3 if code != "WI" else False
        year = now.year if over else now.year - 1
    else:
        year = now.year + (1 if which in {"next", "coming"} and now.month >= first else 0)
    return values.season(year, first, code)


def _nearest_season(first: int, code: str, match: re.Match[str], context: Context) -> Reading | None:
    """in the spring, since summer; not "the fall of Kabul", "the Arab Spring"."""
    before, after = context.word_before(match.start("season")), context.text[match.end() : match.end() + 15]
    if match["season"] != match["season"].lower() and match["season"] != match["season"].upper():
        return None
    if before not in word_set("season_after") or re.match(r"\s(?:of|from|in)\b", after):
        return None
    if code == "FA" and match["season"].lower() == "fall":
        preposition = context.word_before(match.start())
        if preposition not in {"in", "this", "by", "until", "since", "during", "early", "late"} and not re.match(
            r"[.,;]", after
        ):
            return None
    now = context.published
    month = now.month if now.month >= first or code != "WI" else now.month + 12
    year = now.year if month == now.month else now.year - 1
    tense = context.tense(match)
    begun, over = month >= first, month >= first + 3
    if tense is Tense.FUTURE:
        return values.season(year + (1 if over else 0), first, code)
    return values.season(year if begun else year - 1, first, code)


def _bare_unit(match: re.Match[str], context: Context) -> Reading | None:
    """the quarter, for the year: the one last told, else the present one."""
    code = unit_code(match["unit"])
    before, after = context.word_before(match.start()), context.text[match.end() : match.end() + 12]
    if code == "Q":
        quarter = context.last_value(r"\d{4}-Q[1-4]", match.start())
        if quarter:
            return values.quarter(int(quarter[:4]), int(quarter[-1]))
        return values.unit_from(context.published, code, -1 if context.tense(match) is Tense.PAST else 0)
    if before not in {"for", "during"} or re.match(r"\s(?:of|to|since|before|after|that|when|in which|ahead)\b", after):
        return None
    return values.unit_from(context.published, code, 0)


def _year_ago_quarter(match: re.Match[str], context: Context) -> Reading | None:
    """the year-earlier quarter, the year-ago period."""
    if told(match, "ordinal"):
        number = words()["ordinals"][told(match, "ordinal")]
        return values.quarter(_quarter_year(number, match, context) - 1, number)
    quarter = context.last_value(r"\d{4}-Q[1-4]", match.start())
    if quarter:
        return values.quarter(int(quarter[:4]) - 1, int(quarter[-1]))
    return values.year(context.published.year - 1)


def _quarter_year(number: int, match: re.Match[str], context: Context) -> int:
    """The year of "the third quarter": of the latest that has begun, or the next where the tense looks ahead."""
    now = context.published
    present = (now.month + 2) // 3
    if context.tense(match) is Tense.FUTURE:
        return now.year + (number < present)
    return now.year - (number > present)


def _part_of_unit(match: re.Match[str], context: Context) -> Reading | None:
    """earlier in the week, by the end of the month, at year's end."""
    return values.unit_from(context.published, unit_code(match["unit"]), 0)


def _year_part(match: re.Match[str], context: Context) -> Reading | None:
    """the first half of this year, the third quarter, last year's fourth quarter."""
    which = words()["ordinals"][match["ordinal"].lower()]
    told_year = told(match, "which") or told(match, "which2")
    year = context.published.year + _STEP.get(told_year, 0)
    if match["kind"].lower() == "half":
        return values.months_of(year, 6 * which - 5, 6, f"H{which}") if which <= 2 and told_year else None
    if told_year:
        return values.quarter(year, which)
    near = context.text[max(match.start() - 300, 0) : match.end() + 300].lower()
    if any(word in near for word in word_set("games")):
        return None
    return values.quarter(_quarter_year(which, match, context), which)


def _ago(match: re.Match[str], context: Context) -> Reading | None:
    count = number(told(match, "number")) if told(match, "number") else None
    code = unit_code(match["unit"])
    if count is None and not code.startswith("T"):
        return Reading("DATE", "PAST_REF", role="counted")
    if told(match, "half") and count is not None:
        return Reading("DATE", values.duration(code, count + 0.5), role="counted")
    if code == "Y" and count == 1 and (quarter := compared_quarter(match, context)):
        return quarter
    reading = values.distant(context.published, code, -(count or 0)) or Reading("DATE", "PAST_REF")
    return replace(reading, role="counted")


def compared_quarter(match: re.Match[str], context: Context) -> Reading | None:
    """The quarter or month of the year before, where a figure of one is compared: "from $2 a share a year earlier"."""
    quarter = context.last_value(r"\d{4}-Q[1-4]", match.start())
    if quarter:
        return values.quarter(int(quarter[:4]) - 1, int(quarter[-1]))
    last = context.found[-1].reading.value if context.found else ""
    compared = context.word_before(match.start()) in {"from", "than", "with", "to", "over"}
    if not compared or not re.fullmatch(r"\d{4}-\d\d", last):
        return None
    return values.month(int(last[:4]) - 1, int(last[-2:]))


def _from_now(match: re.Match[str], context: Context) -> Reading | None:
    """three days from now; "in three days" where the clause looks ahead."""
    count, code = number(match["number"]), unit_code(match["unit"])
    if told(match, "bare"):
        before = context.text[max(match.start() - 40, 0) : match.start()].lower()
        if context.tense(match) is not Tense.FUTURE or re.search(r"\b(?:first|only|\w+est|times?|most)\b", before):
            return None
        reading = values.distant(context.published, code, count) if count is not None else None
        return Reading("DURATION", values.duration(code, count), reading.time if reading else None)
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


def _overnight(match: re.Match[str], context: Context) -> Reading | None:
    """overnight: the night before in what has happened, the coming one in what will."""
    step = 0 if context.tense(match) is Tense.FUTURE else -1
    if re.match(r"[-\s](?:stay|bag|flight|train|success|guests?)\b", context.text[match.end() : match.end() + 10]):
        return None
    return values.day(context.published + timedelta(days=step), "NI")


_WHICH = r"(?P<which>this past|this coming|this|last|next|past|coming)"
_UNIT = r"(?P<unit>week|weekend|month|quarter|year|decade|century)"
_EDGE = r"(?:early|earlier|late|later|start|beginning|middle|end|close|rest|remainder|course)"
_S = r"(?:s'?|'s)?"
_BETWEEN = r"(?:<between> )?"

RULES: tuple[Rule, ...] = (
    (pattern(r"(?:(?:early|earlier|late|later) )?(?P<word>today|tonight|yesterday|tomorrow)(?: <part>)?"), _near_day),
    (pattern(r"(?:the )?day (?:(?P<back>before yesterday)|after tomorrow)"), _day_but_one),
    (pattern(r"(?:(?:early|late|earlier|later) )?(?P<which>this|last) <part>"), _part_of_today),
    (pattern(r"overnight"), _overnight),
    (pattern(rf"(?:(?:the )?{_WHICH} )?<weekday>(?: <part>)?"), _weekday),
    (pattern(r"<weekday>(?: <part>)? of (?P<week>last|this|next) week"), _weekday),
    (pattern(rf"{_WHICH}(?: calendar| fiscal)? {_UNIT}"), _calendar_unit),
    (pattern(r"the (?P<which>past) (?P<unit>weekend)"), _calendar_unit),
    (pattern(r"the (?:past |long )?weekend"), _the_weekend),
    (pattern(rf"{_WHICH} <month>"), _month_by),
    (pattern(rf"{_WHICH} <season>"), _season_by),
    (pattern(r"(?:(?:the|all) )?(?P<which>)<season>"), _season_by),
    (pattern(rf"{_EDGE}(?: on)? (?:in|of) the {_UNIT}"), _part_of_unit),
    (pattern(rf"(?:the )?{_EDGE} of the {_UNIT}"), _part_of_unit),
    (pattern(r"(?P<unit>year|month|week)(?:'s |-)end"), _part_of_unit),
    (pattern(r"(?:the|that) (?P<unit>quarter)"), _bare_unit),
    (pattern(r"the (?P<unit>year|month|week)"), _bare_unit),
    (
        pattern(
            r"(?:(?P<which2>this|last|next) year's |(?:the )?(?:fiscal )?)<ordinal>[-\s](?P<kind>half|quarter)"
            r"(?: of (?P<which>this|last|next|the) year)?"
        ),
        _year_part,
    ),
    (
        pattern(
            r"(?:(?:the|its|that) )?(?:year-(?:ago|earlier)|year (?:ago|earlier)) (?:<ordinal> )?(?:quarter|period)"
        ),
        _year_ago_quarter,
    ),
    (pattern(rf"(?:<number> {_BETWEEN})?<unit>{_S}(?P<half> and a half)?(?: or so| or more)? ago"), _ago),
    (pattern(rf"<number> <unit>{_S} from (?:now|today)"), _from_now),
    (pattern(rf"(?P<bare>in) (?P<span><number> {_BETWEEN}<unit>{_S})(?: time)?"), _from_now),
    (pattern(rf"(?:the )?(?P<which>past|last|next|coming) <number> {_BETWEEN}<unit>{_S}"), _past_stretch),
    (pattern(r"the (?P<which>past|last|next|coming) (?P<unit>day|week|month|year|decade|century|hour)"), _past_stretch),
    (pattern(r"(?:this|the) (?P<which>past) (?P<unit>day|week|month|year|decade|century|hour)"), _past_stretch),
    (pattern(rf"within (?P<span>(?:the next )?<number> <unit>{_S})"), _within),
    (pattern(r"(?:(?:a|the (?:past|last|next)) )?fortnight"), _fortnight),
    (
        pattern(
            r"(?:(?:the|these) )?(?P<which>recent|coming|past|last|next) (?:few |several )?"
            r"(?:hours|days|weeks|months|years|decades)"
        ),
        _vague_stretch,
    ),
)
