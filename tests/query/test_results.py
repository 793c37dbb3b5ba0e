"""Answers written out."""

from __future__ import annotations

import io
import json

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, parse_query_results
from rich.console import Console

from kg.errors import KgError
from kg.query import table, written
from kg.query.exports import EXPORTS, exported
from kg.query.results import shortened
from kg.store import Solutions, Store, open_store

QUERY = """SELECT ?iri ?text ?number ?none ?language WHERE {
  VALUES (?iri ?text ?number ?language) { (<urn:i> "a, \\"b\\"\\n\\tc" 12 "chat"@fr) } BIND(1/0 AS ?none) }"""


@pytest.fixture
def answer() -> Solutions:
    with open_store(None) as empty:
        found = empty.query(QUERY)
    assert isinstance(found, Solutions)
    return found


@pytest.mark.parametrize(
    ("format", "kind"),
    [("json", QueryResultsFormat.JSON), ("tsv", QueryResultsFormat.TSV), ("xml", QueryResultsFormat.XML)],
)
def test_standard_forms_are_read_back_the_same(answer: Solutions, format: str, kind: QueryResultsFormat) -> None:
    read = parse_query_results(written(answer, format), format=kind)
    assert [variable.value for variable in read.variables] == list(answer.variables)  # type: ignore[union-attr]
    assert [list(row) for row in read] == [list(row) for row in answer]  # type: ignore[union-attr]


def test_csv(answer: Solutions) -> None:
    assert written(answer, "csv") == 'iri,text,number,none,language\r\nurn:i,"a, ""b""\n\tc",12,,chat\r\n'


def test_markdown(answer: Solutions) -> None:
    assert written(answer, "markdown").splitlines() == [
        "| iri | text | number | none | language |",
        "| --- | --- | --- | --- | --- |",
        '| urn:i | a, "b" c | 12 |  | chat |',
    ]


def test_yes_and_no() -> None:
    assert "<boolean>true</boolean>" in written(True, "xml")
    assert json.loads(written(True, "json")) == {"head": {}, "boolean": True}
    assert written(False, "csv") == "false\n"


def test_triples_are_turtle_and_solutions_are_not(answer: Solutions) -> None:
    triple = Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal("o")).triple
    assert '<urn:s> <urn:p> "o"' in written([triple], "turtle")
    with pytest.raises(KgError, match="use --format turtle"):
        written([triple], "csv")
    with pytest.raises(KgError, match="only CONSTRUCT"):
        written(answer, "turtle")


def drawn(store: Store, query: str, width: int) -> str:
    found = store.query(query)
    assert isinstance(found, Solutions)
    console = Console(file=io.StringIO(), width=width)
    console.print(table(found, width=width))
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize("width", [20, 200])
def test_tables_leave_out_empty_columns_and_keep_the_rest(store: Store, width: int) -> None:
    drawing = drawn(store, 'SELECT ?a ?empty ?quote { VALUES (?a ?quote) { ("[b]one" "said so") } }', width)
    assert "[b]one" in drawing
    assert "empty" not in drawing
    assert "“said so”" in drawing


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        ("https://w3id.org/conflict-diplomacy/document/a%20b", "a b"),
        ("https://w3id.org/conflict-diplomacy/ontology#Event", "cd:Event"),
        ("http://www.w3.org/2002/07/owl#Class", "owl:Class"),
        ("urn:x", "urn:x"),
    ],
)
def test_iris_for_people(iri: str, short: str) -> None:
    assert shortened(NamedNode(iri)) == short


@pytest.mark.parametrize("format", EXPORTS)
def test_exports_are_the_same_each_time(store: Store, format: str) -> None:
    text = "".join(exported(store, format))
    assert len(text) > 500
    assert text.endswith("\n")
    assert "".join(exported(store, format)) == text


def test_unknown_export(store: Store) -> None:
    with pytest.raises(KgError, match="unknown format 'xml': say one of turtle, trig"):
        exported(store, "xml")
