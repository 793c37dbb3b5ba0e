"""The publication date that a document tells of itself, at day precision.

Only a date with day, month and year counts; one that could be read in two ways (03/04/2020) does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_LINES = 15
_SHORT = 100

# not the calendar module's names, which follow the locale
_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTHS = {name[:length]: number for number, name in enumerate(_NAMES, 1) for length in (3, len(name))} | {"sept": 9}
_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DATE = re.compile(
    rf"\b(?:(?P<m1>{_MONTH})\s*(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>(?:19|20)\d\d)"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[\s-](?:of\s)?(?P<m2>{_MONTH}),?[\s-](?P<y2>(?:19|20)\d\d)"
    r"|(?P<y3>(?:19|20)\d\d)[-/.](?P<m3>\d\d?)[-/.](?P<d3>\d\d?)(?=\D|$)"
    r"|(?P<n1>\d\d?)[/.](?P<n2>\d\d?)[/.](?P<y4>(?:19|20)\d\d))(?!\d)",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:mon|tue|tues|wed|weds|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?"
# what a date line may hold beside its date
_AROUND = re.compile(
    rf"\b(?:first|last|published|posted|updated|modified|released|issued|created|filed|date|dated|on|at|by|{_WEEKDAY}"
    r"|\d{1,2}[:.]\d\d(?::\d\d)?|[ap]\.?m\b\.?|noon|midnight|gmt|utc|[ecmp][sd]?t|cet|cest|bst|z|t\d\d:\d\d\S*"
    r"|\d+\smin(?:ute)?s?(?:\sread)?|local time)\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"[A-Z][A-Z.’'-]+(?:[ ,][^\n]{0,60})?$")
_AFTER_DATELINE = re.compile(r"[,.)]?\s*(?:\([^)\n]{2,40}\)\s*)?(?:—|–|--|-)\s")
_AFTER_CAPTION = re.compile(r"\s*(?:$|\(|[.](?:\s|$)|,\s(?:in|at|near|outside|during|on|as|after|before)\b)")


def date_of(text: str) -> date | None:
    """The first full date in a field of metadata ("2020-03-04T10:00:00Z", "March 4, 2020"); None if there is none."""
    return next((day for day, _, _ in _dates(text.strip())), None)


def published_in(text: str) -> date | None:
    """The date of publication among the first lines of a text; None if there is none.

    A date line or byline is taken first, then a dateline ("KABUL, March 4, 2020 (AP) —"), then the latest date at the
    end of a photograph's caption ("..., March 4, 2020, in Kunduz Province"). A date in running text is not taken.
    """
    lines = [line for line in text[:20_000].split("\n") if line.strip()][:_LINES]
    return _date_line(lines) or _dateline(lines) or _caption(lines)


def is_date_line(line: str) -> bool:
    """Whether a line tells a date and little else."""
    return _date_line([line]) is not None


def published_in_name(stem: str) -> date | None:
    """The ISO date that a file's name begins with ("2020-03-04-taliban"), else None."""
    match = re.match(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)", stem)
    return _valid(*map(int, match.groups())) if match else None


def _date_line(lines: list[str]) -> date | None:
    updated = None
    for line in lines:
        if len(line) > _SHORT:
            continue
        for day, start, end in _dates(line):
            before, after = _AROUND.sub("", line[:start]), _AROUND.sub("", line[end:])
            byline = re.match(r"\s*by\s", line, re.IGNORECASE) or re.search(r"\|\W*$", before)
            if not (_is_filling(before) or (byline and _names_only(before))) or not _is_filling(after):
                continue
            if re.search(r"\b(?:updated|modified)\b", line[:start], re.IGNORECASE):
                updated = updated or day
                continue
            return day
    return updated


def _dateline(lines: list[str]) -> date | None:
    for line in lines:
        for day, start, end in _dates(line[:160]):
            if _DATELINE.match(line[:start].rstrip(" ,(")) and _AFTER_DATELINE.match(line[end:]):
                return day
    return None


def _caption(lines: list[str]) -> date | None:
    told = [
        day
        for line in lines
        if not line.lstrip().startswith("FILE")
        for day, start, end in _dates(line)
        if re.search(rf",\s*(?:on\s)?(?:{_WEEKDAY},?\s)?$", line[:start], re.IGNORECASE)
        and not re.search(r"\bon\s*$", line[:start])
        and _AFTER_CAPTION.match(line[end:])
    ]
    return max(told, default=None)


def _is_filling(rest: str) -> bool:
    return re.search(r"\w", rest) is None


def _names_only(rest: str) -> bool:
    """Whether the words before a date are those of a byline: "By Ann Lee and Bo Li |"."""
    words = re.findall(r"[^\W\d_][\w.’'-]*", rest)
    return all(word[0].isupper() or word in {"and", "de", "van", "von", "al", "der", "bin"} for word in words)


def _dates(line: str) -> Iterator[tuple[date, int, int]]:
    """The full dates in a line with their offsets."""
    for match in _DATE.finditer(line):
        if match["m1"] or match["m2"]:
            month = _MONTHS[(match["m1"] or match["m2"]).lower().rstrip(".")]
            day = _valid(int(match["y1"] or match["y2"]), month, int(match["d1"] or match["d2"]))
        elif match["y3"]:
            day = _valid(int(match["y3"]), int(match["m3"]), int(match["d3"]))
        else:
            day = _unambiguous(int(match["n1"]), int(match["n2"]), int(match["y4"]))
        if day:
            yield day, match.start(), match.end()


def _unambiguous(first: int, second: int, year: int) -> date | None:
    if first <= 12 and second <= 12 and first != second:
        return None
    return _valid(year, min(first, second), max(first, second))


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
