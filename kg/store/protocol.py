"""What every store can do; terms, quads and rows are pyoxigraph's, wherever the store lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self, runtime_checkable

from pyoxigraph import Literal, NamedNode, Quad, QuerySolution, Triple

Term = NamedNode | Literal
Substitutions = Mapping[str, Term | Sequence[Term]]


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer of a SELECT, whole: nothing is left open in the store. A row is read by name or by position."""

    variables: tuple[str, ...]
    rows: tuple[QuerySolution, ...]

    def __iter__(self) -> Iterator[QuerySolution]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


Answer = Solutions | bool | list[Triple]


@runtime_checkable
class Store(Protocol):
    """A set of named graphs. Every fault a user can cause is a `KgError` of one line."""

    @property
    def location(self) -> str:
        """Where the store lies, in words for messages: a folder, a URL without its password, or `memory`."""

    def add(self, quads: Iterable[Quad]) -> None:
        """Add all the quads or, when something fails, none."""

    def replace_graph(self, graph: NamedNode | str, quads: Iterable[Quad]) -> None:
        """Make the graph hold just these quads, in one step; their own graph names are not looked at."""

    def remove_graph(self, graph: NamedNode | str) -> None:
        """Remove the graph; nothing happens if there is none."""

    def query(self, sparql: str, substitutions: Substitutions | None = None) -> Answer:
        """Run a SELECT, ASK, CONSTRUCT or DESCRIBE over the union of all graphs.

        `substitutions` binds variables to terms (see `kg.store.binding`).
        """

    def update(self, sparql: str) -> None:
        """Run an update, in one step. Patterns see the unnamed graph only: write `GRAPH ?g { }`."""

    def graphs(self) -> list[NamedNode]:
        """The graphs that hold something, sorted."""

    def dump(self) -> Iterator[Quad]:
        """Every quad, sorted by graph, subject, predicate and object."""

    def close(self) -> None:
        """Give the store back; a closed store cannot be used again."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
