"""Whether a text is plainly not English."""

from __future__ import annotations

import re

_WORDS = 200
_SAMPLE = 20_000
# In English prose function words make up some 40 per cent of the tokens; in other languages these stay below 5.
_LEAST_SHARE = 0.12
_FUNCTION_WORDS = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "a",
        "in",
        "that",
        "it",
        "is",
        "was",
        "for",
        "on",
        "with",
        "as",
        "by",
        "at",
        "from",
        "his",
        "her",
        "he",
        "she",
        "they",
        "their",
        "be",
        "been",
        "has",
        "have",
        "had",
        "are",
        "were",
        "this",
        "these",
        "which",
        "who",
        "not",
        "but",
        "or",
        "an",
        "its",
        "will",
        "would",
        "said",
        "after",
        "before",
        "into",
        "than",
        "about",
        "over",
        "also",
        "more",
        "there",
        "all",
    ]
)


def is_foreign(text: str) -> bool:
    """Whether a text of more than 200 words holds hardly any English function word, or one of letters hardly any Latin.

    Looks at the first 20,000 characters; shorter texts pass.
    """
    sample = text[:_SAMPLE]
    letters = [letter for letter in sample if letter.isalpha()]
    if len(letters) > _WORDS and sum(letter < "\u0250" for letter in letters) < len(letters) / 2:
        return True
    words = re.findall(r"[^\W\d_]+", sample.lower())
    return len(words) > _WORDS and sum(word in _FUNCTION_WORDS for word in words) < _LEAST_SHARE * len(words)
