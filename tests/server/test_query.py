"""The query half of the SPARQL 1.1 Protocol: what the W3C's test cases for it check, in our own words and graphs."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
from pyoxigraph import RdfFormat, parse

from .conftest import EX, HARBOUR, RIVER, Response, Server, quads

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
SHIPS = f"SELECT ?s WHERE {{ ?s <{EX}kind> <{EX}Ship> }}"
NAMED = f"SELECT ?s WHERE {{ GRAPH ?g {{ ?s <{EX}kind> <{EX}Ship> }} }}"
ALL = [f"{EX}aurora", f"{EX}boreas", f"{EX}zephyr"]


def names(answer: Response) -> list[str]:
    assert answer.status == 200, answer.text
    assert answer.media == "application/sparql-results+json"
    return sorted(row["s"]["value"] for row in json.loads(answer.body)["results"]["bindings"])


def test_query_by_get(server: Server) -> None:
    assert names(server.send("GET", f"/sparql?query={quote(SHIPS)}")) == ALL


def test_query_by_form(server: Server) -> None:
    assert names(server.send("POST", "/sparql", urlencode({"query": SHIPS}), FORM)) == ALL


def test_query_by_direct_post(server: Server) -> None:
    assert names(server.send("POST", "/sparql", SHIPS, DIRECT)) == ALL


@pytest.mark.parametrize("method", ["get", "form", "direct"])
def test_the_dataset_of_the_request(server: Server, method: str) -> None:
    def ask(text: str, **dataset: list[str]) -> list[str]:
        graphs = [(f"{kind}-graph-uri", iri) for kind, iris in dataset.items() for iri in iris]
        if method == "get":
            return names(server.send("GET", f"/sparql?{urlencode([('query', text), *graphs])}"))
        if method == "form":
            return names(server.send("POST", "/sparql", urlencode([("query", text), *graphs]), FORM))
        return names(server.send("POST", f"/sparql?{urlencode(graphs)}", text, DIRECT))

    assert ask(SHIPS, default=[RIVER]) == [f"{EX}zephyr"]
    assert ask(SHIPS, default=[RIVER, HARBOUR]) == ALL
    assert ask(NAMED, named=[RIVER]) == [f"{EX}zephyr"]
    assert ask(NAMED, named=[RIVER, HARBOUR]) == ALL
    assert ask(SHIPS, named=[RIVER]) == []
    assert ask(NAMED, default=[RIVER]) == []
    assert ask(SHIPS, default=[HARBOUR], named=[RIVER]) == [f"{EX}aurora", f"{EX}boreas"]
    assert ask(NAMED, default=[HARBOUR], named=[RIVER]) == [f"{EX}zephyr"]


def test_the_dataset_of_the_query_and_which_of_the_two_holds(server: Server) -> None:
    own = f"SELECT ?s FROM <{RIVER}> WHERE {{ ?s <{EX}kind> <{EX}Ship> }}"
    assert server.rows(own) == [f"{EX}zephyr"]
    assert server.rows(own, default_graph_uri=HARBOUR) == [f"{EX}aurora", f"{EX}boreas"]
    assert server.rows(f"SELECT ?s FROM NAMED <{RIVER}> WHERE {{ GRAPH ?g {{ ?s <{EX}kind> <{EX}Ship> }} }}") == [
        f"{EX}zephyr"
    ]


def test_without_a_dataset_the_default_graph_is_the_union_of_all(server: Server) -> None:
    assert server.rows(SHIPS) == server.rows(NAMED) == ALL


@pytest.mark.parametrize("text", [SHIPS, f"ASK {{ ?s <{EX}kind> <{EX}Ship> }}"], ids=["select", "ask"])
@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("application/sparql-results+xml;q=0.5, text/csv;q=0.9", "text/csv"),
        ("text/html, image/png, */*;q=0.1", "application/sparql-results+json"),
    ],
)
def test_results_in_the_format_that_is_asked_for(server: Server, text: str, accept: str, media: str) -> None:
    answer = server.query(text, accept)
    assert (answer.status, answer.media) == (200, media)
    assert "accept" in answer.headers["vary"].lower()


def test_each_result_format_says_the_same(server: Server) -> None:
    text = f"SELECT ?s ?n WHERE {{ ?s <{EX}name> ?n }} ORDER BY ?s"
    wanted = ["Aurora, “the light”", "100% Boréas"]
    found = json.loads(server.query(text, "application/sparql-results+json").body)["results"]["bindings"]
    assert [row["n"]["value"] for row in found] == wanted
    assert found[0]["n"]["xml:lang"] == "en"
    xml = ElementTree.fromstring(server.query(text, "application/sparql-results+xml").body)
    assert [e.text for e in xml.iter("{http://www.w3.org/2005/sparql-results#}literal")] == wanted
    rows = list(csv.reader(io.StringIO(server.query(text, "text/csv").text)))
    assert [row[1] for row in rows] == ["n", *wanted]
    lines = server.query(text, "text/tab-separated-values").text.splitlines()
    assert lines[1].split("\t")[1] == '"Aurora, “the light”"@en'


@pytest.mark.parametrize(
    "text", ["CONSTRUCT WHERE { ?s ?p ?o }", f"DESCRIBE <{EX}aurora>"], ids=["construct", "describe"]
)
@pytest.mark.parametrize(
    ("accept", "media", "format_"),
    [
        ("text/turtle", "text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", RdfFormat.N_TRIPLES),
        ("application/ld+json", "application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml", "application/rdf+xml", RdfFormat.RDF_XML),
        ("*/*", "text/turtle", RdfFormat.TURTLE),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/turtle", RdfFormat.TURTLE),
    ],
)
def test_triples_in_the_format_that_is_asked_for(
    server: Server, text: str, accept: str, media: str, format_: RdfFormat
) -> None:
    answer = server.query(text, accept)
    assert (answer.status, answer.media) == (200, media)
    triples = {quad.triple for quad in parse(answer.body, format=format_)}
    assert triples == {q.triple for q in quads() if text.startswith("CONSTRUCT") or q.subject.value.endswith("aurora")}


@pytest.mark.parametrize(
    ("text", "accept"), [(SHIPS, "text/turtle"), (SHIPS, "image/png"), ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv")]
)
def test_a_format_that_cannot_be_is_refused(server: Server, text: str, accept: str) -> None:
    assert server.query(text, accept).status == 406


def test_every_character_comes_through(server: Server) -> None:
    text = f'SELECT ?s WHERE {{ ?s <{EX}name> "100% Boréas" }}'
    assert server.rows(text) == [f"{EX}boreas"]
    for headers, body in ((DIRECT, text), (FORM, urlencode({"query": text}))):
        assert names(server.send("POST", "/sparql", body, headers)) == [f"{EX}boreas"]
    charset = {"Content-Type": "application/sparql-query; charset=UTF-8"}
    assert names(server.send("POST", "/sparql", text, charset)) == [f"{EX}boreas"]


def test_head_tells_what_get_would(server: Server) -> None:
    answer = server.send("HEAD", f"/sparql?query={quote(SHIPS)}")
    assert (answer.status, answer.media, answer.body) == (200, "application/sparql-results+json", b"")


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("PUT", f"/sparql?query={quote(SHIPS)}", None, {}, 405),
        ("DELETE", "/sparql", None, {}, 405),
        ("GET", "/sparql?" + urlencode([("query", SHIPS), ("query", "ASK {}")]), None, {}, 400),
        ("POST", "/sparql", urlencode([("query", SHIPS), ("query", "ASK {}")]), FORM, 400),
        ("POST", "/sparql", urlencode([("query", SHIPS), ("update", "CLEAR ALL")]), FORM, 400),
        ("POST", "/sparql", urlencode({"default-graph-uri": RIVER}), FORM, 400),
        ("POST", "/sparql", SHIPS, {"Content-Type": "text/plain"}, 415),
        ("POST", "/sparql", urlencode({"query": SHIPS}), {"Content-Type": "text/plain"}, 415),
        ("POST", "/sparql", urlencode({"query": SHIPS}), {}, 415),
        ("POST", "/sparql", SHIPS, {}, 415),
        ("POST", "/sparql", "ASK { ?s ?p 'Boréas' }".encode("latin-1"), DIRECT, 400),
        ("POST", "/sparql", SHIPS.encode("utf-16"), {"Content-Type": "application/sparql-query; charset=UTF-16"}, 415),
        ("POST", "/sparql", SHIPS.encode("utf-16"), DIRECT, 400),
        ("POST", "/sparql", b"query=ASK+%7B+%3Fs+%3Fp+'%E9'+%7D", FORM, 400),
        ("GET", "/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20'%E9'%20%7D", None, {}, 400),
        ("GET", "/sparql?query=SELECT%20WHERE", None, {}, 400),
        ("POST", "/sparql", "", DIRECT, 400),
        ("GET", f"/sparql?{urlencode({'query': SHIPS, 'default-graph-uri': 'not an iri'})}", None, {}, 400),
        ("GET", f"/sparql?{urlencode({'update': 'CLEAR ALL'})}", None, {}, 400),
        ("GET", f"/sparql?{urlencode({'query': 'CLEAR ALL'})}", None, {}, 400),
        ("POST", "/sparql", urlencode({"update": "CLEAR ALL"}), FORM, 403),
        ("POST", "/sparql", "CLEAR ALL", {"Content-Type": "application/sparql-update"}, 403),
    ],
)
def test_requests_that_break_the_protocol(
    server: Server, method: str, path: str, body: bytes | str | None, headers: dict[str, str], status: int
) -> None:
    answer = server.send(method, path, body, headers)
    assert answer.status == status
    assert len(answer.text.splitlines()) == 1
    assert server.rows(SHIPS) == ALL


def test_a_malformed_query_is_told_where_and_what(server: Server) -> None:
    answer = server.query("SELECT ?s\nWHERE { ?s a ex:Ship }")
    assert answer.status == 400
    assert answer.media == "text/plain"
    assert answer.text == "malformed SPARQL at line 2, column 21: a prefix is not declared: WHERE { ?s a ex:Ship }\n"


def test_pages_of_other_origins_may_read(server: Server) -> None:
    origin = {"Origin": "https://example.net"}
    answer = server.send("GET", f"/sparql?query={quote(SHIPS)}", headers=origin)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    preflight = origin | {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    answer = server.send("OPTIONS", "/sparql", headers=preflight)
    assert answer.status == 200
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert answer.headers["access-control-allow-headers"] == "content-type"
    refused = server.send("GET", "/sparql?query=SELEKT", headers=origin)
    assert (refused.status, refused.headers["access-control-allow-origin"]) == (400, "*")
