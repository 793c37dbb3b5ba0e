"""What keeps one request from harming the others: time, memory, sizes, turns, and no calls to other servers."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.server.keywords import calls
from kg.store import open_store

from .conftest import EX, Server, serving

CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o"
COUNT = f"SELECT (COUNT(*) AS ?number) WHERE {{ {CROSS} }}"
ROWS = f"SELECT * WHERE {{ {CROSS} }}"
SORTED = f"SELECT DISTINCT * WHERE {{ {CROSS} }} ORDER BY ?o"
DIRECT = {"Content-Type": "application/sparql-query"}


@pytest.fixture(scope="module")
def crowded(make_store: Callable[[], Path]) -> Iterator[Server]:
    """A server with tight limits, and enough triples for a cross product to take for ever."""
    path = make_store()
    with open_store(path) as store:
        store.add(Quad(NamedNode(f"{EX}{n}"), NamedNode(f"{EX}p"), Literal(str(n)), NamedNode(EX)) for n in range(2000))
    limits = ("--timeout", 2, "--memory", 256, "--largest-request", 4, "--largest-answer", 1, "--at-once", 2)
    with serving(path, *limits) as running:
        yield running


def works(server: Server) -> bool:
    answer = server.query("ASK { ?s ?p ?o }")
    assert (answer.status, answer.text) == (200, "true")
    return True


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv"])
def test_a_runaway_query_is_answered_by_503(crowded: Server, accept: str) -> None:
    answer = crowded.query(COUNT, accept)
    assert (answer.status, answer.media) == (503, "text/plain")
    assert answer.text == "the query was stopped after 2 s: ask for less, for example with LIMIT\n"
    assert answer.headers["retry-after"]
    assert works(crowded)


def test_a_runaway_construct_and_a_runaway_graph_pattern_too(crowded: Server) -> None:
    never = 'FILTER(CONCAT(STR(?a), STR(?d), STR(?g), STR(?o)) = "")'
    for text in (f"CONSTRUCT {{ ?a ?b ?c }} WHERE {{ {CROSS} {never} }}", f"ASK {{ {CROSS} {never} }}"):
        assert crowded.query(text, "*/*").status == 503
    assert works(crowded)


def test_rows_without_end_are_no_truncated_answer(crowded: Server) -> None:
    answer = crowded.query(ROWS, "application/sparql-results+json")
    assert answer.status == 503
    assert answer.text == "the answer is larger than 1 MiB: ask for less, for example with LIMIT\n"
    assert works(crowded)


def test_an_answer_up_to_the_limit_is_whole(crowded: Server) -> None:
    answer = crowded.query("SELECT ?s ?o WHERE { ?s ?p ?o }", "application/sparql-results+json")
    assert answer.status == 200
    assert len(json.loads(answer.body)["results"]["bindings"]) == 2006


def test_a_greedy_query_ends_at_the_limit_of_memory(make_store: Callable[[], Path]) -> None:
    path = make_store()
    with open_store(path) as store:
        store.add(
            Quad(NamedNode(f"{EX}{n}"), NamedNode(f"{EX}p"), Literal("x" * 200), NamedNode(EX)) for n in range(2000)
        )
    with serving(path, "--memory", 256, "--timeout", 120) as server:
        answer = server.query(SORTED)
        assert answer.status == 503
        assert answer.text == "the query needs more than 256 MiB of memory: ask for less\n"
        assert works(server)


def test_others_are_answered_while_a_query_runs_away(crowded: Server) -> None:
    with ThreadPoolExecutor(1) as pool:
        runaway = pool.submit(crowded.query, COUNT)
        answered = 0
        while not runaway.done():
            answered += works(crowded)
        assert runaway.result().status == 503
    assert answered > 1


def test_queries_beyond_those_at_once_wait_for_their_turn(crowded: Server) -> None:
    with ThreadPoolExecutor(7) as pool:
        asked = [pool.submit(crowded.query, COUNT) for _ in range(6)]
        said = [future.result().text for future in asked]
    assert sum("was stopped" in text for text in said) >= 2
    assert all("was stopped" in text or "is busy" in text for text in said)
    assert works(crowded)


def test_a_query_ends_when_its_client_is_gone(crowded: Server) -> None:
    host, port = crowded.url.removeprefix("http://").split(":")
    request = f"GET /sparql?query={quote(COUNT)} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    assert works(crowded)
    for _ in range(2):  # as many as may run at once
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(request)
            time.sleep(0.3)
    answer = crowded.query("ASK { ?s ?p ?o }")
    assert answer.text == "true"


@pytest.mark.parametrize("chunked", [False, True])
def test_a_large_request_is_refused(crowded: Server, chunked: bool) -> None:
    body = ("ASK { } #" + "x" * 5000).encode()
    if chunked:
        pieces = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:3000], body[3000:])) + b"0\r\n\r\n"
        answer = crowded.send("POST", "/sparql", pieces, DIRECT | {"Transfer-Encoding": "chunked"})
    else:
        answer = crowded.send("POST", "/sparql", body, DIRECT)
    assert (answer.status, answer.text) == (413, "the request's body is larger than 4,096 bytes\n")
    assert crowded.send("POST", "/sparql", body[:4000], DIRECT).status == 200


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server that others could be made to call, and the requests that it got."""
    got: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    got.append(connection.recv(4096).decode())

        threading.Thread(target=take, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/sparql", got


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
        "SELECT * { service silent <%s> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o .SERVICE<%s>{ ?s ?p ?o } }",
        "SELECT * { BIND(<%s> AS ?x) SERVICE ?x { ?s ?p ?o } }",
        "PREFIX SERVICE: <%s> SELECT * { SERVICE SERVICE: { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'a\\' # b' SERVICE <%s> { ?s ?p ?o } }",
        'SELECT * { ?s ?p """a"b""c""" . SERVICE <%s> { ?s ?p ?o } } # """',
        "SELECT * { FILTER(1 <?x && 2> 1) SERVICE <%s> { ?s ?p ?o } }",
        "SELECT * { # <\n SERVICE <%s> { ?s ?p ?o } # >\n }",
        "ASK { { SELECT * { { SERVICE <%s> { ?s ?p ?o } } } } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER EXISTS { SERVICE <%s> { ?s ?p ?o } } }",
        "SELECT * { \\u0053ERVICE <%s> { ?s ?p ?o } }",
        "PREFIX : <%s#> SELECT * { SERVICE:a { ?s ?p ?o } }",
        "SELECT * { SERVICESILENT<%s>{ ?s ?p ?o } }",
        "PREFIX : <%s#> SELECT * { ?s ?p 1.SERVICESILENT:a { ?s ?p ?o } }",
        "SELECT * FROM <%s> { ?s ?p ?o }",
    ],
)
def test_no_query_makes_it_call_another_server(server: Server, listener: tuple[str, list[str]], text: str) -> None:
    address, got = listener
    answer = server.query(text.replace("%s", address))
    if "FROM" not in text and "\\u" not in text:
        assert answer.text == "SERVICE is switched off: this server calls no others\n"
        assert answer.status == 403
    assert got == []


def test_a_text_of_any_size_is_looked_through_at_once() -> None:
    for piece in ("a.", "a-", "a:", "<a", '"""', "'a", "\\", "a.b:", "{"):
        assert calls(piece * 300_000) is None  # quadratic time would be hours


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?SERVICE { ?service ?p $service FILTER(?service != 'SERVICE' && ?p != \"SERVICE\") }",
        "PREFIX s: <http://example.org/service/> ASK { s:SERVICE a s:service . _:service ?p ?o } # SERVICE",
        "ASK { <http://example.org/SERVICE> ?p '''\nSERVICE''', 'x'@service }",
    ],
)
def test_the_word_elsewhere_is_no_keyword(server: Server, text: str) -> None:
    assert calls(text) is None
    assert server.query(text).status == 200
