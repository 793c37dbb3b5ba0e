"""The command line: what it prints, its exit codes, and that a fault is one line."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kg.cli
from kg.graph.terms import RDF
from kg.store import open_store

from .conftest import Run

COMMANDS = ["build", "query", "ask", "load", "export", "remove", "validate", "info"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_explained_with_an_example(kg: Run, command: str) -> None:
    code, out, _ = kg(command, "--help")
    assert code == 0
    assert f"  kg {command}" in out
    assert "Examples:" in out
    assert "--store" in out


def test_every_command_is_tested() -> None:
    names = [command.name for command in kg.cli.app.registered_commands]
    assert set(COMMANDS) <= set(names)
    files = {path.stem for path in Path(kg.cli.__file__).parent.glob("*.py")} - {"__init__", "common", "files"}
    assert files == set(names)


@pytest.mark.parametrize("path", sorted(Path(kg.cli.__file__).parent.glob("*.py")), ids=lambda path: path.stem)
def test_commands_hold_no_logic(path: Path) -> None:
    assert len(path.read_text().splitlines()) < (110 if path.stem != "common" else 150)


def test_help_loads_nothing_heavy() -> None:
    heavy = ["spacy", "rdflib", "pyoxigraph", "rich", "pyshacl"]
    code = f"import sys, kg.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_version(kg: Run) -> None:
    assert kg("--version") == (0, "kg 0.1.0\n", "")


def test_query_lists_the_saved_queries(kg: Run) -> None:
    code, out, _ = kg("query")
    assert code == 0
    assert out.index("who-signed-what-when") < out.index("where-sources-disagree")


def test_query_by_name(kg: Run, filled: Path) -> None:
    code, out, err = kg("query", "who-signed-what-when", "-p", "actor=taliban", "--store", filled)
    assert (code, err) == (0, "")
    assert "“The United States and the Taliban signed" in " ".join(out.replace("│", " ").split())


@pytest.mark.parametrize(("format", "start"), [("csv", "date,what,"), ("tsv", "?date\t?what"), ("json", '{\n "head"')])
def test_query_for_programs(kg: Run, filled: Path, format: str, start: str) -> None:
    code, out, _ = kg("query", "what-happened", "--format", format, "-s", filled)
    assert code == 0
    assert out.startswith(start)


def test_query_without_rows_is_no_fault(kg: Run, filled: Path) -> None:
    assert kg("query", "who-met-whom", "-p", "to=1999", "-s", filled) == (0, "", "no results\n")


def test_query_from_a_file_and_from_standard_input(
    kg: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "SELECT (COUNT(*) AS ?n) WHERE { ?d a cd:Document }"
    (tmp_path / "mine.rq").write_text(text)
    assert kg("query", "mine.rq", "-f", "csv", "-s", filled)[1] == "n\r\n3\r\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    assert kg("query", "-", "-f", "csv", "-s", filled)[1] == "n\r\n3\r\n"


def test_the_store_may_come_from_the_environment(kg: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE", str(filled))
    assert kg("query", "documents", "-f", "csv")[1].count("\n") == 4


def test_ask_says_how_it_understood_and_shows_the_answer_and_the_quotes(kg: Run, filled: Path) -> None:
    code, out, err = kg("ask", "Who", "met", "Baradar?", "-s", filled)
    assert (code, err) == (0, "")
    assert out.startswith("Asked is who took part, of a meeting, with Baradar.\n\nMike Pompeo met Baradar (2020-03).\n")
    assert "“Mike Pompeo met Abdul Ghani Baradar in Doha in March.”\n    helmand-again, 2020-03-06" in out
    assert "SELECT" not in out
    assert "SELECT DISTINCT ?event" in kg("ask", "--sparql", "Who met Baradar?", "-s", filled)[1]
    reply = json.loads(kg("ask", "Who met Baradar?", "-f", "json", "-s", filled)[1])
    assert reply["sentence"] == "Mike Pompeo met Baradar (2020-03)."


def test_queries_of_ones_own(kg: Run, filled: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "titles.rq").write_text("SELECT ?t { ?d a cd:Document ; dct:title ?t } ORDER BY ?t")
    assert "| Talks in Doha |" in kg("query", "titles", "--queries", "mine", "-f", "markdown", "-s", filled)[1]
    assert "### `titles`" in kg("query", "--queries", "mine", "-f", "markdown")[1]
    assert "query/titles> a sh:SPARQLExecutable" in kg("query", "--queries", "mine", "--shacl")[1]


def test_ask_without_a_question_shows_examples(kg: Run) -> None:
    assert "Who signed what and when?" in kg("ask")[1]


def test_export(kg: Run, filled: Path, tmp_path: Path) -> None:
    code, out, _ = kg("export", "-s", filled, "-o", "kg.ttl")
    assert (code, out) == (0, "")
    assert (tmp_path / "kg.ttl").read_text() == kg("export", "-s", filled)[1]
    assert os.listdir(tmp_path) == ["kg.ttl"]
    records = [json.loads(line) for line in kg("export", "-f", "events", "-s", filled)[1].splitlines()]
    assert {record["document"] for record in records} == {"doha-talks", "helmand-strike", "helmand-again"}
    (signing,) = [json.loads(line) for line in kg("export", "-f", "signings", "-s", filled)[1].splitlines()]
    assert signing["date"] == "2020-02-29"


def test_what_is_exported_can_be_loaded(kg: Run, filled: Path) -> None:
    kg("export", "-s", filled, "-f", "trig", "-o", "all.trig")
    code, out, _ = kg("load", "all.trig", "-s", "copy")
    assert code == 0
    assert out.endswith("statements from 1 files to copy\n")
    kg("export", "-s", "copy", "-f", "trig", "-o", "again.trig")  # with what was inferred of the sample
    kg("load", "again.trig", "-s", "other")
    assert kg("export", "-s", "other", "-f", "nquads") == kg("export", "-s", "copy", "-f", "nquads")


def test_load_names_a_graph_after_the_file(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "a b.ttl").write_text("<urn:s> <urn:p> 1 .")
    kg("load", "a b.ttl", "-s", "new")
    kg("load", "a b.ttl", "-s", "new", "--graph", "urn:g")
    with open_store("new", read_only=True) as store:
        assert [graph.value for graph in store.graphs()] == [
            "https://w3id.org/conflict-diplomacy/graph/reasoning",
            "https://w3id.org/conflict-diplomacy/loaded/a%20b",
            "urn:g",
        ]


def test_remove(kg: Run, filled: Path) -> None:
    kg("export", "-s", filled, "-f", "trig", "-o", "all.trig")
    kg("load", "all.trig", "-s", "copy")
    assert kg("remove", "helmand-again", "-s", "copy")[:2] == (0, "Removed helmand-again from copy\n")
    assert "helmand-again" not in kg("export", "-s", "copy", "-f", "nquads")[1]
    code, _, err = kg("remove", "helmand-again", "-s", "copy")
    assert code == 2
    assert "no document helmand-again in the store" in err


def test_info(kg: Run, filled: Path) -> None:
    numbers = json.loads(kg("info", "--json", "-s", filled)[1])
    assert (numbers["documents"], numbers["reports"], numbers["events and prospects"]) == (3, 9, 6)
    assert "documents" in kg("info", "-s", filled)[1]


def test_identity(kg: Run, filled: Path) -> None:
    assert "told in" in kg("identity", "why", "Taliban", "-s", filled)[1]
    assert kg("identity", "list", "-s", filled)[0] == 0
    assert "takes 2 names, and 1 were given" in kg("identity", "same", "Taliban", "-s", filled)[2]
    assert "did you mean" in kg("identity", "why", "Talban", "-s", filled)[2]


def test_validate(kg: Run, filled: Path) -> None:
    code, out, _ = kg("validate", "-s", filled)
    assert (code, out.splitlines()[-1]) == (0, "0 violations, 0 other findings")


def test_validate_finds_violations(kg: Run, tmp_path: Path) -> None:
    cd = "https://w3id.org/conflict-diplomacy/"
    (tmp_path / "bad.nq").write_text(
        f"<{cd}document/x> <{RDF.type.value}> <{cd}ontology#Document> <{cd}document/x> .\n"
    )
    kg("load", "bad.nq", "-s", "bad")
    code, out, _ = kg("validate", "-s", "bad")
    assert code == 1
    assert "Violation" in out
    code, out, _ = kg("validate", "-s", "bad", "--format", "json")
    assert code == 1
    assert json.loads(out)["conforms"] is False
    code, out, _ = kg("validate", "-s", "bad", "-f", "turtle")
    assert code == 1
    assert "sh:conforms false" in out
    assert "unknown format 'xml': say one of text, json, turtle" in faulty(kg, "validate", "-s", "bad", "-f", "xml")


def faulty(kg: Run, *arguments: object) -> str:
    """The one line of a fault."""
    code, out, err = kg(*arguments)
    assert code == 2
    assert out == ""
    assert err.startswith("kg: ")
    assert err.count("\n") == 1
    return err


def test_faults_are_one_line(kg: Run, filled: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.rq").write_text("SELECT ?s\nWHEER { }")
    (tmp_path / "bad.ttl").write_text("<urn:s> <urn:p> 1 .\n<urn:s> <urn:p> .\n")
    (tmp_path / "update.rq").write_text("DROP ALL")
    assert "malformed SPARQL at line 2" in faulty(kg, "query", "bad.rq", "-s", filled)
    assert "only reads" in faulty(kg, "query", "update.rq", "-s", filled)
    assert "none.rq: cannot be read" in faulty(kg, "query", "none.rq", "-s", filled)
    assert "or who-signed-what-when" in faulty(kg, "query", "who-signed", "-s", filled)
    assert "did you mean Taliban" in faulty(kg, "query", "who-met-whom", "-p", "actor=Talban", "-s", filled)
    assert "write NAME=VALUE" in faulty(kg, "query", "who-met-whom", "-p", "Talban", "-s", filled)
    assert "unknown format 'yaml'" in faulty(kg, "query", "documents", "-f", "yaml", "-s", filled)
    assert "no store at kg-store: make one" in faulty(kg, "query", "documents")
    assert "no store at kg-store: make one" in faulty(kg, "remove", "x")
    assert "not understood" in faulty(kg, "ask", "Why?", "-s", filled)
    assert "bad.ttl:2: not Turtle" in faulty(kg, "load", "bad.ttl", "-s", "new")
    assert "unknown suffix" in faulty(kg, "load", "bad.rq", "-s", "new")
    assert not (tmp_path / "new").exists()
    assert "cannot be written" in faulty(kg, "export", "-s", filled, "-o", "none/kg.ttl")
    assert "connection refused" in faulty(kg, "info", "-s", "http://127.0.0.1:9")
    assert "write 2020-02-29" in faulty(kg, "build", tmp_path, "--published", "yesterday")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:s> <urn:p> 1 .")
    (tmp_path / "locked").mkdir(mode=0o500)
    assert "permission denied" in faulty(kg, "load", "a.ttl", "-s", "locked/store")


def test_an_unwritable_place_is_named(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:s> <urn:p> 1 .")
    assert "store /proc/kg cannot be" in faulty(kg, "load", "a.ttl", "-s", "/proc/kg")


def test_a_store_in_use_elsewhere(kg: Run, tmp_path: Path) -> None:
    open_store("held").close()
    hold = "import pyoxigraph, sys; s = pyoxigraph.Store('held'); print(flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert "store held is open in another process: close it, or" in faulty(kg, "info", "-s", "held")
        other.communicate()
    assert kg("info", "-s", "held")[0] == 0


def test_an_unknown_command_or_option(kg: Run) -> None:
    assert kg("frobnicate")[0] == 2
    assert kg("query", "--frobnicate")[0] == 2


def test_a_reader_that_has_seen_enough_hears_no_complaint(filled: Path) -> None:
    code = f"from kg.cli import main; main(['export', '-f', 'nquads', '-s', {str(filled)!r}])"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        time.sleep(0.2)
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait()
