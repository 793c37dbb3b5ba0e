"""Text cut where marks begin and end, so that a template can write nested marks in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text to be marked: offsets in characters (end exclusive), CSS classes, where a click leads."""

    start: int
    end: int
    kind: str
    href: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the innermost mark that covers it, if any."""

    text: str
    mark: Span | None = None


def pieces(text: str, spans: Iterable[Span]) -> list[Piece]:
    """The text cut at the spans. Where spans overlap, the shorter wins; those outside the text are left out."""
    inside = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    taken: list[Span] = []
    for span in sorted(inside, key=lambda s: (s.end - s.start, s.start, s.kind)):
        if all(span.end <= other.start or span.start >= other.end for other in taken):
            taken.append(span)
    cut, position = [], 0
    for span in sorted(taken, key=lambda s: s.start):
        if span.start > position:
            cut.append(Piece(text[position : span.start]))
        cut.append(Piece(text[span.start : span.end], span))
        position = span.end
    if position < len(text):
        cut.append(Piece(text[position:]))
    return cut
