"""Words cut into the pieces that the encoder knows, as BERT's uncased WordPiece does it, and the marks that it adds:
how a word is written (letter case) and what stands before it (space, line break, paragraph break).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from zlib import crc32

UNKNOWN, BEGIN, END = "[UNK]", "[CLS]", "[SEP]"
MOST_PIECES = 12  # of one word: enough for any word of a language, and a limit for what is none
CASES = 7  # how many values `case_of` has
GAPS = 4  # how many values `gap_of` has
FORMS = (8192, 2048, 2048, CASES)  # how many values each part of `form_of` has


@dataclass(slots=True)
class WordPieces:
    """The vocabulary of an encoder: one piece a line, its number being the line's; `##` begins a continuation."""

    vocabulary: Sequence[str]
    begin: int = 0
    end: int = 0
    _numbers: dict[str, int] = field(default_factory=dict)
    _known: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._numbers = {piece: number for number, piece in enumerate(self.vocabulary)}
        self.begin, self.end = self._numbers[BEGIN], self._numbers[END]

    def of(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's pieces, at least one and at most `MOST_PIECES`."""
        if (pieces := self._known.get(word)) is None:
            pieces = tuple(p for part in _parts(word) for p in self._cut(part))[:MOST_PIECES]
            pieces = pieces or (self._numbers[UNKNOWN],)
            if len(self._known) > 200_000:  # a bound for endless runs, never met by one document
                self._known.clear()
            self._known[word] = pieces
        return pieces

    def _cut(self, part: str) -> list[int]:
        """The longest known piece, again and again; a part with an unknown rest is unknown as a whole."""
        pieces: list[int] = []
        start = 0
        while start < len(part) and len(pieces) < MOST_PIECES:
            for end in range(min(len(part), start + 30), start, -1):
                number = self._numbers.get(("##" if start else "") + part[start:end])
                if number is not None:
                    pieces.append(number)
                    start = end
                    break
            else:
                return [self._numbers[UNKNOWN]]
        return pieces


def _parts(word: str) -> list[str]:
    """A word in lower case and without accents, cut at punctuation."""
    plain = unicodedata.normalize("NFD", word.lower()) if not word.isascii() else word.lower()
    parts = [""]
    for letter in plain:
        if unicodedata.combining(letter):
            continue
        if letter.isalnum():
            parts[-1] += letter
        else:
            parts += [letter, ""]
    return [part for part in parts if part and not part.isspace()]


def case_of(word: str) -> int:
    """How a word is written: 0 lower, 1 Title, 2 CAPITALS, 3 MiXed, 4 one capital, 5 with digits, 6 without letters."""
    if word.islower():
        return 5 if any(map(str.isdigit, word)) else 0
    if any(map(str.isdigit, word)):
        return 5
    letters = sum(map(str.isalpha, word))
    if not letters:
        return 6
    if letters == 1:
        return 4
    if word.isupper():
        return 2
    first = next(i for i, letter in enumerate(word) if letter.isalpha())
    return 1 if word[first].isupper() and not any(map(str.isupper, word[first + 1 :])) else 3


def gap_of(whitespace: str) -> int:
    """What stands before a word: 0 nothing, 1 space, 2 a line break, 3 a paragraph break (or the start of the text)."""
    breaks = whitespace.count("\n")
    return min(breaks, 2) + 1 if breaks else int(bool(whitespace))


@lru_cache(maxsize=100_000)
def form_of(word: str) -> tuple[int, int, int, int]:
    """A word by its form alone: numbers of its letters, its first three, its last three, and its letter case."""
    plain = "".join("0" if letter.isdigit() else letter for letter in word.lower())
    parts = (plain, f"{plain[:3]}-", f"-{plain[-3:]}")
    whole, start, end = (crc32(part.encode()) % size for part, size in zip(parts, FORMS, strict=False))
    return whole, start, end, case_of(word)
