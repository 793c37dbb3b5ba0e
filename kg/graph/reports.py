"""Reports: what one sentence tells of an event, with its arguments, quantities and evidence."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kg.graph import terms
from kg.graph.evidence import read_evidence, read_passage, write_evidence, write_passage
from kg.graph.ontology import ontology
from kg.graph.quantities import read_quantities, write_quantity
from kg.graph.terms import CD, PROV, RDF, RDFS
from kg.graph.times import read_time, write_time
from kg.graph.view import Statement, View
from kg.model import Argument, Document, Modality, Report


def write_report(report: Report, document: Document) -> Iterator[Statement]:
    """The report: each role links it to entities, and an argument of its own keeps the words."""
    node = terms.report(report.id)
    yield node, RDF.type, CD.Report
    yield node, RDFS.label, Literal(report.evidence.trigger.text)
    yield node, CD.eventClass, ontology().event_class(report.type, report.mode)
    yield node, CD.modality, ontology().status(report.modality.value)
    yield node, PROV.wasDerivedFrom, terms.document(document.name)
    yield node, PROV.wasGeneratedBy, terms.activity(document.name)
    yield from write_time(node, report.time)
    yield from write_evidence(node, report.evidence, document)
    for number, argument in enumerate(report.arguments, start=1):
        yield node, CD[argument.role], terms.entity(document.name, argument.entity)
        yield from _write_argument(node, terms.part(node, "argument", number), argument, document)
    if report.attribution is not None:
        yield node, RDF.type, CD.Claim
        yield node, CD.attribution, terms.entity(document.name, report.attribution.entity)
        yield from _write_argument(node, terms.part(node, "attribution"), report.attribution, document)
    for number, quantity in enumerate(report.quantities, start=1):
        yield from write_quantity(node, CD.quantity, terms.part(node, "quantity", number), quantity)
    if report.confidence is not None:
        yield node, CD.confidence, terms.decimal(report.confidence)
    if report.term_of is not None:
        yield node, CD.termOf, terms.entity(document.name, report.term_of)


def read_report(view: View, node: NamedNode) -> Report:
    """The inverse of `write_report`."""
    type_, mode = ontology().event_types[view.need_node(node, CD.eventClass)]
    attribution = terms.part(node, "attribution")
    parts = list(view.nodes(node, CD.argument))
    term_of = view.node(node, CD.termOf)
    return Report(
        document=terms.identifier_of(view.need_node(node, PROV.wasDerivedFrom)),
        type=type_,
        mode=mode,
        arguments=tuple(
            _read_argument(view, part) for part in sorted((p for p in parts if p != attribution), key=terms.number_of)
        ),
        time=read_time(view, node),
        modality=Modality(ontology().notations[view.need_node(node, CD.modality)]),
        attribution=_read_argument(view, attribution) if attribution in parts else None,
        evidence=read_evidence(view, node),
        quantities=read_quantities(view, node, CD.quantity),
        term_of=None if term_of is None else terms.key_of(term_of),
        confidence=view.decimal(node, CD.confidence),
    )


def _write_argument(report: NamedNode, node: NamedNode, argument: Argument, document: Document) -> Iterator[Statement]:
    yield report, CD.argument, node
    yield node, RDF.type, CD.Argument
    yield node, CD.role, Literal(argument.role)
    yield node, CD.entity, terms.entity(document.name, argument.entity)
    yield from write_passage(node, argument.mention, document)


def _read_argument(view: View, node: NamedNode) -> Argument:
    entity = terms.key_of(view.need_node(node, CD.entity))
    return Argument(view.need_text(node, CD.role), entity, read_passage(view, node))
