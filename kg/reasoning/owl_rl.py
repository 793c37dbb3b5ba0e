"""OWL 2 RL: the axioms of a closed ontology, each turned into the rules that it means for individuals.

Names and rules are those of the W3C's tables 4 to 8 (OWL 2 Profiles, section 4.3). FEATURES.md says for each of them
which part of this package gives it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from pyoxigraph import BlankNode, NamedNode
from rdflib import OWL, RDF, RDFS
from rdflib import Literal as RdflibLiteral
from rdflib.term import Node

from kg.reasoning.axioms import Axioms, oxigraph_term
from kg.reasoning.facts import is_vocabulary
from kg.reasoning.rules import Atom, Rule, Slot, Term, without

_TYPE, _SAME, _DIFFERENT = (oxigraph_term(term) for term in (RDF.type, OWL.sameAs, OWL.differentFrom))
_THING, _NOTHING = oxigraph_term(OWL.Thing), oxigraph_term(OWL.Nothing)
_ANONYMOUS = "/.well-known/genid/"


def rules(axioms: Axioms) -> list[Rule]:
    """The rules and, without a head, the contradictions that the axioms mean."""
    found = [
        rule
        for rule in (*_equality(), *_properties(axioms), *_keys(axioms), *_classes(axioms), *_clashes(axioms))
        if not _says_nothing(rule)
    ]
    assert isinstance(_TYPE, NamedNode)
    return without(map(_without_thing, found), _is_anonymous, _TYPE)


def _equality() -> Iterator[Rule]:
    yield Rule("eq-sym", (("x", _SAME, "y"),), ("y", _SAME, "x"))
    yield Rule("eq-trans", (("x", _SAME, "y"), ("y", _SAME, "z")), ("x", _SAME, "z"), (("x", "z"),))
    yield Rule("eq-rep-s", (("x", _SAME, "y"), ("x", "p", "o")), ("y", "p", "o"))
    yield Rule("eq-rep-o", (("x", _SAME, "y"), ("s", "p", "x")), ("s", "p", "y"))
    yield Rule("eq-diff1", (("x", _SAME, "y"), ("x", _DIFFERENT, "y")), None)


def _properties(axioms: Axioms) -> Iterator[Rule]:
    for p, c in axioms.pairs(RDFS.domain):
        yield Rule("prp-dom", (_link("x", p, "y"),), _type("x", c))
    for p, c in axioms.pairs(RDFS.range):
        yield Rule("prp-rng", (_link("x", p, "y"),), _type("y", c))
    for p in axioms.instances(OWL.FunctionalProperty):
        yield _at_most_one("prp-fp", p)
    for p in axioms.instances(OWL.InverseFunctionalProperty):
        yield Rule("prp-ifp", (_link("x1", p, "y"), _link("x2", p, "y")), ("x1", _SAME, "x2"), (("x1", "x2"),))
    for p in axioms.instances(OWL.SymmetricProperty):
        yield Rule("prp-symp", (_link("x", p, "y"),), _link("y", p, "x"))
    for p in axioms.instances(OWL.TransitiveProperty):
        yield Rule("prp-trp", (_link("x", p, "y"), _link("y", p, "z")), _link("x", p, "z"))
    equivalent = {frozenset(pair) for pair in axioms.pairs(OWL.equivalentProperty)}
    for p, q in axioms.pairs(RDFS.subPropertyOf):
        name = "prp-eqp" if frozenset((p, q)) in equivalent else "prp-spo1"
        yield Rule(name, (_link("x", p, "y"),), _link("x", q, "y"))
    for p, chain in axioms.lists(OWL.propertyChainAxiom):
        links = [_link(f"u{number}", step, f"u{number + 1}") for number, step in enumerate(chain)]
        yield Rule("prp-spo2", tuple(links), _link("u0", p, f"u{len(chain)}"))
    for p, q in axioms.pairs(OWL.inverseOf):
        yield Rule("prp-inv1", (_link("x", p, "y"),), _link("y", q, "x"))
        yield Rule("prp-inv2", (_link("x", q, "y"),), _link("y", p, "x"))


def _keys(axioms: Axioms) -> Iterator[Rule]:
    for c, properties in axioms.keys:
        shared = [_link(x, p, f"z{number}") for number, p in enumerate(properties) for x in ("x", "y")]
        if shared:
            yield Rule("prp-key", (_type("x", c), *shared, _type("y", c)), ("x", _SAME, "y"), (("x", "y"),))


def _classes(axioms: Axioms) -> Iterator[Rule]:
    equivalent = {frozenset(pair) for pair in axioms.pairs(OWL.equivalentClass)}
    for c, d in axioms.pairs(RDFS.subClassOf):
        name = "cax-eqc" if frozenset((c, d)) in equivalent else "cax-sco"
        yield Rule(name, (_type("x", c),), _type("x", d))
    for c, parts in axioms.lists(OWL.intersectionOf):
        yield Rule("cls-int1", tuple(_type("x", part) for part in parts), _type("x", c))
    for c, members in axioms.lists(OWL.oneOf):
        for member in members:
            yield Rule("cls-oo", (), _type(oxigraph_term(member), c))
    for c, d in axioms.pairs(OWL.someValuesFrom):
        for p in axioms.values(c, OWL.onProperty):
            if d == OWL.Thing:
                yield Rule("cls-svf2", (_link("x", p, "y"),), _type("x", c))
            else:
                yield Rule("cls-svf1", (_link("x", p, "y"), _type("y", d)), _type("x", c))
    for c, d in axioms.pairs(OWL.allValuesFrom):
        for p in axioms.values(c, OWL.onProperty):
            yield Rule("cls-avf", (_type("x", c), _link("x", p, "y")), _type("y", d))
    for c, value in axioms.pairs(OWL.hasValue):
        for p in axioms.values(c, OWL.onProperty):
            yield Rule("cls-hv1", (_type("x", c),), ("x", oxigraph_term(p), oxigraph_term(value)))
            yield Rule("cls-hv2", (("x", oxigraph_term(p), oxigraph_term(value)),), _type("x", c))
    for c, p, of, limit in _cardinalities(axioms):
        if limit == 1:
            yield _at_most_one("cls-maxc2" if of is None else "cls-maxqc3", p, c, of)


def _clashes(axioms: Axioms) -> Iterator[Rule]:
    yield Rule("cls-nothing2", (("x", _TYPE, _NOTHING),), None)
    for p in axioms.instances(OWL.IrreflexiveProperty):
        yield Rule("prp-irp", (_link("x", p, "x"),), None)
    for p in axioms.instances(OWL.AsymmetricProperty):
        yield Rule("prp-asyp", (_link("x", p, "y"), _link("y", p, "x")), None)
    for name, relation in (("prp-pdw", axioms.pairs(OWL.propertyDisjointWith)), ("prp-adp", _members(axioms, "p"))):
        for p, q in relation:
            yield Rule(name, (_link("x", p, "y"), _link("x", q, "y")), None)
    for name, relation in (
        ("cax-dw", axioms.pairs(OWL.disjointWith)),
        ("cax-adc", _members(axioms, "c")),
        ("cls-com", axioms.pairs(OWL.complementOf)),
    ):
        for c, d in relation:
            yield Rule(name, (_type("x", c), _type("x", d)), None)
    for a, b in _members(axioms, "i"):
        yield Rule("eq-diff2", ((oxigraph_term(a), _SAME, oxigraph_term(b)),), None)
    for c, p, of, limit in _cardinalities(axioms):
        if limit == 0:
            body = (_type("x", c), _link("x", p, "y"))
            yield Rule("cls-maxc1", body, None) if of is None else Rule("cls-maxqc1", (*body, _type("y", of)), None)
    for denied in axioms.instances(OWL.NegativePropertyAssertion):
        for name, target in (("prp-npa1", OWL.targetIndividual), ("prp-npa2", OWL.targetValue)):
            for subject in axioms.values(denied, OWL.sourceIndividual):
                for p in axioms.values(denied, OWL.assertionProperty):
                    for term in axioms.values(denied, target):
                        yield Rule(name, ((oxigraph_term(subject), oxigraph_term(p), oxigraph_term(term)),), None)


def _at_most_one(name: str, p: Node, c: Node | None = None, d: Node | None = None) -> Rule:
    """Two values of a functional property are the same."""
    body = [_link("x", p, "y1"), _link("x", p, "y2")]
    if c is not None:
        body.insert(0, _type("x", c))
    if d is not None:
        body += [_type("y1", d), _type("y2", d)]
    return Rule(name, tuple(body), ("y1", _SAME, "y2"), (("y1", "y2"),))


def _cardinalities(axioms: Axioms) -> Iterator[tuple[Node, Node, Node | None, int]]:
    """Restrictions with an upper limit: class, property, class of the values or None, limit."""
    for predicate in (OWL.maxCardinality, OWL.maxQualifiedCardinality):
        for c, number in axioms.pairs(predicate):
            assert isinstance(number, RdflibLiteral)
            for p in axioms.values(c, OWL.onProperty):
                if predicate == OWL.maxCardinality:
                    yield c, p, None, int(number)
                for d in axioms.values(c, OWL.onClass) if predicate == OWL.maxQualifiedCardinality else ():
                    yield c, p, None if d == OWL.Thing else d, int(number)


def _members(axioms: Axioms, kind: str) -> Iterator[tuple[Node, Node]]:
    """Every two members of the lists of disjoint classes (`c`), disjoint properties (`p`) or individuals (`i`)."""
    class_ = {"c": OWL.AllDisjointClasses, "p": OWL.AllDisjointProperties, "i": OWL.AllDifferent}[kind]
    nodes = set(axioms.instances(class_))
    for predicate in (OWL.members, OWL.distinctMembers):
        for node, items in axioms.lists(predicate):
            if node in nodes:
                yield from combinations(items, 2)


def _link(subject: Slot, p: Node, term: Slot) -> Atom:
    return subject, oxigraph_term(p), term


def _type(subject: Slot, c: Node) -> Atom:
    return subject, _TYPE, oxigraph_term(c)


def _says_nothing(rule: Rule) -> bool:
    """Whether the rule gives what every term is (`owl:Thing`, a datatype), or follows from a contradiction."""
    head = rule.head
    if head is not None and head[1] == _TYPE and (head[2] == _THING or _is_datatype(head[2])):
        return True
    return head is not None and any(atom[1:] == (_TYPE, _NOTHING) for atom in rule.body)


def _without_thing(rule: Rule) -> Rule:
    """The rule without patterns that ask for an `owl:Thing`, which all individuals are."""
    body: list[Atom] = []
    for atom in rule.body:
        if atom[1:] != (_TYPE, _THING):
            body.append(atom)
        elif not any(atom[0] in other for other in rule.body if other is not atom):
            body.append((atom[0], _TYPE, "any"))
    return Rule(rule.name, tuple(body), rule.head, rule.distinct)


def _is_datatype(slot: Slot) -> bool:
    return isinstance(slot, NamedNode) and (
        slot.value.startswith("http://www.w3.org/2001/XMLSchema#") or (is_vocabulary(slot) and slot != _NOTHING)
    )


def _is_anonymous(term: Term) -> bool:
    return isinstance(term, BlankNode) or (isinstance(term, NamedNode) and _ANONYMOUS in term.value)
