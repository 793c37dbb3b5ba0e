"""Signing records: what a whole document says of one agreement's signing."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.graph import terms
from kg.graph.terms import CD, PROV, RDF
from kg.graph.times import read_time, write_time
from kg.graph.view import Statement, View
from kg.model import SigningRecord


def write_signing(signing: SigningRecord, number: int) -> Iterator[Statement]:
    """The document's record with this number, from 1.

    That a person acts for a party is said of the two entities; a signature says it of this record too, since
    a person may sign one agreement for a state and another for a party.
    """
    name, node = signing.document, terms.signing(signing.document, number)
    yield node, RDF.type, CD.SigningRecord
    yield node, CD.agreement, terms.entity(name, signing.agreement)
    for key in signing.signatories:
        yield node, CD.signatory, terms.entity(name, key)
    for key in signing.places:
        yield node, CD.place, terms.entity(name, key)
    yield from write_time(node, signing.time)
    yield node, PROV.wasGeneratedBy, terms.activity(name)
    for identifier in signing.reports:
        yield node, PROV.wasDerivedFrom, terms.report(identifier)
    for position, (person, party) in enumerate(sorted(set(signing.acts_for)), start=1):
        signature = terms.part(node, "signature", position)
        yield node, CD.signature, signature
        yield signature, RDF.type, CD.Signature
        yield signature, CD.signatory, terms.entity(name, person)
        yield signature, CD.onBehalfOf, terms.entity(name, party)
        yield terms.entity(name, person), CD.actsFor, terms.entity(name, party)


def read_signing(view: View, node: NamedNode) -> SigningRecord:
    """The inverse of `write_signing`; what has no order in the graph is sorted."""

    def keys(owner: NamedNode, predicate: NamedNode) -> tuple[str, ...]:
        return tuple(sorted(terms.key_of(term) for term in view.nodes(owner, predicate)))

    signatures = view.nodes(node, CD.signature)
    return SigningRecord(
        document=terms.identifier_of(node),
        agreement=terms.key_of(view.need_node(node, CD.agreement)),
        signatories=keys(node, CD.signatory),
        acts_for=tuple(sorted((keys(s, CD.signatory)[0], keys(s, CD.onBehalfOf)[0]) for s in signatures)),
        time=read_time(view, node),
        places=keys(node, CD.place),
        reports=tuple(sorted(terms.identifier_of(term) for term in view.nodes(node, PROV.wasDerivedFrom))),
    )
