"""The store inside this process: in memory, or on disk where one process may write at a time."""

from __future__ import annotations

import errno
import weakref
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import KgError
from kg.store.binding import bind
from kg.store.closing import Closing
from kg.store.errors import first_line, is_update, malformed
from kg.store.protocol import Answer, Solutions, Substitutions

BULK = 50_000
"""From this number of quads on, sorted files are faster than one transaction; below it they leave too many files."""

_open: set[Path] = set()
"""Folders this process has open for writing. Their lock files must not be touched: POSIX drops a lock on any close."""


class EmbeddedStore(Closing):
    """A pyoxigraph store behind the `Store` protocol."""

    def __init__(self, folder: Path | None = None, *, read_only: bool = False, create: bool = True) -> None:
        self.location = "memory" if folder is None else str(folder)
        self._read_only = read_only
        self._store: ox.Store | None = _opened(folder, read_only, create)
        self._release = weakref.finalize(self, _open.discard, folder.resolve() if folder else Path())
        if folder and not read_only:
            _open.add(folder.resolve())

    @property
    def inner(self) -> ox.Store:
        """The pyoxigraph store itself, for what the protocol has no word for (backup, oxrdflib)."""
        if self._store is None:
            raise ValueError(f"store {self.location} is closed")
        return self._store

    def add(self, quads: Iterable[ox.Quad]) -> None:
        quads = list(quads)
        self._written(lambda store: store.bulk_extend(quads) if len(quads) >= BULK else store.extend(quads))

    def replace_graph(self, graph: ox.NamedNode | str, quads: Iterable[ox.Quad]) -> None:
        # Only the difference is written, by one update, which is one transaction: a graph that did not change costs
        # a scan, and no reader sees it empty.
        name = ox.NamedNode(graph) if isinstance(graph, str) else graph
        new = {ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in quads}
        old = set(self.inner.quads_for_pattern(None, None, None, name))
        if not old:
            self.add(sorted(new, key=str))
        elif any(isinstance(term, ox.BlankNode) for quad in new | old for term in (quad.subject, quad.object)):
            self.remove_graph(name)  # an update would rename blank nodes: two steps are the best there is
            self.add(new)
        elif new != old:
            gone, come = _block(old - new), _block(new - old)
            self.update(f"DELETE DATA {{ GRAPH {name} {{ {gone} }} }} ; INSERT DATA {{ GRAPH {name} {{ {come} }} }}")

    def remove_graph(self, graph: ox.NamedNode | str) -> None:
        name = ox.NamedNode(graph) if isinstance(graph, str) else graph
        self._written(lambda store: store.remove_graph(name))

    def query(self, sparql: str, substitutions: Substitutions | None = None) -> Answer:
        if is_update(sparql):
            raise KgError("this is an update, and a query only reads: give a SELECT, ASK, CONSTRUCT or DESCRIBE")
        try:
            return materialised(self.inner.query(bind(sparql, substitutions), use_default_graph_as_union=True))
        except SyntaxError as error:
            raise malformed(sparql, error) from error
        except (OSError, RuntimeError) as error:
            raise KgError(f"the query failed: {first_line(str(error))}") from error

    def update(self, sparql: str) -> None:
        try:
            self._written(lambda store: store.update(sparql))
        except SyntaxError as error:
            raise malformed(sparql, error) from error

    def graphs(self) -> list[ox.NamedNode]:
        names = (name for name in self.inner.named_graphs() if isinstance(name, ox.NamedNode))
        filled = (n for n in names if any(True for _ in self.inner.quads_for_pattern(None, None, None, n)))
        return sorted(filled, key=lambda name: name.value)

    def dump(self) -> Iterator[ox.Quad]:
        return iter(sorted(self.inner, key=quad_key))

    def close(self) -> None:
        try:
            if self._store is not None and not self._read_only:
                self._written(lambda store: store.flush())  # or each later opening reads the log of the last writes
        finally:
            self._store = None  # pyoxigraph lets go of the folder with the last reference
            self._release()

    def _written(self, write: Callable[[ox.Store], None]) -> None:
        if self._read_only:
            raise KgError(f"store {self.location} is open for reading only")
        try:
            write(self.inner)
        except (OSError, RuntimeError) as error:
            raise KgError(f"store {self.location} could not be written: {first_line(str(error))}") from error


def materialised(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Answer:
    """The whole answer, so that no iterator keeps the store open."""
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    if isinstance(answer, ox.QueryTriples):
        return list(answer)
    return Solutions(tuple(variable.value for variable in answer.variables), tuple(answer))


def quad_key(quad: ox.Quad) -> tuple[str, str, str, str]:
    """The order of quads in a dump."""
    return str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object)


def _block(quads: set[ox.Quad]) -> str:
    return " ".join(f"{quad.subject} {quad.predicate} {quad.object} ." for quad in sorted(quads, key=str))


def _opened(folder: Path | None, read_only: bool, create: bool) -> ox.Store:
    if folder is None:
        return ox.Store()
    if not is_store(folder) and (read_only or not create):
        raise KgError(f"no store at {folder}: make one with `kg build DOCUMENTS --store {folder}`")
    try:
        if read_only:
            refuse_if_locked(folder)
            return ox.Store.read_only(str(folder))
        return ox.Store(str(folder))
    except (OSError, RuntimeError) as error:
        raise _cannot_open(folder, error) from error


def is_store(folder: Path) -> bool:
    """Whether there is a store, as against nothing or an empty folder."""
    try:
        if not folder.exists():
            return False
        if not folder.is_dir():
            raise KgError(f"{folder} is a file, not a store: name a folder")
        if (folder / "CURRENT").exists():
            return True
        if any(folder.iterdir()):
            raise KgError(f"{folder} holds other files and is no store: name an empty or a new folder")
    except PermissionError as error:
        raise KgError(f"store {folder} cannot be read: permission denied") from error
    return False


def refuse_if_locked(folder: Path) -> None:
    """Reading while another process writes is undefined in the engine, so ask the lock file first."""
    try:
        import fcntl
    except ImportError:  # no such locks on this system: the engine's own errors must do
        return
    if folder.resolve() in _open:
        raise _locked(folder)
    try:
        with (folder / "LOCK").open("rb") as lock:
            fcntl.lockf(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise _locked(folder) from error
    except OSError:
        return


def _locked(folder: Path) -> KgError:
    return KgError(f"store {folder} is open in another process: close it, or work on a copy of the folder")


def _cannot_open(folder: Path, error: Exception) -> KgError:
    text = str(error)
    if "lock" in text.lower() and ("unavailable" in text or "lock hold" in text):
        return _locked(folder)
    if "Corruption" in text:
        return KgError(f"store {folder} is damaged: {first_line(text)}; build it anew in another folder")
    if isinstance(error, PermissionError) or "Permission denied" in text or "Read-only file system" in text:
        return KgError(f"store {folder} cannot be written: permission denied; name another folder with --store")
    if getattr(error, "errno", None) == errno.ENOSPC or "No space" in text:
        return KgError(f"store {folder} cannot be written: the disk is full")
    return KgError(f"store {folder} cannot be opened: {first_line(text)}")
