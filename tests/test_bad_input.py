"""What people do wrong, through the real command line: one clear line each, the good kept, nothing half written."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store import open_store

from .conftest import KG, environment, shell

PEACE = "March 4, 2020\n\nFrance and Germany signed a treaty in Paris on Tuesday. Rebels attacked a village in Mali.\n"
LATIN = "Paris, 3 May 2010\n\nJosé García met the German chancellor in Orléans on Monday, officials said.\n"
Done = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two good documents among every kind of bad one."""
    folder = tmp_path_factory.mktemp("input")
    docs = folder / "docs"
    docs.mkdir()
    (docs / "peace.txt").write_text(PEACE, encoding="utf-8")
    (docs / "latin.txt").write_text(LATIN, encoding="latin-1")
    (docs / "empty.txt").write_bytes(b"")
    (docs / "blank.txt").write_text(" \n\n\t\n")
    (docs / "binary.txt").write_bytes(random.Random(1).randbytes(5000))
    (docs / "undated.txt").write_text("The army attacked the rebels in the town and the rebels fled to the hills.\n")
    sentence = "The army attacked the rebels in the town on Monday and the rebels fled to the hills. "
    (docs / "large.txt").write_text("March 3, 2020\n\n" + sentence * (20_000_000 // len(sentence)))
    (docs / "broken.zip").write_bytes(b"PK\x03\x04 no archive")
    (docs / "lines.jsonl").write_text('{"text": "March 5, 2020\\n\\nTalks began in Oslo."}\n{"text": \n')
    (folder / "nothing").mkdir()
    (folder / "nothing" / "data.bin").write_bytes(b"\0")
    (folder / "bad.ttl").write_text("@prefix a: <urn:a:> .\na:s a:p a:o .\na:s a:p .\n")
    (folder / "good.ttl").write_text("@prefix a: <urn:a:> .\na:s a:p a:o .\n")
    (folder / "bad.rq").write_text("SELECT ?s\nWHEER { ?s ?p ?o }\n")
    return folder


@pytest.fixture(scope="module")
def mixed(folder: Path) -> Done:
    """One run over all of them."""
    return shell(folder, "build", "docs", "missing.txt", "nothing", "--store", "store", "--turtle", "all.ttl")


def lines(done: Done) -> list[str]:
    """The lines on the error stream, none of which is a traceback."""
    assert "Traceback" not in done.stderr + done.stdout
    found = done.stderr.splitlines()
    assert all(line.startswith("kg: ") for line in found), done.stderr
    return found


def refused(folder: Path, *arguments: object) -> str:
    """The one line of a run that could do nothing."""
    done = shell(folder, *arguments)
    (line,) = lines(done)
    assert done.returncode == 2
    assert done.stdout == ""
    return line


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("docs/empty.txt", "empty"),
        ("docs/blank.txt", "empty"),
        ("docs/binary.txt", "not a text file"),
        ("docs/undated.txt", "--published"),
        ("large", "characters"),
        ("docs/broken.zip", "archive"),
        ("docs/lines.jsonl:2", "JSON"),
        ("missing.txt", "does not exist"),
        ("nothing", "nothing to read"),
    ],
)
def test_each_bad_file_has_its_line(mixed: Done, name: str, what: str) -> None:
    (line,) = [line for line in lines(mixed) if line.startswith(f"kg: {name}: ")]
    assert what in line
    assert len(line) < 200


def test_there_is_no_other_line(mixed: Done) -> None:
    assert len(lines(mixed)) == 9


def test_the_good_documents_of_the_run_are_kept(folder: Path, mixed: Done) -> None:
    assert mixed.returncode == 0
    assert "Read 3 documents" in mixed.stdout
    assert "9 could not be read" in mixed.stdout
    with open_store(folder / "store", read_only=True) as store:
        named = {graph.value.rsplit("/", 1)[1] for graph in store.graphs() if "/document/" in graph.value}
    assert named == {"peace", "latin", "lines-1"}
    assert (folder / "all.ttl").read_text(encoding="utf-8").count("a cd:Document") == 3


def test_latin_1_is_read_as_what_it_is(folder: Path, mixed: Done) -> None:
    assert mixed.returncode == 0
    text = (folder / "all.ttl").read_text(encoding="utf-8")
    assert "José García met the German chancellor in Orléans" in text
    assert "\ufffd" not in text


def test_nothing_is_left_lying_about(folder: Path, mixed: Done) -> None:
    """No temporary file beside the Turtle file."""
    assert mixed.returncode == 0
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".")) == []


def test_a_run_in_which_nothing_could_be_read(folder: Path) -> None:
    done = shell(folder, "build", "docs/empty.txt", "missing.txt", "nothing", "--store", "new", "--turtle", "new.ttl")
    found = lines(done)
    assert done.returncode == 2
    assert done.stdout == ""
    assert [line.split(": ")[1] for line in found[:-1]] == ["docs/empty.txt", "missing.txt", "nothing"]
    assert "nothing was added" in found[-1]
    assert not (folder / "new.ttl").exists()


@pytest.mark.parametrize("fault", [("missing.txt",), ("docs/peace.txt", "--model", "nosuch")], ids=" ".join)
def test_a_run_that_adds_nothing_makes_no_store(folder: Path, tmp_path: Path, fault: tuple[str, ...]) -> None:
    assert shell(folder, "build", *fault, "--store", tmp_path / "new").returncode == 2
    assert not (tmp_path / "new").exists()


def test_a_run_in_which_nothing_could_be_read_leaves_the_store_as_it_was(folder: Path, mixed: Done) -> None:
    assert mixed.returncode == 0
    before = shell(folder, "export", "--store", "store", "--format", "nquads").stdout
    assert shell(folder, "build", "docs/undated.txt", "--store", "store").returncode == 2
    assert shell(folder, "export", "--store", "store", "--format", "nquads").stdout == before


def test_a_date_can_be_given(folder: Path) -> None:
    done = shell(folder, "build", "docs/undated.txt", "--published", "2020-03-04", "--store", "dated")
    assert done.returncode == 0
    assert "Read 1 documents" in done.stdout
    assert "'2020-33-04' is not a day" in refused(folder, "build", "docs", "--published", "2020-33-04")


def test_a_model_that_is_not_there(folder: Path) -> None:
    assert "no spaCy pipeline 'nosuch'" in refused(folder, "build", "docs/peace.txt", "--model", "nosuch", "-s", "m")


def test_malformed_turtle(folder: Path, mixed: Done) -> None:
    assert mixed.returncode == 0
    before = shell(folder, "export", "--store", "store", "--format", "nquads").stdout
    line = refused(folder, "load", "good.ttl", "bad.ttl", "--store", "store")
    assert line.startswith("kg: bad.ttl:3: not Turtle")
    assert shell(folder, "export", "--store", "store", "--format", "nquads").stdout == before
    refused(folder, "load", "bad.ttl", "--store", "never")
    assert not (folder / "never").exists()


def test_malformed_queries_and_unknown_names(folder: Path, mixed: Done) -> None:
    assert mixed.returncode == 0
    assert "malformed SPARQL at line 2" in refused(folder, "query", "bad.rq", "--store", "store")
    assert "no saved query 'who-signd-what': did you mean who-signed" in refused(folder, "query", "who-signd-what")
    assert "cannot be read" in refused(folder, "query", "missing.rq", "--store", "store")
    assert "cannot be read" in refused(folder, "load", "missing.ttl", "--store", "store")
    assert "no document missing" in refused(folder, "remove", "missing", "--store", "store")


@pytest.fixture
def held(folder: Path, mixed: Done) -> Iterator[None]:
    """Another process has the store open."""
    assert mixed.returncode == 0
    code = "import sys\nfrom kg.store import open_store\ns = open_store('store')\nprint(flush=True)\nsys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=folder, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        yield
        other.communicate()


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(
    "command",
    [("build", "docs/peace.txt"), ("query", "documents"), ("load", "good.ttl"), ("remove", "peace")],
    ids=" ".join,
)
def test_a_store_that_another_process_holds(folder: Path, command: tuple[str, ...]) -> None:
    assert "store store is open in another process" in refused(folder, *command, "--store", "store")


def test_places_that_cannot_be_written(folder: Path) -> None:
    """A path below a file, which even root cannot write to."""
    below = "docs/peace.txt/store"
    for command in (("build", "docs/peace.txt"), ("load", "good.ttl")):
        line = refused(folder, *command, "--store", below)
        assert f"store {below} " in line
        assert "not a directory" in line.lower()
    assert (folder / "docs" / "peace.txt").read_text(encoding="utf-8") == PEACE


def test_a_turtle_file_that_cannot_be_written(folder: Path) -> None:
    line = refused(folder, "build", "docs/peace.txt", "--store", "kept", "--turtle", "docs/peace.txt/all.ttl")
    assert "docs/peace.txt/all.ttl cannot be written (not a directory)" in line


def test_a_store_that_is_a_file_or_another_folder(folder: Path) -> None:
    assert "is a file, not a store" in refused(folder, "build", "docs/peace.txt", "--store", "good.ttl")
    assert "is no store" in refused(folder, "build", "docs/peace.txt", "--store", "docs")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_to_write(folder: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "permission denied" in refused(folder, "build", "docs/peace.txt", "--store", tmp_path / "store")


def test_output_that_nobody_reads_to_its_end(folder: Path, mixed: Done) -> None:
    assert mixed.returncode == 0
    command = [*KG, "export", "--store", "store", "--format", "nquads"]
    with subprocess.Popen(
        command, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
