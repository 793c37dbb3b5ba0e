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
from kg.query.asking.asked import Asked, Bound, Hole, Reach, Told
from kg.query.asking.statement import Asks
from kg.query.asking.words import ask_words

Reading = tuple[Asked, bool, str]
"""A reading, whether only what happened counts, and the note."""
_PLACED = frozenset(("place", "object"))


def readings(asked: Asked) -> Iterator[Reading]:
    """The readings in the order in which they are tried; the first is the question as asked."""
    if asked.ranked:
        yield asked, Asks.MORE not in asked.asks or not asked.whether, ""
        return
    if asked.whether:
        yield from ((reading, False, note) for reading, note in _whether(asked))
        return
    exact = [*_by_deed(asked), (asked, "")]
    if _counted(asked):
        yield from ((reading, True, note) for reading, note in exact[-1:])
        if _of_people(asked):
            for reading in (asked, _reaching(asked, Reach.SENTENCE, lambda bound: True, alone=True)):
                if reading is not None and _restricted(reading):
                    holes = [replace(hole, needed=False) for hole in reading.holes]
                    open_ = replace(reading, holes=holes, asks=asked.asks - {Asks.HOW_MANY})
                    yield open_, False, "The number is not told apart; it may stand in the sentence."
            yield from ((reading, True, note) for reading, note in _passages(asked))
        return
    exact += _exact(asked)
    wide = [*_near(asked), *_far(asked), *_passages(asked)]
    for group in (exact, wide):
        if not asked.ahead:
            yield from ((reading, True, note) for reading, note in group)
        yield from ((reading, False, note) for reading, note in group)


def is_safe(asked: Asked, reading: Asked, *, happened: bool) -> bool:
    """Whether a reading may answer a yes-or-no question: what happened otherwise, or by others, is no yes."""
    if not asked.whether or not happened:
        return True
    doer = any("actor" in one.roles and one != other for one, other in zip(asked.bound, reading.bound, strict=False))
    return reading.words == asked.words and reading.within == asked.within and not doer


def _counted(asked: Asked) -> bool:
    return bool({Asks.HOW_MANY, Asks.HOW_OFTEN} & asked.asks) and asked.quantity is None


def _of_people(asked: Asked) -> bool:
    """Whether people or things are counted that a deed is done to or by, of which a sentence may give the number."""
    return Asks.HOW_MANY in asked.asks and any(
        hole.noun and "object" not in hole.roles and hole.roles != ("event",) for hole in asked.holes
    )


def _whether(asked: Asked) -> Iterator[tuple[Asked, str]]:
    yield from _by_deed(asked)
    yield asked, ""
    yield from _undated(asked)
    yield from _alike(asked)
    if asked.within:
        classes, label = asked.within[0]
        note = f"This is told of the {label} itself."
        yield replace(asked, classes=classes, label=label, within=asked.within[1:]), note
    yield from _by_trigger(asked)
    near = _reaching(asked, Reach.SENTENCE, lambda bound: "actor" not in bound.roles, alone=True)
    if near is not None:
        yield near, _named(asked, near)
        yield from ((reading, f"{_named(asked, near)} {note}") for reading, note in _by_trigger(near))
    if _cooperates(asked):
        yield from _strangers(asked)
        far = _reaching(asked, Reach.DOCUMENT, lambda bound: bool(set(bound.roles) & _PLACED))
        if far is not None:
            yield far, _spoken(asked, far)
    told_of = _reaching(asked, Reach.SENTENCE, lambda bound: True, alone=True)
    if told_of is not None:
        yield told_of, _named(asked, told_of)
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
    near = _reaching(asked, Reach.SENTENCE, lambda bound: True, alone=True)
    if near is not None:
        note = _named(asked, near)
        for reading in (*(deed for deed, _ in _by_deed(near)), *_distant(asked, deed=True), near):
            yield reading, note
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


def _distant(asked: Asked, *, deed: bool = False) -> list[Asked]:
    """With what is named standing elsewhere in the document, where the event tells no other of its kind."""
    parties = _cooperates(asked)
    far = _reaching(asked, Reach.DOCUMENT, lambda bound: parties or bool(set(bound.roles) & _PLACED) or not bound.roles)
    if far is None or asked.told is not Told.CLASS or not (asked.classes or asked.speaker is not None):
        return []
    mixed = [replace(one, reach=Reach.SENTENCE) if one.reach is Reach.ROLE else one for one in far.bound]
    placed = [
        replace(one, reach=Reach.DOCUMENT if set(one.roles) & _PLACED else Reach.SENTENCE, alone=False)
        for one in asked.bound
    ]
    found = [far, *(replace(far, bound=bound) for bound in (mixed, placed) if bound != far.bound)]
    return [reading for one in found for reading, _ in _by_deed(one)] if deed else found


def _far(asked: Asked) -> Iterator[tuple[Asked, str]]:
    """Elsewhere in the document, and of a class above or akin."""
    yield from _strangers(asked)
    distant = _distant(asked)
    for far in distant:
        yield far, _spoken(asked, far)
        for reading, more in (*_by_trigger(far), *_alike(far)):
            yield reading, f"{_spoken(asked, far)} {more}"
    for far in distant:
        if asked.words or asked.within:
            less = replace(far, words=[], within=[])
            yield less, f"{_spoken(asked, far)} {_without(asked)}"
            yield from ((reading, f"{_without(asked)} {more}") for reading, more in _alike(less))
    loose = _reaching(asked, Reach.SENTENCE, lambda bound: True)
    if loose is not None:
        yield loose, _named(asked, loose)
    yield from _above(asked)
    for one in filter(None, (asked, _reaching(asked, Reach.SENTENCE, lambda bound: True, alone=True))):
        yield from _akin(one)


def _akin(asked: Asked) -> Iterator[tuple[Asked, str]]:
    """What another source may tell it as: who abducts someone holds him too."""
    names: dict[str, list[str]] = ask_words().data["akin"]
    classes = [str(CD[akin].value) for iri in asked.classes for akin in names.get(iri.rpartition("#")[2], ())]
    if classes:
        label = " or ".join(_label(iri) for iri in classes)
        note = f"No {asked.label} is told; this is told as {label}."
        yield replace(asked, classes=tuple(classes), alike=(), deed=(), label=label), note


def _passages(asked: Asked) -> Iterator[tuple[Asked, str]]:
    """Any sentence with the word asked with, of those that name what is named or stand in documents that do."""
    if not asked.verb:
        return
    note = f"No such event is told; this is what sentences with “{asked.verb[0]}” say."
    holes = [replace(hole, needed=False) for hole in asked.holes]
    for reach in (Reach.SENTENCE, Reach.DOCUMENT):
        bound = [replace(one, reach=reach, roles=() if reach is Reach.DOCUMENT else one.roles) for one in asked.bound]
        reading = replace(asked, told=Told.SENTENCE, holes=holes, bound=bound, within=[], quantity=None)
        if isinstance(reading.speaker, Hole):
            reading = replace(reading, speaker=None)
        if _restricted(reading):
            yield reading, note
            if asked.words and bound:
                yield replace(reading, words=[]), f"{note} {_without(asked)}"


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


def _by_deed(asked: Asked) -> Iterator[tuple[Asked, str]]:
    """The deed itself, where its class holds others too: to approve is a support, and so is to praise."""
    if asked.deed and asked.told is Told.CLASS:
        yield replace(asked, told=Told.DEED), ""


def _reaching(asked: Asked, reach: Reach, fits: Callable[[Bound], bool], *, alone: bool = False) -> Asked | None:
    """The reading with the named things that fit farther off; None if there are none. `alone`: where the event tells
    no other in their role.
    """
    bound = [replace(one, reach=reach, alone=alone) if fits(one) else one for one in asked.bound]
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


def _spoken(asked: Asked, far: Asked) -> str:
    return f"The document, not the sentence, speaks of {_listed(_moved(asked, far))}."


def _without(asked: Asked) -> str:
    words = " and ".join(f"“{word}”" for word in [*asked.words, *(label for _, label in asked.within)])
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
