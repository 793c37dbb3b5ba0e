"""The saved queries are standard SPARQL 1.1: a strict parser reads them, and engines that share no code with ours give
the same answers.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, serialize
from rdflib import Dataset

from kg.query import SavedQuery, saved_queries
from kg.query.executables import form
from kg.query.saved import bound
from kg.store import Answer, Solutions, Store

pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's own, of its parser

QUERIES = saved_queries()
BRIEF = "2020-03-05-drone-strike-doha-accord"
WEB = Path(__file__).parents[2] / "web"
PARSE = """
const { Parser } = require("sparqljs");
const fault = text => { try { new Parser().parse(text); return "" } catch (error) { return error.message } };
process.stdout.write(JSON.stringify(JSON.parse(require("fs").readFileSync(0, "utf8")).map(fault)));
"""


def text(store: Store, query: SavedQuery, document: str) -> str:
    """The query with what it needs."""
    return bound(
        store, query, {p.name: document if p.type == "document" else "Taliban" for p in query.parameters if p.required}
    )


def rows(answer: Answer) -> list[list[str]]:
    """The texts of the terms; what is unbound is an empty text, as engines differ in what joins no names."""
    if isinstance(answer, Solutions):
        return [["" if term is None else term.value for term in row] for row in answer]  # type: ignore[union-attr]
    assert isinstance(answer, list)
    return [[triple.subject.value, triple.predicate.value, triple.object.value] for triple in answer]  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def faults() -> Mapping[str, str]:
    """What sparqljs says of each query as it stands; an empty text where it reads it."""
    if not shutil.which("node") or not (WEB / "node_modules" / "sparqljs").is_dir():
        pytest.skip("sparqljs is not installed (cd web && npm ci)")
    texts = json.dumps([query.sparql for query in QUERIES])
    done = subprocess.run(["node", "-e", PARSE], cwd=WEB, input=texts, capture_output=True, text=True, check=True)
    return dict(zip([query.name for query in QUERIES], json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_a_strict_parser_reads_it(faults: Mapping[str, str], query: SavedQuery) -> None:
    assert faults[query.name] == ""


@pytest.fixture(scope="module")
def graph(store: Store) -> Dataset:
    """The sample in rdflib, asked as the union of its graphs."""
    made = Dataset(default_union=True)
    made.parse(data=(serialize(store.dump(), format=RdfFormat.N_QUADS) or b"").decode(), format="nquads")
    return made


@pytest.mark.parametrize("query", [q for q in QUERIES if form(q) == "SELECT"], ids=lambda query: query.name)
def test_rdflib_gives_the_same_rows(store: Store, graph: Dataset, query: SavedQuery) -> None:
    asked = text(store, query, "doha-talks")
    expected = rows(store.query(asked))
    if not expected:
        pytest.skip("the sample tells nothing of it, and rdflib makes a group of no rows, which SPARQL 1.1 does not")
    theirs: Any = graph.query(asked)
    assert sorted(["" if t is None else str(t) for t in row] for row in theirs) == sorted(expected)


@pytest.fixture(scope="module")
def jena(seeds: Any, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """What Apache Jena, the engine of Fuseki, answers to each query on the seeds."""
    if not Path("/usr/share/java/jena-arq.jar").exists() or importlib.util.find_spec("jpype") is None:
        pytest.skip("Apache Jena is not installed (Debian: apt-get install libapache-jena-java; pip install jpype1)")
    if not shutil.which("java"):
        pytest.skip("there is no Java (Debian: apt-get install default-jre-headless)")
    data = tmp_path_factory.mktemp("jena") / "seeds.nq"
    data.write_bytes(serialize(seeds.store.dump(), format=RdfFormat.N_QUADS) or b"")
    asked = "\n".join(json.dumps(text(seeds.store, query, BRIEF)) for query in QUERIES)
    program = [sys.executable, str(Path(__file__).with_name("jena.py")), str(data)]
    done = subprocess.run(program, input=asked, capture_output=True, text=True, check=True)
    return dict(zip([query.name for query in QUERIES], map(json.loads, done.stdout.splitlines()), strict=True))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_jena_gives_the_same_rows_in_the_same_order(seeds: Any, jena: Mapping[str, Any], query: SavedQuery) -> None:
    expected = rows(seeds.store.query(text(seeds.store, query, BRIEF)))
    assert expected
    if form(query) == "CONSTRUCT":  # statements have no order
        assert sorted(jena[query.name]) == sorted(expected)
    else:
        assert jena[query.name] == expected
