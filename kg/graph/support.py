"""What the world still says when a few documents change: statements that others make too."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import actors, terms
from kg.graph.extractions import Queryable
from kg.graph.terms import BASE, CD, RDF, RDFS, SKOS, WORLD

_PRESENT = f"SELECT ?number WHERE {{ VALUES (?number ?s ?p ?o) {{ %s }} GRAPH {WORLD} {{ ?s ?p ?o }} }}"
_MEMBERS = f"SELECT ?entity WHERE {{ VALUES ?one {{ UNDEF }} GRAPH {WORLD} {{ ?entity {CD.refersTo} ?one }} }}"
_CALLED = f"""SELECT ?entity WHERE {{
  VALUES ?one {{ UNDEF }} VALUES ?name {{ UNDEF }}
  {{ ?entity {SKOS.prefLabel} ?name }} UNION {{ ?entity {SKOS.altLabel} ?name }}
  GRAPH {WORLD} {{ ?entity {CD.refersTo} ?one }}
}}"""
_JOINED = f"""SELECT ?entity WHERE {{
  VALUES ?one {{ UNDEF }} VALUES ?two {{ UNDEF }}
  GRAPH {WORLD} {{ ?entity {CD.refersTo} ?one . ?other {CD.refersTo} ?two }}
  GRAPH ?document {{ %s }}
}}"""
_FROM = f"SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ UNDEF }} GRAPH {WORLD} {{ ?s ?p ?o }} }}"
_ONTO = f"SELECT ?s ?p ?o WHERE {{ VALUES ?o {{ UNDEF }} GRAPH {WORLD} {{ ?s ?p ?o }} }}"
_OWN = tuple(f"{BASE}{part}/" for part in ("event", "document", "report"))  # of one event, entity or report alone


def present(store: Queryable, found: Collection[Quad]) -> set[Quad]:
    """Those of the quads that stand in the world graph."""
    given = list(found)
    # told by number: a store may write a decimal in another way than it was given
    rows = "".join(f"({n} {q.subject} {q.predicate} {q.object})" for n, q in enumerate(given))
    return {given[int(row[0].value)] for row in store.query(_PRESENT % rows)} if given else set()


def recounted(store: Queryable, gone: Collection[Quad], come: Collection[Quad]) -> tuple[set[Quad], set[Quad]]:
    """The changes of the world, where some documents were looked at, with the documents of the whole store counted.

    How many documents speak of a thing of the list grows by as many as among those that were looked at.
    """
    counts = [{q.subject: q for q in found if q.predicate == CD.documentCount} for found in (gone, come)]
    gone, come = set(gone), set(come)
    for node in (n for n in counts[0].keys() | counts[1].keys() if isinstance(n, NamedNode) and actors.is_known(n)):
        fewer, more = (found.get(node) for found in counts)
        stood = next((q for q in _quads(store.query(_FROM, {"s": node})) if q.predicate == CD.documentCount), None)
        number = _number(stood) + _number(more) - _number(fewer)
        gone = gone - {fewer} | ({stood} if stood is not None else set())
        come = come - {more} | ({Quad(node, CD.documentCount, Literal(number), WORLD)} if number else set())
    return gone - come, come - gone


def _number(quad: Quad | None) -> int:
    return int(quad.object.value) if quad is not None and isinstance(quad.object, Literal) else 0


class Support:
    """What the documents of a store say of the world, apart from some whose word has changed.

    `gone` are quads that were said of what these documents and their neighbours speak of and are not said any more;
    `come` those that are said now.
    """

    def __init__(
        self, store: Queryable, changed: Collection[str], gone: Collection[Quad], come: Collection[Quad]
    ) -> None:
        self._store, self._changed, self._gone = store, changed, frozenset(gone)
        self._labelled = {quad.subject for quad in come if quad.predicate == RDFS.label}

    def unsupported(self) -> set[Quad]:
        """Those of the quads that go which nothing else says."""
        return {quad for quad in self._gone if not self._is_supported(quad)}

    def _is_supported(self, quad: Quad) -> bool:
        subject, predicate, term = quad.subject, quad.predicate, quad.object
        assert isinstance(subject, NamedNode)
        if any(isinstance(node, NamedNode) and node.value.startswith(_OWN) for node in (subject, term)):
            return False
        if subject.value.startswith(f"{BASE}dyad/"):
            renamed = predicate == RDFS.label and subject in self._labelled
            return not renamed and self._stays(_FROM, subject, CD.interaction)
        if subject.value.startswith(f"{BASE}time/"):
            return self._stays(_ONTO, subject, CD.time)
        # what is not of the list has been looked at with all documents that speak of it
        return actors.is_known(subject) and self._is_supported_of_listed(subject, quad)

    def _is_supported_of_listed(self, subject: NamedNode, quad: Quad) -> bool:
        predicate, term = quad.predicate, quad.object
        if predicate == SKOS.altLabel and isinstance(term, Literal) and term.value not in actors.other_names(subject):
            return self._others(_CALLED, one=subject, name=term)
        if predicate in (RDF.type, SKOS.prefLabel):  # these are told of what others belong to or lie in, too
            return self._others(_MEMBERS, one=subject) or self._stays(_ONTO, subject, *actors.LINKS)
        if predicate in (SKOS.altLabel, CD.ofKind) or (subject, predicate, term) in set(actors.write_known(subject)):
            return self._others(_MEMBERS, one=subject)
        if not isinstance(term, NamedNode) or not actors.is_known(term):
            return False
        said = f"?entity {CD.actsFor} ?other"
        if predicate != CD.actsFor:
            said = f"?involvement {CD.concerns} ?entity ; {predicate} ?other"
        return self._others(_JOINED % said, one=subject, two=term)

    def _others(self, query: str, **nodes: object) -> bool:
        """Whether an entity that is found is one of a document that stays."""
        return any(terms.identifier_of(row[0]) not in self._changed for row in self._store.query(query, nodes))

    def _stays(self, query: str, node: NamedNode, *predicates: NamedNode) -> bool:
        """Whether a statement about the node with one of the predicates does not go."""
        found = _quads(self._store.query(query, {"s" if query is _FROM else "o": node}))
        return any(quad.predicate in predicates for quad in found - self._gone)


def _quads(rows: Iterable[tuple[NamedNode, NamedNode, NamedNode]]) -> set[Quad]:
    return {Quad(row[0], row[1], row[2], WORLD) for row in rows}
