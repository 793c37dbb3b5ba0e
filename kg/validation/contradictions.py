"""What the rules of OWL 2 RL find: statements that cannot all hold, as findings like those of the shapes."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from kg.graph.terms import WORLD
from kg.reasoning import inconsistencies
from kg.store import Solutions, Store
from kg.validation.finding import Finding
from kg.validation.quotes import told

_GRAPHS = "SELECT ?graph WHERE {{ GRAPH ?graph {{ {} {} {} }} }}"


def contradictions(store: Store) -> Iterator[Finding]:
    """The contradictions of the world and the ontology; the node is the subject of the first statement at fault."""
    for found in inconsistencies(store):
        first = found.triples[0] if found.triples else None
        yield Finding(
            severity="Violation",
            node=first.subject.value if first and isinstance(first.subject, NamedNode) else "",
            path="",
            message=f"{found.message}.",
            graph=_graph(store, first) if first else WORLD.value,
            rule=found.rule,
            triples=found.triples,
            sources=told(store, found.triples),
        )


def _graph(store: Store, triple: Triple) -> str:
    """The first graph that the statement stands in."""
    answer = store.query(_GRAPHS.format(triple.subject, triple.predicate, triple.object))
    assert isinstance(answer, Solutions)
    return min((row["graph"].value for row in answer), default=WORLD.value)
