"""Matches: why what documents tell was taken for the same."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kg.graph import terms
from kg.graph.terms import CD, RDF
from kg.graph.view import Statement
from kg.model import Match


def write_match(member: NamedNode, partner: NamedNode, match: Match) -> Iterator[Statement]:
    """The match of an entity or report; each has one at most."""
    node = terms.part(member, "match")
    yield node, RDF.type, CD.Match
    yield node, CD.matched, member
    yield node, CD.matchedWith, partner
    yield node, CD.confidence, terms.decimal(match.confidence)
    for reason in match.reasons:
        yield node, CD.reason, Literal(reason)
