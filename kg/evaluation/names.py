"""Names as the scorer compares them: without articles, possessives, points and case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

Name = tuple[str, ...]

_ARTICLES = frozenset(["the", "a", "an", "its", "their", "his", "her", "our", "this", "that", "these", "those"])
_POSSESSIVE = re.compile(r"['’]s?\b")
_WORD = re.compile(r"[^\W_]+")
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=100_000)
def words(name: str) -> Name:
    """ "the U.S. Army's" -> ("us", "army")."""
    found = _WORD.findall(_POSSESSIVE.sub(" ", name).replace(".", "").casefold())
    start = next((i for i, word in enumerate(found) if word not in _ARTICLES), len(found))
    return tuple(found[start:])


def agree(a: Name, b: Name) -> bool:
    """Whether two names are equal, one ends the other, or one is the other less its last word."""
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    return long[-len(short) :] == short or long[:-1] == short


def same_entity(names: Iterable[Name], entity: dict[str, Any] | None) -> bool:
    """Whether any of the gold's names agrees with any of those of an entity in a record (name, text, names)."""
    if entity is None:
        return False
    told = {words(name) for name in (entity.get("name"), entity.get("text"), *(entity.get("names") or ())) if name}
    return any(agree(a, b) for a in names for b in told)


@lru_cache(maxsize=100_000)
def flat(text: str) -> str:
    """The text with every run of white space made one space."""
    return _SPACE.sub(" ", text).strip()
