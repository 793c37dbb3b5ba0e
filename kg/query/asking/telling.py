"""How a question was understood, told back; and the saved queries near to one that was not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.query.asking.asked import Asked, Hole, Known, Reach, Told
from kg.query.asking.statement import Asks
from kg.query.saved import SavedQuery

_ROLE = {"actor": "done by", "recipient": "done to", "object": "about", "place": "in"}
_ASKED = {
    "actor": "who did it",
    "recipient": "whom it was done to",
    "object": "which agreement",
    "place": "where",
    "event": "what",
    "attribution": "who says so",
}
_REACH = {Reach.SENTENCE: "in a sentence that names", Reach.DOCUMENT: "in a document that names"}


def understanding(asked: Asked) -> str:
    """The reading as a sentence: what is asked, of which events, with which restrictions."""
    wanted: list[str] = []
    for hole in asked.holes:
        named = _joined(hole.roles, _ASKED, "who took part")
        among = f" ({' or '.join(known.text for known in hole.among)})" if hole.among else ""
        wanted.append(f"{named}{f' ({hole.noun})' if hole.noun else ''}{among}")
    for asks, words in (
        (Asks.WHEN, "when"), (Asks.WHERE, "where"), (Asks.HOW_OFTEN, "how often"), (Asks.SAYS, "who says so"),
        (Asks.WHETHER, "whether it happened"), (Asks.FIRST, "the first"), (Asks.LAST, "the last"),
    ):  # fmt: skip
        if asks in asked.asks:
            wanted.append(words)
    if asked.quantity is not None:
        wanted = [f"the number {asked.quantity}"]
    elif Asks.HOW_MANY in asked.asks:
        wanted = [f"the number of {asked.holes[0].noun if asked.holes else 'events'}"]
    if asked.ranked:
        order = "fewest" if Asks.LEAST in asked.asks else "most"
        wanted = [f"{' and '.join(wanted) or 'who'}, counted by events, the {order} first"]
    limits = [_limit(asked)] if asked.first or asked.last else []
    for bound in asked.bound:
        far = _REACH.get(bound.reach)
        roles = far or _joined(bound.roles, _ROLE, "with")
        limits.append(f"{roles or 'with'} {_named(bound.known)}")
    limits += [f"in a sentence that tells of {_article(label)} too" for _, label in asked.within]
    if asked.strange and asked.strangers is Reach.DOCUMENT:
        limits.append(f"in a document with {' and '.join(f'“{word}”' for word in asked.strange)}")
    if said := [*asked.words, *(asked.strange if asked.strangers is Reach.SENTENCE else ())]:
        limits.append(f"in a sentence with {' and '.join(f'“{word}”' for word in said)}")
    if isinstance(asked.speaker, Known):
        limits.append(f"on the word of {_named(asked.speaker)}")
    elif isinstance(asked.speaker, Hole):
        limits.append("on someone's word")
    kind = f"{asked.label} that was denied" if asked.negated else asked.label
    event = _article(kind) if asked.classes else "any event"
    if asked.told is Told.TRIGGER:
        event = f"whatever is told by “{asked.verb[0]}”"
    elif asked.told is Told.SENTENCE:
        event = f"what a sentence with “{asked.verb[0]}” tells"
    return f"Asked is {', '.join([', and '.join(dict.fromkeys(wanted)) or 'what is told', f'of {event}', *limits])}."


def _joined(roles: Sequence[str], words: dict[str, str], both: str) -> str:
    """The roles in words; `both` for parties that are alike."""
    if {"actor", "recipient"} <= set(roles):
        return both
    return " or ".join(words[role] for role in roles if role in words)


def _named(known: Known) -> str:
    number = len(known.iris)
    return f"{known.text}{f' ({number} bear the name)' if number > 1 else ''}"


def _limit(asked: Asked) -> str:
    first = asked.first.isoformat() if asked.first else None
    last = asked.last.isoformat() if asked.last else None
    if first and last:
        return f"on {first}" if first == last else f"between {first} and {last}"
    return f"on or after {first}" if first else f"on or before {last}"


def _article(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def nearest(
    question: str, named: Sequence[str], queries: Sequence[SavedQuery]
) -> list[tuple[SavedQuery, dict[str, str]]]:
    """The saved queries that share most words with a question, the fittest first, with the names that it gives."""
    words = {word[:5] for word in re.findall(r"[^\W\d_]{3,}", question.lower())}

    def score(query: SavedQuery) -> tuple[int, int, str]:
        title = {word[:5] for word in re.findall(r"[^\W\d_]{3,}", f"{query.title} {query.name}".lower())}
        rest = {word[:5] for word in re.findall(r"[^\W\d_]{3,}", query.description.lower())}
        return -(3 * len(words & title) + len(words & rest)), query.order, query.name

    found = []
    for query in sorted(queries, key=score):
        actors = [p for p in query.parameters if p.type == "actor"]
        values = dict(zip((p.name for p in actors), named, strict=False))
        if all(p.name in values for p in query.parameters if p.required):
            found.append((query, values))
    return found
