"""What a user's correction is about: the entity, report or entry of the list that stands for a thing or event."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, QuerySolution

from kg.errors import KgError
from kg.graph import list_of, terms
from kg.graph.terms import BASE, CD, DCT, OA, PROV
from kg.language import gazetteer
from kg.model import LISTED, Corrections, Member
from kg.store import Solutions, Store

_ENTITIES = f"""SELECT ?member ?type ?document ?order WHERE {{
  ?member {CD.refersTo} %s ; {CD.entityType} ?type .
  BIND(IRI(STRBEFORE(STR(?member), "#")) AS ?document)
  ?document {DCT.issued} ?order
}}"""
_REPORTS = f"""SELECT ?member ?type ?document ?order WHERE {{
  %s {CD.toldBy} ?member .
  ?member {CD.eventClass} ?type ; {PROV.wasDerivedFrom} ?document ; {CD.evidence}/{OA.refinedBy}/{OA.start} ?start .
  ?document {DCT.issued} ?day .
  BIND(CONCAT(STR(?day), " ", STR(?document), " ", STR(1000000000 + ?start)) AS ?order)
}}"""
_OF = f"SELECT ?of WHERE {{ {{ %s {CD.refersTo} ?of }} UNION {{ ?of {CD.toldBy} %s }} }}"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a correction is about, the thing or event that it belongs to, and the class of that."""

    member: Member
    node: NamedNode
    type: str


def anchor(store: Store, node: NamedNode) -> Anchor:
    """The anchor of a thing, event, entity or report: for a thing or event the member that was told first.

    KgError if the store has none.
    """
    with list_of(store):
        entry = gazetteer.load().entries.get(node.value)
    if entry is not None:
        return Anchor((LISTED, node.value), node, entry.type)
    told, of = node, node
    if node.value.startswith((f"{BASE}document/", f"{BASE}report/")):
        found = _rows(store, _OF % (node, node))
        if not found:
            raise KgError(f"no entity or report of the store is <{node.value}>: `kg identity why NAME` lists them")
        of = found[0]["of"]
    rows = _rows(store, _ENTITIES % of) or _rows(store, _REPORTS % of)
    if of != node:
        rows = [row for row in rows if row["member"] == told]
    if not rows:
        raise KgError(f"the store holds nothing that was told of <{node.value}>")
    first = min(rows, key=lambda r: (r["order"].value, r["member"].value))
    key = terms.key_of(first["member"]) or terms.identifier_of(first["member"])
    return Anchor((terms.identifier_of(first["document"]), key), of, terms.local_name(first["type"]))


def same(corrections: Corrections, one: Anchor, other: Anchor) -> Corrections:
    """The corrections with the word that two are the same. KgError if they are of different classes."""
    if one.type != other.type:
        raise KgError(f"one is a {one.type} and the other a {other.type}: only what is of one class can be the same")
    pair = _pair(one, other)
    return replace(corrections, same=corrections.same | {pair}, different=corrections.different - {pair})


def different(corrections: Corrections, one: Anchor, other: Anchor) -> Corrections:
    """The corrections with the word that two are not the same."""
    pair = _pair(one, other)
    return replace(corrections, different=corrections.different | {pair}, same=corrections.same - {pair})


def rename(corrections: Corrections, one: Anchor, name: str) -> Corrections:
    """The corrections with another name for a thing. KgError for an event, which has none."""
    if not name.strip():
        raise KgError("a name needs a word: kg identity rename A NAME")
    return replace(corrections, names={**corrections.names, one.member: name.strip()})


def _pair(one: Anchor, other: Anchor) -> tuple[Member, Member]:
    if one.member == other.member:
        raise KgError(
            f"both mean <{one.node.value}>: name two of its entities, reports or entries of the list by their IRIs, "
            "which `kg identity why` and `kg identity list` show"
        )
    first, second = sorted((one.member, other.member))
    return first, second


def _rows(store: Store, query: str) -> list[QuerySolution]:
    answer = store.query(query)
    assert isinstance(answer, Solutions)
    return list(answer)
