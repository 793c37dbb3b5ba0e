"""The words of time expressions, from `ontology/lexicon/time.yaml`, and the pattern notation that draws on them.

In a pattern `<month>` stands for a named group over the words of that class (`<month2>` for a second one), and a blank
for white space with at most one line break, so that nothing is read across paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

import srsly

from kg.resources import folder

_BLANK = r"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)"


@cache
def words() -> dict[str, Any]:
    """The whole lexicon, as in the file."""
    content: dict[str, Any] = srsly.read_yaml(folder("ontology") / "lexicon" / "time.yaml")
    return content


@cache
def word_set(*path: str) -> frozenset[str]:
    """One list of the lexicon in lower case, by its keys: `word_set("tense", "future")`."""
    content: Any = words()
    for key in path:
        content = content[key]
    return frozenset(str(word).lower() for word in content)


@cache
def _classes() -> dict[str, str]:
    lexicon = words()
    tens = [word for word, value in lexicon["numbers"].items() if value in range(20, 100, 10)]
    ones = [word for word, value in lexicon["numbers"].items() if value < 10 and len(word) > 2]
    full = [word for word in lexicon["months"] if len(word) > 4 or word in {"May", "June", "July"}]
    short = [word for word in lexicon["months"] if word not in full]
    spoken = "|".join([rf"(?:{'|'.join(tens)})[-\s](?:{'|'.join(ones)})", _either(lexicon["numbers"])])
    return {
        "month": rf"(?:{_either(full)})|(?:{_either(short)})\b\.?",
        "weekday": _either(lexicon["weekdays"]),
        "shortday": rf"(?:{_either(lexicon['weekday_abbreviations'])})\.?",
        "season": _either(lexicon["seasons"]),
        "part": _either(lexicon["day_parts"]),
        "unit": _either(u for u in lexicon["units"] if u not in {"second", "centurie", "weekend", "quarter"})
        + "|centurie",
        "between": _either(lexicon["between"]),
        "number": rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?|{_either(lexicon['vague_numbers'])}|{spoken}",
        "ordinal": _either(lexicon["ordinals"]),
        "day": rf"(?:0?[1-9]|[12]\d|3[01])(?!\d)(?! (?:{_either(lexicon['counted'])})\b)",
        "year": rf"(?:1\d|20)\d\d(?![,.]?\d|[-–]\d{{3,}})(?! (?:{_either(lexicon['counted'])})\b)",
        "monthday": r"(?:0?[1-9]|[12]\d|3[01])(?!\d)",
        "monthyear": r"(?:1\d|20)\d\d(?![,.]?\d|[-–]\d{3,})",
        "dayordinal": _either(lexicon["century_ordinals"]),
        "holiday": _either(lexicon["holidays"]),
        "centuryordinal": _either(lexicon["century_ordinals"]),
        "decadeword": _either(lexicon["decades"]),
        "set": _either(lexicon["sets"]),
        "clockword": _either(lexicon["clock_words"]),
        "clockpart": _either(lexicon["clock_parts"]),
    }


@cache
def pattern(notation: str) -> re.Pattern[str]:
    """Compile a pattern in the notation above; it begins and ends at the edges of words."""

    def group(match: re.Match[str]) -> str:
        return f"(?P<{match[1]}>{_classes()[match[1].rstrip('0123456789')]})"

    expanded = re.sub(r"(?<!\?P)<([a-z]+\d?)>", group, notation)
    return re.compile(rf"(?<!\w)(?:{expanded.replace(' ', _BLANK)})(?!\w)", re.IGNORECASE)


@cache
def triggers() -> re.Pattern[str]:
    """One of these stands in every time expression: a word of time, a year, a clock or a date in digits."""
    lexicon = words()
    lists = ("months", "weekdays", "seasons", "day_parts", "holidays", "sets", "clock_words", "clock_parts", "decades")
    named = [f"{word}s?" for name in lists for word in lexicon[name]]
    named += [*lexicon["present"], *lexicon["past"], *lexicon["future"], *(f"{unit}s?" for unit in lexicon["units"])]
    named += ["fortnights?", "today", "tonight", "yesterday", "tomorrow", "overnight", "past", "eve", "quarters?"]
    named += ["weekends?", r"(?:minute|hour|day|night|week|month|year|decade|century)-?long"]
    digits = r"\d{3,4}s?|\d\d?(?::\d\d)? ?[ap]\.?m|\d\d?[:./-]\d\d?|'?\d0s|\d\d?(?:st|nd|rd|th)|\d\d? o'clock|Q[1-4]"
    return re.compile(rf"(?<![^\W_])(?:{_either(named)}|{digits})(?![^\W_])", re.IGNORECASE)


def told(match: re.Match[str], group: str) -> str:
    """The words of a named group in lower case; empty where the pattern lacks it or it took no part."""
    return (match.groupdict().get(group) or "").lower()


def month_number(word: str) -> int | None:
    """1 to 12; None where the word is not written as a name ("may", "march")."""
    return int(words()["months"][word.rstrip(".").capitalize()]) if word[0].isupper() else None


def weekday_number(word: str) -> int:
    """1 (Monday) to 7."""
    return int(words()["weekdays"][word.capitalize()])


def unit_code(word: str) -> str:
    """TIMEX3 code of a unit in the singular."""
    return str(words()["units"][" ".join(word.lower().split())])


def number(word: str) -> float | None:
    """The value of a number in digits or words; None for a vague one ("several")."""
    word = " ".join(word.lower().split())
    if word[0].isdigit():
        return float(word.replace(",", ""))
    values = words()["numbers"]
    if word in values:
        return float(values[word])
    if word in word_set("vague_numbers"):
        return None
    ten, one = word.replace("-", " ").split()
    return float(values[ten] + values[one])


def _either(options: Iterable[str]) -> str:
    return "|".join(sorted((str(o).replace(".", r"\.").replace(" ", r"\s") for o in options), key=len, reverse=True))
