"""Readings of a question from the one asked to less narrow ones, each with a note that says what was left out.

What documents tell, they tell in parts: the place stands in another sentence, an agreement has another name, a party is
left out. A wider reading never asks for less than the question silently, and a yes-or-no question is widened only by
what cannot turn a no into a yes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from pyoxigraph import NamedNode

from kg.graph.ontology import ontology
from kg.graph.terms import CD, RDFS, SKOS
from kg.query.asking.asked import Asked, Bound, Reach, Told
from kg.query.asking.statement import Asks

Reading = tuple[Asked, bool, str]
"""A reading, whether only what happened counts, and the note."""
_PLACED = frozenset(("place", "object"))


def readings(asked: Asked) -> Iterator[Reading]:
    """The readings in the order in which they are tried; the first is the question as asked."""
    if asked.whether or asked.ranked or _counted(asked):
        happened = not (asked.whether and Asks.MORE not in asked.asks)
        yield asked, happened, ""
        if not asked.ranked and not _counted(asked):
            yield from ((reading, happened, note) for reading, note in _whether(asked))
        return
    groups = [[(asked, ""), *_exact(asked)], [*_near(asked)], [*_far(asked)]]
    past = not asked.ahead
    if past:
        yield from ((reading, True, note) for reading, note in groups[0])
    yield from ((reading, False, note) for reading, note in groups[0])
    wide = [*groups[1], *groups[2]]
    if past:
        yield from ((reading, True, note) for reading, note in wide)
    yield from ((reading, False, note) for reading, note in wide)


def _counted(asked: Asked) -> bool:
    return bool({Asks.HOW_MANY, Asks.HOW_OFTEN} & asked.asks) and asked.quantity is None


def _whether(asked: Asked) -> Iterator[tuple[Asked, str]]:
    yield from _undated(asked)
    yield from _alike(asked)
    if asked.within:
        classes, label = asked.within[0]
        note = f"This is told of the {label} itself."
        yield replace(asked, classes=classes, label=label, within=asked.within[1:]), note
    yield from _by_trigger(asked)
    near = _reaching(asked, Reach.SENTENCE, lambda bound: "actor" not in bound.roles)
    if near is not None:
        yield near, _named(asked, near)
        yield from ((reading, f"{_named(asked, near)} {note}") for reading, note in _by_trigger(near))
    if _cooperates(asked):
        yield from _strangers(asked)
    if asked.words:
        yield replace(asked, words=[]), _without(asked)


def _exact(asked: Asked) -> Iterator[tuple[Asked, str]]:
    """Readings that are as narrow in another way."""
    yield from _undated(asked)
    yield from _alike(asked)
    yield from _by_trigger(asked)
    if asked.quantity is not None and asked.classes:
        yield replace(asked, classes=()), f"This number is told of another event than {asked.label}."


def _near(asked: Asked) -> Iterator[tuple[Asked, str]]:
    """With what is named standing anywhere in the sentence, without words, and without who is asked for."""
    near = _reaching(asked, Reach.SENTENCE, lambda bound: True)
    if near is not None:
        note = _named(asked, near)
        yield near, note
        yield from ((reading, f"{note} {more}") for reading, more in (*_by_trigger(near), *_undated(near)))
    if asked.words and _restricted(asked):
        yield replace(asked, words=[]), _without(asked)
    wide = near or asked
    if any(hole.needed and hole.roles and hole.roles != ("event",) for hole in asked.holes):
        open_ = replace(wide, holes=[replace(hole, needed=False) for hole in asked.holes])
        if _restricted(wide):
            yield open_, "Who or what is asked for is not told apart; it may stand in the sentence."
    if near is not None and asked.words:
        yield replace(near, words=[]), f"{_named(asked, near)} {_without(asked)}"


def _far(asked: Asked) -> Iterator[tuple[Asked, str]]:
    """With what is named standing elsewhere in the document, where the event tells no other; then any such sentence."""
    parties = _cooperates(asked)
    yield from _strangers(asked)
    far = _reaching(asked, Reach.DOCUMENT, lambda bound: parties or bool(set(bound.roles) & _PLACED) or not bound.roles)
    if far is not None and asked.told is Told.CLASS and (asked.classes or asked.speaker is not None):
        note = f"The document, not the sentence, speaks of {_listed(_moved(asked, far))}."
        yield far, note
        yield from ((reading, f"{note} {more}") for reading, more in _by_trigger(far))
        if asked.words:
            yield replace(far, words=[]), f"{note} {_without(asked)}"
    yield from _above(asked)
    if asked.verb and asked.told is not Told.SENTENCE:
        near = _reaching(asked, Reach.SENTENCE, lambda bound: True) or asked
        if _restricted(near):
            yield (
                replace(near, told=Told.SENTENCE, holes=[replace(hole, needed=False) for hole in asked.holes]),
                f"No such event is told; this is what sentences with “{asked.verb[0]}” say.",
            )


def _above(asked: Asked) -> Iterator[tuple[Asked, str]]:
    if parents := _parents(asked.classes):
        label = _label(parents[0])
        note = f"No {asked.label} is told; this is what is told of {label}."
        yield replace(asked, classes=parents, alike=(), label=label), note


def _strangers(asked: Asked) -> Iterator[tuple[Asked, str]]:
    """With unknown names standing elsewhere in the document: "the Prespa agreement"."""
    if asked.strange and all(word[:1].isupper() for word in asked.strange):
        note = f"The document, not the sentence, speaks of {_listed(asked.strange)}."
        yield replace(asked, strangers=Reach.DOCUMENT), note
        if asked.words and not asked.whether:
            yield replace(asked, strangers=Reach.DOCUMENT, words=[]), f"{note} {_without(asked)}"


def _undated(asked: Asked) -> Iterator[tuple[Asked, str]]:
    if asked.first or asked.last:
        note = "No day is told of this; the documents that tell of it were published in that time."
        yield replace(asked, undated=True), note


def _alike(asked: Asked) -> Iterator[tuple[Asked, str]]:
    if asked.alike:
        labels = " or ".join(_label(iri) for iri in asked.alike)
        yield replace(asked, classes=asked.alike, alike=()), f"No {asked.label} is told; this is told as {labels}."


def _by_trigger(asked: Asked) -> Iterator[tuple[Asked, str]]:
    if asked.verb and asked.told is Told.CLASS:
        note = f"No {asked.label} is told; this is told with “{asked.verb[0]}”."
        yield replace(asked, told=Told.TRIGGER), note


def _reaching(asked: Asked, reach: Reach, fits: Callable[[Bound], bool]) -> Asked | None:
    """The reading with the named things that fit farther off; None if there are none, or some would stay too near."""
    bound = [replace(one, reach=reach) if fits(one) else one for one in asked.bound]
    return replace(asked, bound=bound) if bound != asked.bound else None


def _restricted(asked: Asked) -> bool:
    """Whether something is left that says which event is meant."""
    return bool(asked.bound or asked.words or asked.strange or asked.first or asked.last)


def _cooperates(asked: Asked) -> bool:
    """Whether the deed is done together, so that a report of it can leave a party out."""
    above = {node for iri in asked.classes for node in ontology().above(NamedNode(iri))}
    return bool(above & {CD.VerbalCooperation})


def _moved(asked: Asked, wider: Asked) -> list[str]:
    return [one.known.text for one, other in zip(asked.bound, wider.bound, strict=True) if one != other]


def _named(asked: Asked, near: Asked) -> str:
    return f"The sentence, if not the event itself, names {_listed(_moved(asked, near))}."


def _without(asked: Asked) -> str:
    words = " and ".join(f"“{word}”" for word in asked.words)
    return f"No sentence that tells of it has {words}; this is what is told without."


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names)


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
