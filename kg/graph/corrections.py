"""A user's corrections as a graph of `owl:sameAs`, `owl:differentFrom` and `skos:prefLabel`, and back."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import KgError
from kg.graph import terms
from kg.graph.extractions import Queryable
from kg.graph.terms import BASE, OWL, PROV, SKOS
from kg.graph.view import Statement, quads
from kg.model import LISTED, Corrections, Member

CORRECTIONS = NamedNode(f"{BASE}graph/corrections")
"""The graph that holds them."""
_ALL = f"SELECT ?s ?p ?o WHERE {{ GRAPH {CORRECTIONS} {{ ?s ?p ?o }} }}"
_DOCUMENTS = f"SELECT ?report ?document WHERE {{ ?report {PROV.wasDerivedFrom} ?document }}"
_REPORT, _DOCUMENT = f"{BASE}report/", f"{BASE}document/"


def correction_quads(corrections: Corrections) -> list[Quad]:
    """The graph of the corrections, sorted."""
    return quads(_statements(corrections), CORRECTIONS)


def _statements(corrections: Corrections) -> Iterator[Statement]:
    for pairs, predicate in ((corrections.same, OWL.sameAs), (corrections.different, OWL.differentFrom)):
        for one, other in pairs:
            yield member_node(one), predicate, member_node(other)
    for member, name in corrections.names.items():
        yield member_node(member), SKOS.prefLabel, Literal(name)


def member_node(member: Member) -> NamedNode:
    """The IRI of an entity, a report or an entry of the list. A report's has 16 hexadecimal digits for a key."""
    document, key = member
    if document == LISTED:
        return NamedNode(key)
    return terms.report(key) if _is_report(key) else terms.entity(document, key)


def _is_report(key: str) -> bool:
    return len(key) == 16 and all(c in "0123456789abcdef" for c in key)


def read_corrections(store: Queryable) -> Corrections:
    """The corrections that a store keeps; those about reports that are no longer there are left out."""
    rows = [(row[0], row[1], row[2]) for row in store.query(_ALL)]
    return corrections_of(rows, store)


def corrections_of(rows: list[tuple[object, object, object]], store: Queryable) -> Corrections:
    """The corrections in statements. KgError where a statement is none."""
    reports = {t.value for row in rows for t in row if isinstance(t, NamedNode) and t.value.startswith(_REPORT)}
    documents: dict[str, str] = {}
    if reports:
        documents = {r[0].value: terms.identifier_of(r[1]) for r in store.query(_DOCUMENTS) if r[0].value in reports}

    def member(term: NamedNode) -> Member | None:
        if term.value.startswith(_DOCUMENT) and "#" in term.value:
            return terms.identifier_of(term), terms.key_of(term)
        if term.value.startswith(_REPORT):
            document = documents.get(term.value)
            return None if document is None else (document, terms.identifier_of(term))
        return LISTED, term.value

    same: set[tuple[Member, Member]] = set()
    different: set[tuple[Member, Member]] = set()
    names: dict[Member, str] = {}
    for s, p, o in sorted(rows, key=str):
        one = member(s) if isinstance(s, NamedNode) else None
        other = member(o) if isinstance(o, NamedNode) else None
        if p == SKOS.prefLabel and isinstance(o, Literal) and isinstance(s, NamedNode):
            if one is not None:
                names[one] = o.value
        elif p in (OWL.sameAs, OWL.differentFrom) and isinstance(s, NamedNode) and isinstance(o, NamedNode):
            if one is not None and other is not None:
                (same if p == OWL.sameAs else different).add((min(one, other), max(one, other)))
        else:
            raise KgError(f"{s} {p} {o} is no correction: write owl:sameAs, owl:differentFrom or skos:prefLabel")
    return Corrections(frozenset(same), frozenset(different), names)
