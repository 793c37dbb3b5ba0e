"""Each axiom of the ontology earns its place: what it infers, or which fault it catches.

The reasoner is owlrl, the reference, on graphs of a few triples. It is given no `owl:hasKey`, whose rule is unsound
there: keys are tested with our own reasoner.
"""

from __future__ import annotations

from functools import cache

import owlrl
import pytest
from owlrl.Namespaces import ERRNS
from pyoxigraph import Literal as Ox
from pyoxigraph import NamedNode, Quad
from rdflib import OWL, RDF, RDFS, Graph, Literal

from kg.graph import ontology_quads
from kg.graph.terms import BASE, CD, PREFIXES, WORLD
from kg.graph.terms import RDF as TERMS
from kg.reasoning import infer
from kg.resources import folder
from kg.store import open_store

PROLOGUE = (
    "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()) + "@prefix : <http://example.org/> .\n"
)


@cache
def axioms() -> tuple[tuple[object, object, object], ...]:
    """The ontology without its annotations: owlrl is slow."""
    graph = Graph().parse(folder("ontology") / "conflict-diplomacy.ttl")
    logic = (str(RDF), str(RDFS), str(OWL))
    left_out = {RDFS.label, RDFS.seeAlso, OWL.hasKey, OWL.versionInfo}
    return tuple(
        (s, p, o)
        for s, p, o in graph
        if str(p).startswith(logic) and p not in left_out and not isinstance(o, Literal) and o != OWL.AnnotationProperty
    )


def closed(turtle: str) -> Graph:
    graph = Graph().parse(data=PROLOGUE + turtle, format="turtle")
    for triple in axioms():
        graph.add(triple)  # type: ignore[arg-type]
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
    return graph


def holds(graph: Graph, turtle: str) -> bool:
    (triple,) = Graph().parse(data=PROLOGUE + turtle, format="turtle")
    return triple in graph


def faults(graph: Graph) -> list[str]:
    return [str(message) for message in graph.objects(None, ERRNS.error)]


# Every case is closed together with all others in one graph, since each has names of its own.
INFERRED = {
    "subclass: a mode is of its type, quad class and of SEM": (
        ":a1 a cd:Airstrike .",
        [":a1 a cd:Assault", ":a1 a cd:MaterialConflict", ":a1 a cd:Event", ":a1 a sem:Event", ":a1 a schema:Event"],
        [":a1 a cd:VerbalConflict"],
    ),
    "subproperty and inverse: roles, and back from the actor": (
        ":e2 a cd:Meeting ; cd:actor :a2 ; cd:recipient :b2 ; cd:object :o2 .",
        [
            ":e2 cd:participant :a2",
            ":e2 sem:hasActor :b2",
            ":b2 cd:participatesIn :e2",
            ":a2 cd:actorOf :e2",
            ":o2 cd:objectOf :e2",
            ":e2 sem:eventProperty :o2",
        ],
        [":b2 cd:actorOf :e2"],
    ),
    "chain: who did the signing is a signatory, and who is acted for a party": (
        ":x3 cd:signedIn :e3 . :e3 cd:actor :a3 . :a3 cd:actsFor :b3 .",
        [":x3 cd:signatory :a3", ":x3 cd:party :a3", ":x3 cd:party :b3", ":x3 a cd:Agreement", ":e3 a cd:Signing"],
        [":x3 cd:signatory :b3"],
    ),
    "chain and transitive: what happened in a place happened in what is around it": (
        ":e4 cd:place :p4 . :p4 cd:locatedIn :q4 . :q4 cd:locatedIn :r4 .",
        [":p4 cd:locatedIn :r4", ":e4 cd:happenedIn :r4", ":e4 sem:hasPlace :q4", ":p4 geo:sfWithin :r4"],
        [":e4 cd:place :q4"],
    ),
    "chain and symmetric: in conflict with": (
        ":a5 cd:aggressorIn :e5 . :e5 cd:recipient :b5 .",
        [":a5 cd:inConflictWith :b5", ":b5 cd:inConflictWith :a5", ":e5 a cd:MaterialConflict", ":a5 cd:actorOf :e5"],
        [":b5 cd:aggressorIn :e5"],
    ),
    "equivalence with a value: the kind makes a ceasefire agreement": (
        ":x6 a cd:Agreement ; cd:ofKind cd:CeasefireKind .",
        [":x6 a cd:CeasefireAgreement"],
        [":x6 a cd:BrokenCeasefire"],
    ),
    "equivalence, the other way: a ceasefire agreement has the kind": (
        ":x7 a cd:CeasefireAgreement .",
        [":x7 cd:ofKind cd:CeasefireKind", ":x7 a cd:Agreement", ":x7 a prov:Entity"],
        [],
    ),
    "equivalence with a value: the kind makes a breach": (
        ":e8 a cd:Reject ; cd:ofKind cd:BreachKind . :f8 a cd:Reject . :g8 a cd:Accuse ; cd:ofKind cd:BreachKind .",
        [":e8 a cd:Breach"],
        [":f8 a cd:Breach", ":g8 a cd:Breach"],
    ),
    "restriction: a ceasefire of which a breach is told is broken": (
        ":x9 a cd:CeasefireAgreement . :e9 a cd:Breach ; cd:object :x9 .",
        [":x9 a cd:BrokenCeasefire"],
        [],
    ),
    "restriction: one that is only refused is not": (
        ":x10 a cd:CeasefireAgreement . :e10 a cd:Reject ; cd:object :x10 ."
        ":y10 a cd:Agreement . :f10 a cd:Breach ; cd:object :y10 .",
        [],
        [":x10 a cd:BrokenCeasefire", ":y10 a cd:BrokenCeasefire"],
    ),
    "restriction: a mediation is a third-party meeting where the mediator is told": (
        ":e11 a cd:Mediation ; cd:actor :a11 . :a11 a cd:State . :f11 a cd:Mediation ; cd:recipient :a11 .",
        [":e11 a cd:ThirdPartyMeeting"],
        [":f11 a cd:ThirdPartyMeeting"],
    ),
    "restriction: a dyad with material conflict is a conflict dyad": (
        ":d12 a cd:Dyad ; cd:interaction :e12 . :e12 a cd:Bombing ."
        ":c12 a cd:Dyad ; cd:interaction :f12 . :f12 a cd:Aid .",
        [":d12 a cd:ConflictDyad"],
        [":c12 a cd:ConflictDyad"],
    ),
    "restriction on all values: who signs is an actor": (
        ":e13 a cd:Signing ; cd:actor :a13 . :f13 a cd:Meeting ; cd:actor :b13 .",
        [":a13 a cd:Actor", ":a13 a prov:Agent"],
        [":b13 a cd:Actor"],
    ),
    "domain and range": (
        ":k14 cd:capital :p14 . :r14 cd:attribution :s14 . :d14 cd:member :m14 .",
        [":k14 a cd:State", ":p14 a geo:Feature", ":p14 cd:capitalOf :k14", ":r14 a cd:Claim", ":r14 a oa:Annotation",
         ":s14 a cd:Entity", ":d14 a cd:Dyad", ":m14 a cd:Actor"],
        [],
    ),
    "alignment by subproperty": (
        ":e15 cd:time :t15 ; cd:eventClass cd:Aid . :r15 cd:evidence :s15 .",
        [":e15 time:hasTime :t15", ":e15 sem:hasTime :t15", ":t15 a time:ProperInterval", ":e15 sem:eventType cd:Aid",
         ":r15 oa:hasTarget :s15", ":r15 a prov:Entity"],
        [],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def all_cases() -> Graph:
    return closed("\n".join(turtle for turtle, _, _ in INFERRED.values()))


def test_the_cases_do_not_contradict_each_other(all_cases: Graph) -> None:
    assert faults(all_cases) == []


@pytest.mark.parametrize("case", INFERRED)
def test_what_follows_and_what_does_not(case: str, all_cases: Graph) -> None:
    _, yes, no = INFERRED[case]
    assert [triple for triple in yes if not holds(all_cases, triple + " .")] == []
    assert [triple for triple in no if holds(all_cases, triple + " .")] == []


def test_states_with_one_code_are_one_state() -> None:
    persia, iran, oman = (NamedNode(f"{BASE}actor/{name}") for name in ("persia", "iran", "oman"))
    with open_store(None) as store:
        store.add(ontology_quads())
        for node, code in ((persia, "IRN"), (iran, "IRN"), (oman, "OMN")):
            store.add([Quad(node, TERMS.type, CD.State, WORLD), Quad(node, CD.iso3, Ox(code), WORLD)])
        infer(store)
        same = {(q.subject, q.object) for q in store.dump() if q.predicate.value == str(OWL.sameAs)}
    assert same == {(persia, iran), (iran, persia)}


CONTRADICTIONS = {
    "a place that signs": ":e1 a cd:Signing ; cd:actor :p1 . :p1 a cd:Place .",
    "an agreement that signs": ":e2 a cd:Signing ; cd:actor :x2 . :x2 a cd:Agreement .",
    "a person that is a place": ":p3 a cd:Person , cd:Place .",
    "a person that is an agreement": ":p4 a cd:Person , cd:Agreement .",
    "a person that is a state": ":p5 a cd:Person , cd:State .",
    "a place that is signed": ":p6 cd:signedIn :e6 . :p6 a cd:Place .",
    "an actor that is an event": ":a7 a cd:ArmedGroup , cd:Airstrike .",
    "an event that has not happened": ":e8 a cd:Prospect , cd:Signing .",
    "an event of two statuses": ":e9 cd:status cd:Asserted , cd:Claimed .",
    "an ISO code of a person": ':p10 a cd:Person ; cd:iso3 "QAT" .',
    "a thing that tells an event": ":r11 a cd:Report , cd:Person .",
    "a place as a member of a dyad": ":d12 cd:member :p12 . :p12 a cd:Place .",
    "an aggressor in a signing record": ":a13 cd:aggressorIn :s13 . :s13 a cd:SigningRecord .",
}


@pytest.mark.parametrize("case", CONTRADICTIONS)
def test_a_fault_is_caught(case: str) -> None:
    assert faults(closed(CONTRADICTIONS[case]))
