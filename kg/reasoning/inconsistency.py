"""What contradicts the ontology: the OWL 2 RL rules whose conclusion is `false`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from kg.graph.ontology import ontology_quads
from kg.graph.terms import OWL, RDF
from kg.store import Solutions, Store


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """One contradiction: `rule` is the OWL 2 RL rule (`cax-dw`), `message` a sentence that names what clashes.

    `triples` are the asserted statements that it rests on, sorted; taking one of them back mends it.
    """

    rule: str
    message: str
    triples: tuple[Triple, ...]


def inconsistencies(store: Store) -> list[Inconsistency]:
    """Every contradiction of the store's assertions and what follows from them, sorted by rule and triples."""
    answer = store.query(f"SELECT DISTINCT ?thing ?class WHERE {{ ?thing {RDF.type} ?class }}")
    assert isinstance(answer, Solutions)
    classes: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
    for row in answer:
        classes[row["thing"]].add(row["class"])
    pairs = [(q.subject, q.object) for q in ontology_quads() if q.predicate == OWL.disjointWith]
    return [
        Inconsistency(
            "cax-dw", f"{thing} is both {a} and {b}", (Triple(thing, RDF.type, a), Triple(thing, RDF.type, b))
        )
        for thing in sorted(classes, key=str)
        for a, b in pairs
        if {a, b} <= classes[thing]
    ]
