"""One document's extraction to its graph and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any, Protocol

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import KgError
from kg.graph import terms
from kg.graph.agreements import read_commitments, read_involvements, read_standings, write_accounts
from kg.graph.documents import read_document, write_document
from kg.graph.entities import read_entity, write_entity
from kg.graph.provenance import Provenance, write_provenance
from kg.graph.reports import read_report, write_report
from kg.graph.signings import read_signing, write_signing
from kg.graph.terms import CD, PROV, RDF
from kg.graph.view import Statement, View, quads
from kg.model import Entity, Extraction, Report, SigningRecord

_DOCUMENTS = f"SELECT DISTINCT ?document WHERE {{ GRAPH ?document {{ ?document a <{CD.Document.value}> }} }}"
_GRAPH = """SELECT ?subject ?predicate ?object
WHERE { VALUES ?graph { UNDEF } GRAPH ?graph { ?subject ?predicate ?object } }"""


class Queryable(Protocol):
    """What is needed of a store to read from it."""

    def query(self, sparql: str, substitutions: Mapping[str, Any] | None = None) -> Any:
        """Rows of a SELECT, with `substitutions` bound."""


def document_quads(extraction: Extraction, *, provenance: Provenance) -> list[Quad]:
    """The document's graph, sorted, without blank nodes.

    ValueError if a mention's words do not stand in the text; KgError if a type, mode or role is not in the ontology.
    """
    return quads(_statements(extraction, provenance), terms.document(extraction.document.name))


def _statements(extraction: Extraction, provenance: Provenance) -> Iterator[Statement]:
    document = extraction.document
    return chain(
        write_document(document),
        write_provenance(document.name, provenance),
        chain.from_iterable(write_entity(entity, document) for entity in extraction.entities),
        chain.from_iterable(write_report(report, document) for report in extraction.reports),
        chain.from_iterable(write_signing(s, number) for number, s in enumerate(extraction.signings, start=1)),
        write_accounts(extraction),
    )


def at_least(quads: Iterable[Quad], confidence: float) -> list[Quad]:
    """A document's graph without reports of lower confidence, and without the signings drawn from these alone."""
    kept = list(quads)
    low: set[str] = set()
    sources: dict[str, set[str]] = defaultdict(set)
    signings = {_iri(q.subject) for q in kept if q.predicate == RDF.type and q.object == CD.SigningRecord}
    for quad in kept:
        if quad.predicate == CD.confidence and isinstance(quad.object, Literal):
            if float(quad.object.value) < confidence:
                low.add(_iri(quad.subject))
        elif quad.predicate == PROV.wasDerivedFrom and _iri(quad.subject) in signings:
            sources[_iri(quad.subject)].add(_iri(quad.object))
    low |= {node for node, reports in sources.items() if reports <= low}
    return [q for q in kept if not (_within(_iri(q.subject), low) or _within(_iri(q.object), low))]


def _iri(node: object) -> str:
    return node.value if isinstance(node, NamedNode) else ""


def _within(value: str, owners: set[str]) -> bool:
    """Whether a node is one of these, or a part of one."""
    return value in owners or value.partition("#")[0] in owners or value.rpartition(":")[0] in owners


def canonical(extraction: Extraction) -> Extraction:
    """The extraction as its graph gives it back: everything but the text, in one order.

    Entities stand in the order of their first mention, reports in that of their triggers; names after the first,
    mentions and the parts of signing records are sorted.
    """
    return Extraction(
        document=replace(extraction.document, text=""),
        entities=_in_text_order(map(_canonical_entity, extraction.entities)),
        reports=tuple(sorted(extraction.reports, key=_report_order)),
        signings=tuple(map(_canonical_signing, extraction.signings)),
        commitments=tuple(
            replace(c, owed_by=_sorted(c.owed_by), owed_to=_sorted(c.owed_to)) for c in extraction.commitments
        ),
        standings=tuple(replace(s, by=_sorted(s.by)) for s in extraction.standings),
        involvements=extraction.involvements,
    )


def read_extractions(store: Queryable, names: Iterable[str] | None = None) -> list[Extraction]:
    """The extractions of the documents with these names, or of all, by name; one query a document.

    Gives `canonical` of what `document_quads` was given: `Document.text` is empty. KgError if there is no such
    document.
    """
    if names is None:
        documents = [row["document"] for row in store.query(_DOCUMENTS)]
    else:
        documents = [terms.document(name) for name in set(names)]
    return [_read(store, node) for node in sorted(documents, key=lambda node: terms.identifier_of(node))]


def _read(store: Queryable, node: NamedNode) -> Extraction:
    rows = store.query(_GRAPH, {"graph": node})
    view = View((row[0], row[1], row[2]) for row in rows)
    if node not in view.instances(CD.Document):
        raise KgError(f"no document is called {terms.identifier_of(node)!r}: see the list of documents")
    return Extraction(
        document=read_document(view, node),
        entities=_in_text_order(read_entity(view, entity) for entity in view.instances(CD.Entity)),
        reports=tuple(sorted((read_report(view, r) for r in view.instances(CD.Report)), key=_report_order)),
        signings=tuple(
            read_signing(view, signing) for signing in sorted(view.instances(CD.SigningRecord), key=terms.number_of)
        ),
        commitments=read_commitments(view),
        standings=read_standings(view),
        involvements=read_involvements(view),
    )


def _in_text_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    return tuple(sorted(entities, key=lambda entity: (entity.mentions[:1], entity.key)))


def _report_order(report: Report) -> tuple[int, int, str]:
    return report.evidence.trigger.start, report.evidence.trigger.end, report.id


def _sorted(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(keys)))


def _canonical_entity(entity: Entity) -> Entity:
    others = sorted(set(entity.names[1:]) - {entity.name})
    return replace(entity, names=(entity.name, *others), mentions=tuple(sorted(set(entity.mentions))))


def _canonical_signing(signing: SigningRecord) -> SigningRecord:
    return replace(
        signing,
        signatories=tuple(sorted(set(signing.signatories))),
        acts_for=tuple(sorted(set(signing.acts_for))),
        places=tuple(sorted(set(signing.places))),
        reports=tuple(sorted(set(signing.reports))),
    )
