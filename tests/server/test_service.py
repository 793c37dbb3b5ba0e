"""The service inside the server's own process, which pages read through."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Triple

from kg.errors import KgError
from kg.server.engine import Question
from kg.server.faults import Refused
from kg.server.limits import Limits
from kg.server.service import Service
from kg.store import Solutions, Store, open_store

from .conftest import EX, HARBOUR, RIVER, node, quads

CROSS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?p ?q ?r . ?s ?t ?u . ?v ?w ?x. "
    "?a1 ?b1 ?c1 . ?d1 ?e1 ?f1 . ?g1 ?h1 ?i1 . ?j1 ?k1 ?l1 . ?m1 ?n2 ?o1 . ?p1 ?q1 ?r1 }"
)


def run(work: Coroutine[None, None, None]) -> None:
    """Run it in a loop of a thread's own: the tests in a browser leave a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


def with_service(path: Path, check: Callable[[Service], None], limits: Limits | None = None) -> None:
    """Run a check as an endpoint runs: in a thread, while the service's loop turns."""

    async def go() -> None:
        async with Service(path, limits or Limits()) as service:
            await asyncio.to_thread(check, service)

    run(go())


def test_queries_with_bindings_and_prefixes(make_store: Callable[[], Path]) -> None:
    def check(service: Service) -> None:
        answer = service.query(f"SELECT ?s WHERE {{ ?s <{EX}kind> ?kind }} ORDER BY ?s", kind=node("Bridge"))
        assert isinstance(answer, Solutions)
        assert [row["s"] for row in answer] == [node("ponte")]
        assert service.query("ASK { ?s skos:prefLabel ?label }") is False
        triples = service.query("CONSTRUCT WHERE { ?s ?p ?o }")
        assert isinstance(triples, list)
        assert set(triples) == {Triple(*quad.triple) for quad in quads()}

    with_service(make_store(), check)


def test_its_store_is_a_store_that_only_reads(make_store: Callable[[], Path]) -> None:
    def check(service: Service) -> None:
        store = service.store
        assert isinstance(store, Store)
        assert [graph.value for graph in store.graphs()] == [HARBOUR, RIVER]
        with open_store(service.store_path, read_only=True) as same:
            assert list(store.dump()) == list(same.dump())
        for write in (
            lambda: store.add(quads()),
            lambda: store.remove_graph(HARBOUR),
            lambda: store.replace_graph(HARBOUR, []),
            lambda: store.update("CLEAR ALL"),
            lambda: store.query("CLEAR ALL"),
        ):
            with pytest.raises(KgError, match=r"reading only|only reads"):
                write()

    with_service(make_store(), check)


def test_what_goes_wrong_is_told_in_one_line(make_store: Callable[[], Path]) -> None:
    def check(service: Service) -> None:
        with pytest.raises(Refused, match=r"was stopped after 0\.5 s") as stopped:
            service.query(CROSS)
        assert stopped.value.status == 503
        with pytest.raises(KgError, match="malformed SPARQL at line 1"):
            service.query("SELECT WHERE")

    with_service(make_store(), check, Limits(timeout=0.5))


def test_waiting_in_the_loop_itself_is_a_mistake_that_is_told(make_store: Callable[[], Path]) -> None:
    async def go() -> None:
        async with Service(make_store(), Limits()) as service:
            with pytest.raises(RuntimeError, match="not `async def`"):
                service.query("ASK { }")
            reply = await service.ask(Question("ASK { }", "text/csv"))
            assert reply.read() == b"true"

    run(go())


def test_the_generation_grows_with_each_snapshot(make_store: Callable[[], Path]) -> None:
    async def go() -> None:
        path = make_store()
        async with Service(path, Limits()) as service:
            first = service.generation
            with open_store(path) as store:
                store.remove_graph(NamedNode(RIVER))
            for _ in range(600):
                await asyncio.sleep(0.1)
                if service.generation > first:
                    break
            assert service.generation == first + 1
            reply = await service.ask(Question("SELECT ?g { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g", "text/csv"))
            assert reply.read().decode().split() == ["g", HARBOUR]

    run(go())
