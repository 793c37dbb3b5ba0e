"""How a question was understood, told back; wider readings of it; and the saved queries near to one that was not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.graph.ontology import ontology
from kg.graph.terms import RDFS, SKOS
from kg.query.asking.asked import Asked, Hole, Known
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


def understanding(asked: Asked) -> str:
    """The reading as a sentence: what is asked, of which events, with which restrictions."""
    wanted: list[str] = []
    for hole in asked.holes:
        named = _joined(hole.roles, _ASKED, "who took part")
        among = f" ({' or '.join(known.text for known in hole.among)})" if hole.among else ""
        wanted.append(f"{named}{f' ({hole.noun})' if hole.noun else ''}{among}")
    for asks, words in (
        (Asks.WHEN, "when"), (Asks.WHERE, "where"), (Asks.HOW_OFTEN, "how often"), (Asks.SAYS, "who says so"),
        (Asks.WHETHER, "whether it happened"),
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
        roles = _joined(bound.roles, _ROLE, "with")
        limits.append(f"{roles or 'with'} {_named(bound.known)}")
    limits += [f"in a sentence that tells of {_article(label)} too" for _, label in asked.within]
    if asked.words:
        limits.append(f"in a sentence with {' and '.join(f'“{word}”' for word in asked.words)}")
    if isinstance(asked.speaker, Known):
        limits.append(f"on the word of {_named(asked.speaker)}")
    elif isinstance(asked.speaker, Hole):
        limits.append("on someone's word")
    kind = f"{asked.label} that was denied" if asked.negated else asked.label
    event = _article(kind) if asked.classes else "any event"
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


def wider(asked: Asked) -> Iterator[tuple[Asked, bool, str]]:
    """Readings from the one asked to less narrow ones: the reading, whether only what happened counts, and a note that
    says what was left out.
    """
    happened = not (asked.whether and Asks.MORE not in asked.asks)
    yield asked, happened, ""
    if asked.ranked or ({Asks.HOW_MANY, Asks.HOW_OFTEN} & asked.asks and asked.quantity is None):
        return
    for reading, note in _alternatives(asked):
        yield reading, happened, note
    if happened:
        yield asked, False, ""
    if asked.words:
        words = " and ".join(f"“{word}”" for word in asked.words)
        note = f"No sentence that tells of it has {words}; this is what is told without."
        yield replace(asked, words=[]), happened, note
        if happened:
            yield replace(asked, words=[]), False, note


def _alternatives(asked: Asked) -> Iterator[tuple[Asked, str]]:
    """Readings that are as narrow in another way."""
    if asked.first or asked.last:
        note = "No day is told of this; the documents that tell of it were published in that time."
        yield replace(asked, undated=True), note
    if asked.alike:
        labels = " or ".join(_label(iri) for iri in asked.alike)
        yield replace(asked, classes=asked.alike, alike=()), f"No {asked.label} is told; this is told as {labels}."
    if asked.whether and asked.within:
        classes, label = asked.within[0]
        yield (
            replace(asked, classes=classes, label=label, within=asked.within[1:]),
            f"This is told of the {label} itself.",
        )
    if not asked.whether and (parents := _parents(asked.classes)):
        label = _label(parents[0])
        note = f"No {asked.label} is told; this is what is told of {label}."
        yield replace(asked, classes=parents, alike=(), label=label), note


def _parents(classes: Sequence[str]) -> tuple[str, ...]:
    """The event types that hold these modes."""
    nodes = [node for node in ontology().event_types if node.value in classes]
    above = dict.fromkeys(parent for node in nodes for parent in ontology().nodes(node, RDFS.subClassOf))
    return tuple(parent.value for parent in above if ontology().text(parent, SKOS.notation) is not None)


def _label(iri: str) -> str:
    return next(
        (text for node in ontology().event_types if node.value == iri and (text := ontology().text(node, RDFS.label))),
        iri,
    )


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
