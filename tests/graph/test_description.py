"""An export describes itself."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad

from kg.graph import described, document_quads, world_quads
from kg.graph.description import DATASET, DESCRIPTION
from kg.graph.terms import CD, DCAT, DCT, PREFIXES, RDF, VOID

from .doha import EXTRACTION, PROVENANCE, WORLD

QUADS = [*document_quads(EXTRACTION, provenance=PROVENANCE), *world_quads(WORLD, [EXTRACTION])]


def values(quads: list[Quad], subject: NamedNode, predicate: NamedNode) -> set[str]:
    return {quad.object.value for quad in quads if (quad.subject, quad.predicate) == (subject, predicate)}  # type: ignore[union-attr]


def test_counts_what_is_there_and_not_itself() -> None:
    found = described(QUADS)
    assert found[: len(QUADS)] == QUADS
    assert {quad.graph_name for quad in found[len(QUADS) :]} == {DESCRIPTION}
    assert values(found, DATASET, RDF.type) == {VOID.Dataset.value, DCAT.Dataset.value}
    assert values(found, DATASET, VOID.triples) == {str(len({quad.triple for quad in QUADS}))}
    assert values(found, DATASET, VOID.properties) == {str(len({quad.predicate for quad in QUADS}))}
    reports = NamedNode(f"{DATASET.value}#Report")
    assert values(found, reports, VOID["class"]) == {CD.Report.value}
    assert values(found, reports, VOID.entities) == {"3"}


def test_names_vocabularies_version_and_period() -> None:
    found = described(QUADS)
    assert {PREFIXES[p] for p in ("cd", "oa", "prov", "skos")} <= values(found, DATASET, VOID.vocabulary)
    assert f"{PREFIXES['actor']}" not in values(found, DATASET, VOID.vocabulary)
    assert any("/ontology/1." in iri for iri in values(found, DATASET, DCT.conformsTo))
    (period,) = values(found, DATASET, DCT.temporal)
    for bound in (DCAT.startDate, DCAT.endDate):
        assert values(found, NamedNode(period), bound) == {"2020-02-29"}


def test_an_older_description_is_replaced() -> None:
    once = described(QUADS)
    assert described(once) == once
    loaded = [Quad(*quad.triple, NamedNode("http://example.org/loaded")) for quad in once]  # Turtle has no graphs
    assert len(values(described(loaded), DATASET, VOID.triples)) == 1


def test_an_empty_graph_is_described_too() -> None:
    assert values(described([]), DATASET, VOID.triples) == {"0"}
