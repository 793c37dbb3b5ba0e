"""Numbers of people and things told of an event, with the bounds that the words give: "at least 20", "dozens"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Token

from kg.model import Quantity

from .arguments import Filler
from .lexicon import Lexicon

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


def quantities(trigger: Token, counted: Iterable[Token], lexicon: Lexicon) -> tuple[Quantity, ...]:
    """The numbers on the nouns that an event counts; of a kind only where `quantities.yaml` names one for the
    trigger.
    """
    data = lexicon.data("quantities")
    lemma = trigger.lemma_.lower()
    kind = next((k for k, words in data["kinds"].items() if lemma in words), None)
    if kind is None:
        return ()
    found = []
    for noun in counted:
        quantity = _quantity(noun, kind, data)
        if quantity is not None and quantity not in found:
            found.append(quantity)
    return tuple(found)


def number_of(words: str, numbers: dict[str, int]) -> int | None:
    """The value of "5,000", "two dozen", "1.5 million"; None where the words are no number."""
    total, seen = 1.0, False
    for word in words.lower().replace("-", " ").split():
        if _DIGITS.fullmatch(word):
            total *= float(word.replace(",", ""))
            seen = True
        elif word in numbers:
            total *= numbers[word]
            seen = True
    return int(total) if seen else None


def _quantity(noun: Token, kind: str, data: dict[str, object]) -> Quantity | None:
    numbers: dict[str, int] = data["numbers"]  # type: ignore[assignment]
    inexact: dict[str, int] = data["inexact"]  # type: ignore[assignment]
    lower_bound: list[str] = data["at_least"]  # type: ignore[assignment]
    upper_bound: list[str] = data["at_most"]  # type: ignore[assignment]
    about: list[str] = data["about"]  # type: ignore[assignment]
    head = noun if noun.like_num or noun.lower_ in inexact else None
    number = head or next((c for c in noun.children if c.dep_ == "nummod" or c.lower_ in inexact), None)
    if number is None:
        return None
    start, end = number.left_edge.i, max(number.right_edge.i + 1 if number != noun else number.i + 1, number.i + 1)
    doc = noun.doc
    for phrase in (*lower_bound, *upper_bound, *about):
        size = len(phrase.split())
        if start - size >= 0 and doc[start - size : start].text.lower() == phrase:
            start -= size
            break
    text = doc[start:end].text
    lowered = text.lower()
    if number.lower_ in inexact:
        return Quantity(kind, text, inexact[number.lower_], None)
    value = number_of(" ".join(t.text for t in doc[number.left_edge.i : end]), numbers)
    if value is None:
        return None
    low: int | None = value
    high: int | None = value
    if any(phrase in lowered for phrase in lower_bound):
        high = None
        if "more than" in lowered or "over" in lowered.split():
            low = value + 1 if value < 100 else value
    elif any(phrase in lowered for phrase in upper_bound):
        low = None
    elif any(phrase in lowered.split() or phrase in lowered for phrase in about):
        low, high = int(value * 0.8), int(value * 1.2)
    return Quantity(kind, text, low, high)


def counted(fillers: Iterable[Filler], relations: dict[str, list[Token]]) -> list[Token]:
    """The nouns whose numbers an event may give: whom it befalls, and an object that is a bare number."""
    subjects = {t.i for t in relations.get("subject", ())}
    tokens = {f.token.i: f.token for f in fillers if f.token.i not in subjects}
    for name in ("object", "of"):
        for token in relations.get(name, ()):
            tokens.setdefault(token.i, token)
    return [tokens[i] for i in sorted(tokens)]
