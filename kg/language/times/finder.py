"""From a text to its time expressions: the rules are tried where a word of time stands, and their matches composed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.language.times import anaphoric, dates, deictic, lengths
from kg.language.times.composition import Found, from_day, with_surroundings
from kg.language.times.context import Context, Read, Readings
from kg.language.times.lexicon import triggers
from kg.language.times.tense import Tense, tense_at
from kg.language.times.values import Reading
from kg.model import Time

_REACH = 60  # characters before and after a word of time within which its expression lies
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "‑": "-", "‐": "-"})
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")

_RULES = dates.RULES + deictic.RULES + anaphoric.RULES + lengths.RULES


class Expression(NamedTuple):
    """A time expression at character offsets of a text, end exclusive: its TIMEX3 type (DATE, TIME, DURATION or SET)
    and value, and the calendar time that it covers, None where it tells none.
    """

    start: int
    end: int
    type: str
    value: str
    time: Time | None


def read(text: str, published: date, nlp: Language | None = None) -> list[Expression]:
    """The time expressions of a text, in its order and free of overlap; `published` is what relative ones count from.

    `nlp` gives tokens, tags and sentences, which tell more tenses; without it the words alone decide.
    """
    doc = (nlp or _tokens_only())(text)
    return [
        Expression(found.start, found.end, found.reading.label, found.reading.value, found.reading.time)
        for found in find(doc, published)
    ]


@cache
def _tokens_only() -> Language:
    nlp = spacy.blank("en")
    nlp.max_length = 30_000_000
    return nlp


def find(doc: Doc, published: date) -> list[Found]:
    """The expressions of a document: of the matches that begin first the longest that has a reading, then composed."""
    text, offsets = _plain(doc.text)

    def tense_of(start: int, end: int) -> Tense:
        span = doc.char_span(offsets[start], offsets[end], alignment_mode="expand")
        return tense_at(doc, span.start, span.end) if span is not None and len(span) else Tense.UNKNOWN

    def tag_of(end: int) -> str:
        span = doc.char_span(offsets[max(end - 2, 0)], offsets[max(end - 1, 0)], alignment_mode="expand")
        return str(span[-1].tag_) if span is not None and len(span) else ""

    context = Context(text, published, tense_of, tag_of)
    end = 0
    for match, rule in _matches(text):
        if match.start() < end:
            continue
        try:
            pieces = _pieces(match, rule(match, context))
        except (ValueError, OverflowError):  # beyond the calendar: "10,000 years ago"
            continue
        for piece in pieces:
            context.add(piece)
            end = piece.end
    surrounded = [with_surroundings(found, text, published) for found in context.found]
    dated = [from_day(found, after, text) for found, after in zip_longest(surrounded, surrounded[1:]) if found]
    return [Found(offsets[found.start], offsets[found.end], found.reading) for found in dated]


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """The text without soft hyphens and the like and with straight apostrophes, and the offset of each character."""
    text = text.translate(_STRAIGHT)
    if not _INVISIBLE.search(text):
        return text, range(len(text) + 1)
    offsets = [i for i, character in enumerate(text) if not _INVISIBLE.match(character)]
    return _INVISIBLE.sub("", text), [*offsets, len(text)]


def _matches(text: str) -> list[tuple[re.Match[str], Read]]:
    """All matches of the rules, by where they begin, the longest first. Rules are tried near words of time only."""
    found = [
        (match, read)
        for start, end in _windows(text)
        for pattern, read in _RULES
        for match in pattern.finditer(text, start, end)
    ]
    return sorted(found, key=lambda pair: (pair[0].start(), -pair[0].end()))


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of text around words of time, free of overlap and begun at white space if there is any."""
    start = end = -1
    for match in triggers().finditer(text):
        if match.start() - _REACH > end:
            if end >= 0:
                yield start, end
            start = max(match.start() - _REACH, end, 0)
            start = next((i for i in range(start, match.start()) if text[i].isspace()), start) if start else 0
        end = max(end, min(match.end() + _REACH, len(text)))
    if end >= 0:
        yield start, end


def _pieces(match: re.Match[str], reading: Readings) -> list[Found]:
    """The expressions of a match: the group `span` where the pattern has one, or a reading for each named group."""
    if reading is None:
        return []
    if isinstance(reading, Reading):
        reading = [("span" if "span" in match.re.groupindex else "", reading)]
    return [Found(*match.span(group or 0), piece) for group, piece in reading]
