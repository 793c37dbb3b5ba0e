"""The page of worked examples says what is so: its sentences, built, give its triples, its queries its answers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, Triple, parse

from kg import pipeline
from kg.graph.terms import INFERRED, PREFIXES, WORLD
from kg.store import Solutions, Store, open_store
from kg.validation import validate, written

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "worked-examples.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)(?: (\w+))?\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
TURTLE = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
SPARQL = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())


def blocks(language: str, role: str = "") -> list[str]:
    return [text for name, of, text in BLOCKS if (name, of) == (language, role)]


def triples(turtle: str) -> set[Triple]:
    return {quad.triple for quad in parse(TURTLE + turtle, format=RdfFormat.TURTLE)}


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store(None) as opened:
        problems: list[object] = []
        pipeline.build(sorted((DOCS / "examples").glob("*.txt")), opened, workers=1, on_problem=problems.append)
        assert not problems
        yield opened


@pytest.fixture(scope="module")
def graphs(store: Store) -> dict[bool, set[Triple]]:
    """Triples by whether they are inferred."""
    found: dict[bool, set[Triple]] = {True: set(), False: set()}
    for quad in store.dump():
        found[quad.graph_name == INFERRED].add(quad.triple)
    return found


def test_the_page_has_examples() -> None:
    assert len(blocks("sparql")) == len(blocks("csv")) >= 5
    assert len(blocks("turtle", "told")) == len(blocks("turtle", "inferred")) >= 5
    assert len(blocks("turtle", "fault")) == 1


@pytest.mark.parametrize("sentence", re.findall(r"^> (.+)$", PAGE, re.MULTILINE))
def test_a_sentence_stands_in_a_document(sentence: str) -> None:
    assert any(sentence in path.read_text(encoding="utf-8") for path in (DOCS / "examples").glob("*.txt"))


@pytest.mark.parametrize("turtle", blocks("turtle", "told"))
def test_what_is_told(turtle: str, graphs: dict[bool, set[Triple]]) -> None:
    assert triples(turtle) - graphs[False] == set()


@pytest.mark.parametrize("turtle", blocks("turtle", "inferred"))
def test_what_is_inferred(turtle: str, graphs: dict[bool, set[Triple]]) -> None:
    assert triples(turtle) - graphs[True] == set()


@pytest.mark.parametrize(("query", "answer"), list(zip(blocks("sparql"), blocks("csv"), strict=True)))
def test_what_a_query_answers(query: str, answer: str, store: Store) -> None:
    found = store.query(SPARQL + query)
    assert isinstance(found, Solutions)
    header, *rows = csv.reader(io.StringIO(answer))
    assert list(found.variables) == header
    assert [[row[name].value for name in header] for row in found] == rows


def test_what_validation_finds(store: Store) -> None:
    assert validate(store) == []
    (fault,) = triples(*blocks("turtle", "fault"))
    with open_store(None) as broken:
        broken.add([*store.dump(), Quad(*fault, WORLD)])
        findings = validate(broken)
    assert blocks("text")[0] in written(findings, "text")
    assert {finding.rule for finding in findings} == {"Class", "cax-dw"}
