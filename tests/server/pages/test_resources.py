"""Every IRI of the base answers at the path after it, as a page, Turtle or JSON-LD."""

from __future__ import annotations

import json

import httpx
import pyoxigraph as ox
import pytest

from kg.graph.terms import BASE, CD, DCT
from kg.server.pages.negotiation import HTML, JSON_LD, TURTLE, preferred


def turtle(client: httpx.Client, path: str) -> set[ox.Triple]:
    answer = client.get(path, headers={"Accept": "text/turtle"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].startswith("text/turtle")
    assert "Accept" in answer.headers["Vary"]
    return {quad.triple for quad in ox.parse(answer.content, format=ox.RdfFormat.TURTLE)}


PATHS = (
    "actor/taliban-unlisted agreement/pact place/doha-unlisted event/strike document/doha-talks time/2020-02-29 "
    "ontology plover"
)


@pytest.mark.parametrize("path", [f"/{path}" for path in PATHS.split()])
def test_page_turtle_and_json_ld(client: httpx.Client, path: str) -> None:
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert page.headers["Content-Type"].startswith("text/html")
    assert turtle(client, path)
    linked = client.get(path, headers={"Accept": "application/ld+json"})
    assert linked.headers["Content-Type"] == "application/ld+json"
    assert json.loads(linked.text)
    assert client.get(f"{path}?format=turtle").headers["Content-Type"].startswith("text/turtle")


def test_a_document_is_its_whole_graph(client: httpx.Client) -> None:
    triples = turtle(client, "/document/doha-talks")
    node = ox.NamedNode(f"{BASE}document/doha-talks")
    assert ox.Triple(node, DCT.identifier, ox.Literal("doha-talks")) in triples
    assert any(t.predicate == CD.evidence for t in triples)


def test_a_report_comes_with_its_sentence_and_leads_to_its_document(client: httpx.Client) -> None:
    found = client.get("/api/queries/who-signed-what-when")
    assert found.status_code == 200
    event = turtle(client, "/event/signing")
    report = next(t.object for t in event if t.predicate == CD.toldBy)
    assert isinstance(report, ox.NamedNode)
    path = "/" + report.value.removeprefix(BASE)
    assert any("#trigger" in str(t.subject) for t in turtle(client, path))
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 303
    assert page.headers["Location"] == f"/document/doha-talks#{report.value.rsplit('/', 1)[1]}"


def test_the_graph_of_the_world_is_sent_by_the_graph_store(client: httpx.Client) -> None:
    assert "statements" in client.get("/graph/world").text
    sent = client.get("/graph/world", headers={"Accept": "text/turtle"})
    assert sent.status_code == 303
    whole = client.get(sent.headers["Location"], headers={"Accept": "text/turtle"})
    assert whole.status_code == 200
    assert "cd:Signing" in whole.text or "ontology#Signing" in whole.text


def test_a_name_that_needs_encoding_is_found(client: httpx.Client) -> None:
    assert client.get("/thing/100%25%20sure", headers={"Accept": "text/turtle"}).status_code == 404
    assert client.get("/a b%3Cc%3E", headers={"Accept": "text/html"}).status_code == 404


def test_what_is_not_there_and_what_is_not_offered(client: httpx.Client) -> None:
    assert client.get("/actor/nobody").status_code == 404
    assert client.get("/actor/taliban-unlisted", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/actor/taliban-unlisted?format=word").status_code == 400


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        ("", HTML),
        ("*/*", HTML),
        ("text/turtle", TURTLE),
        ("text/html;q=0.5, text/turtle", TURTLE),
        ("application/ld+json, */*;q=0.1", JSON_LD),
        ("text/*;q=0.3, text/html;q=0, application/xml", TURTLE),
        ("text/html;q=no, text/turtle;q=0.2", TURTLE),
        ("image/png", None),
    ],
)
def test_preference(accept: str, type_: str | None) -> None:
    assert preferred(accept) == type_
