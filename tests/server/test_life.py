"""From start to end: what the server serves as the store changes, and what it leaves behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from kg.server.run import listening
from kg.store import open_store
from kg.store.embedded import EmbeddedStore

from ..conftest import environment, shell
from .conftest import EX, Server, engines, quads, serving

ALL = "SELECT ?s WHERE { ?s ?p ?o }"


def ship(name: str) -> Quad:
    return Quad(NamedNode(EX + name), NamedNode(f"{EX}kind"), NamedNode(f"{EX}Ship"), NamedNode(f"{EX}sea"))


def until(true: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.1)


def left(server: Server) -> list[str]:
    return [name for name in os.listdir(server.store.parent) if ".served-" in name]


def test_a_changed_store_is_served_without_a_restart(make_store: Callable[[], Path]) -> None:
    with serving(make_store()) as server:
        before = server.rows(ALL)
        with open_store(server.store) as store:  # the server does not hold it
            store.add([ship("notus")])
            assert server.rows(ALL) == before  # a writer does not stop the reading
        until(lambda: f"{EX}notus" in server.rows(ALL))
        shutil.rmtree(server.store)
        assert f"{EX}notus" in server.rows(ALL)  # what was served stays
        with open_store(server.store) as store:
            store.add([ship("argo")])
        until(lambda: server.rows(ALL) == [f"{EX}argo"])
        until(lambda: len(list((server.store.parent / left(server)[0]).iterdir())) == 2)  # the snapshot and the lock


def test_an_interrupt_ends_it_without_a_word_and_nothing_is_left(make_store: Callable[[], Path]) -> None:
    path = make_store()
    before = {entry.name: entry.stat().st_mtime_ns for entry in os.scandir(path)}
    with serving(path) as server:
        for engine in engines(server):
            os.kill(engine, signal.SIGKILL)
        time.sleep(0.2)
        assert len(server.rows(ALL)) == len(quads())  # another engine took its place
        assert len(left(server)) == 1
        server.process.send_signal(signal.SIGINT)
        _, errors = server.process.communicate(timeout=20)
        assert (server.process.returncode, errors) == (0, "")
        until(lambda: engines(server) == [])
    assert left(server) == []
    assert {entry.name: entry.stat().st_mtime_ns for entry in os.scandir(path)} == before  # serving writes nothing


def test_the_engines_die_with_a_server_that_is_killed(make_store: Callable[[], Path]) -> None:
    with serving(make_store()) as server:
        server.process.send_signal(signal.SIGKILL)
        server.process.wait(10)
        until(lambda: engines(server) == [])
        assert len(left(server)) == 1
    with serving(server.store) as again:  # which tidies up
        assert len(left(again)) == 1
        assert len(again.rows(ALL)) == len(quads())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--store", "nowhere"], "no store at nowhere: make one with `kg build DOCUMENTS --store nowhere`"),
        (["--store", "."], ". holds other files and is no store: name an empty or a new folder"),
        (["--store", "http://127.0.0.1:1"], "http://127.0.0.1:1 is served already: name the folder of a store"),
        (["--host", "192.0.2.1"], "cannot listen at 192.0.2.1:8000 (cannot assign requested address"),
    ],
)
def test_what_cannot_be_served_is_told_in_one_line(tmp_path: Path, arguments: list[str], message: str) -> None:
    (tmp_path / "file").touch()
    done = shell(tmp_path, "serve", *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith(f"kg: {message}")
    assert len(done.stderr.splitlines()) == 1


def test_a_port_that_is_taken_is_told_in_one_line(tmp_path: Path) -> None:
    with listening("127.0.0.1", 0) as taken:
        done = shell(tmp_path, "serve", "--port", taken.getsockname()[1])
    assert done.returncode == 2
    assert "address already in use" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_store_that_is_being_written_is_told_in_one_line(make_store: Callable[[], Path], tmp_path: Path) -> None:
    with EmbeddedStore(make_store()) as store:
        done = shell(tmp_path, "serve", "--store", store.location, "--port", 0)
    assert done.returncode == 2
    assert done.stderr == (
        f"kg: store {store.location} is open in another process: close it, or work on a copy of the folder\n"
    )


def test_it_listens_to_this_machine_alone(server: Server) -> None:
    assert server.url.startswith("http://127.0.0.1:")


def test_a_token_is_made_up_where_none_is_given(make_store: Callable[[], Path]) -> None:
    with serving(make_store(), "--writable") as server:
        assert server.process.stdout is not None
        token = server.process.stdout.readline().split("Bearer ")[1].strip()
        assert len(token) >= 32
        headers = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {token}"}
        assert server.send("POST", "/sparql", "CLEAR ALL", headers).status == 204
        assert server.rows(ALL) == []


def test_the_app_is_light_to_import() -> None:
    code = (
        "import sys, kg.cli.serve\n"
        "print([m for m in ('starlette', 'uvicorn', 'httpx') if m in sys.modules])\n"
        "import kg.server.app\n"
        "print([m for m in ('spacy', 'rdflib', 'owlrl', 'pyshacl', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=True)
    assert done.stdout.splitlines() == ["[]", "[]"]
