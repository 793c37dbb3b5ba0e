"""Worlds of any size, the same every time: documents of twelve events, with actors, places and agreements."""

from __future__ import annotations

import random
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.terms import BASE, CD, RDF, RDFS, SKOS, TIME, XSD

_EVENTS = 12  # a document
_CLASSES = (
    *("Signing", "Meeting", "Visit", "PhoneCall", "Negotiation", "Mediation", "Support", "Concede", "Cooperate", "Aid"),
    *("Withdrawal", "Release", "Ceasefire", "Request", "Accuse", "Reject", "Threaten", "Protest", "Sanction"),
    *("Mobilize", "Coerce", "Assault", "Airstrike", "Bombing", "Shooting", "Kidnapping"),
)
_KINDS = ("State", "Person", "ArmedGroup", "Organization", "Group")


def world(size: int) -> list[Triple]:
    """So many triples of a world, rounded up to a whole document."""
    found: dict[Triple, None] = {}
    number = 0
    while len(found) < size:
        found.update(dict.fromkeys(document(number)))
        number += 1
    return list(found)


def document(number: int) -> Iterator[Triple]:
    """What one document adds to a world."""
    chance = random.Random(number)
    places = [_place(chance.randrange(1 + number)) for _ in range(3)]
    for place, above in places:
        yield from _thing(place, "Place")
        yield Triple(place, CD.locatedIn, above)
        yield from _thing(above, "State")
    actors = [_actor(int(chance.paretovariate(0.6)) % (50 + 2 * number)) for _ in range(6)]
    for actor, kind in actors:
        yield from _thing(actor, kind)
    agreement = NamedNode(f"{BASE}agreement/{number}")
    yield from _thing(agreement, "Agreement")
    person, party = NamedNode(f"{BASE}actor/person-{number}"), actors[0][0]
    yield from _thing(person, "Person")
    yield Triple(person, CD.actsFor, party)
    for position in range(_EVENTS):
        event = NamedNode(f"{BASE}event/{number}-{position}")
        name = "Signing" if position == 0 else chance.choice(_CLASSES)
        yield Triple(event, RDF.type, CD[name])
        yield Triple(event, CD.eventClass, CD[name])
        yield Triple(event, CD.status, CD.Asserted)
        yield Triple(event, RDFS.label, Literal(f"event {position} of document {number}"))
        yield Triple(event, CD.actor, person if name == "Signing" else chance.choice(actors)[0])
        yield Triple(event, CD.actor, chance.choice(actors)[0])
        yield Triple(event, CD.recipient, chance.choice(actors)[0])
        yield Triple(event, CD.place, chance.choice(places)[0])
        yield from _time(event, chance.randrange(10_000))
        if name == "Signing":
            yield Triple(event, CD.object, agreement)
            yield Triple(agreement, CD.signedIn, event)


def _thing(node: NamedNode, kind: str) -> Iterator[Triple]:
    yield Triple(node, RDF.type, CD[kind])
    yield Triple(node, SKOS.prefLabel, Literal(node.value.removeprefix(BASE)))


def _actor(number: int) -> tuple[NamedNode, str]:
    return NamedNode(f"{BASE}actor/{number}"), _KINDS[number % len(_KINDS)]


def _place(number: int) -> tuple[NamedNode, NamedNode]:
    return NamedNode(f"{BASE}place/{number}"), NamedNode(f"{BASE}actor/{number % 200 * len(_KINDS)}")


def _time(event: NamedNode, day: int) -> Iterator[Triple]:
    node = NamedNode(f"{BASE}time/{day}")
    date = Literal(f"{1996 + day // 336:04}-{1 + day // 28 % 12:02}-{1 + day % 28:02}", datatype=XSD.date)
    yield Triple(event, CD.time, node)
    yield Triple(node, RDF.type, TIME.ProperInterval)
    yield Triple(node, CD.earliest, date)
    yield Triple(node, CD.latest, date)
    yield Triple(node, CD.precision, TIME.unitDay)
