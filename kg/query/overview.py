"""What a store holds, in numbers."""

from __future__ import annotations

from kg.graph.terms import CD, INFERRED
from kg.store import Solutions, Store

_COUNTS = {
    "documents": f"?x a <{CD.Document.value}>",
    "entities": f"?x a <{CD.Entity.value}>",
    "reports": f"?x a <{CD.Report.value}>",
    "signing records": f"?x a <{CD.SigningRecord.value}>",
    "things of the world": f"?e <{CD.refersTo.value}> ?x",
    "events and prospects": f"?x <{CD.toldBy.value}> ?r",
}


def overview(store: Store) -> dict[str, int]:
    """Numbers of documents, entities, reports, signing records, things, events, graphs and triples."""
    numbers = {
        name: _number(store, f"COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}") for name, pattern in _COUNTS.items()
    }
    triples = "COUNT(*) AS ?n) WHERE { %s }"
    numbers["graphs"] = len(store.graphs())
    numbers["triples"] = _number(store, triples % "GRAPH ?g { ?s ?p ?o }")
    numbers["of which inferred"] = _number(store, triples % f"GRAPH {INFERRED} {{ ?s ?p ?o }}")
    return numbers


def _number(store: Store, rest: str) -> int:
    answer = store.query(f"SELECT ({rest}")
    assert isinstance(answer, Solutions)
    return int(next(iter(answer))["n"].value)
