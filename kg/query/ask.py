"""Questions in English, understood by the rules of `queries/ask.yaml` as a saved query with parameters.

Nothing is guessed: the answer names the query and the parameters, and a question with words that no rule and no name
accounts for is refused, since to leave out a restriction would answer another question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from datetime import date
from typing import Any

import srsly

from kg.errors import KgError
from kg.query.dates import Span, spans
from kg.query.names import Found, Names
from kg.query.reply import Reply
from kg.query.results import shortened
from kg.query.saved import SavedQuery, bound, saved_query
from kg.resources import folder
from kg.store import Solutions, Store

_WORD = re.compile(r"[^\W_]+(?:['./-][^\W_]+)*\.?", re.UNICODE)
_BE = frozenset({"was", "were", "is", "are", "been", "be"})
_SOLE_KINDS = {"Agreement": "agreement", "Place": "place"}
"""Kinds of thing whose names can only fill a parameter of this type, and no other."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """The saved query that a question asks for, with its parameters."""

    query: SavedQuery
    values: dict[str, str]

    def __str__(self) -> str:
        return " ".join([self.query.name, *(f"--param '{name}={value}'" for name, value in self.values.items())])


@dataclass
class _Question:
    """A question's words and what stands among them."""

    words: list[str]
    things: list[Found]
    documents: list[Found]
    dates: list[Span]
    lower: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.lower = [word.casefold().removesuffix("'s") for word in self.words]

    def _places(self) -> list[tuple[int, int]]:
        return [(f.start, f.end) for f in (*self.things, *self.documents)] + [(s.start, s.end) for s in self.dates]

    def taken(self) -> set[int]:
        """The positions of words that belong to names and dates."""
        return {i for start, end in self._places() for i in range(start, end)}


def ask(store: Store, question: str, *, today: date | None = None) -> Reply:
    """The answer to a question in English; `today` is what "last week" counts from (the machine's date if None).

    A question that is not understood is no error: the reply says so. KgError is for a store that cannot be read.
    """
    try:
        understood = understand(store, question)
        sparql = bound(store, understood.query, understood.values)
    except KgError as error:
        return Reply(question, None, None, None, str(error), problem=str(error))
    answer = store.query(sparql)
    assert isinstance(answer, Solutions)
    rows = tuple(tuple(shortened(term) for term in row) for row in answer)
    sentence = f"{len(rows)} rows." if rows else "Nothing is told of that."
    return Reply(question, str(understood), sparql, answer, sentence, columns=answer.variables, rows=rows)


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = srsly.read_yaml(folder("queries") / "ask.yaml")
    return rules


def examples() -> list[str]:
    """One question for each rule."""
    return [rule["example"] for rule in _rules()["rules"]]


def understand(store: Store, text: str) -> Understanding:
    """What saved query a question asks for; KgError, with examples, when it is not understood."""
    words = [
        match.group().rstrip(".") for match in _WORD.finditer(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    ]
    documents = Names.of_documents(store).spot(words)
    covered = {i for found in documents for i in range(found.start, found.end)}
    dates = [span for span in spans(words) if span.start not in covered]
    covered |= {i for span in dates for i in range(span.start, span.end)}
    things = [
        f for f in Names.of_things(store).spot(words) if not _common(f) and not covered & set(range(f.start, f.end))
    ]
    question = _Question(words, things, documents, dates)
    for rule in _rules()["rules"]:
        anchors = _anchors(rule, question)
        if anchors is not None:
            return _filled(rule, question, anchors)
    raise KgError(f"the question is not understood; ask for example: {' '.join(examples()[5:8])} (`kg ask` lists more)")


@cache
def _common_words() -> frozenset[str]:
    rules = _rules()
    return frozenset(rules["passing"]) | {word for rule in rules["rules"] for group in rule["words"] for word in group}


def _common(found: Found) -> bool:
    """Whether a name is a common word here: documents call things `sources` or `us`."""
    return found.name.islower() and found.name in _common_words()


def _anchors(rule: dict[str, Any], question: _Question) -> list[int] | None:
    """The positions of the rule's words, the word of the first group first; None if the rule does not fit."""
    things = [f for f in question.things if not f.kinds <= {"Agreement", "Place"}]
    if any(not {"document": question.documents, "actor": things}[need] for need in rule.get("needs", ())):
        return None
    taken, positions = question.taken(), []
    for group in rule["words"]:
        hits = [i for i, word in enumerate(question.lower) if word in group and i not in taken]
        if not hits:
            return None
        positions.append(hits[-1])
    return positions


def _filled(rule: dict[str, Any], question: _Question, anchors: list[int]) -> Understanding:
    query, slots, lower = saved_query(rule["query"]), rule["slots"], question.lower
    by_type: dict[str, list[str]] = {}
    for parameter in query.parameters:
        by_type.setdefault(parameter.type, []).append(parameter.name)
    values: dict[str, str] = {name: str(value) for name, value in rule.get("set", {}).items()}
    passive = bool(_BE & set(lower[: anchors[0]])) and "after" in slots
    used = set(anchors)
    for found in question.things:
        sole = next((type_ for kind, type_ in _SOLE_KINDS.items() if found.kinds == {kind}), None)
        before = lower[max(0, found.start - 2) : found.start]
        if sole:
            names = by_type.get(sole, [])
        elif "in" in slots and set(before) & set(_rules()["places"]):
            names = slots["in"]
        elif "by" in slots and "by" in before:
            names = slots["by"]
        else:
            names = slots.get("before" if (found.start < anchors[0]) != passive else "after", [])
        _put(values, names, found.name, query)
    for found in question.documents:
        _put(values, by_type.get("document", []), found.name, query)
    for span in question.dates:
        for name, value in (("from", span.first), ("to", span.last)):
            if value is not None:
                _put(values, [p.name for p in query.parameters if p.name == name], value, query)
    for name, meanings in rule.get("values", {}).items():
        for value, hints in meanings.items():
            hits = {i for i, word in enumerate(lower) if word in hints}
            if hits and name not in values:
                values[name] = value
                used |= hits
    _refuse_leftovers(question, used, rule)
    return Understanding(query, values)


def _put(values: dict[str, str], names: list[str], value: str, query: SavedQuery) -> None:
    for name in names:
        if name not in values:
            values[name] = value
            return
    raise KgError(f"the question seems to be for {query.name}, which has no use for {value!r}: ask without it")


def _refuse_leftovers(question: _Question, used: set[int], rule: dict[str, Any]) -> None:
    known = {word for group in rule["words"] for word in group} | set(_rules()["passing"]) | set(_rules()["places"])
    used = used | question.taken()
    left = [word for i, word in enumerate(question.words) if i not in used and question.lower[i] not in known]
    if left:
        words = " ".join(left)
        raise KgError(f"the question is not understood: nothing in the store and no rule knows {words!r}")
