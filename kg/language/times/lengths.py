"""Rules for durations, sets, times of day, and words of time without bounds (now, recently, soon)."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.language.times import values
from kg.language.times.context import Context, Readings, Rule
from kg.language.times.lexicon import month_number, number, pattern, told, unit_code, weekday_number, word_set, words
from kg.language.times.values import Reading

_RATE = re.compile(r"(?:^|[\s(\"“$])([\w.,$%'-]+)\s$")


def _duration(match: re.Match[str], context: Context) -> Reading | None:
    """three weeks, a 35-minute call, three straight years; not an age, and not the rate of "two barrels a day"."""
    count, code = number(match["number"]), unit_code(match["unit"])
    if match["number"].lower() in {"a", "an"} and not told(match, "half"):
        if told(match, "unit") == "night":
            return None
        if "-" not in match[0] and _is_rate(match, context):
            return Reading("SET", values.duration(code, 1))
    if count is not None and told(match, "half"):
        count += 0.5
    return Reading("DURATION", values.duration(code, count))


def _is_rate(match: re.Match[str], context: Context) -> bool:
    """Whether a number, a sum or a plural stands before "a day"."""
    before = _RATE.search(context.text[max(match.start() - 25, 0) : match.start()])
    if before is None:
        return False
    word = before[1].lower()
    if word in word_set("not_rate_after") or word[-1] in ",." or context.tag_of(match.start()).startswith("V"):
        return False
    return word in word_set("rate_after") or word[0] in "$£€" or word[0].isdigit() or word.endswith(("s", "%"))


def _range(match: re.Match[str], context: Context) -> Readings:
    """two to three weeks: both lengths."""
    code = unit_code(match["unit"])
    first, second = number(match["number"]), number(match["number2"])
    if first is None or second is None or first >= second:
        return None
    pair = (("begin", first), ("end", second))
    return [(group, Reading("DURATION", values.duration(code, count))) for group, count in pair]


def _half_unit(match: re.Match[str], context: Context) -> Reading | None:
    code = unit_code(match["unit"])
    return Reading("DURATION", "PT30M" if code == "TH" else values.duration(code, 0.5))


def _quarter_century(match: re.Match[str], context: Context) -> Reading | None:
    return Reading("DURATION", "P25Y")


def _edge_of_stretch(match: re.Match[str], context: Context) -> Reading | None:
    """the first nine months, the final two minutes, those three days."""
    return Reading("DURATION", values.duration(unit_code(match["unit"]), number(match["number"])))


def _bare_duration(match: re.Match[str], context: Context) -> Reading | None:
    """weeks of protests, for years, decades-long."""
    before = context.word_before(match.start())
    if before in word_set("not_bare_after"):  # "the early hours of Tuesday"
        return None
    if match["sure"] is None and before not in word_set("bare_after"):
        return None
    return Reading("DURATION", values.duration(unit_code(match["unit"]), None))


def _long(match: re.Match[str], context: Context) -> Reading | None:
    """weeklong, a month-long state of emergency."""
    return Reading("DURATION", values.duration(unit_code(match["unit"]), 1))


def _set(match: re.Match[str], context: Context) -> Reading | None:
    # "The People's Daily", "the Weekly Standard" are names
    return Reading("SET", words()["sets"][match["set"].lower()]) if match["set"].islower() else None


def _every(match: re.Match[str], context: Context) -> Reading | None:
    """every day, each Monday night, Fridays, every March, every two years."""
    part = words()["day_parts"].get(told(match, "part") or told(match, "part2"), "")
    if told(match, "weekday"):
        return Reading("SET", f"XXXX-WXX-{weekday_number(match['weekday'])}" + (f"T{part}" if part else ""))
    if part:
        return Reading("SET", f"XXXX-XX-XXT{part}")
    if told(match, "month"):
        month = month_number(match["month"])
        return Reading("SET", f"XXXX-{month:02}") if month else None
    if told(match, "season"):
        return Reading("SET", f"XXXX-{words()['seasons'][told(match, 'season')][1]}")
    if told(match, "weekend"):
        return Reading("SET", "XXXX-WXX-WE")
    count = number(match["number"]) if told(match, "number") else (2.0 if told(match, "other") else 1.0)
    return Reading("SET", values.duration(unit_code(match["unit"]), count))


def _weekdays(match: re.Match[str], context: Context) -> Reading | None:
    """Fridays, Monday nights."""
    part = words()["day_parts"].get(told(match, "part"), "")
    number_of_day = weekday_number(match["weekday"] or match["weekday2"])
    return Reading("SET", f"XXXX-WXX-{number_of_day}" + (f"T{part}" if part else ""))


def _per(match: re.Match[str], context: Context) -> Reading | None:
    """twice a week, six days a week."""
    return Reading("SET", values.duration(unit_code(match["unit"]), 1))


def _clock(match: re.Match[str], context: Context) -> Reading | None:
    hour, minute = int(match["hour"]), int(told(match, "minute") or 0)
    half = told(match, "half")[:1]
    if (half and not 1 <= hour <= 12) or hour > 23 or minute > 59:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return _at(f"{hour:02}:{minute:02}", match, context)


def _at(hour: str, match: re.Match[str], context: Context) -> Reading:
    """An hour of the day last told nearby, or of publication, in its value; its time stays open."""
    day = context.day_told(match.start())
    return Reading("TIME", f"{day.isoformat()}T{hour}", role="clock")


def _clocks(match: re.Match[str], context: Context) -> Readings:
    """7 to 9 p.m."""
    second = _clock(match, context)
    if second is None or not 1 <= int(match["hour2"]) <= 12:
        return None
    half = 12 if match["half"][0].lower() == "p" and int(match["hour2"]) < 12 else 0
    if int(match["hour2"]) > int(match["hour"]):  # "11 to 1 p.m."
        half = 12 - half
    begin = f"{int(match['hour2']) % 12 + half:02}:{int(told(match, 'minute2') or 0):02}"
    return [("begin", replace(_at(begin, match, context), role="")), ("end", second)]


def _four_digits(match: re.Match[str], context: Context) -> Reading | None:
    hour, minute = int(match["hour"]), int(match["minute"])
    return _at(f"{hour:02}:{minute:02}", match, context) if hour < 24 and minute < 60 else None


def _clock_word(match: re.Match[str], context: Context) -> Reading | None:
    return _at(words()["clock_words"][match["clockword"].lower()], match, context)


def _clock_part(match: re.Match[str], context: Context) -> Reading | None:
    return _at(words()["clock_parts"][match["clockpart"].lower()], match, context)


def _reference(list_name: str, value: str) -> Rule:
    phrases = "|".join(sorted(words()[list_name], key=len, reverse=True))

    def read(match: re.Match[str], context: Context) -> Reading | None:
        after = context.text[match.end() : match.end() + 4].lower()
        as_soon = match[0].lower() == "soon" and (context.word_before(match.start()) == "as" or after == " as ")
        # "Americans for Peace Now" is a name
        name = match[0][0].isupper() and re.search(
            r"[A-Z]\w*\s$", context.text[max(match.start() - 20, 0) : match.start()]
        )
        return None if as_soon or name or after[:1] == "-" else Reading("DATE", value)

    return pattern(phrases), read


_ZONE = (
    r"(?: local time| GMT| UTC| EST| EDT| ET| PST| PDT| CET"
    r"| Eastern time| (?:Eastern|Pacific|Central) (?:Standard |Daylight )?Time)?"
)
_OLD = r"(?![-\s](?:old|older|younger)\b|-)"

RULES: tuple[Rule, ...] = (
    (pattern(rf"<number> (?:<between> )?<unit>s?'?(?P<half> and a half)?{_OLD}"), _duration),
    (pattern(rf"<number>(?P<half>[-\s]and[-\s]a[-\s]half)[-\s]<unit>s?{_OLD}"), _duration),
    (pattern(rf"<number>-<unit>s?(?:[-\s]long)?{_OLD}"), _duration),
    (pattern(rf"<number>[-\s](?P<unit>second|weekend)s{_OLD}"), _duration),
    (pattern(r"(?P<number>\d+)-(?P<unit>second)"), _edge_of_stretch),
    (pattern(r"<number> (?:straight|consecutive|successive) (?P<unit>quarter)s"), _edge_of_stretch),
    (pattern(r"(?P<number>a) (?P<unit>weekend)"), _edge_of_stretch),
    (pattern(r"(?P<number>a) (?P<unit>year|month|week|day|hour|decade) (?P<half>and a half)"), _duration),
    (
        pattern(rf"(?P<begin><number>)(?: to | or | and |-| - )(?P<end><number2> <unit>s){_OLD}"),
        _range,
    ),
    (
        pattern(
            r"(?:the|these|those|its|his|her|their) (?:(?:first|last|final|opening|initial|past|next|coming|previous"
            rf"|remaining|preceding|following|closing) )?<number> (?:<between> )?<unit>s{_OLD}"
        ),
        _edge_of_stretch,
    ),
    (pattern(r"half an? (?P<unit>hour|day|month|year|decade|century)"), _half_unit),
    (pattern(r"half[-\s](?P<unit>hour|century)"), _half_unit),
    (pattern(r"(?:a )?quarter[-\s](?:of a )?century"), _quarter_century),
    (
        pattern(r"(?P<unit>minute|hour|day|week|month|year|decade|centurie)s(?P<sure>-long|(?= of\b))?(?!-)"),
        _bare_duration,
    ),
    (pattern(r"(?P<unit>hour|day|night|week|month|year|decade|century)-?long"), _long),
    (pattern(r"<set>"), _set),
    (
        pattern(
            r"(?:every|each) (?:single )?(?P<other>other )?"
            r"(?:<part2>|<unit>|<weekday>(?: <part>)?|<month>|<season>|(?P<weekend>weekend))"
        ),
        _every,
    ),
    (pattern(r"every <number> <unit>s"), _every),
    (
        pattern(
            r"(?:once|twice|<number> (?:times|days|hours|weeks|months)) (?:a|an|per|each|every)"
            r" (?P<unit>day|week|month|year|hour|decade)"
        ),
        _per,
    ),
    (pattern(r"per (?P<span>(?P<unit>day|week|month|year|hour|minute))"), _per),
    (pattern(r"<weekday>s|<weekday2> <part>s"), _weekdays),
    (pattern(rf"(?P<hour>\d\d?)(?:[:.](?P<minute>\d\d))? ?(?P<half>[ap]\.?m\b\.?){_ZONE}"), _clock),
    (
        pattern(
            r"(?P<begin>(?P<hour2>\d\d?)(?::(?P<minute2>\d\d))?)(?: to |-|–| and | until )"
            rf"(?P<end>(?P<hour>\d\d?)(?::(?P<minute>\d\d))? ?(?P<half>[ap]\.?m\b\.?){_ZONE})"
        ),
        _clocks,
    ),
    (pattern(rf"(?P<hour>\d\d?):(?P<minute>\d\d)(?!:|\.\d){_ZONE}"), _clock),
    (pattern(r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d) ?(?:hrs|hours|GMT|UTC)"), _four_digits),
    (pattern(r"(?P<hour>\d\d?) o'clock"), _clock),
    (pattern(r"<clockword>"), _clock_word),
    (pattern(r"<clockpart>"), _clock_part),
    _reference("present", "PRESENT_REF"),
    _reference("past", "PAST_REF"),
    _reference("future", "FUTURE_REF"),
    (
        pattern(
            r"(?:in|from|of) (?P<span>the past)"
            r"(?! (?:\w+ )?(?:hour|day|week|month|quarter|year|decade|centur|few|several|couple))"
        ),
        lambda match, context: Reading("DATE", "PAST_REF"),
    ),
    (pattern(r"at (?P<span>present)"), lambda match, context: Reading("DATE", "PRESENT_REF")),
)
