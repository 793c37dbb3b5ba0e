"""Turns of an interview or a briefing: "Q: Did you sign?", "A: We did.", "MS. LIND: It did.", "Lind: It did."

A turn begins a paragraph or follows a sentence, with a label and a colon; such labels recur. Who answers under "A" is
the first person whom the text names in full before the first turn; who is named by a label is the person of that name
told before. Questions have no speaker: what is asked nobody claims. They stand under "Q" or under the name of who
publishes them ("BBC").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

_ASKING = ("Q", "QUESTION")
_ANSWERING = ("A", "ANSWER")
_CAPITALS = r"(?:Mr|Mrs|Ms|Dr)\. [A-Z]\w+|[A-Z][A-Z.'’-]*(?: [A-Z][A-Z.'’-]+){0,2}"
_NAME = r"(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})"
_LABEL = re.compile(rf"(?:^|(?<=[.?!\"”’\])] ))(?P<label>{_CAPITALS}|{_NAME}): ")


class _Stretch(NamedTuple):
    """Tokens from `start` to `end`; `label` is '' where none opens it, else it ends with a colon at token `colon`."""

    start: int
    end: int
    label: str
    colon: int


def turns(doc: Doc) -> list[Span]:
    """What is said in each turn, with its speaker in `_.speaker`, in the order of the text."""
    stretches = list(_stretches(doc))
    counted = Counter(s.label for s in stretches if s.label)
    asked = any(label in _ASKING for label in counted)
    labels = {c for c, times in counted.items() if times > 1 or (asked and c in (*_ASKING, *_ANSWERING))}
    first = next((s.start for s in stretches if s.label in labels), None)
    if first is None:
        return []
    found: list[Span] = []
    said: tuple[int, Token] | None = None
    for stretch in stretches:
        if stretch.label in labels:
            speaker = _speaker(doc, stretch, first)
            said = None if speaker is None else (stretch.colon + 1, speaker)
        elif len(labels) == 1:
            said = None  # only the answers have labels: this is a question
        if said is not None and said[0] < stretch.end:
            span = doc[max(said[0], stretch.start) : stretch.end]
            span._.speaker = said[1]
            found.append(span)
    return found


def _stretches(doc: Doc) -> Iterator[_Stretch]:
    """Paragraphs, parted where a label follows a sentence."""
    start = 0
    for token in doc:
        last = token.i + 1 == len(doc)
        if last or (token.is_space and "\n" in token.text):
            yield from _parted(doc, start, max(start, token.i + (not token.is_space)))
            start = token.i + 1


def _parted(doc: Doc, start: int, end: int) -> Iterator[_Stretch]:
    paragraph = doc[start:end]
    label, colon = "", start
    for match in _LABEL.finditer(paragraph.text):
        opening = paragraph.char_span(*match.span("label"), alignment_mode="expand")
        if match["name"] and _person(doc, opening.end - 1, opening.start) is None:
            continue
        if opening.start > start:
            yield _Stretch(start, opening.start, label, colon)
        start, label, colon = opening.start, match["label"], opening.end
    yield _Stretch(start, end, label, colon)


def _speaker(doc: Doc, turn: _Stretch, first: int) -> Token | None:
    """Who speaks in a turn, where `first` is the token with which the first turn begins."""
    if turn.label in _ASKING:
        return None
    if turn.label in _ANSWERING:
        persons = [e for e in doc.ents if e.label_ == "PERSON" and e.start < first]
        # a single word may be the name of a country that the model does not know
        found = next((e for e in persons if len(e) > 1), next(iter(persons), None))
        return found.root if found is not None else None
    name = doc[turn.colon - 1]
    person = _person(doc, name.i, first)
    if person is None and name.ent_type_ == "ORG":
        return None
    return person or name


def _person(doc: Doc, name: int, before: int) -> Token | None:
    """The word of the same form in the name of a person, before a token, where that is no label itself."""
    persons = (e for e in doc.ents if e.label_ == "PERSON" and e.start < before and doc[e.end : e.end + 1].text != ":")
    return next((t for e in persons for t in e if t.lower_ == doc[name].lower_), None)
