"""A text cut into windows that the network reads at once.

A window ends where a paragraph ends, so that no sentence is cut. Only a paragraph longer than a window is read in
windows that overlap, and each of its words is taken from where it has context on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

LONGEST = 230  # word pieces of a window; the network was trained on texts of up to 240
MARGIN = 40  # word pieces read for their context alone


@dataclass(frozen=True, slots=True)
class Window:
    """Words `start` to `end` are read, and what is found of `keep_from` to `keep_to` counts; `closed` where a
    paragraph ends with it.
    """

    start: int
    end: int
    keep_from: int
    keep_to: int
    closed: bool


def cut(sizes: Sequence[int], breaks: Sequence[int]) -> Iterator[Window]:
    """Windows over words of the given numbers of pieces; `breaks` are the words that begin a paragraph, but the first.

    The kept parts cover every word once, in order.
    """
    start = pieces = 0
    borders = [0, *breaks, len(sizes)]
    for begin, end in pairwise(borders):
        size = sum(sizes[begin:end])
        if start < begin and pieces + size > LONGEST:
            yield Window(start, begin, start, begin, closed=True)
            start, pieces = begin, 0
        if size > LONGEST:
            yield from _overlapping(sizes, begin, end)
            start, pieces = end, 0
        else:
            pieces += size
    if start < len(sizes):
        yield Window(start, len(sizes), start, len(sizes), closed=True)


def _overlapping(sizes: Sequence[int], begin: int, end: int) -> Iterator[Window]:
    kept = begin
    while kept < end:
        start = _back(sizes, kept, begin, MARGIN)
        stop, pieces = start, 0
        while stop < end and (pieces + sizes[stop] <= LONGEST or stop == start):
            pieces += sizes[stop]
            stop += 1
        keep_to = end if stop == end else max(_back(sizes, stop, kept, MARGIN), kept + 1)
        yield Window(start, stop, kept, keep_to, closed=keep_to == end)
        kept = keep_to


def _back(sizes: Sequence[int], word: int, least: int, pieces: int) -> int:
    """The word up to `pieces` pieces before another, `least` at the earliest."""
    while word > least and pieces >= sizes[word - 1]:
        word -= 1
        pieces -= sizes[word]
    return word
