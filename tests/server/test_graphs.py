"""The Graph Store Protocol, the service description and VoID."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.graph.description import DATASET

from .conftest import EX, HARBOUR, RIVER, Server, quads

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


@pytest.mark.parametrize(
    ("accept", "media", "format_"),
    [
        ("text/turtle", "text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", RdfFormat.N_TRIPLES),
        ("application/ld+json", "application/ld+json", RdfFormat.JSON_LD),
    ],
)
def test_a_graph_by_its_name(server: Server, accept: str, media: str, format_: RdfFormat) -> None:
    answer = server.send("GET", f"/store?graph={quote(RIVER)}", headers={"Accept": accept})
    assert (answer.status, answer.media) == (200, media)
    wanted = {quad.triple for quad in quads() if quad.graph_name == NamedNode(RIVER)}
    assert {quad.triple for quad in parse(answer.body, format=format_)} == wanted


def test_the_default_graph_is_what_queries_see(server: Server) -> None:
    answer = server.send("GET", "/store?default")
    assert {quad.triple for quad in parse(answer.body, format=RdfFormat.TURTLE)} == {quad.triple for quad in quads()}


def test_the_whole_dataset(server: Server) -> None:
    answer = server.send("GET", "/store")
    assert answer.media == "application/n-quads"
    assert set(parse(answer.body, format=RdfFormat.N_QUADS)) == {Quad(*quad) for quad in quads()}


def test_head_tells_whether_a_graph_is_there(server: Server) -> None:
    assert server.send("HEAD", f"/store?graph={quote(RIVER)}").status == 200
    assert server.send("HEAD", f"/store?graph={quote(EX)}sea").status == 404


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", f"/store?graph={quote(EX)}sea", 404),
        ("GET", "/store?graph=sea", 400),
        ("GET", f"/store?default&graph={quote(RIVER)}", 400),
        ("PUT", f"/store?graph={quote(RIVER)}", 405),
        ("POST", f"/store?graph={quote(RIVER)}", 405),
        ("DELETE", f"/store?graph={quote(RIVER)}", 405),
        ("PATCH", f"/store?graph={quote(RIVER)}", 405),
    ],
)
def test_what_the_graph_store_refuses(server: Server, method: str, path: str, status: int) -> None:
    answer = server.send(method, path, headers={"Content-Type": "text/turtle"})
    assert answer.status == status
    if status == 405:
        assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert len(server.rows("SELECT * { ?s ?p ?o }")) == len(quads())


@pytest.mark.parametrize(
    ("accept", "format_"),
    [("text/turtle", RdfFormat.TURTLE), ("application/ld+json", RdfFormat.JSON_LD), ("*/*", RdfFormat.TURTLE)],
)
def test_the_service_description(server: Server, accept: str, format_: RdfFormat) -> None:
    answer = server.send("GET", "/sparql", headers={"Accept": accept})
    assert answer.media == format_.media_type
    said = {quad.triple for quad in parse(answer.body, format=format_)}
    endpoint = NamedNode(f"{server.url}/sparql")

    def of(subject: object, term: str) -> set[str]:
        return {t.object.value for t in said if t.subject == subject and t.predicate.value == SD + term}

    assert of(endpoint, "endpoint") == {endpoint.value}
    assert of(endpoint, "supportedLanguage") == {f"{SD}SPARQL11Query"}
    assert of(endpoint, "feature") == {f"{SD}UnionDefaultGraph"}
    assert "http://www.w3.org/ns/formats/SPARQL_Results_CSV" in of(endpoint, "resultFormat")
    assert {t.object.value for t in said if t.predicate.value == f"{SD}name"} == {HARBOUR, RIVER}


def test_a_browser_at_the_endpoint_gets_the_editor(server: Server) -> None:
    answer = server.send("GET", "/sparql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (answer.status, answer.headers["location"]) == (303, "editor")


def test_void_tells_what_there_is(server: Server) -> None:
    answer = server.send("GET", "/.well-known/void")
    assert (answer.status, answer.headers["location"]) == (303, f"{server.url}/void")
    said = {quad.triple for quad in parse(server.send("GET", "/void").body, format=RdfFormat.TURTLE)}
    dataset = DATASET
    about = {t.predicate.value: t.object.value for t in said if t.subject == dataset}
    assert about[f"{VOID}triples"] == str(len(quads()))
    assert about[f"{VOID}sparqlEndpoint"] == f"{server.url}/sparql"
    assert about[f"{VOID}properties"] == "2"
    sizes = {t.subject: t.object.value for t in said if t.predicate.value == f"{VOID}triples" and t.subject != dataset}
    properties = {t.object.value: sizes[t.subject] for t in said if t.predicate.value == f"{VOID}property"}
    assert properties == {f"{EX}kind": "4", f"{EX}name": "2"}
    assert server.send("GET", "/void", headers={"Accept": "image/png"}).status == 406
