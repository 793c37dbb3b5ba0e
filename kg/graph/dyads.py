"""Dyads: two actors with the events that one of them did to the other, the unit in which conflicts are counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from pyoxigraph import Literal, NamedNode

from kg.graph import terms
from kg.graph.ontology import ontology
from kg.graph.terms import CD, RDF, RDFS
from kg.graph.view import Statement


def write_dyads(
    event: NamedNode, roles: Iterable[tuple[NamedNode, NamedNode]], names: Mapping[NamedNode, str]
) -> Iterator[Statement]:
    """The dyads of an event that happened: of every two actors that take part in it in different roles.

    `roles` pairs a role with its filler; `names` has the actors among the fillers.
    """
    taking_part = [(role, node) for role, node in roles if role in ontology().participations and node in names]
    for (role, one), (other_role, other) in combinations(taking_part, 2):
        if role != other_role and one != other:
            members = sorted((one, other), key=str)
            node = terms.dyad(one, other)
            yield node, RDF.type, CD.Dyad
            yield node, RDFS.label, Literal(" and ".join(names[member] for member in members))
            yield node, CD.interaction, event
            for member in members:
                yield node, CD.member, member
