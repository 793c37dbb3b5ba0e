"""Provenance: one activity per document, with the versions of all that had a hand in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from pyoxigraph import Literal

from kg.graph import terms
from kg.graph.ontology import ontology
from kg.graph.terms import CD, PROV, RDF, RDFS, XSD
from kg.graph.view import Statement


@dataclass(frozen=True, slots=True)
class Provenance:
    """Versions of program, language model, lexicon and ontology.

    `ended` is left out unless asked for, because the same input would give other bytes on every run.
    """

    software: str
    model: str
    lexicon: str
    ontology: str = field(default_factory=lambda: ontology().version)
    ended: datetime | None = None


def write_provenance(name: str, provenance: Provenance) -> Iterator[Statement]:
    """The extraction of the document with this name."""
    node, software = terms.activity(name), terms.software(provenance.software)
    yield node, RDF.type, PROV.Activity
    yield node, PROV.used, terms.document(name)
    yield node, PROV.wasAssociatedWith, software
    yield node, CD.modelVersion, Literal(provenance.model)
    yield node, CD.lexiconVersion, Literal(provenance.lexicon)
    yield node, CD.ontologyVersion, Literal(provenance.ontology)
    if provenance.ended is not None:
        yield node, PROV.endedAtTime, Literal(provenance.ended.isoformat(), datatype=XSD.dateTime)
    yield software, RDF.type, PROV.SoftwareAgent
    yield software, RDFS.label, Literal(f"conflict-kg {provenance.software}")
