"""The engines at work on the current snapshot: whose turn it is, for how long, and what becomes of them after it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path

from kg.errors import KgError
from kg.server.engine import Engine, Question, Reply
from kg.server.faults import overloaded
from kg.server.limits import Limits

_PATIENCE = 2.0  # seconds of processor time after which a query makes way for others


class _Served:
    """A snapshot with the engines that stand ready on it, and the number of questions that still need it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ready: list[Engine] = []
        self.users = 0

    def take(self) -> Engine | None:
        """An engine that stands ready, the last used first; one that died meanwhile is left out."""
        while self.ready:
            if (engine := self.ready.pop()).fit:
                return engine
        return None


class Engines:
    """Answers questions from one snapshot after another. All methods belong to one event loop."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._turns = asyncio.Semaphore(limits.at_once)
        self._current: _Served | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._busy: set[Engine] = set()

    async def serve(self, folder: Path) -> None:
        """Answer from this snapshot from now on; the one before is deleted when its last question is answered."""
        new = _Served(folder)
        new.ready.append(await Engine.start(folder, self._limits))
        old, self._current = self._current, new
        if old:
            await self._leave(old)

    async def ask(self, question: Question) -> Reply:
        """The answer of the current snapshot; Refused when the limits are reached."""
        try:
            async with asyncio.timeout(self._limits.timeout):
                await self._turns.acquire()
        except TimeoutError:
            raise overloaded("the server is busy with other queries: try again") from None
        try:
            return await self._ask(question)
        finally:
            self._turns.release()

    async def close(self) -> None:
        """Stop every engine and whatever it works on."""
        served, self._current = self._current, None
        engines = [*self._busy, *(served.ready if served else [])]
        await asyncio.gather(*(engine.stop() for engine in engines), *self._tasks)

    async def _ask(self, question: Question) -> Reply:
        served = self._current
        if served is None:
            raise overloaded("the server is closing")
        served.users += 1
        engine = None
        try:
            engine = served.take() or await Engine.start(served.folder, self._limits)
            self._busy.add(engine)
            minded = asyncio.create_task(_mind(engine))
            try:
                async with asyncio.timeout(self._limits.timeout):
                    return await engine.ask(question)
            finally:
                minded.cancel()
        except TimeoutError:
            raise overloaded(
                f"the query was stopped after {self._limits.timeout:g} s: ask for less, for example with LIMIT"
            ) from None
        finally:
            served.users -= 1
            if engine:
                self._busy.discard(engine)
                self._after(served, engine)
            if served is not self._current:
                self._soon(self._leave(served))

    def _after(self, served: _Served, engine: Engine) -> None:
        if engine.fit and served is self._current:
            served.ready.append(engine)
            return
        self._soon(engine.stop())
        if served is self._current and not served.ready:
            self._soon(self._replace(served))

    async def _replace(self, served: _Served) -> None:
        """Have an engine ready before the next question comes."""
        with suppress(KgError):  # that question will tell
            served.ready.append(await Engine.start(served.folder, self._limits))
            if served is not self._current:
                await self._leave(served)

    async def _leave(self, served: _Served) -> None:
        while served.ready:
            await served.ready.pop().stop()
        if not served.users:
            await asyncio.to_thread(shutil.rmtree, served.folder, ignore_errors=True)

    def _soon(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _mind(engine: Engine) -> None:
    """Make an engine step back when its question has had its share. Waiting for a busy machine does not count."""
    await asyncio.sleep(_PATIENCE)
    while engine.spent() < _PATIENCE:
        await asyncio.sleep(_PATIENCE / 4)
    engine.step_back()
