"""Questions about the sources and the graph itself, understood by the rules of `queries/ask.yaml` as a saved query."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from kg.query.asking.words import AskWords
from kg.query.names import Found
from kg.query.saved import SavedQuery, saved_query

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ONLY = {"Agreement": "agreement"}  # a class whose names can only fill a parameter of this type

EventOf = Callable[[str], str | None]


def by_rule(
    question: str, things: Sequence[Found], documents: Sequence[Found], event_of: EventOf, known: AskWords
) -> tuple[SavedQuery, dict[str, str]] | None:
    """The saved query that a question asks for, with its parameters; None where no rule accounts for every word.

    `event_of` gives the label of the event class that a noun names.
    """
    spans = [(f.start, f.end) for f in (*things, *documents)]
    words = [(m.start(), m.group()) for m in _WORD.finditer(question)]
    lower = {at: word.lower() for at, word in words if not any(s <= at < e for s, e in spans)}
    for rule in known.data["rules"]:
        anchors = _anchors(rule, lower, things, documents)
        if anchors is not None:
            values = _values(rule, lower, anchors, things, documents, event_of, known)
            if values is not None:
                return saved_query(rule["query"]), values
    return None


def _anchors(
    rule: dict[str, Any], lower: dict[int, str], things: Sequence[Found], documents: Sequence[Found]
) -> list[int] | None:
    """Where the rule's words stand; None if it does not fit."""
    has = {"document": bool(documents), "agreement": any("Agreement" in f.kinds for f in things)}
    if not all(has[need] for need in rule.get("needs", ())):
        return None
    found = []
    for group in rule["words"]:
        hits = [at for at, word in lower.items() if word in group]
        if not hits:
            return None
        found.append(hits[0])
    return found


def _values(
    rule: dict[str, Any],
    lower: dict[int, str],
    anchors: list[int],
    things: Sequence[Found],
    documents: Sequence[Found],
    event_of: EventOf,
    known: AskWords,
) -> dict[str, str] | None:
    query = saved_query(rule["query"])
    types = {parameter.name: parameter.type for parameter in query.parameters}
    values: dict[str, str] = {}
    used = set(anchors)
    for found in things:
        only = next((type_ for kind, type_ in _ONLY.items() if found.kinds == {kind}), None)
        names = [n for n, t in types.items() if t == only] if only else []
        names = names or rule["slots"].get("before" if found.start < anchors[0] else "after", [])
        free = next((name for name in names if name not in values), None)
        if free is None:
            return None
        values[free] = found.name
    for found in documents:
        values.update({name: found.name for name, type_ in types.items() if type_ == "document"})
    for name, meanings in rule.get("values", {}).items():
        for value, hints in meanings.items():
            hits = {at for at, word in lower.items() if word in hints}
            if hits and name not in values:
                values[name] = value
            used |= hits
    if "event" in rule:
        for at, word in lower.items():
            if at not in used and word not in known["around"] and (label := event_of(word)) is not None:
                values[rule["event"]] = label
                used.add(at)
    if any(at not in used and word not in known["around"] for at, word in lower.items()):
        return None
    return values if all(p.name in values for p in query.parameters if p.required) else None
