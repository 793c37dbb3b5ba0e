"""Times: proper intervals with their first and last day, and the unit told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kg.graph import terms
from kg.graph.terms import CD, RDF, RDFS, TIME, XSD
from kg.graph.view import Statement, View
from kg.model import Time

_UNITS = {"day": TIME.unitDay, "month": TIME.unitMonth, "year": TIME.unitYear}
_INLINE = 15  # bytes


def write_time(owner: NamedNode, time: Time | None, link: NamedNode = CD.time) -> Iterator[Statement]:
    """The owner's time, and the time itself; nothing for None."""
    if time is None:
        return
    node = terms.time(time.value)
    yield owner, link, node
    yield node, RDF.type, TIME.ProperInterval
    yield node, RDFS.label, Literal(time.value)
    yield node, CD.earliest, Literal(time.earliest.isoformat(), datatype=XSD.date)
    yield node, CD.latest, Literal(time.latest.isoformat(), datatype=XSD.date)
    if time.precision in _UNITS:
        yield node, CD.precision, _UNITS[time.precision]


def sort_key(slug: str, time: Time | None) -> Literal:
    """A text by which events and prospects sort in time, those without a time last, and which no two of them share.

    It is as long as the texts that Oxigraph keeps within its indexes, so that it sorts without looking anything up.
    """
    digits = hashlib.sha256(slug.encode()).hexdigest()
    day = time.earliest.isoformat().replace("-", "") if time else "undated"
    return Literal(f"{day}{digits}"[:_INLINE])


def read_time(view: View, owner: NamedNode, link: NamedNode = CD.time) -> Time | None:
    """The inverse of `write_time`."""
    node = view.node(owner, link)
    return None if node is None else Time(view.need_text(node, RDFS.label))
