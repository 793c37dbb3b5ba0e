"""What the parts of the server share: the store, the engines on its current snapshot, and updates."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from kg.errors import KgError
from kg.query.saved import with_prefixes
from kg.server.engine import Question, Reply
from kg.server.engines import Engines
from kg.server.limits import Limits
from kg.server.process import program
from kg.server.reading import SnapshotStore
from kg.server.writing import run_update
from kg.store import Answer, Store, Term
from kg.store.snapshot import Fingerprint, fingerprint, snapshot

_WATCH = 1.0  # seconds between two looks at the store
_MARK = ".served-"
_log = logging.getLogger("kg.server")


class Service:
    """The store that is served, from `async with` on until its end."""

    def __init__(self, store_path: Path, limits: Limits) -> None:
        self.store_path = store_path
        self.limits = limits
        self.generation = 0
        """Grows with every snapshot: what was computed at another number is stale."""
        self.store: Store = SnapshotStore(str(store_path), self._ask_from_thread)
        """The current snapshot, for whatever takes a store. It waits for answers: only `def` endpoints may use it."""
        self._engines = Engines(limits)
        self._copied: Fingerprint = frozenset()
        self._writing = asyncio.Lock()

    def query(self, sparql: str, **bindings: Term) -> Answer:
        """Run a query on the current snapshot, with variables bound to terms; prefixes of the graph may be left out.

        It waits for the answer: only `def` endpoints may use it. KgError for a fault or when a limit is reached.
        """
        return self.store.query(with_prefixes(sparql), bindings)

    async def ask(self, question: Question) -> Reply:
        """The engine's answer to a question, whole; Refused when a limit is reached."""
        return await self._engines.ask(question)

    async def update(self, text: str) -> None:
        """Run an update on the store and serve the outcome. Refused for a fault or when a limit is reached."""
        async with self._writing:
            await run_update(self.store_path, text, self.limits)
            await self._renew()

    async def __aenter__(self) -> Self:
        program()
        self._loop = asyncio.get_running_loop()
        self._folder, self._lock = _own_folder(self.store_path)
        try:
            await self._renew()
        except BaseException:
            await self._close()
            raise
        self._watch = asyncio.create_task(self._watched())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._watch.cancel()
        with suppress(asyncio.CancelledError):
            await self._watch
        await self._close()

    async def _close(self) -> None:
        await self._engines.close()
        await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)
        self._lock.close()

    async def _renew(self) -> None:
        """Take a snapshot of the store as it is now, and serve it."""
        folder = self._folder / str(self.generation + 1)
        self._copied = await asyncio.to_thread(snapshot, self.store_path, folder)
        await self._engines.serve(folder)
        self.generation += 1

    async def _watched(self) -> None:
        """Renew the snapshot whenever the store has changed; while it cannot be read, the last one is served on."""
        failed: Fingerprint = frozenset()
        while True:
            await asyncio.sleep(_WATCH)
            async with self._writing:
                seen = await asyncio.to_thread(fingerprint, self.store_path)
                if seen in (self._copied, failed, frozenset()):
                    continue
                try:
                    await self._renew()
                except KgError as error:
                    if "another process" not in str(error):  # it will be done some time
                        failed = seen
                        _log.warning("the changed store is not served yet: %s", error)

    def _ask_from_thread(self, question: Question) -> Reply:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return asyncio.run_coroutine_threadsafe(self.ask(question), self._loop).result()
        raise RuntimeError("Service.query and Service.store wait for answers: use them from `def`, not `async def`")


def _own_folder(store: Path) -> tuple[Path, IO[bytes]]:
    """A folder for snapshots, beside the store where links to its files are possible, and the lock that shows its use.

    Folders that killed servers have left there are removed.
    """
    prefix = f".{store.name}{_MARK}"
    for left in _left(store.parent, prefix):
        shutil.rmtree(left, ignore_errors=True)
    try:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=store.parent))
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix=f"kg{_MARK}"))
    lock = (folder / "lock").open("wb")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return folder, lock


def _left(folder: Path, prefix: str) -> Iterator[Path]:
    for path in folder.glob(f"{prefix}*"):
        with suppress(OSError), (path / "lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield path
