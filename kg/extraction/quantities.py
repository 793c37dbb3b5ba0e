"""Numbers of people and things told of an event, with the bounds that the words give: "at least 20", "dozens"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from spacy.tokens import Span, Token

from kg.model import Quantity

from .arguments import Filler
from .lexicon import Lexicon
from .ud import case_of, time_tokens

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_NEAR = 0.2  # how far from "about 100" the number may lie, as a share
_SMALL = 100  # below it things are counted one by one: "more than 20" is at least 21
_ORDINALS = ("first", "second", "third")
_NOUN = 4  # tokens from a number to the noun that it counts


def quantities(trigger: Token, counted: Iterable[Token], lexicon: Lexicon) -> tuple[Quantity, ...]:
    """The numbers on the nouns that an event counts; of a kind only where `quantities.yaml` names one for the
    trigger, or for what the event "left" people.
    """
    data = lexicon.data("quantities")
    kind = _kind_of(trigger, data)
    nouns = [(noun, kind) for noun in counted] if kind is not None else _left(trigger, data)
    found: list[Quantity] = []
    for noun, counting in nouns:
        quantity = _quantity(noun, counting, data)
        if quantity is not None and quantity not in found:
            found.append(quantity)
    return tuple(found)


def amounts_in(deed: Span, trigger: Token, subjects: Iterable[Token], lexicon: Lexicon) -> tuple[Quantity, ...]:
    """Every number in the words of a deed, with what it counts: `from` and `to` of a change, the kind of the
    trigger, or `amount`. What changes may have its number with it: "the force of 13,000 will shrink to 8,600".
    """
    data, changes = lexicon.data("quantities"), lexicon.data("agreements")
    times = time_tokens(deed.doc)
    kind = _kind_of(trigger, data) or "amount"
    found: list[Quantity] = []
    changing = trigger.lemma_.lower() in changes["changing"]
    if changing:
        words = (t for subject in subjects for t in subject.subtree if t.i < deed.start and t.i not in times)
        told_before = [t for t in words if _is_number(t, data)]
        told = _read(told_before[0], "from", data) if told_before else None
        found += [told[0]] if told is not None else []
    end = deed.start
    for token in deed:
        if token.i < end or token.i in times or not _is_number(token, data):
            continue
        bound = changes["bounds"].get(_before(token)) if changing else None
        told = _read(token, bound or kind, data, noun=token.head if token.dep_ == "nummod" else None)
        if told is not None:
            quantity, end = told
            found.append(quantity)
    return tuple(found)


def _before(number: Token) -> str:
    """The preposition of a number or of the noun that it counts."""
    return case_of(number) or (case_of(number.head) if number.dep_ == "nummod" else "")


def number_of(words: str, numbers: Mapping[str, int]) -> int | None:
    """The value of "5,000", "two dozen", "1.5 million"; None where the words are no number."""
    total, seen = 1.0, False
    for word in words.lower().replace("-", " ").split():
        if _DIGITS.fullmatch(word):
            total *= float(word.replace(",", ""))
        elif word not in numbers:
            continue
        elif seen and numbers[word] < total < _SMALL:
            total += numbers[word]  # "thirty five"
        else:
            total *= numbers[word]
        seen = True
    return int(total) if seen else None


def counted(fillers: Iterable[Filler], relations: dict[str, list[Token]]) -> list[Token]:
    """The nouns whose numbers an event may give: whom it befalls, and an object that is a bare number."""
    subjects = {t.i for t in relations.get("subject", ())}
    tokens = {f.token.i: f.token for f in fillers if f.token.i not in subjects}
    for name in ("object", "of"):
        for token in relations.get(name, ()):
            tokens.setdefault(token.i, token)
    return [tokens[i] for i in sorted(tokens)]


def _kind_of(trigger: Token, data: Mapping[str, Any]) -> str | None:
    lemma = trigger.lemma_.lower()
    return next((k for k, words in data["kinds"].items() if lemma in words), None)


def _left(trigger: Token, data: Mapping[str, Any]) -> list[tuple[Token, str]]:
    """Whom an event left how: "the attack left at least 20 people dead"."""
    verb = trigger.head
    if not trigger.dep_.startswith("nsubj") or verb.lemma_.lower() not in data["leaving"]:
        return []
    states = [t for t in verb.subtree if t.i > verb.i and _kind_of(t, data) is not None]
    objects = [c for c in verb.children if c.dep_ == "obj"]
    return [(noun, _kind_of(states[0], data) or "") for noun in objects] if states else []


def _is_number(token: Token, data: Mapping[str, Any]) -> bool:
    if token.lower_ in _ORDINALS or token.pos_ == "ADV":
        return False
    return token.like_num or token.lower_ in data["inexact"] or token.lower_ in data["numbers"]


def _quantity(noun: Token, kind: str, data: Mapping[str, Any]) -> Quantity | None:
    """The number of a noun, or that is one itself."""
    number = noun if _is_number(noun, data) else None
    if number is None:
        number = next((c for c in noun.children if c.dep_ in ("nummod", "amod", "det") and _is_number(c, data)), None)
    if number is None and noun.lemma_.lower() in data["measures"]:  # "a group of 20 soldiers"
        owned = [c for c in noun.children if c.dep_ == "nmod" and case_of(c) == "of"]
        return _quantity(owned[0], kind, data) if owned else None
    told = _read(number, kind, data) if number is not None else None
    return told[0] if told is not None else None


def _read(number: Token, kind: str, data: Mapping[str, Any], noun: Token | None = None) -> tuple[Quantity, int] | None:
    """The number at a token with its bounds, and where its words end; they take in the noun, if one is given."""
    doc, sentence = number.doc, number.sent
    start, end = _run(number, data)
    value = _value(doc[start:end], data)
    if value is None:
        return None
    low: int | None = value
    high: int | None = None if any(t.lower_ in data["inexact"] for t in doc[start:end]) else value
    if end + 1 < sentence.end and doc[end].lower_ in data["to"] and _is_number(doc[end + 1], data):  # "20 to 30"
        _, last = _run(doc[end + 1], data)
        other = _value(doc[end + 1 : last], data)
        if other is not None and other > value:
            high, end = other, last
    phrase, sense = _bound(doc[sentence.start : start], data)
    start -= len(phrase)
    if sense == "at_least":
        beyond = " ".join(phrase) in data["beyond"] and value < _SMALL
        low, high = value + beyond, None
    elif sense == "at_most":
        beyond = " ".join(phrase) in data["beyond"] and value < _SMALL
        low, high = None, value - beyond
    elif sense == "about" and high == value:
        low, high = int(value * (1 - _NEAR)), int(value * (1 + _NEAR))
    elif sense == "nearly" and high == value:
        low = int(value * (1 - _NEAR))
    if noun is not None and end <= noun.i < end + _NOUN:
        end = noun.i + 1
    return Quantity(kind, doc[start:end].text, low, high), end


def _run(number: Token, data: Mapping[str, Any]) -> tuple[int, int]:
    """The tokens of one number: "two dozen", "1.5 million", "tens of thousands"."""
    doc, sentence = number.doc, number.sent
    start, end = number.i, number.i + 1
    while start > sentence.start and _is_number(doc[start - 1], data):
        start -= 1
    while end < sentence.end and _is_number(doc[end], data):
        end += 1
    if end + 1 < sentence.end and doc[end].lower_ == "of" and doc[end + 1].lower_ in data["inexact"]:
        end += 2
    return start, end


def _value(run: Span, data: Mapping[str, Any]) -> int | None:
    """The value of a run of number words; of inexact ones the least that they allow."""
    inexact: dict[str, int] = data["inexact"]
    last = run[-1].lower_
    if run[0].lower_ in inexact and len(run) > 1:  # "tens of thousands", "several hundred"
        return inexact[run[0].lower_] * int(data["numbers"].get(last.removesuffix("s"), 1))
    if last in inexact:
        return inexact[last]
    return number_of(" ".join(t.text for t in run), data["numbers"])


def _bound(before: Span, data: Mapping[str, Any]) -> tuple[list[str], str]:
    """The longest phrase of a bound that ends right before a number, and its sense; nothing if there is none."""
    told = [t.lower_ for t in before]
    best: tuple[list[str], str] = ([], "")
    for sense in ("at_least", "at_most", "about", "nearly"):
        for phrase in data[sense]:
            words = phrase.split()
            if told[-len(words) :] == words and len(words) > len(best[0]):
                best = (words, sense)
    return best
