"""Why a triple holds, and what a user adds to the reasoning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Triple

from kg.errors import KgError
from kg.graph.terms import BASE, CD, INFERRED, RDF, event
from kg.reasoning import Step, adopt, infer, sources, why
from kg.store import Store

from ..graph import doha
from .oracle import PREFIXES

EX = "http://example.org/"
SIGNING, DEAL = event("2020-02-29-signing"), NamedNode(f"{BASE}agreement/doha-agreement")
US, KHALILZAD, TALIBAN = NamedNode(doha.US), NamedNode(doha.KHALILZAD), NamedNode(doha.TALIBAN)
SIGNED = "The United States and the Taliban signed an agreement in Doha on Saturday."
PARTY = Triple(DEAL, CD.party, US)


def leaves(step: Step) -> Iterator[Step]:
    if step.rule is None:
        yield step
    for premise in step.premises:
        yield from leaves(premise)


def holds(store: Store, triple: Triple) -> bool:
    return any(quad.triple == triple for quad in store.dump() if quad.graph_name == INFERRED)


@pytest.mark.parametrize("inferred", [True, False], ids=["from the store", "in memory"])
def test_a_party_is_one_because_someone_signed_for_it(store: Store, inferred: bool) -> None:
    if inferred:
        infer(store)
    step = why(store, PARTY)
    assert (step.triple, step.rule) == (PARTY, "prp-spo2")
    assert [premise.triple for premise in step.premises] == [
        Triple(DEAL, CD.signatory, KHALILZAD),
        Triple(KHALILZAD, CD.actsFor, US),
    ]
    grounds = {leaf.triple: leaf.sources for leaf in leaves(step)}
    assert grounds.keys() == {
        Triple(DEAL, CD.signedIn, SIGNING),
        Triple(SIGNING, CD.actor, KHALILZAD),
        Triple(KHALILZAD, CD.actsFor, US),
    }
    for found in grounds.values():
        assert found and all(source.name == "2020-02-29-doha" and source.quote in doha.TEXT for source in found)  # type: ignore[operator]


def test_what_is_asserted_has_its_words(store: Store) -> None:
    step = why(store, Triple(SIGNING, CD.actor, TALIBAN))
    assert (step.rule, step.premises) == (None, ())
    assert [source.quote for source in step.sources] == [SIGNED]


def test_what_no_document_tells_has_its_list(store: Store) -> None:
    (source,) = sources(store, Triple(NamedNode(doha.DOHA), CD.locatedIn, NamedNode(f"{BASE}actor/qatar")))
    assert (source.name, source.quote) == ("ontology/actors.ttl", None)


def test_what_does_not_follow_is_refused(store: Store) -> None:
    infer(store)
    with pytest.raises(KgError, match="neither stands in memory nor follows from it"):
        why(store, Triple(DEAL, CD.party, NamedNode(doha.DOHA)))


def test_an_ontology_of_ones_own(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "my.ttl"
    restriction = f"owl:onProperty {CD.participatesIn} ; owl:someValuesFrom {CD.Event}"
    file.write_text(f"{PREFIXES} :Signer owl:equivalentClass [ a owl:Restriction ; {restriction} ] .", encoding="utf-8")
    triple = Triple(TALIBAN, RDF.type, NamedNode(f"{EX}Signer"))
    infer(store)
    assert why(store, triple, ontology=file).rule == "cls-svf1+cax-eqc"
    assert not holds(store, triple)  # only asked
    infer(store, ontology=file)
    assert holds(store, triple)
    infer(store)
    assert holds(store, triple)  # it is kept
    assert not any(
        "genid" in str(q) or str(q.object).startswith("_:") for q in store.dump() if q.graph_name == INFERRED
    )
    file.write_text("", encoding="utf-8")
    infer(store, ontology=file)
    assert not holds(store, triple)


def test_an_ontology_that_contradicts_ours_is_refused(store: Store, tmp_path: Path) -> None:
    infer(store)
    before = list(store.dump())
    file = tmp_path / "my.ttl"
    file.write_text(
        f"{PREFIXES} :p a owl:IrreflexiveProperty . owl:Nothing :q :r . :x a owl:Nothing .", encoding="utf-8"
    )
    with pytest.raises(KgError, match="the ontology contradicts itself"):
        infer(store, ontology=file)
    file.write_text("nonsense", encoding="utf-8")
    with pytest.raises(KgError, match=r"my\.ttl"):
        infer(store, ontology=file)
    assert list(store.dump()) == before


def test_rules_of_ones_own_go_on_from_each_other(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "my.rq"
    file.write_text(
        f"""CONSTRUCT {{ ?a <{EX}partner> ?b }}
WHERE {{ ?deal a cd:Agreement ; cd:party ?a, ?b FILTER(?a != ?b) }}
;
CONSTRUCT {{ ?a a <{EX}Partnered> }} WHERE {{ {{ ?a <{EX}partner> ?b }} UNION {{ ?b <{EX}partner> ?a }} }}""",
        encoding="utf-8",
    )
    infer(store, rules=file)
    assert holds(store, Triple(US, NamedNode(f"{EX}partner"), TALIBAN))
    assert not holds(store, Triple(US, NamedNode(f"{EX}partner"), US))
    step = why(store, Triple(US, RDF.type, NamedNode(f"{EX}Partnered")))
    assert step.rule is not None and step.rule.startswith("rule ")
    assert {leaf.triple for leaf in leaves(step)} >= {Triple(SIGNING, CD.actor, KHALILZAD)}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("CONSTRUCT { ?a cd:p ?b } WHERE { ?a cd:p ?b OPTIONAL { ?a cd:q ?c } }", "OPTIONAL is not allowed"),
        ("CONSTRUCT { ?a cd:p ?b } WHERE { ?a cd:q ?b MINUS { ?a cd:r ?b } }", "MINUS is not allowed"),
        ("CONSTRUCT { ?a cd:p ?b } WHERE { ?a cd:q ?b FILTER NOT EXISTS { ?a cd:r ?b } }", "EXISTS is not allowed"),
        ("CONSTRUCT { ?a cd:p ?b } WHERE { ?a cd:q ?c BIND(?c AS ?b) }", "BIND is not allowed"),
        ("CONSTRUCT { ?a cd:p [] } WHERE { ?a cd:q ?c }", "blank node"),
        ("CONSTRUCT { ?a cd:p ?c } WHERE { ?a cd:q+ ?c }", "property paths are not allowed"),
        ("CONSTRUCT { ?a cd:p ?d } WHERE { ?a cd:q ?c }", "does not bind"),
        ("CONSTRUCT { ?a cd:p ?c } WHERE { ?a cd:q ?c FILTER(?d > 3) }", r"\?d, which no pattern binds"),
        ("SELECT ?a WHERE { ?a cd:q ?c }", "a rule is a CONSTRUCT"),
        ("nonsense", "not SPARQL"),
    ],
)
def test_what_is_no_rule_is_refused_in_a_line(store: Store, tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "my.rq"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(KgError, match=complaint) as raised:
        adopt(store, rules=file)
    assert str(raised.value).startswith(f"{file}: rule 1: ") and "\n" not in str(raised.value)
