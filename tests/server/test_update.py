"""The update half of the SPARQL 1.1 Protocol, which needs `--writable` and the token."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from kg.server.keywords import using

from .conftest import EX, HARBOUR, RIVER, Response, Server

TOKEN = {"Authorization": "Bearer s3cret"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-update"}
FLEET = f"{EX}fleet"


def update(server: Server, text: str, **dataset: list[str]) -> Response:
    graphs = [(name.replace("_", "-"), iri) for name, iris in dataset.items() for iri in iris]
    return server.send("POST", f"/sparql?{urlencode(graphs)}", text, DIRECT | TOKEN)


def found(server: Server, graph: str = FLEET) -> list[str]:
    return server.rows(f"SELECT ?s WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")


@pytest.mark.parametrize("way", ["direct", "form"])
def test_an_update_is_seen_by_the_next_query(writable: Server, way: str) -> None:
    text = f"CLEAR SILENT GRAPH <{FLEET}> ; INSERT DATA {{ GRAPH <{FLEET}> {{ <{EX}notus> <{EX}kind> <{EX}{way}> }} }}"
    if way == "direct":
        answer = update(writable, text)
    else:
        answer = writable.send("POST", "/sparql", urlencode({"update": text}), FORM | TOKEN)
    assert (answer.status, answer.body) == (204, b"")
    assert writable.rows(f"SELECT ?o WHERE {{ GRAPH <{FLEET}> {{ ?s ?p ?o }} }}") == [f"{EX}{way}"]


def test_several_operations_are_one_step(writable: Server) -> None:
    first = f"CLEAR SILENT GRAPH <{FLEET}> ; INSERT DATA {{ GRAPH <{FLEET}> {{ <{EX}eurus> <{EX}kind> <{EX}Ship> }} }}"
    assert update(writable, f"{first} ; CREATE GRAPH <{HARBOUR}>").status == 400  # which is there already
    assert f"{EX}eurus" not in found(writable)
    again = f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o FILTER(?s = <{EX}eurus>) }} }}"
    assert update(writable, f"{first} ; {again}").status == 204
    assert found(writable) == []


def test_the_dataset_of_the_request(writable: Server) -> None:
    def copied(pattern: str, **dataset: list[str]) -> list[str]:
        text = f"INSERT {{ GRAPH <{FLEET}> {{ ?s <{EX}in> <{EX}fleet> }} }} WHERE {{ {pattern} }}"
        assert update(writable, f"CLEAR SILENT GRAPH <{FLEET}> ; {text}", **dataset).status == 204
        return found(writable)

    ships = f"?s <{EX}kind> <{EX}Ship>"
    assert copied(ships, using_graph_uri=[RIVER]) == [f"{EX}zephyr"]
    assert copied(ships, using_graph_uri=[RIVER, HARBOUR]) == [f"{EX}aurora", f"{EX}boreas", f"{EX}zephyr"]
    assert copied(f"GRAPH ?g {{ {ships} }}", using_named_graph_uri=[RIVER]) == [f"{EX}zephyr"]
    assert copied(
        f"GRAPH <{RIVER}> {{ ?r ?p ?o }} {ships}", using_graph_uri=[HARBOUR], using_named_graph_uri=[RIVER]
    ) == [f"{EX}aurora", f"{EX}boreas"]


def test_a_base_and_a_literal_that_looks_like_an_update(writable: Server) -> None:
    data = '{ GRAPH <fleet> { <notus> <says> "DELETE WHERE { LOAD }" } }'
    text = f"BASE <{EX}> CLEAR SILENT GRAPH <fleet> ; INSERT DATA {data}"
    assert update(writable, text).status == 204
    assert found(writable) == [f"{EX}notus"]


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ("CLEAR ALL", DIRECT, 401),
        ("CLEAR ALL", DIRECT | {"Authorization": "Bearer guess"}, 401),
        ("CLEAR ALL", DIRECT | {"Authorization": "Basic s3cret"}, 401),
        (urlencode({"update": "CLEAR ALL"}), FORM, 401),
        (urlencode([("update", "CLEAR ALL"), ("update", "CLEAR ALL")]), FORM | TOKEN, 400),
        ("CLEAR ALL", {"Content-Type": "text/plain"} | TOKEN, 415),
        ("CLEAR ALL", TOKEN, 415),
        ("INSERT DATA { <urn:a> <urn:b> 'Boréas' }".encode("latin-1"), DIRECT | TOKEN, 400),
        ("CLEAR EVERYTHING", DIRECT | TOKEN, 400),
        ("SELECT * { ?s ?p ?o }", DIRECT | TOKEN, 400),
        ("LOAD <http://127.0.0.1:9/data>", DIRECT | TOKEN, 403),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", DIRECT | TOKEN, 403),
    ],
)
def test_updates_that_are_refused(writable: Server, body: bytes | str, headers: dict[str, str], status: int) -> None:
    answer = writable.send("POST", "/sparql", body, headers)
    assert answer.status == status
    assert len(answer.text.splitlines()) == 1
    assert found(writable, RIVER) == [f"{EX}ponte", f"{EX}zephyr"]


def test_an_update_by_get_is_refused(writable: Server) -> None:
    assert writable.send("GET", "/sparql?update=CLEAR%20ALL", headers=TOKEN).status == 400
    assert found(writable, RIVER) == [f"{EX}ponte", f"{EX}zephyr"]


@pytest.mark.parametrize(
    "text",
    [
        f"INSERT {{ <urn:a> <urn:b> ?s }} USING <{RIVER}> WHERE {{ ?s ?p ?o }}",
        f"INSERT {{ <urn:a> <urn:b> ?s }} USING NAMED <{RIVER}> WHERE {{ ?s ?p ?o }}",
        f"WITH <{RIVER}> INSERT {{ <urn:a> <urn:b> ?s }} WHERE {{ ?s ?p ?o }}",
    ],
)
def test_a_dataset_set_twice_is_a_conflict(writable: Server, text: str) -> None:
    assert update(writable, text, using_graph_uri=[HARBOUR]).status == 400
    assert update(writable, text, using_named_graph_uri=[HARBOUR]).status == 400


def test_the_description_tells_of_updates(writable: Server) -> None:
    answer = writable.send("GET", "/sparql", headers={"Accept": "application/ld+json"})
    assert "SPARQL11Update" in json.dumps(json.loads(answer.body))


def test_where_a_dataset_is_written() -> None:
    text = 'DELETE { ?s ?p "WHERE" } # WHERE\n%sWHERE { { SELECT * WHERE { ?s ?p ?o } } } ; INSERT {} %sWHERE {}'
    clauses = "USING <urn:d> USING NAMED <urn:n> "
    assert using(text % ("", ""), ["urn:d"], ["urn:n"]) == text % (clauses, clauses)
    assert using(text, [], []) == text
    assert using("DELETE WHERE { ?s ?p ?o }", ["urn:d"], []) is None
