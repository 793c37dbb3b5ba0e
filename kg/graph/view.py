"""What the modules of the vocabulary share: statements on the way out, a view of a graph on the way back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TypeVar

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.terms import RDF

T = TypeVar("T")
Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]


def quads(statements: Iterable[Statement], graph: NamedNode) -> list[Quad]:
    """The statements as quads of the graph, each once, in one order."""
    # sorted as strings: pyoxigraph's terms have no order of their own
    unique = sorted({(s.value, p.value, str(o)): (s, p, o) for s, p, o in statements}.items())
    return [Quad(*statement, graph) for _, statement in unique]


class View:
    """Statements, found by subject and predicate or by predicate and object."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._objects: dict[tuple[NamedNode, NamedNode], list[NamedNode | Literal]] = defaultdict(list)
        for subject, predicate, term in statements:
            self._objects[subject, predicate].append(term)

    @cached_property
    def _instances(self) -> dict[NamedNode | Literal, list[NamedNode]]:
        found: dict[NamedNode | Literal, list[NamedNode]] = defaultdict(list)
        for (subject, predicate), terms in self._objects.items():
            if predicate == RDF.type:
                for term in terms:
                    found[term].append(subject)
        return found

    @cached_property
    def _subjects(self) -> dict[tuple[NamedNode, NamedNode | Literal], list[NamedNode]]:
        found: dict[tuple[NamedNode, NamedNode | Literal], list[NamedNode]] = defaultdict(list)
        for (subject, predicate), terms in self._objects.items():
            for term in terms:
                found[predicate, term].append(subject)
        return found

    def subjects(self, predicate: NamedNode, node: NamedNode) -> list[NamedNode]:
        """The IRIs that the predicate links to the node."""
        return self._subjects.get((predicate, node), [])

    def instances(self, class_: NamedNode) -> list[NamedNode]:
        """Subjects of this class."""
        return self._instances.get(class_, [])

    def nodes(self, subject: NamedNode, predicate: NamedNode) -> Iterator[NamedNode]:
        """The IRIs that the predicate links the subject to."""
        return (term for term in self._objects.get((subject, predicate), ()) if isinstance(term, NamedNode))

    def node(self, subject: NamedNode, predicate: NamedNode) -> NamedNode | None:
        """The one IRI, or None."""
        return next(self.nodes(subject, predicate), None)

    def texts(self, subject: NamedNode, predicate: NamedNode) -> Iterator[str]:
        """The literals that the predicate gives the subject."""
        return (term.value for term in self._objects.get((subject, predicate), ()) if isinstance(term, Literal))

    def text(self, subject: NamedNode, predicate: NamedNode) -> str | None:
        """The one literal, or None."""
        return next(self.texts(subject, predicate), None)

    def number(self, subject: NamedNode, predicate: NamedNode) -> int | None:
        """The one integer, or None."""
        text = self.text(subject, predicate)
        return None if text is None else int(text)

    def decimal(self, subject: NamedNode, predicate: NamedNode) -> float | None:
        """The one decimal, or None."""
        text = self.text(subject, predicate)
        return None if text is None else float(text)

    def need_node(self, subject: NamedNode, predicate: NamedNode) -> NamedNode:
        """The one IRI; ValueError if the graph has none."""
        return _needed(self.node(subject, predicate), subject, predicate)

    def need_text(self, subject: NamedNode, predicate: NamedNode) -> str:
        """The one literal; ValueError if the graph has none."""
        return _needed(self.text(subject, predicate), subject, predicate)

    def need_number(self, subject: NamedNode, predicate: NamedNode) -> int:
        """The one integer; ValueError if the graph has none."""
        return _needed(self.number(subject, predicate), subject, predicate)


def _needed(value: T | None, subject: NamedNode, predicate: NamedNode) -> T:
    if value is None:
        raise ValueError(f"{subject} has no {predicate}")
    return value
