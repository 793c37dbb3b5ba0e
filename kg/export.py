"""Event and signing records: the graph's reports as plain records, one line each, for programs that read no RDF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg import graph
from kg.extraction import lexicon
from kg.model import Argument, Commitment, Entity, Extraction, Quantity, Standing
from kg.store.protocol import Store

Record = dict[str, Any]


def event_records(store: Store) -> Iterator[Record]:
    """One record per event mention: document, sentence, trigger, type, mode, roles, date, modality, attribution,
    offsets.
    """
    for extraction in graph.read_extractions(store):
        yield from events_of(extraction)


def signing_records(store: Store) -> Iterator[Record]:
    """One record per agreement and document that says it was signed: agreement, signatories, date, place."""
    for extraction in graph.read_extractions(store):
        yield from signings_of(extraction)


def events_of(extraction: Extraction) -> Iterator[Record]:
    """The event records of one document, in the order of its text."""
    entities = {entity.key: entity for entity in extraction.entities}
    for report in sorted(extraction.reports, key=lambda r: (r.evidence.trigger.start, r.type, r.id)):
        record: Record = {
            "document": report.document,
            "id": report.id,
            "sentence": report.evidence.sentence.text,
            "trigger": report.evidence.trigger.text,
            "type": report.type,
            "mode": report.mode,
        }
        for role in lexicon.load().roles:
            record[role] = [_argument(a, entities) for a in report.fillers(role)]
        record["date"] = report.time.value if report.time else None
        record["modality"] = str(report.modality)
        record["attribution"] = _argument(report.attribution, entities) if report.attribution else None
        record["quantities"] = [_quantity(q) for q in report.quantities]
        record["confidence"] = report.confidence
        record["start"], record["end"] = report.evidence.trigger.start, report.evidence.trigger.end
        yield record


def signings_of(extraction: Extraction) -> Iterator[Record]:
    """The signing records of one document, with what else it tells of each agreement."""
    entities = {entity.key: entity for entity in extraction.entities}
    for record in extraction.signings:
        involved = [i for i in extraction.involvements if i.agreement == record.agreement]
        yield {
            "document": record.document,
            "agreement": _entity(entities[record.agreement]),
            "signatories": [_entity(entities[key]) for key in record.signatories],
            "date": record.time.value if record.time else None,
            "place": [_entity(entities[key]) for key in record.places],
            "reports": list(record.reports),
            "acts_for": [[_entity(entities[a]), _entity(entities[b])] for a, b in record.acts_for],
            **{
                name: [_entity(entities[i.entity]) for i in involved if i.part == part]
                for name, part in (("mediators", "mediator"), ("witnesses", "witness"), ("refused_by", "refuser"))
            },
            "standing": [_standing(s) for s in extraction.standings if s.agreement == record.agreement],
            "commitments": [
                _commitment(c, entities) for c in extraction.commitments if c.agreement == record.agreement
            ],
        }


def _standing(standing: Standing) -> Record:
    return {
        "validity": standing.validity,
        "date": standing.time.value if standing.time else None,
        "sentence": standing.evidence.sentence.text,
    }


def _commitment(commitment: Commitment, entities: dict[str, Entity]) -> Record:
    return {
        "owed_by": [_entity(entities[key]) for key in commitment.owed_by],
        "owed_to": [_entity(entities[key]) for key in commitment.owed_to],
        "deed": commitment.deed.text,
        "deadline": commitment.deadline.value if commitment.deadline else None,
        "amounts": [_quantity(q) for q in commitment.amounts],
        "sentence": commitment.evidence.sentence.text,
    }


def _quantity(quantity: Quantity) -> Record:
    return {"kind": quantity.kind, "text": quantity.text, "at_least": quantity.low, "at_most": quantity.high}


def _argument(argument: Argument, entities: dict[str, Entity]) -> Record:
    return {**_entity(entities[argument.entity]), "text": argument.mention.text}


def _entity(entity: Entity) -> Record:
    return {"name": entity.name, "type": entity.type, "text": entity.name, "names": list(entity.names)}
