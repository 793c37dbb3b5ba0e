"""The inferred graph of a store, kept up to date: closed anew, or changed where the premises changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Triple

from kg.graph.terms import CD, INFERRED, RDF
from kg.reasoning.closure import close
from kg.reasoning.facts import Fact, Memory, Pair, Terms
from kg.reasoning.inconsistency import Inconsistency, described
from kg.reasoning.knowledge import Knowledge
from kg.reasoning.maintenance import retract
from kg.reasoning.premises import AXIOMS, REASONING, has_more, is_premise, is_reasoned, premises, statements
from kg.reasoning.programs import Program
from kg.reasoning.proofs import Proofs
from kg.reasoning.rules import Rule
from kg.reasoning.stored import Stored
from kg.store import Solutions, Store
from kg.store.embedded import EmbeddedStore

_BATCH = 250_000  # quads written at a time
_WORTH = 4  # a change of more than one premise in so many is closed anew, which is faster then


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the inferred graph: triples added and removed, and contradictions met.

    `contradictions` are all of them where everything was closed anew (`whole`), else those that the change brought.
    """

    added: int
    removed: int
    whole: bool
    contradictions: tuple[Inconsistency, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """Premises in memory with all that follows from them; `inferred` has the latter, by predicate."""

    program: Program
    facts: Memory
    inferred: dict[int, list[Pair]]

    def contradictions(self) -> list[Inconsistency]:
        """Every contradiction, sorted."""
        found = list(self.program.clashes(self.facts))
        return described(found, self.proofs(), self.program.terms) if found else []

    def proofs(self) -> Proofs:
        """How what was inferred follows."""
        inferred = {predicate: set(pairs) for predicate, pairs in self.inferred.items()}
        return Proofs(self.program, self.facts, lambda fact: (fact[0], fact[2]) not in inferred.get(fact[1], ()))

    def triples(self) -> Iterable[Triple]:
        """What was inferred."""
        triple = self.program.terms.triple
        return (triple((s, p, o)) for p, pairs in self.inferred.items() for s, o in pairs)


def closed(rules: Iterable[Rule], triples: Iterable[Triple | Quad]) -> Closed:
    """The triples with all that follows from them by the rules."""
    terms, facts = Terms(), Memory()
    program = Program(rules, terms)
    given: defaultdict[int, list[Pair]] = defaultdict(list)
    for triple in triples:
        s, p, o = terms.fact(triple)
        given[p].append((s, o))
    new = {predicate: facts.add(predicate, pairs) for predicate, pairs in given.items()}
    given.clear()
    inferred: dict[int, list[Pair]] = {}
    for s, p, o in program.given():
        inferred.setdefault(p, []).extend(facts.add(p, [(s, o)]))
    for predicate, pairs in inferred.items():
        new[predicate] = [*new.get(predicate, ()), *pairs]
    for predicate, pairs in close(program, facts, new).items():
        inferred.setdefault(predicate, []).extend(pairs)
    return Closed(program, facts, inferred)


def infer(store: Store, *, ontology: Path | None = None, rules: Path | None = None) -> Outcome:
    """Rewrite the inferred graph with what follows from the store's premises, after `adopt`."""
    return _inferred(store, adopt(store, ontology=ontology, rules=rules))


def adopt(store: Store, *, ontology: Path | None = None, rules: Path | None = None) -> Knowledge:
    """Keep the axioms of an RDF file and the rules of a file of SPARQL CONSTRUCTs in the store, and reason with them.

    They take the place of those that were kept before; what is not given stays. KgError if a file cannot be used; the
    store then stays as it was. The inferred graph is not touched.
    """
    knowledge = Knowledge.of(store, ontology=ontology, rules=rules)
    knowledge.rules()
    if not knowledge.is_current(store):
        knowledge.write(store, current=False)
    return knowledge


def replace_graph(store: Store, graph: NamedNode, quads: Iterable[Quad]) -> Outcome:
    """Make a graph hold just these quads, and bring the inferred graph up to date."""
    new = {Triple(quad.subject, quad.predicate, quad.object): quad for quad in quads}
    old = {Triple(t.subject, t.predicate, t.object) for t in statements(store, graph)}
    return _changed(store, new.keys() - old, old - new.keys(), lambda: store.replace_graph(graph, new.values()))


def add(store: Store, quads: Iterable[Quad]) -> Outcome:
    """Add quads to their graphs, and bring the inferred graph up to date."""
    given = list(quads)
    if any(quad.graph_name in (AXIOMS, INFERRED, REASONING) for quad in given):  # a dump of another store
        store.add(given)
        return infer(store)
    new = {Triple(q.subject, q.predicate, q.object) for q in given if is_reasoned(q.graph_name)}
    return _changed(store, new, set(), lambda: store.add(given))


def change_graph(store: Store, graph: NamedNode, gone: Iterable[Quad], come: Iterable[Quad]) -> Outcome:
    """Take quads without blank nodes out of a graph, put others in, and bring the inferred graph up to date."""
    removed, added = ({Triple(q.subject, q.predicate, q.object) for q in quads} for quads in (gone, come))
    deletion, insertion = (
        f"DATA {{ GRAPH {graph} {{ {' '.join(sorted(f'{t} .' for t in triples))} }} }}" for triples in (removed, added)
    )
    return _changed(store, added, removed, lambda: store.update(f"DELETE {deletion} ; INSERT {insertion}"))


def is_current(store: Store) -> bool:
    """Whether the store's inferred graph was made by this version from what the store holds."""
    return Knowledge.of(store).is_current(store)


def size(store: Store) -> int:
    """The number of triples in the inferred graph."""
    answer = store.query(f"SELECT (COUNT(*) AS ?number) WHERE {{ GRAPH {INFERRED} {{ ?s ?p ?o }} }}")
    assert isinstance(answer, Solutions)
    return int(answer.rows[0]["number"].value)


def inconsistencies(store: Store) -> list[Inconsistency]:
    """Every contradiction among the store's premises and what follows from them, sorted by rule and triples."""
    return closed(Knowledge.of(store).rules(), premises(store)).contradictions()


def _changed(store: Store, added: set[Triple], removed: set[Triple], write: Callable[[], None]) -> Outcome:
    """Write a change of premises, and infer; the inferred graph counts as stale in between."""
    knowledge = Knowledge.of(store)
    worth = isinstance(store, EmbeddedStore) and has_more(store, _WORTH * (len(added) + len(removed)))
    if not worth or not knowledge.is_current(store):
        write()
        return _inferred(store, knowledge)
    knowledge.write(store, current=False)
    write()
    assert isinstance(store, EmbeddedStore)
    outcome = _maintained(store, knowledge, added, removed)
    knowledge.write(store, current=True)
    return outcome


def _inferred(store: Store, knowledge: Knowledge) -> Outcome:
    result = closed(knowledge.rules(), premises(store))
    contradictions = result.contradictions()
    quads = (Quad(t.subject, t.predicate, t.object, INFERRED) for t in result.triples())
    if before := size(store):
        store.replace_graph(INFERRED, quads)
    else:
        while batch := list(islice(quads, _BATCH)):  # millions of quads at once take more memory than the facts
            store.add(batch)
    knowledge.write(store, current=True)
    added = sum(map(len, result.inferred.values()))
    return Outcome(added, before, True, tuple(contradictions))


def _maintained(store: EmbeddedStore, knowledge: Knowledge, added: set[Triple], removed: set[Triple]) -> Outcome:
    terms = Terms()
    program, facts = Program(knowledge.rules(), terms), Stored(store.inner, terms)
    come, gone = _premises_changed(facts, terms, added, removed)
    for s, p, o in gone:  # they are no longer in the store, but what followed from them is
        facts.add(p, [(s, o)])
    lost = retract(program, facts, facts.asserted, gone)
    new: defaultdict[int, list[Pair]] = defaultdict(list)
    for s, p, o in come:
        new[p].append((s, o))
    derived = close(program, facts, new)
    touched = dict.fromkeys([*lost, *gone, *come, *((s, p, o) for p, pairs in derived.items() for s, o in pairs)])
    wanted = {fact: facts.holds(fact) and not facts.asserted(fact) for fact in touched}
    coming = [facts.quad(fact) for fact, is_wanted in wanted.items() if is_wanted and not facts.inferred(fact)]
    going = [facts.quad(fact) for fact, is_wanted in wanted.items() if not is_wanted and facts.inferred(fact)]
    for predicate, pairs in derived.items():
        new[predicate] += pairs
    found = [clash for predicate, pairs in new.items() for clash in program.clashes_with(predicate, pairs, facts)]
    contradictions = described(found, Proofs(program, facts, facts.asserted), terms) if found else []
    for quad in going:
        store.inner.remove(quad)
    store.add(coming)
    return Outcome(len(coming), len(going), False, tuple(contradictions))


def _premises_changed(
    facts: Stored, terms: Terms, added: set[Triple], removed: set[Triple]
) -> tuple[list[Fact], list[Fact]]:
    """The facts that are premises now and may not have been, and those that were and are none now; both sorted."""
    come, gone = ({terms.fact(triple) for triple in given if is_premise(triple, ())} for given in (added, removed))
    # what becomes a prospect takes the statements about it out of the premises, and what is none any more brings them
    for triples, others in ((added, gone), (removed, come)):
        for triple in triples:
            if triple.predicate == RDF.type and triple.object == CD.Prospect:
                others.update(facts.around(terms.number(triple.subject)))  # type: ignore[arg-type]
    come = {fact for fact in come if facts.asserted(fact)}
    return sorted(come), sorted(fact for fact in gone if not facts.asserted(fact))
