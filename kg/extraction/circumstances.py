"""When and where: time expressions and places attached to the event that they belong to, never to all of a sentence."""

from __future__ import annotations

from datetime import date, timedelta

from spacy.tokens import Doc, Span, Token

from kg.model import Time

from .arguments import Filler, Resolver
from .lexicon import Entry, Lexicon
from .relations import Relations, case_of

_MAX_CLIMB = 6


def times(doc: Doc, entries: dict[int, Entry], lexicon: Lexicon) -> dict[int, Time]:
    """The time of each event that has one told, by the index of its trigger."""
    found: dict[int, Time] = {}
    relative: list[tuple[int, Span]] = []
    for span in doc.spans.get("timex", ()):
        for trigger in _owners(span, entries, lexicon):
            if getattr(span._, "anchored", None):
                relative.append((trigger, span))
            elif span._.time is not None:
                found.setdefault(trigger, span._.time)
    for trigger, span in relative:
        anchor = _anchor(span, entries)
        if anchor is not None and anchor in found and span._.offset_days is not None:
            if trigger not in found and found[anchor].precision == "day":
                found[trigger] = _shifted(found[anchor], span._.offset_days)
        elif anchor is not None and trigger in found and span._.offset_days is not None and found[trigger].precision == "day":
            found.setdefault(anchor, _shifted(found[trigger], -span._.offset_days))
        elif span._.time is not None:
            found.setdefault(trigger, span._.time)
    return found


def _shifted(time: Time, days: int) -> Time:
    day: date = time.earliest + timedelta(days=days)
    return Time(day.isoformat())


def _owners(span: Span, entries: dict[int, Entry], lexicon: Lexicon) -> list[int]:
    """The events that a time expression dates: the nearest word above it that is one, or that carries one."""
    token = span.root
    if _is_date_line(span):
        return []
    for _ in range(_MAX_CLIMB):
        head = token.head
        if head.i == token.i:
            return []
        if head.i in entries:
            return [head.i, *_coordinated(head, entries, after=span.start)]
        if head.pos_ in ("VERB", "AUX"):
            carried = _carried(head, entries, lexicon)
            if carried:
                return carried
            if head.dep_ not in ("xcomp", "conj", "aux", "cop"):
                return []
        token = head
    return []


def _coordinated(head: Token, entries: dict[int, Entry], after: int) -> list[int]:
    """Predicates coordinated with the dated one share a date that opens the sentence."""
    if after > head.i:
        return []
    return [c.i for c in head.children if c.dep_ == "conj" and c.i in entries]


def _carried(verb: Token, entries: dict[int, Entry], lexicon: Lexicon) -> list[int]:
    """Events in the object of a support verb, or the subject of a verb of happening."""
    lemma = verb.lemma_.lower()
    found = []
    for child in verb.children:
        is_object = child.dep_ in ("obj", "nsubj:pass") and lemma in lexicon.light
        is_subject = child.dep_ in ("nsubj", "nsubj:pass") and lemma in lexicon.happening
        if (is_object or is_subject) and child.i in entries:
            found.append(child.i)
    if not found:
        found = [c.i for c in verb.children if c.dep_ == "xcomp" and c.i in entries and lemma in lexicon.light | lexicon.happening]
    return found


def _is_date_line(span: Span) -> bool:
    sentence = span.sent
    words = [t for t in sentence if not t.is_space and not t.is_punct]
    return len(words) <= len(span) + 1 and not any(t.pos_ == "VERB" for t in words)


def _anchor(span: Span, entries: dict[int, Entry]) -> int | None:
    """The event that an anchored expression counts from: "four days after the signing", "a day after they met"."""
    root = span.root
    for token in span.doc[span.end : span.sent.end]:
        if token.i in entries and (root.is_ancestor(token) or token.i - span.end <= 12):
            return token.i
    return None


def places(
    trigger: Token, relations: Relations, entries: dict[int, Entry], resolver: Resolver, lexicon: Lexicon
) -> list[Filler]:
    """Where the event was, from the prepositions that name places on the trigger, its support verb or its object."""
    found: dict[int, Filler] = {}
    for name in lexicon.place_relations:
        for token in [*relations.get(name, ()), *_inside_object(name, relations, entries)]:
            for filler in resolver.place_fillers(token):
                found.setdefault(filler.cluster, filler)
    for child in trigger.children:
        if child.dep_ in ("compound", "amod") and child.i < trigger.i:  # "Kabul bombing", "Helmand attacks"
            for filler in resolver.place_fillers(child):
                if resolver.clusters[filler.cluster].type == "Place":
                    found.setdefault(filler.cluster, filler)
    return sorted(found.values(), key=lambda f: f.token.i)


def _inside_object(preposition: str, relations: Relations, entries: dict[int, Entry]) -> list[Token]:
    """Phrases that the parser hung on the object: "signed an agreement in Doha". An object that is an event keeps its own."""
    return [
        child
        for noun in relations.get("object", ())
        if noun.i not in entries
        for child in noun.children
        if child.dep_ == "nmod" and case_of(child) == preposition
    ]
