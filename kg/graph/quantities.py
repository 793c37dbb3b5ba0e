"""Quantities: numbers with the bounds that their words allow."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kg.graph import terms
from kg.graph.terms import CD, OA, RDF
from kg.graph.view import Statement, View
from kg.model import Quantity


def write_quantity(owner: NamedNode, link: NamedNode, node: NamedNode, quantity: Quantity) -> Iterator[Statement]:
    """The quantity, and that the owner has it."""
    yield owner, link, node
    yield node, RDF.type, CD.Quantity
    yield node, CD.quantityKind, Literal(quantity.kind)
    yield node, OA.exact, Literal(quantity.text)
    if quantity.low is not None:
        yield node, CD.atLeast, terms.integer(quantity.low)
    if quantity.high is not None:
        yield node, CD.atMost, terms.integer(quantity.high)


def read_quantities(view: View, owner: NamedNode, link: NamedNode) -> tuple[Quantity, ...]:
    """The inverse of `write_quantity`, in the order of the nodes' numbers."""
    return tuple(_read(view, node) for node in sorted(view.nodes(owner, link), key=terms.number_of))


def _read(view: View, node: NamedNode) -> Quantity:
    low, high = view.number(node, CD.atLeast), view.number(node, CD.atMost)
    return Quantity(view.need_text(node, CD.quantityKind), view.need_text(node, OA.exact), low, high)
