"""The graph in Python: answers, frames, HTML, and the tutorial notebook."""

from __future__ import annotations

import builtins
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad

import kg
from kg.errors import KgError
from kg.graph.terms import XSD
from kg.notebook import Graph, Table, Triples
from kg.store import open_store

from ..conftest import ROOT, environment
from ..query.sample import fill

VALUES = """
SELECT ?day ?number ?share ?sure ?name ?mixed ?nothing WHERE {
  VALUES (?day ?number ?share ?sure ?name ?mixed) {
    ("2020-02-29"^^xsd:date 7 1.5 true "Böll & <b>"@de 1)
    ("1648-10-24"^^xsd:date UNDEF 0.25 false <urn:x> "one")
  }
} ORDER BY DESC(?day)
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The sample of the query tests on disk."""
    path = tmp_path_factory.mktemp("notebook") / "kg-store"
    with open_store(path) as store:
        fill(store)
    return kg.open(path)


def test_a_saved_query_gives_rows_and_frames(graph: Graph) -> None:
    answer = graph.query("who-signed-what-when")
    assert isinstance(answer, Table)
    assert len(answer) == len(answer.rows) == len(answer.pandas()) == answer.polars().height > 0
    first = next(iter(answer))
    assert tuple(first) == answer.columns == tuple(answer.pandas().columns) == tuple(answer.polars().columns)
    assert "Taliban" in str(first["signatories"])


def test_parameters_by_keyword(graph: Graph) -> None:
    everything, later = graph.query("who-signed-what-when"), graph.query("who-signed-what-when", from_=2021)
    assert isinstance(everything, Table) and isinstance(later, Table)
    assert len(later) < len(everything)
    with pytest.raises(KgError, match="has no parameter 'colour'"):
        graph.query("who-signed-what-when", colour="red")
    with pytest.raises(KgError, match="nothing in the store is called"):
        graph.query("who-signed-what-when", actor="Nobody at all")


def test_terms_become_values_of_one_type_a_column(graph: Graph) -> None:
    answer = graph.query(VALUES)
    assert isinstance(answer, Table)
    assert answer.rows == [
        (date(2020, 2, 29), 7, 1.5, True, "Böll & <b>", "1", None),
        (date(1648, 10, 24), None, 0.25, False, "urn:x", "one", None),
    ]
    frame = answer.pandas()
    assert [str(t) for t in frame.dtypes] == [
        "datetime64[s]", "Int64", "Float64", "boolean", "string", "string", "string",
    ]  # fmt: skip
    assert frame["number"].isna().tolist() == [False, True]
    assert answer.polars().dtypes == [
        polars.Date, polars.Int64, polars.Float64, polars.Boolean, polars.String, polars.String, polars.String,
    ]  # fmt: skip
    assert answer.polars()["day"].to_list() == [date(2020, 2, 29), date(1648, 10, 24)]


def test_an_answer_without_rows_is_a_frame_without_rows(graph: Graph) -> None:
    answer = graph.query("SELECT ?a ?b WHERE { ?a <urn:none> ?b }")
    assert isinstance(answer, Table)
    assert (answer.pandas().shape, answer.polars().shape) == ((0, 2), (0, 2))
    assert repr(answer) == "no results"


def test_ill_formed_values_stay_texts(graph: Graph, tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        name = NamedNode("urn:a")
        store.add([Quad(name, name, Literal("some day", datatype=XSD.date), name)])
    answer = kg.open(tmp_path / "s").query("SELECT ?o { ?s ?p ?o }")
    assert isinstance(answer, Table)
    assert answer.rows == [("some day",)]


def test_construct_and_ask(graph: Graph) -> None:
    answer = graph.query("CONSTRUCT { ?s a cd:Agreement } WHERE { ?s a cd:Agreement }")
    assert isinstance(answer, Triples)
    assert "a cd:Agreement" in answer.turtle() == repr(answer)
    made = answer.rdflib()
    assert isinstance(made, rdflib.Graph)
    assert len(made) == len(answer) > 0
    assert graph.query("ASK { ?s a cd:Agreement }") is True


def test_a_query_in_a_file(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("#+ params:\n#+   type: {type: iri}\n\nSELECT ?s { VALUES ?type { UNDEF } ?s a ?type }")
    answer = graph.query(path, type="https://w3id.org/conflict-diplomacy/ontology#Agreement")
    assert isinstance(answer, Table)
    assert len(answer) > 0


def test_html_is_a_table_and_every_text_is_escaped(graph: Graph) -> None:
    html = graph.query(VALUES)._repr_html_()  # type: ignore[union-attr]
    assert html.count("<tr>") == 3
    assert "Böll &amp; &lt;b&gt;" in html
    assert "<b>" not in html
    assert "2 rows" in html
    many = graph.query("SELECT * { ?s ?p ?o } LIMIT 150")._repr_html_()  # type: ignore[union-attr]
    assert many.count("<tr>") == 101
    assert "The first 100 of 150 rows" in many
    assert "<q>" in graph.query("who-signed-what-when")._repr_html_()  # type: ignore[union-attr]
    assert "<pre>" in Triples()._repr_html_()
    assert "<th>triples</th>" in graph._repr_html_()


def test_a_question_in_english(graph: Graph) -> None:
    answer = graph.ask("Who signed what and when?")
    assert len(answer.pandas()) == len(answer) > 0
    assert answer.sparql is not None and "SELECT" in answer.sparql
    html = answer._repr_html_()
    assert "<strong>" in html and "<blockquote><q>" in html
    refused = graph.ask("Who flibbers the gribble?")
    assert len(refused) == 0
    assert "kg query" in repr(refused) and "kg query" in refused._repr_html_()


def test_it_sees_what_is_built_meanwhile(tmp_path: Path) -> None:
    name = NamedNode("urn:a")
    with open_store(tmp_path / "s") as store:
        store.add([Quad(name, name, name, name)])
    opened = kg.open(tmp_path / "s")
    with open_store(tmp_path / "s") as store:
        store.add([Quad(name, name, Literal("b"), name)])
    assert len(opened.query("SELECT * { ?s ?p ?o }")) == 2  # type: ignore[arg-type]


def test_the_saved_queries_are_listed(graph: Graph) -> None:
    listed = {row["query"]: row for row in graph.queries()}
    assert listed["what-an-actor-did"]["parameters"].startswith("actor*=")


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="no store at"):
        kg.open(tmp_path / "nowhere")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_missing_library_is_told(graph: Graph, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = graph.query("who-signed-what-when")
    real = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name == library:
            raise ImportError(name)
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(KgError, match=f"{library} is not installed: pip install {library}"):
        getattr(answer, library)()


def test_opening_needs_no_frames(graph: Graph) -> None:
    code = (
        f"import sys, kg\ngraph = kg.open({graph.location!r})\ngraph.query('who-signed-what-when')\n"
        "print([m for m in ('pandas', 'polars', 'spacy', 'IPython', 'starlette') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=True)
    assert done.stdout == "[]\n"


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Path]:
    """A folder with the seeds beside it, as the notebook finds them in a checkout."""
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    (tmp_path / "docs").mkdir()
    yield tmp_path / "docs"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the libraries that run notebooks
def test_the_tutorial_runs(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import nbformat
    from nbclient import NotebookClient

    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    kept = nbformat.read(ROOT / "docs" / "tutorial.ipynb", as_version=4)
    ran = nbformat.from_dict(kept)
    place = {"metadata": {"path": str(workplace)}}
    NotebookClient(ran, timeout=600, startup_timeout=300, kernel_name="python3", resources=place).execute()
    shown = [output for cell in ran.cells for output in cell.get("outputs", []) if "data" in output]
    assert sum("text/html" in output["data"] for output in shown) >= 8
    assert any("<q>" in output["data"].get("text/html", "") for output in shown)
    for cell in kept.cells:  # what is kept in the file was shown by a run without a fault
        assert cell.cell_type != "code" or all(o.output_type != "error" for o in cell.outputs)
