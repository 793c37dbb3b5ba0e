"""Turns of an interview or a briefing: "Q: Did you sign?", "A: We did.", "MS. LIND: It did."

A turn begins a paragraph with a label and a colon. Who answers under "A" is the first person whom the text names in
full before the first turn; who is named by a label is the person of that name told before. Questions have no speaker:
what is asked nobody claims.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

_ASKING = ("Q", "QUESTION")
_ANSWERING = ("A", "ANSWER")
_LABEL = re.compile(r"(?:(?:Mr|Mrs|Ms|Dr)\. [A-Z]\w+|[A-Z][A-Z.'’-]*(?: [A-Z][A-Z.'’-]+){0,2}): ")


class _Paragraph(NamedTuple):
    """Tokens from `start` to `end`; `label` is '' where none opens it, else it ends with a colon at token `colon`."""

    start: int
    end: int
    label: str
    colon: int


def turns(doc: Doc) -> list[Span]:
    """What is said in each turn, with its speaker in `_.speaker`, in the order of the text."""
    paragraphs = list(_paragraphs(doc))
    counted = Counter(p.label for p in paragraphs if p.label)
    asked = any(label in _ASKING for label in counted)
    labels = {c for c, times in counted.items() if times > 1 or (asked and c in (*_ASKING, *_ANSWERING))}
    first = next((p.start for p in paragraphs if p.label in labels), None)
    if first is None:
        return []
    found: list[Span] = []
    said: tuple[int, Token] | None = None
    for paragraph in paragraphs:
        if paragraph.label in labels:
            speaker = _speaker(doc, paragraph, first)
            said = None if speaker is None else (paragraph.colon + 1, speaker)
        elif len(labels) == 1:
            said = None  # only the answers have labels: this is a question
        if said is not None and said[0] < paragraph.end:
            span = doc[max(said[0], paragraph.start) : paragraph.end]
            span._.speaker = said[1]
            found.append(span)
    return found


def _paragraphs(doc: Doc) -> Iterator[_Paragraph]:
    start = 0
    for token in doc:
        last = token.i + 1 == len(doc)
        if last or (token.is_space and "\n" in token.text):
            end = token.i + (not token.is_space)
            match = _LABEL.match(doc[start:end].text)
            colon = next((t.i for t in doc[start:end] if t.text == ":"), start) if match else start
            yield _Paragraph(start, max(start, end), match.group()[:-2] if match else "", colon)
            start = token.i + 1


def _speaker(doc: Doc, turn: _Paragraph, first: int) -> Token | None:
    """Who speaks in a turn, where `first` is the token with which the first turn begins."""
    if turn.label in _ASKING:
        return None
    persons = [e for e in doc.ents if e.label_ == "PERSON" and e.start < first]
    if turn.label in _ANSWERING:
        # a single word may be the name of a country that the model does not know
        found = next((e for e in persons if len(e) > 1), next(iter(persons), None))
        return found.root if found is not None else None
    name = doc[turn.colon - 1]
    return next((t for e in persons for t in e if t.lower_ == name.lower_), name)
