"""On which side of the publication date a time lies, once it is known whether the event has happened.

A weekday or a month without a year is read by the tense around it, which may be that of another verb: "called for a
march on Sunday" means the next Sunday, and "the mayor, who will resign, met him on Sunday" the last.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from spacy.tokens import Span, Token

from kg.language.times.lexicon import word_set
from kg.language.times.values import shifted
from kg.model import Modality, Time

from .lexicon import Entry
from .ud import case_of

_NEAR = 3  # tokens from an event to a day of its own, at most: "a march on Sunday"
_TOLD_APART = ("last", "past", "next", "coming")
_COMING = ("for", "by", "until", "till", "before", "from")


def is_past(time: Time, published: date) -> bool:
    """Whether a time lies not after the publication, as that of all that has happened does."""
    return time.earliest <= published


def on_its_side(trigger: Token, time: Time, modality: Modality, entries: Mapping[int, Entry]) -> Time | None:
    """The time of an event that happened or that did not (yet); None where it is not the event's own."""
    sentence, published = trigger.sent, trigger.doc._.published
    spans = [s for s in trigger.doc.spans["timex"] if sentence.start <= s.start < sentence.end and s._.time is not None]
    span = next((s for s in spans if s._.time == time), None)
    if span is None:
        return time
    to_come = modality in (Modality.FUTURE, Modality.HYPOTHETICAL)
    past = trigger.tag_ in ("VBD", "VBN")
    if to_come and trigger.tag_ != "VBD" and time.precision == "day" and time.earliest < published:
        return time if _is_of_promise(span, trigger, entries) else _ahead(trigger, time, span, spans)
    if modality == Modality.ASSERTED and past and time.precision in ("day", "month") and not is_past(time, published):
        return _behind(trigger, time, span)
    return time


def _is_of_promise(span: Span, trigger: Token, entries: Mapping[int, Entry]) -> bool:
    """Whether a time may as well be that of the promise of an event: "agreed on a ceasefire on Saturday"."""
    promise = entries.get(trigger.head.i)
    return promise is not None and promise.content == Modality.FUTURE and case_of(span.root) not in _COMING


def _ahead(trigger: Token, time: Time, span: Span, spans: list[Span]) -> Time | None:
    """The next weekday instead of the last: "called for a march on Sunday", but "asked on Sunday for a march"."""
    if not _is_weekday(span):
        return time
    if span.root.head != trigger and not 0 < span.start - trigger.i <= _NEAR:
        return None
    week = trigger.doc._.published - timedelta(days=7)
    told = any(s._.time.precision == "day" and week < s._.time.earliest < time.earliest for s in spans)
    return time if told else shifted(time, days=7)  # "on Friday they called for a march on Sunday" may be over


def _behind(trigger: Token, time: Time, span: Span) -> Time | None:
    """The last weekday or month instead of the next; None for the time of what was vowed, ordered or called for."""
    between = trigger.doc[trigger.i + 1 : span.start] if trigger.i < span.start else ()
    if case_of(span.root) in _COMING or span.root.head.tag_ == "VB" or any(t.tag_ == "VB" for t in between):
        return None
    if _is_weekday(span):
        return shifted(time, days=-7)
    return shifted(time, months=-12) if span.text.lower() in word_set("months") else None


def _is_weekday(span: Span) -> bool:
    """Whether a span is a weekday that is neither dated nor told apart from others ("last Friday")."""
    if any(token.like_num or token.lower_ in _TOLD_APART for token in span):
        return False
    return any(token.lower_ in word_set("weekdays") for token in span)
