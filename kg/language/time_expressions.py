"""The component that finds time expressions and resolves them against the publication date.

`doc._.published` (a `datetime.date`, None by default) must be set before the component runs, or it finds nothing.
The spans stand in `doc.spans["timex"]`, in the order of the text and free of overlap. `span.label_` is DATE, TIME,
DURATION or SET, and the extensions are

- `span._.value`: the TIMEX3 value (`2020-02-29`, `2020-W10`, `2020-03-04TMO`, `P9M`, `PRESENT_REF`, `XXXX-WXX-1`);
- `span._.time`: the `kg.model.Time` covered, or None;
- `span._.anchored`: whether it counts from an event named in words ("four days after the signing");
- `span._.offset_days`, `span._.offset_months`: the signed distance from that event, None where it is vague.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import zip_longest

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.language import time_anaphoric, time_dates, time_deictic, time_lengths
from kg.language.time_composition import from_day, joined, with_surroundings
from kg.language.time_context import Context, Found
from kg.language.time_tense import Tense, tense_at
from kg.model import Time

_RULES = time_dates.RULES + time_deictic.RULES + time_anaphoric.RULES + time_lengths.RULES

if not Doc.has_extension("published"):
    Doc.set_extension("published", default=None)
for _name, _default in (
    ("value", ""),
    ("time", None),
    ("anchored", False),
    ("offset_days", None),
    ("offset_months", None),
):
    if not Span.has_extension(_name):
        Span.set_extension(_name, default=_default)


@Language.factory("time_expressions")
class TimeExpressions:
    """The pipeline component; after the tagger and the parser, where there are any, it knows more tenses."""

    def __init__(self, nlp: Language, name: str = "time_expressions") -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        spans: list[Span] = []
        for found in _find(doc, doc._.published) if doc._.published else []:
            reading = found.reading
            span = doc.char_span(found.start, found.end, label=reading.label, alignment_mode="expand")
            if span is None or (spans and span.start < spans[-1].end):
                continue
            span._.value = reading.value
            span._.time = reading.time
            span._.anchored = reading.anchored
            span._.offset_days = reading.offset_days
            span._.offset_months = reading.offset_months
            spans.append(span)
        doc.spans["timex"] = spans
        return doc


def time_expressions(
    text: str, published: date, nlp: Language | None = None
) -> list[tuple[int, int, str, str, Time | None]]:
    """(start, end, label, TIMEX3 value, time) of each expression of a text; offsets in characters, end exclusive.

    `nlp` gives tokens, tags and sentences; a blank English pipeline is used where there is none.
    """
    doc = (nlp or _tokens_only())(text)
    return [
        (found.start, found.end, found.reading.label, found.reading.value, found.reading.time)
        for found in _find(doc, published)
    ]


@cache
def _tokens_only() -> Language:
    return spacy.blank("en")


def _find(doc: Doc, published: date) -> list[Found]:
    """The expressions of a document: of the matches that begin first the longest that has a reading, then composed."""
    text = doc.text

    def tense_of(start: int, end: int) -> Tense:
        span = doc.char_span(start, end, alignment_mode="expand")
        return tense_at(doc, span.start, span.end) if span is not None and len(span) else Tense.UNKNOWN

    context = Context(text, published, tense_of)
    matches = [(match, read) for pattern, read in _RULES for match in pattern.finditer(text)]
    matches.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    end = 0
    for match, read in matches:
        if match.start() < end:
            continue
        try:
            reading = read(match, context)
        except (ValueError, OverflowError):  # beyond the calendar: "10,000 years ago"
            reading = None
        if reading is None:
            continue
        found = Found(match.start(), match.end(), reading)
        composed = joined(context.found[-1], found, text) if context.found else None
        if composed:
            context.found[-1] = composed
        else:
            context.found.append(found)
        end = match.end()
    surrounded = [with_surroundings(found, text, published) for found in context.found]
    return [from_day(found, after, text) for found, after in zip_longest(surrounded, surrounded[1:]) if found]
