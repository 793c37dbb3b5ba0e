"""Accounts of agreements: commitments, standings and involvements, each with the sentence that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from kg.graph import terms
from kg.graph.evidence import read_evidence, read_passage, write_evidence, write_passage
from kg.graph.ontology import ontology
from kg.graph.quantities import read_quantities, write_quantity
from kg.graph.terms import CD, PROV, RDF
from kg.graph.times import read_time, write_time
from kg.graph.view import Statement, View
from kg.model import Commitment, Document, Evidence, Extraction, Involvement, Standing

_PARTS: Final = ("mediator", "witness", "refuser")


def write_accounts(extraction: Extraction) -> Iterator[Statement]:
    """All that the document tells of agreements beside their signing; each kind is numbered from 1."""
    document = extraction.document
    for number, commitment in enumerate(extraction.commitments, start=1):
        node = terms.account(document.name, "commitment", number)
        yield from _write_account(node, CD.Commitment, commitment.agreement, commitment.evidence, document)
        yield from _write_commitment(node, commitment, document)
    for number, standing in enumerate(extraction.standings, start=1):
        node = terms.account(document.name, "standing", number)
        yield from _write_account(node, CD.Standing, standing.agreement, standing.evidence, document)
        yield node, CD.validity, ontology().validity(standing.validity)
        yield from write_time(node, standing.time)
        for key in standing.by:
            yield node, CD.doneBy, terms.entity(document.name, key)
        if standing.said_by is not None:
            yield node, CD.saidBy, terms.entity(document.name, standing.said_by)
    for number, involvement in enumerate(extraction.involvements, start=1):
        node = terms.account(document.name, "involvement", number)
        yield from _write_account(node, CD.Involvement, involvement.agreement, involvement.evidence, document)
        yield node, CD[involvement.part], terms.entity(document.name, involvement.entity)


def _write_account(
    node: NamedNode, class_: NamedNode, agreement: str, evidence: Evidence, document: Document
) -> Iterator[Statement]:
    yield node, RDF.type, class_
    yield node, CD.concerns, terms.entity(document.name, agreement)
    yield node, PROV.wasGeneratedBy, terms.activity(document.name)
    yield from write_evidence(node, evidence, document, CD.sentence)


def _write_commitment(node: NamedNode, commitment: Commitment, document: Document) -> Iterator[Statement]:
    deed = terms.part(node, "deed")
    yield node, CD.deed, deed
    yield from write_passage(deed, commitment.deed, document)
    yield from write_time(node, commitment.deadline, CD.deadline)
    for link, keys in ((CD.owedBy, commitment.owed_by), (CD.owedTo, commitment.owed_to)):
        for key in keys:
            yield node, link, terms.entity(document.name, key)
    for number, amount in enumerate(commitment.amounts, start=1):
        yield from write_quantity(node, CD.amount, terms.part(node, "amount", number), amount)
    if commitment.report is not None:
        yield node, PROV.wasDerivedFrom, terms.report(commitment.report)


def read_commitments(view: View) -> tuple[Commitment, ...]:
    """The commitments that `write_accounts` wrote, with keys sorted."""
    return tuple(_read_commitment(view, node) for node in _numbered(view, CD.Commitment))


def _read_commitment(view: View, node: NamedNode) -> Commitment:
    report = view.node(node, PROV.wasDerivedFrom)
    return Commitment(
        document=terms.identifier_of(node),
        agreement=terms.key_of(view.need_node(node, CD.concerns)),
        owed_by=_keys(view, node, CD.owedBy),
        owed_to=_keys(view, node, CD.owedTo),
        deed=read_passage(view, view.need_node(node, CD.deed)),
        deadline=read_time(view, node, CD.deadline),
        amounts=read_quantities(view, node, CD.amount),
        evidence=read_evidence(view, node, CD.sentence),
        report=None if report is None else terms.identifier_of(report),
    )


def read_standings(view: View) -> tuple[Standing, ...]:
    """The standings that `write_accounts` wrote, with keys sorted."""
    found = []
    for node in _numbered(view, CD.Standing):
        said_by = view.node(node, CD.saidBy)
        found.append(
            Standing(
                document=terms.identifier_of(node),
                agreement=terms.key_of(view.need_node(node, CD.concerns)),
                validity=ontology().validities[view.need_node(node, CD.validity)],
                by=_keys(view, node, CD.doneBy),
                time=read_time(view, node),
                said_by=None if said_by is None else terms.key_of(said_by),
                evidence=read_evidence(view, node, CD.sentence),
            )
        )
    return tuple(found)


def read_involvements(view: View) -> tuple[Involvement, ...]:
    """The involvements that `write_accounts` wrote."""
    return tuple(
        Involvement(
            document=terms.identifier_of(node),
            agreement=terms.key_of(view.need_node(node, CD.concerns)),
            part=part,
            entity=terms.key_of(entity),
            evidence=read_evidence(view, node, CD.sentence),
        )
        for node in _numbered(view, CD.Involvement)
        for part in _PARTS
        for entity in view.nodes(node, CD[part])
    )


def _numbered(view: View, class_: NamedNode) -> list[NamedNode]:
    return sorted(view.instances(class_), key=terms.number_of)


def _keys(view: View, node: NamedNode, link: NamedNode) -> tuple[str, ...]:
    return tuple(sorted(terms.key_of(term) for term in view.nodes(node, link)))
