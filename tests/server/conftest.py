"""A real server for the tests: `kg serve` in a process of its own, on a store with small graphs of our own."""

from __future__ import annotations

import http.client
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.store import open_store

from ..conftest import KG, environment

EX = "http://example.org/"
HARBOUR, RIVER = f"{EX}harbour", f"{EX}river"
"""The two graphs of the store: two ships in the one, a bridge and a ship in the other."""


def node(name: str) -> NamedNode:
    return NamedNode(EX + name)


def quads() -> list[Quad]:
    kind, name = node("kind"), node("name")
    return [
        Quad(node("aurora"), kind, node("Ship"), NamedNode(HARBOUR)),
        Quad(node("aurora"), name, Literal("Aurora, “the light”", language="en"), NamedNode(HARBOUR)),
        Quad(node("boreas"), kind, node("Ship"), NamedNode(HARBOUR)),
        Quad(node("boreas"), name, Literal("100% Boréas"), NamedNode(HARBOUR)),
        Quad(node("ponte"), kind, node("Bridge"), NamedNode(RIVER)),
        Quad(node("zephyr"), kind, node("Ship"), NamedNode(RIVER)),
    ]


@dataclass(frozen=True)
class Response:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(frozen=True)
class Server:
    """A running server."""

    url: str
    store: Path
    process: subprocess.Popen[str]

    def send(
        self, method: str, path: str, body: bytes | str | None = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        """One request, as it is written here, over a connection of its own."""
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=60)
        try:
            connection.request(method, path, body.encode() if isinstance(body, str) else body, dict(headers or {}))
            answer = connection.getresponse()
            return Response(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def query(self, text: str, accept: str = "text/csv", **parameters: str | list[str]) -> Response:
        """A query by GET; `default_graph_uri` and its like are parameters."""
        given = {"query": text} | {name.replace("_", "-"): value for name, value in parameters.items()}
        return self.send("GET", f"/sparql?{urlencode(given, doseq=True)}", headers={"Accept": accept})

    def rows(self, text: str, **parameters: str | list[str]) -> list[str]:
        """The rows of a query with one variable, sorted."""
        answer = self.query(text, **parameters)
        assert answer.status == 200, answer.text
        return sorted(answer.text.splitlines()[1:])


@contextmanager
def serving(store: Path, *options: object, **variables: str) -> Iterator[Server]:
    """`kg serve` on a free port until the end of the block."""
    command = [*KG, "serve", "--store", str(store), "--port", "0", *map(str, options)]
    process = subprocess.Popen(
        command, env=environment() | variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        line = process.stdout.readline()
        assert line.startswith("Serving"), line + process.stderr.read()
        yield Server(line.split(" at ")[1].split("/ with")[0], store, process)
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()
        process.stderr.close()


def engines(server: Server) -> list[int]:
    """The processes of the engine that answer for the server's store."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().decode().split("\0")
            except OSError:
                continue
            if words[0].endswith("oxigraph") and any(server.store.name in w and ".served-" in w for w in words):
                found.append(int(entry.name))
    return found


@pytest.fixture(scope="session")
def make_store(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Stores on disk with the graphs, each in a folder of its own."""

    def make() -> Path:
        path = (
            tmp_path_factory.mktemp("served") / f"store-{os.getpid()}-{len(os.listdir(tmp_path_factory.getbasetemp()))}"
        )
        with open_store(path) as store:
            store.add(quads())
        return path

    return make


@pytest.fixture(scope="session")
def server(make_store: Callable[[], Path]) -> Iterator[Server]:
    """A server that only reads; shared."""
    with serving(make_store()) as running:
        yield running


@pytest.fixture(scope="session")
def writable(make_store: Callable[[], Path]) -> Iterator[Server]:
    """A server that takes updates with the token `s3cret`; shared, and no test changes the first two graphs."""
    with serving(make_store(), "--writable", KG_SERVE_TOKEN="s3cret") as running:
        yield running
