"""What is reasoned over: of all that a store holds, the statements from which something may follow.

These are the world, the ontology's individuals and whatever was loaded beside them. Not the document graphs, which say
what sources tell and not what is, nor the links to their entities and reports; not axioms, which are rules and not
facts; and nothing about prospects but that they are ones, since they have not happened.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import islice
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from kg.graph.pending import PENDING
from kg.graph.terms import BASE, CD, INFERRED, RDF
from kg.reasoning.axioms import is_axiom
from kg.store import Solutions, Store
from kg.store.embedded import EmbeddedStore
from kg.store.remote import RemoteStore

AXIOMS: Final = NamedNode(f"{BASE}graph/axioms")
"""The graph of the ontology that a user added to ours."""
REASONING: Final = NamedNode(f"{BASE}graph/reasoning")
"""The graph of the user's rules, and of what the inferred graph was made with."""

_DOCUMENTS = f"{BASE}document/"
_TELLING = (_DOCUMENTS, f"{BASE}report/")
_PROSPECTS = f"SELECT ?prospect WHERE {{ ?prospect {RDF.type} {CD.Prospect} }}"


def is_reasoned(graph: NamedNode | BlankNode | DefaultGraph) -> bool:
    """Whether statements of the graph are premises."""
    if not isinstance(graph, NamedNode):
        return True
    return graph not in (INFERRED, REASONING, PENDING) and not graph.value.startswith(_DOCUMENTS)


def is_premise(triple: Triple | Quad, prospects: Container[object]) -> bool:
    """Whether something may follow from a statement of a reasoned graph."""
    if is_axiom(triple):
        return False
    if triple.predicate == RDF.type:
        return True
    return not any(
        term in prospects or (isinstance(term, NamedNode) and term.value.startswith(_TELLING))
        for term in (triple.subject, triple.object)
    )


def premises(store: Store) -> Iterator[Triple | Quad]:
    """Every premise in the store, in no order; some more than once."""
    if isinstance(store, EmbeddedStore):
        found = store.inner.quads_for_pattern(None, RDF.type, CD.Prospect, None)
        prospects: set[object] = {quad.subject for quad in found if is_reasoned(quad.graph_name)}
    else:
        answer = store.query(_PROSPECTS)
        assert isinstance(answer, Solutions)
        prospects = {row[0] for row in answer}
    return (triple for triple in _reasoned(store) if is_premise(triple, prospects))


def has_more(store: Store, number: int) -> bool:
    """Whether the reasoned graphs hold more statements than this, without counting on."""
    return len(list(islice(_reasoned(store), number + 1))) > number


def _reasoned(store: Store) -> Iterator[Triple | Quad]:
    names: list[NamedNode | DefaultGraph] = [graph for graph in store.graphs() if is_reasoned(graph)]
    return (triple for graph in [*names, DefaultGraph()] for triple in statements(store, graph))


def statements(store: Store, graph: NamedNode | DefaultGraph) -> Iterator[Triple | Quad]:
    """What one graph holds."""
    if isinstance(store, EmbeddedStore):
        yield from store.inner.quads_for_pattern(None, None, None, graph)
    elif isinstance(store, RemoteStore) and isinstance(graph, NamedNode):
        yield from store.read(graph)
