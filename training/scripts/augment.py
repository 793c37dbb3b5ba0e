"""Variants of sentences which make the model robust: headlines, capitals, curly quotes, dashes, bylines."""

from __future__ import annotations

import random
from dataclasses import replace

from reading import Sentence, Token

SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "by",
        "with",
        "as",
        "is",
        "'s",
        "n't",
        "’s",
        "n’t",
    ]
)
TITLES = frozenset(
    [
        "President",
        "Prime",
        "Minister",
        "Mr.",
        "Mrs.",
        "Ms.",
        "Dr.",
        "General",
        "Secretary",
        "Senator",
        "King",
        "Pope",
        "Judge",
        "Lord",
    ]
)
TO_CURLY = {"'s": "’s", "n't": "n’t", "'re": "’re", "'ve": "’ve", "'ll": "’ll", "'m": "’m", "'d": "’d", "'": "’"}
TO_STRAIGHT = {curly: straight for straight, curly in TO_CURLY.items()} | {"“": '"', "”": '"', "‘": "'"}


def copy(sentence: Sentence) -> Sentence:
    """A copy whose tokens may be changed."""
    return Sentence([replace(token) for token in sentence.tokens], sentence.starts_paragraph)


def upper(sentence: Sentence) -> None:
    """ALL CAPS."""
    for token in sentence.tokens:
        token.word = token.word.upper()


def title_case(sentence: Sentence, rng: random.Random) -> None:
    """Headline Style: every word, or every word but the small ones, with a capital."""
    keep_small = rng.random() < 0.7
    for i, token in enumerate(sentence.tokens):
        glued = i > 0 and not sentence.tokens[i - 1].space
        if token.word[0].islower() and not glued and not (keep_small and i and token.word in SMALL_WORDS):
            token.word = token.word[0].upper() + token.word[1:]


def drop_full_stop(sentence: Sentence) -> None:
    """Headlines have no full stop at the end."""
    tokens = sentence.tokens
    last = len(tokens) - 1
    if len(tokens) > 3 and tokens[-1].word == "." and all(t.head != last for t in tokens[:-1]):
        tokens.pop()
        tokens[-1].space = True


def headline(sentence: Sentence, rng: random.Random) -> None:
    """Turn a sentence into a headline on a line of its own."""
    drop_full_stop(sentence)
    if rng.random() < 0.7:
        title_case(sentence, rng)
    elif rng.random() < 0.6:
        upper(sentence)


def typography(sentences: list[Sentence], rng: random.Random) -> None:
    """Change the quotes and dashes of a whole text to the other style, as word processors do."""
    quotes = rng.random()
    dash = rng.choice(["—", "–", "—", "--"]) if rng.random() < 0.4 else ""
    for sentence in sentences:
        opening = True
        for token in sentence.tokens:
            if (dash and token.word in ("--", "—", "–")) or (dash in ("—", "–") and token.word == "-" and token.space):
                token.word = dash
            if quotes < 0.3 and token.word in ('"', "``", "''"):
                token.word = "“" if opening else "”"
                opening = not opening
            elif quotes < 0.3:
                token.word = TO_CURLY.get(token.word, token.word)
            elif quotes > 0.8:
                token.word = TO_STRAIGHT.get(token.word, token.word)


def byline(people: list[list[str]], rng: random.Random) -> Sentence:
    """A line like "By Ann Example" before a news text; only its names are annotated."""
    name = rng.choice(people)
    tokens = [Token("By", ent="O")] if rng.random() < 0.8 else []
    tokens += [Token(word, ent=("I-" if i else "B-") + "PERSON") for i, word in enumerate(name)]
    return Sentence(tokens, starts_paragraph=True)


def dateline(places: list[list[str]], rng: random.Random) -> Sentence:
    """The place before the first sentence of a news text: "LONDON —"."""
    name = rng.choice(places)
    capitals = rng.random() < 0.6
    words = [word.upper() if capitals else word for word in name]
    tokens = [Token(word, ent=("I-" if i else "B-") + "LOC") for i, word in enumerate(words)]
    agency = rng.random()
    if agency < 0.2:
        tokens[-1].space = True
        tokens += [Token("(", space=False, ent="O"), Token("AP", space=False, ent="B-ORG"), Token(")", ent="O")]
    tokens.append(Token(rng.choice(["—", "–", "-", "--"]), ent="O"))
    return Sentence(tokens, starts_paragraph=True)


def names_of(sentences: list[Sentence], label: str) -> list[list[str]]:
    """All names of one type, as lists of words, for bylines and datelines."""
    names: list[list[str]] = []
    for sentence in sentences:
        for token in sentence.tokens:
            if token.ent == f"B-{label}":
                names.append([token.word])
            elif token.ent == f"I-{label}" and names:
                names[-1].append(token.word)
    return names


def plain_people(sentences: list[Sentence]) -> list[list[str]]:
    """First and last names without titles."""
    return [n for n in names_of(sentences, "PERSON") if len(n) in (2, 3) and not TITLES.intersection(n)]
