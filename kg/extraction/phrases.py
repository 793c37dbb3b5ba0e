"""Entries of several words: whether the further words stand with the head in a text."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Token

_NEAR = ("obj", "obl", "advmod", "compound:prt", "xcomp", "nsubj:pass", "iobj")  # where an entry's further words stand
_WINDOW = 8  # tokens before or after a head among which the further words of an entry stand, if they stand in a row


@cache
def parted(phrase: str) -> tuple[str, ...]:
    """The words of a phrase of the lexicon."""
    return tuple(phrase.split())


def around(token: Token, *, noun: bool) -> frozenset[str]:
    """Words and lemmas of all tokens that further words of an entry may be: before a noun, after or below a verb."""
    forms = word_forms(token.doc)
    if noun:
        return frozenset().union(*forms[max(0, token.i - _WINDOW) : token.i])
    return frozenset(_dependents(token).union(*forms[token.i + 1 : token.i + _WINDOW + 1]))


def word_forms(doc: Doc) -> list[tuple[str, str]]:
    """Word and lemma of every token, in lower case; kept with the document."""
    if "word forms" not in doc.user_data:
        doc.user_data["word forms"] = [(t.lower_, t.lemma_.lower()) for t in doc]
    found: list[tuple[str, str]] = doc.user_data["word forms"]
    return found


def has_words(token: Token, words: tuple[str, ...], *, noun: bool) -> bool:
    """Whether the further words of an entry stand with its head: before a noun, after or below a verb."""
    if len(words) == 1:
        return True
    if noun:
        start = token.i - len(words) + 1
        if start < 0:
            return False
        before = token.doc[start : token.i]
        return all(word in (t.lower_, t.lemma_.lower()) for word, t in zip(words[:-1], before, strict=True))
    return stand_with(token, words[1:])


def stand_with(token: Token, words: tuple[str, ...]) -> bool:
    """Whether the words follow at once, or depend on the token as particle, object, oblique or its preposition."""
    if not words:
        return True
    following = token.doc[token.i + 1 : token.i + 1 + len(words)]
    if len(following) == len(words) and all(
        w in (t.lower_, t.lemma_.lower()) for w, t in zip(words, following, strict=True)
    ):
        return True
    near = _dependents(token)
    return all(word in near for word in words)


def _dependents(token: Token) -> set[str]:
    """Words and lemmas of a predicate's particles, objects and obliques, their prepositions and modifiers."""
    near = set()
    for child in token.children:
        if child.dep_ in _NEAR and (child.i > token.i or child.dep_ == "nsubj:pass"):
            near |= {child.lower_, child.lemma_.lower()}
            near |= {c.lower_ for c in child.children if c.dep_ == "case"}
            if child.dep_ == "obj":
                near |= {c.lemma_.lower() for c in child.children if c.dep_ in ("compound", "amod")}
    return near
