"""Datelines: "GENEVA, May 4 (Own Wire) — The two ..." tells where and when the text was written, and of no event."""

from __future__ import annotations

from spacy.tokens import Doc, Span

DASHES = ("—", "–", "-")
_LONGEST = 16  # tokens of a dateline with its agency


def dateline_end(sentence: Span) -> int:
    """The index of the token after the dateline that opens a sentence, with its dash; else the sentence's start."""
    first = next((t for t in sentence if t.is_alpha), None)
    if first is None or not first.is_upper or len(first) < 3:
        return sentence.start
    for token in sentence[:_LONGEST]:
        if token.pos_ in ("VERB", "AUX"):
            break
        if token.text in DASHES and token.whitespace_ and token.i > sentence.start and token.nbor(-1).whitespace_:
            return token.i + 1
    return sentence.start


def dateline_tokens(doc: Doc) -> frozenset[int]:
    """The indexes of all tokens in datelines."""
    return frozenset(i for sentence in doc.sents for i in range(sentence.start, dateline_end(sentence)))
