"""The clients that people use: SPARQLWrapper, rdflib, curl, and `kg` itself."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

from kg.errors import KgError
from kg.store import Solutions, open_store

from .conftest import EX, HARBOUR, RIVER, Server, node, quads

SHIPS = f"SELECT ?s WHERE {{ ?s <{EX}kind> <{EX}Ship> }} ORDER BY ?s"
ALL = [f"{EX}aurora", f"{EX}boreas", f"{EX}zephyr"]


@pytest.fixture
def wrapper(server: Server) -> SPARQLWrapper:
    made = SPARQLWrapper(f"{server.url}/sparql")
    made.setTimeout(30)
    return made


@pytest.mark.parametrize(("method", "how"), [(GET, None), (POST, "urlencoded"), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_by_each_method(wrapper: SPARQLWrapper, method: str, how: str | None) -> None:
    wrapper.setMethod(method)
    if how:
        wrapper.setRequestMethod(how)
    wrapper.setQuery(SHIPS)
    wrapper.setReturnFormat(JSON)
    assert [row["s"]["value"] for row in wrapper.queryAndConvert()["results"]["bindings"]] == ALL
    wrapper.addDefaultGraph(RIVER)
    assert [row["s"]["value"] for row in wrapper.queryAndConvert()["results"]["bindings"]] == [f"{EX}zephyr"]


@pytest.mark.parametrize("format_", [XML, CSV, TSV])
def test_sparqlwrapper_in_each_result_format(wrapper: SPARQLWrapper, format_: str) -> None:
    wrapper.setQuery(SHIPS)
    wrapper.setReturnFormat(format_)
    found = wrapper.queryAndConvert()
    text = found.toxml() if format_ == XML else found.decode()
    assert all(name in text for name in ALL)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # SPARQLWrapper still uses it
@pytest.mark.parametrize("format_", [TURTLE, N3, RDFXML, JSONLD])
def test_sparqlwrapper_with_triples(wrapper: SPARQLWrapper, format_: str) -> None:
    wrapper.setQuery("CONSTRUCT WHERE { ?s ?p ?o }")
    wrapper.setReturnFormat(format_)
    found = wrapper.queryAndConvert()
    graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found, format="turtle")
    assert len(graph) == len(quads())


def test_sparqlwrapper_with_a_token(writable: Server) -> None:
    wrapper = SPARQLWrapper(f"{writable.url}/sparql")
    wrapper.setMethod(POST)
    wrapper.addCustomHttpHeader("Authorization", "Bearer s3cret")
    wrapper.setQuery(f"INSERT DATA {{ GRAPH <{EX}wrapped> {{ <{EX}a> <{EX}b> <{EX}c> }} }}")
    wrapper.query()
    assert writable.rows(f"SELECT ?s WHERE {{ GRAPH <{EX}wrapped> {{ ?s ?p ?o }} }}") == [f"{EX}a"]


def test_rdflib_over_its_sparql_store(server: Server) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{server.url}/sparql"))
    kind, ship = rdflib.URIRef(f"{EX}kind"), rdflib.URIRef(f"{EX}Ship")
    assert sorted(map(str, graph.subjects(kind, ship))) == ALL
    assert [str(row.s) for row in graph.query(SHIPS)] == ALL
    assert (rdflib.URIRef(ALL[0]), kind, ship) in graph
    named = rdflib.Graph(SPARQLStore(f"{server.url}/sparql"), identifier=rdflib.URIRef(RIVER))
    assert sorted(map(str, named.subjects(kind, ship))) == [f"{EX}zephyr"]


def test_rdflib_updates_with_a_token(writable: Server) -> None:
    store = SPARQLUpdateStore(
        f"{writable.url}/sparql", f"{writable.url}/sparql", headers={"Authorization": "Bearer s3cret"}
    )
    store.update(f"INSERT DATA {{ GRAPH <{EX}linked> {{ <{EX}a> <{EX}b> <{EX}c> }} }}")
    assert [str(row[0]) for row in store.query(f"SELECT ?s {{ GRAPH <{EX}linked> {{ ?s ?p ?o }} }}")] == [f"{EX}a"]


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_curl(server: Server, tmp_path: Path) -> None:
    def curl(*arguments: str) -> str:
        done = subprocess.run(["curl", "-sS", "--fail", *arguments], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    endpoint = f"{server.url}/sparql"
    assert json.loads(curl("-G", endpoint, "--data-urlencode", f"query={SHIPS}"))["head"]["vars"] == ["s"]
    assert curl(endpoint, "-H", "Accept: text/csv", "--data-urlencode", f"query={SHIPS}").split() == ["s", *ALL]
    query = tmp_path / "ships.rq"
    query.write_text(SHIPS)
    direct = ("-H", "Content-Type: application/sparql-query", "-H", "Accept: text/csv", "--data-binary", f"@{query}")
    assert curl(endpoint, *direct).split() == ["s", *ALL]
    assert f"<{EX}ponte>" in curl("-G", f"{server.url}/store", "--data-urlencode", f"graph={RIVER}")
    assert "HTTP/1.1 200" in curl("-I", "-G", f"{server.url}/store", "--data-urlencode", f"graph={HARBOUR}")


def test_kg_reads_from_it_as_from_any_server(server: Server) -> None:
    with open_store(f"{server.url}/sparql", read_only=True) as store:
        answer = store.query(SHIPS)
        assert isinstance(answer, Solutions)
        assert [row["s"] for row in answer] == [node("aurora"), node("boreas"), node("zephyr")]
        assert [graph.value for graph in store.graphs()] == [HARBOUR, RIVER]
        with pytest.raises(KgError, match="malformed SPARQL at line 1"):
            store.query("SELECT WHERE")
