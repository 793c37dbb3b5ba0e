"""One `oxigraph` server on a snapshot. It answers one question at a time, so to stop a query is to stop its engine.

The program's own time limit is not relied on: it does not end a cross product, and an answer that it does cut short
still bears the status 200.
"""

from __future__ import annotations

import asyncio
import math
import re
import socket
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import httpx

from kg.server.faults import Refused, overloaded
from kg.server.keywords import sets_dataset
from kg.server.limits import MIB, Limits
from kg.server.process import Child, out_of_memory

# up to the line's end: the program writes the line in pieces, and half an address is none
_READY = re.compile(r"Listening for requests at (\S+)\n")
_START = 20.0  # seconds that an engine may take to open the largest store
_LOOK = 0.005  # seconds between two looks whether it is ready
_IN_MEMORY = 4 * MIB  # answers up to this size are not put on disk
_ATTEMPTS = 5  # free ports that somebody else may take first


@dataclass(frozen=True, slots=True)
class Question:
    """A request to an engine: a query with its dataset, or, without a text, a graph (all graphs for "")."""

    text: str | None
    accept: str
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()
    graph: str = ""

    def request(self, address: str) -> httpx.Request:
        """The request in the engine's terms."""
        headers = {"Accept": self.accept}
        if self.text is None:
            return httpx.Request(
                "GET", f"{address}/store", params={"graph": self.graph} if self.graph else None, headers=headers
            )
        parameters: list[tuple[str, str | int | float | bool | None]]
        parameters = [("default-graph-uri", iri) for iri in self.default_graphs]
        parameters += [("named-graph-uri", iri) for iri in self.named_graphs]
        if not parameters and not sets_dataset(self.text):
            # where it stands, the engine does not look at FROM
            parameters = [("union-default-graph", "true")]
        headers["Content-Type"] = "application/sparql-query; charset=utf-8"
        return httpx.Request("POST", f"{address}/query", params=parameters, headers=headers, content=self.text.encode())


@dataclass(frozen=True, slots=True)
class Reply:
    """An engine's whole answer; `body` stands at its beginning, and whoever gets the reply closes it."""

    status: int
    headers: Mapping[str, str]
    body: IO[bytes] = field(repr=False)
    size: int

    def read(self) -> bytes:
        """The whole body; the reply is closed."""
        with self.body:
            return self.body.read()


class Engine:
    """A running engine; made by `start`."""

    def __init__(self, child: Child, address: str, limits: Limits) -> None:
        self._child, self._address, self._limits = child, address, limits
        self._client = httpx.AsyncClient(timeout=None, trust_env=False)
        self._sound, self._slow, self._begun = True, False, 0.0

    @classmethod
    async def start(cls, folder: Path, limits: Limits) -> Engine:
        """An engine that is ready to answer. KgError if it cannot be started."""
        for _ in range(_ATTEMPTS):
            bind = f"127.0.0.1:{_free_port()}"
            child = Child("serve-read-only", "--location", str(folder), "--bind", bind, memory=limits.memory)
            written = ""
            try:
                for _ in range(int(_START / _LOOK)):
                    await asyncio.sleep(_LOOK)
                    written += child.errors()
                    if ready := _READY.search(written):
                        return cls(child, ready[1], limits)
                    if child.ended is not None:
                        break
            except BaseException:
                child.close()
                raise
            child.close()
        raise overloaded(f"the query engine could not be started: {written.strip() or 'it gives no reason'}")

    @property
    def fit(self) -> bool:
        """Whether it may answer a further question."""
        return self._sound and not self._slow and self._child.ended is None

    async def ask(self, question: Question) -> Reply:
        """The answer, whole. Refused when it is too large or the engine fails at it; the engine is then unfit."""
        self._sound = False  # until all has gone well
        self._begun = self._child.spent()
        body: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
        size = 0
        try:
            response = await self._client.send(question.request(self._address), stream=True)
            async for chunk in response.aiter_raw():
                size += len(chunk)
                if size > self._limits.answer:
                    most = self._limits.answer // MIB
                    raise overloaded(f"the answer is larger than {most} MiB: ask for less, for example with LIMIT")
                body.write(chunk)
            if complaint := self._child.errors().strip():  # it has no other way to say that an answer is broken off
                raise Refused(500, f"the query engine failed: {complaint.splitlines()[0]}")
        except httpx.HTTPError as error:
            body.close()
            raise await self._ended(error) from error
        except BaseException:
            body.close()
            raise
        body.seek(0)
        self._sound = True
        return Reply(response.status_code, response.headers, body, size)

    def spent(self) -> float:
        """The seconds of processor time since the question came; endless where the system does not tell."""
        return math.inf if math.isinf(now := self._child.spent()) else now - self._begun

    def step_back(self) -> None:
        """Let others go first, since what it works on takes long. It is then unfit for another question."""
        self._child.step_back()
        self._slow = True

    async def stop(self) -> None:
        """End it at once, whatever it does."""
        self._child.kill()
        await self._client.aclose()
        await asyncio.to_thread(self._child.close)

    async def _ended(self, error: httpx.HTTPError) -> Refused:
        code = await asyncio.to_thread(self._child.wait) if isinstance(error, httpx.ReadError) else self._child.ended
        errors = self._child.errors().strip()
        if out_of_memory(errors, code):
            most = self._limits.memory // MIB
            return overloaded(f"the query needs more than {most} MiB of memory: ask for less")
        return overloaded(f"the query engine ended at this query ({errors.partition(chr(10))[0] or error})")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
