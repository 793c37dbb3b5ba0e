"""The store behind a server: addresses, credentials, and answers that are not whole."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from kg.errors import KgError
from kg.store import open_store
from kg.store.http import Address

from .conftest import free_port


class Faulty(BaseHTTPRequestHandler):
    """A server that says it is Virtuoso and answers as it is told."""

    answer: ClassVar[tuple[int, dict[str, str], bytes]]

    def do_GET(self) -> None:
        self._send(200, {}, b'{"head": {}, "boolean": true}')

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._send(*self.answer)

    def version_string(self) -> str:
        return "Virtuoso/07.20"

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/sparql-results+json", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def faulty() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Faulty)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    thread.join()
    server.server_close()


def rows(number: int) -> bytes:
    binding = {"s": {"type": "uri", "value": "urn:s"}}
    return json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": [binding] * number}}).encode()


@pytest.mark.parametrize(
    ("headers", "body", "message"),
    [
        ({}, rows(3)[:-20], "broke off its answer"),
        ({}, rows(1)[:-3] + b"The SPARQL operation has been cancelled", "broke off its answer"),
        ({"X-SPARQL-MaxRows": "3"}, rows(3), "cut the answer short"),
        ({"X-SQL-State": "S1TAT"}, rows(1), "cut the answer short"),
    ],
)
def test_an_answer_that_is_not_whole_is_an_error(
    faulty: str, headers: dict[str, str], body: bytes, message: str
) -> None:
    Faulty.answer = (200, headers, body)
    with open_store(faulty) as store, pytest.raises(KgError, match=message):
        store.query("SELECT ?s WHERE { ?s ?p ?o }")


def test_an_answer_below_the_limit_is_whole(faulty: str) -> None:
    Faulty.answer = (200, {"X-SPARQL-MaxRows": "3"}, rows(2))
    with open_store(faulty) as store:
        assert len(store.query("SELECT ?s WHERE { ?s ?p ?o }")) == 2  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (401, b"", "set KG_STORE_USER and KG_STORE_PASSWORD"),
        (500, b"Virtuoso 42000 Error SR353\nmore", "HTTP 500: Virtuoso 42000 Error SR353$"),
        (503, b"busy", "HTTP 503: busy"),
    ],
)
def test_a_refusal_is_one_line(faulty: str, status: int, body: bytes, message: str) -> None:
    Faulty.answer = (status, {}, body)
    with open_store(faulty) as store, pytest.raises(KgError, match=message) as caught:
        store.query("SELECT ?s WHERE { ?s ?p ?o }")
    assert "\n" not in str(caught.value)


def test_the_address_of_queries_will_do(oxigraph_url: str) -> None:
    with open_store(oxigraph_url + "/query") as store:
        assert store.query("ASK { }") is True
        assert store.location == oxigraph_url + "/query"


def test_no_server() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(KgError, match=rf"^store {url} cannot be reached \(connection refused\): start the server"):
        open_store(url)


def test_a_server_of_something_else(oxigraph_url: str) -> None:
    with pytest.raises(KgError, match="no SPARQL service"):
        open_store(oxigraph_url + "/elsewhere")


def test_reading_only(oxigraph_url: str) -> None:
    with open_store(oxigraph_url, read_only=True) as store, pytest.raises(KgError, match="for reading only"):
        store.update("CLEAR ALL")


def test_credentials_come_from_the_url_or_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE_USER", "reader")
    monkeypatch.setenv("KG_STORE_PASSWORD", "secret")
    assert Address.parse("http://h:1/x/") == Address("http://h:1/x", "reader", "secret")
    assert Address.parse("http://a%40b:c%3A@h:1") == Address("http://h:1", "a@b", "c:")


def test_a_password_is_never_shown(oxigraph_url: str) -> None:
    with open_store(oxigraph_url.replace("//", "//me:secret@")) as store:
        assert "secret" not in store.location
