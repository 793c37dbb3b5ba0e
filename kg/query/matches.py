"""Why documents are taken to speak of one thing or event: the matches of the world, for people to look over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from kg.graph import CORRECTIONS, terms
from kg.graph.terms import CD, OA, PROV, RDF, RDFS, SKOS
from kg.store import Solutions, Store, Term

_MATCHES = f"""SELECT ?member ?partner ?confidence ?reason WHERE {{
  ?match {RDF.type} {CD.Match} ; {CD.matched} ?member ; {CD.matchedWith} ?partner ; {CD.confidence} ?confidence .
  OPTIONAL {{ ?match {CD.reason} ?reason }}
  %s
}}"""
_SURE = f"""SELECT ?member ?confidence WHERE {{ ?match {CD.matched} ?member ; {CD.confidence} ?confidence }}
ORDER BY ?confidence ?member LIMIT %d"""
_TOLD = f"""SELECT ?member ?document ?words WHERE {{
  {{ ?member {CD.refersTo} %s ; {SKOS.prefLabel} ?words . BIND(?member AS ?document) }}
  UNION {{ %s {CD.toldBy} ?member . ?member {PROV.wasDerivedFrom} ?document ; {CD.evidence}/{OA.exact} ?words }}
}}"""
_SAID = f"""SELECT ?one ?says ?other WHERE {{ GRAPH {CORRECTIONS} {{ ?one ?says ?other }}
  FILTER(?one IN (%s) || ?other IN (%s))
}}"""
_OF = f"""SELECT ?of ?name ?document ?words WHERE {{
  {{ {{ %s {CD.refersTo} ?of ; {SKOS.prefLabel} ?words . BIND(%s AS ?document) }}
    UNION {{ ?of {CD.toldBy} %s . %s {PROV.wasDerivedFrom} ?document ; {CD.evidence}/{OA.exact} ?words }} }}
  ?of {SKOS.prefLabel}|{RDFS.label} ?name
}} LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Member:
    """An entity or report that belongs to a thing or event: where it is told, in what words, and why it belongs there.

    `of` is the thing or event and `name` what it is called. The first member told has no partner, and neither has one
    whose own words name an entry of the list.
    """

    node: NamedNode
    of: NamedNode
    name: str
    document: str
    words: str
    partner: NamedNode | None = None
    confidence: float | None = None
    reasons: tuple[str, ...] = ()


def members(store: Store, node: NamedNode) -> list[Member]:
    """The members of a thing or event, the least certain first, then those that nothing is to be said of."""
    found: dict[NamedNode, Member] = {}
    for row in _rows(store, _TOLD % (node, node)):
        document = terms.identifier_of(row["document"])
        found[row["member"]] = Member(row["member"], node, "", document, row["words"].value)
    of = f"{{ ?member {CD.refersTo} {node} }} UNION {{ {node} {CD.toldBy} ?member }}"
    return sorted(_with_matches(store, found, of), key=_order)


def least_certain(store: Store, number: int) -> list[Member]:
    """The members that were joined with the least confidence, each with the name of what it belongs to."""
    found: dict[NamedNode, Member] = {}
    for row in _rows(store, _SURE % number):
        node = row["member"]
        for told in _rows(store, _OF % (node, node, node, node)):
            document = terms.identifier_of(told["document"])
            found[node] = Member(node, told["of"], told["name"].value, document, told["words"].value)
    listed = " ".join(str(node) for node in found)
    return sorted(_with_matches(store, found, f"VALUES ?member {{ {listed} }}"), key=_order)


def said(store: Store, nodes: Iterable[NamedNode]) -> list[tuple[NamedNode, NamedNode, Term]]:
    """The user's corrections about these nodes, as subject, predicate and object, sorted."""
    listed = ", ".join(sorted(map(str, nodes)))
    rows = [(row["one"], row["says"], row["other"]) for row in _rows(store, _SAID % (listed, listed))]
    return sorted(rows, key=str)


def _with_matches(store: Store, found: dict[NamedNode, Member], pattern: str) -> list[Member]:
    matches: dict[NamedNode, tuple[NamedNode, float]] = {}
    reasons: dict[NamedNode, set[str]] = {}
    for row in _rows(store, _MATCHES % pattern):
        matches[row["member"]] = row["partner"], float(row["confidence"].value)
        if row["reason"] is not None:
            reasons.setdefault(row["member"], set()).add(row["reason"].value)
    members = []
    for node, member in found.items():
        partner, confidence = matches.get(node, (None, None))
        why = tuple(sorted(reasons.get(node, ())))
        members.append(replace(member, partner=partner, confidence=confidence, reasons=why))
    return members


def _order(member: Member) -> tuple[bool, float, str, str]:
    return member.confidence is None, member.confidence or 0.0, member.document, member.node.value


def _rows(store: Store, query: str) -> Solutions:
    answer = store.query(query)
    assert isinstance(answer, Solutions)
    return answer
