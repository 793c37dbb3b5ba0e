"""Broken extraction is found by the shapes and by the ontology, and told with the statements and the words."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kg.graph import document_quads, ontology_quads, terms, world_quads
from kg.graph.terms import CD, OA, PROV, RDF, SH, WORLD
from kg.model import Argument, Extraction, World
from kg.reasoning import Source, infer
from kg.store import open_store
from kg.validation import Finding, validate, violations, written

from ..graph import doha

NAME = doha.EXTRACTION.document.name
SIGNED = "The United States and the Taliban signed an agreement in Doha on Saturday."
SIGNING, DOHA = terms.event("2020-02-29-signing"), NamedNode(doha.DOHA)


def place_that_signs() -> tuple[Extraction, World]:
    """The document and the world as they would be had the extraction taken Doha for one of those who signed."""
    wrong = Argument("actor", "doha", doha.at("Doha"))
    signed = replace(doha.SIGNED, arguments=(*doha.SIGNED.arguments, wrong))
    (record,) = doha.EXTRACTION.signings
    record = replace(record, signatories=(*record.signatories, "doha"))
    others = tuple(r for r in doha.EXTRACTION.reports if r != doha.SIGNED)
    extraction = replace(doha.EXTRACTION, reports=(signed, *others), signings=(record,))
    signing, *rest = doha.WORLD.events
    signing = replace(signing, roles=(*signing.roles, ("actor", "doha")))
    return extraction, replace(doha.WORLD, events=(signing, *rest))


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    extraction, world = place_that_signs()
    with open_store(None) as store:
        store.add(document_quads(extraction, provenance=doha.PROVENANCE))
        store.add(ontology_quads())
        store.add(world_quads(world, [extraction]))
        infer(store)
        return validate(store)


def one(findings: list[Finding], **wanted: str) -> Finding:
    (found,) = (f for f in findings if all(getattr(f, name) == value for name, value in wanted.items()))
    return found


def test_a_place_that_signs_is_found_in_the_document(findings: list[Finding]) -> None:
    report, doha_ = terms.report(doha.SIGNED.id), terms.entity(NAME, "doha")
    acting = one(findings, node=report.value)
    assert (acting.rule, acting.path, acting.graph) == ("Node", CD.actor.value, terms.document(NAME).value)
    assert acting.message.startswith("Only an actor acts")
    assert acting.triples == (Triple(report, CD.actor, doha_),)
    assert acting.sources == (Source(NAME, SIGNED),)
    signing = one(findings, node=terms.signing(NAME, 1).value)
    assert signing.message.startswith("Only an actor signs")
    assert signing.triples == (Triple(terms.signing(NAME, 1), CD.signatory, doha_),)
    assert signing.sources == (Source(NAME, SIGNED),)


def test_a_place_that_signs_is_found_in_the_world(findings: list[Finding]) -> None:
    shape = one(findings, node=SIGNING.value, rule="Class")
    assert shape.triples == (Triple(SIGNING, CD.actor, DOHA),)
    assert shape.sources == (Source(NAME, SIGNED),)
    assert shape.graph == WORLD.value


def test_a_place_that_signs_contradicts_the_ontology(findings: list[Finding]) -> None:
    (clash,) = (f for f in findings if f.rule == "cax-dw")
    assert {Triple(SIGNING, CD.actor, DOHA), Triple(DOHA, RDF.type, CD.Place)} < set(clash.triples)
    assert Source(NAME, SIGNED) in clash.sources
    assert clash.severity == "Violation"


def test_nothing_else_is_found(findings: list[Finding]) -> None:
    assert len(findings) == violations(findings) == 4


def test_text(findings: list[Finding]) -> None:
    text = written(findings, "text")
    assert "Violation (Class) event:2020-02-29-signing cd:actor" in text
    assert "at fault: event:2020-02-29-signing cd:actor place:doha" in text
    assert f"  {NAME}: “{SIGNED}”" in text
    assert text.endswith("\n\n4 violations, 0 other findings\n")
    assert "<http" not in text


def test_json(findings: list[Finding]) -> None:
    report = json.loads(written(findings, "json"))
    assert (report["conforms"], report["violations"]) == (False, 4)
    found = next(f for f in report["findings"] if f["rule"] == "Class")
    assert found["triples"] == [f"{SIGNING} {CD.actor} {DOHA} ."]
    assert found["sources"] == [{"name": NAME, "quote": SIGNED}]


def test_turtle_is_a_validation_report(findings: list[Finding]) -> None:
    triples = [quad.triple for quad in parse(written(findings, "turtle"), format=RdfFormat.TURTLE)]
    values = {(t.subject, t.predicate): t.object for t in triples}
    results = {t.object for t in triples if t.predicate == SH.result}
    assert len(results) == 4
    (shape,) = (r for r in results if values[r, SH.sourceConstraintComponent] == SH.ClassConstraintComponent)
    assert [values[shape, p] for p in (SH.focusNode, SH.resultPath, SH.value)] == [SIGNING, CD.actor, DOHA]
    assert values[shape, SH.resultSeverity] == SH.Violation
    assert values[shape, PROV.wasDerivedFrom] == terms.document(NAME)
    assert values[shape, OA.exact].value == SIGNED
    details = [t.object for t in triples if t.predicate == SH.detail]
    told = {(values[d, SH.focusNode], values[d, SH.resultPath], values[d, SH.value]) for d in details}
    assert {(SIGNING, CD.actor, DOHA), (DOHA, RDF.type, CD.Place)} < told
    shapes = {t.object for t in triples if t.predicate == RDF.type}
    assert shapes == {SH.ValidationReport, SH.ValidationResult}


@pytest.mark.parametrize("format", ["text", "json", "turtle"])
def test_a_report_is_the_same_every_time(format: str, findings: list[Finding]) -> None:
    assert written(findings, format) == written(list(findings), format)


@pytest.mark.parametrize(
    ("format", "said"), [("text", "0 violations"), ("json", "true"), ("turtle", "sh:conforms true")]
)
def test_a_report_of_a_sound_graph(format: str, said: str) -> None:
    assert said in written([], format)
