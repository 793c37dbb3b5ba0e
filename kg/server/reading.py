"""The current snapshot behind the `Store` protocol, for the code that takes a store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NoReturn

import pyoxigraph as ox

from kg.errors import KgError
from kg.server.engine import Question, Reply
from kg.server.faults import Refused
from kg.store import Answer, Solutions, Substitutions
from kg.store.binding import bind
from kg.store.closing import Closing
from kg.store.embedded import materialised, quad_key
from kg.store.errors import is_update, malformed

_JSON, _NTRIPLES, _NQUADS = "application/sparql-results+json", "application/n-triples", "application/n-quads"


class SnapshotStore(Closing):
    """A read-only store that asks the engines; every method waits for its answer."""

    def __init__(self, location: str, ask: Callable[[Question], Reply]) -> None:
        self.location = location
        self._ask = ask

    def query(self, sparql: str, substitutions: Substitutions | None = None) -> Answer:
        if is_update(sparql):
            raise KgError("this is an update, and a query only reads: give a SELECT, ASK, CONSTRUCT or DESCRIBE")
        reply = self._ask(Question(bind(sparql, substitutions), f"{_JSON}, {_NTRIPLES}"))
        body = reply.read()
        if reply.status != 200:
            raise fault(sparql, reply.status, body)
        if reply.headers["Content-Type"].startswith(_JSON):
            return materialised(ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON))
        return [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]

    def graphs(self) -> list[ox.NamedNode]:
        answer = self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        assert isinstance(answer, Solutions)
        return sorted((row["g"] for row in answer if isinstance(row["g"], ox.NamedNode)), key=lambda name: name.value)

    def dump(self) -> Iterator[ox.Quad]:
        body = self._ask(Question(None, _NQUADS)).read()
        return iter(sorted(ox.parse(body, format=ox.RdfFormat.N_QUADS), key=quad_key))

    def add(self, quads: Iterable[ox.Quad]) -> None:
        self._refuse()

    def replace_graph(self, graph: ox.NamedNode | str, quads: Iterable[ox.Quad]) -> None:
        self._refuse()

    def remove_graph(self, graph: ox.NamedNode | str) -> None:
        self._refuse()

    def update(self, sparql: str) -> None:
        self._refuse()

    def close(self) -> None:
        """Nothing is held between questions."""

    def _refuse(self) -> NoReturn:
        raise KgError(f"store {self.location} is open for reading only")


def fault(sparql: str, status: int, body: bytes) -> KgError:
    """The error for an engine's answer that is none."""
    text = body.decode("utf-8", "replace")
    if status == 400:
        return Refused(400, str(malformed(sparql, Exception(text))))
    return Refused(status, " ".join(text.split()))
