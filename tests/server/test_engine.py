"""An engine: the `oxigraph` program as a child."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.server import process
from kg.server.engine import Engine, Question
from kg.server.limits import Limits

# the real program, with what it writes to its error stream held up at every character
SLOW = """#!{python}
import os, sys, time
out, into = os.pipe()
if os.fork():
    os.dup2(into, 2)
    os.close(out)
    os.execv({program!r}, [{program!r}, *sys.argv[1:]])
os.close(into)
while piece := os.read(out, 1):
    os.write(2, piece)
    time.sleep(0.02)
"""


def test_an_engine_is_ready_when_it_has_told_its_whole_address(
    make_store: Callable[[], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "oxigraph"
    slow.write_text(SLOW.format(python=sys.executable, program=process.program()))
    slow.chmod(0o755)
    monkeypatch.setattr(process, "program", lambda: str(slow))

    async def answer() -> bytes:
        engine = await Engine.start(make_store(), Limits())
        try:
            return (await engine.ask(Question("ASK { ?s ?p ?o }", "text/csv"))).read()
        finally:
            await engine.stop()

    with ThreadPoolExecutor(1) as pool:  # the browser's tests leave a loop running in this thread
        assert pool.submit(lambda: asyncio.run(answer())).result() == b"true"
