"""The store on disk: opening, locking, durability, and the faults a user can meet."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.errors import KgError
from kg.store import open_store
from kg.store.embedded import EmbeddedStore

GRAPH = NamedNode("urn:g")
HOLD = "import sys, pyoxigraph; s = pyoxigraph.Store(sys.argv[1]); print('open', flush=True); sys.stdin.read()"


def quad(value: str) -> Quad:
    return Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal(value), GRAPH)


@contextmanager
def held_by_another_process(folder: Path) -> Iterator[None]:
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        yield
        other.communicate()


def test_what_was_added_is_there_after_reopening(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        store.add([quad("one")])
    with open_store(tmp_path / "store") as store:
        store.replace_graph(GRAPH, [quad("two")])
    with open_store(tmp_path / "store", read_only=True) as store:
        assert list(store.dump()) == [quad("two")]


def test_many_quads_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.embedded.BULK", 10)
    with open_store(tmp_path / "store") as store:
        store.add(quad(str(number)) for number in range(25))
        assert len(list(store.dump())) == 25


def test_replace_keeps_blank_nodes() -> None:
    blank = Quad(BlankNode("x"), NamedNode("urn:p"), BlankNode("y"), GRAPH)
    with open_store(None) as store:
        store.replace_graph(GRAPH, [quad("one")])
        store.replace_graph(GRAPH, [blank])
        assert list(store.dump()) == [blank]


def test_two_readers_at_once(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        store.add([quad("one")])
    with open_store(tmp_path / "store", read_only=True) as one, open_store(tmp_path / "store", read_only=True) as two:
        assert list(one.dump()) == list(two.dump())


@pytest.mark.parametrize("read_only", [False, True])
def test_a_store_held_by_another_process(tmp_path: Path, read_only: bool) -> None:
    open_store(tmp_path / "store").close()
    with (
        held_by_another_process(tmp_path / "store"),
        pytest.raises(KgError, match="open in another process: close it, or"),
    ):
        open_store(tmp_path / "store", read_only=read_only)
    open_store(tmp_path / "store", read_only=read_only).close()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_store_held_by_this_process(tmp_path: Path, read_only: bool) -> None:
    with open_store(tmp_path / "store"):
        with pytest.raises(KgError, match="open in another process"):
            open_store(tmp_path / "store", read_only=read_only)
        with held_or_not(tmp_path / "store") as lock_still_holds:
            assert lock_still_holds


@contextmanager
def held_or_not(folder: Path) -> Iterator[bool]:
    """Whether another process is kept out."""
    done = subprocess.run([sys.executable, "-c", HOLD, str(folder)], input=b"", capture_output=True, check=False)
    yield done.returncode != 0


@pytest.mark.parametrize("options", [{"read_only": True}, {"create": False}])
def test_no_store_there(tmp_path: Path, options: dict[str, bool]) -> None:
    with pytest.raises(KgError, match=r"no store at .*: make one with `kg build"):
        open_store(tmp_path / "none", **options)
    assert not (tmp_path / "none").exists()


def test_a_folder_of_other_things_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear reader")
    with pytest.raises(KgError, match="no store: name an empty or a new folder"):
        open_store(tmp_path)
    assert sorted(os.listdir(tmp_path)) == ["letter.txt"]


def test_a_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear reader")
    with pytest.raises(KgError, match="is a file, not a store"):
        open_store(tmp_path / "letter.txt")


def test_a_damaged_store(tmp_path: Path) -> None:
    open_store(tmp_path / "store").close()
    (tmp_path / "store" / "CURRENT").write_text("rubbish")
    with pytest.raises(KgError, match="is damaged"):
        open_store(tmp_path / "store")


def test_a_folder_that_cannot_be_made() -> None:
    with pytest.raises(KgError, match=r"^store /proc/kg cannot be opened: [^\n]*$"):
        open_store("/proc/kg")


def test_writing_to_a_reader(tmp_path: Path) -> None:
    open_store(tmp_path / "store").close()
    with open_store(tmp_path / "store", read_only=True) as store, pytest.raises(KgError, match="for reading only"):
        store.add([quad("one")])


def test_a_closed_store_says_so() -> None:
    store = EmbeddedStore()
    store.close()
    with pytest.raises(ValueError, match="closed"):
        store.query("ASK { }")
