"""A copy of a store on disk to read from while the store itself goes on being written.

The engine's own backup takes the writer's lock, so that a build that starts at that moment would fail. These copies
take no lock: they are made of a store that nobody writes, and are given up if a writer comes in between.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pyoxigraph as ox

from kg.errors import KgError
from kg.store.embedded import is_store, refuse_if_locked

_NOT_COPIED = ("LOCK", "LOG")
_ENDLESS = ".sst"  # files that are never changed once written, so that a hard link is a copy

Fingerprint = frozenset[tuple[str, int, int, int]]


def fingerprint(folder: Path) -> Fingerprint:
    """What the store's files look like from outside; it differs after every write, and after some that change nothing.

    Empty where there is no store.
    """
    found = set()
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not entry.name.startswith(_NOT_COPIED):
                    status = entry.stat()
                    found.add((entry.name, status.st_ino, status.st_size, status.st_mtime_ns))
    except FileNotFoundError:  # the folder, or a file between the listing and the look at it
        return frozenset()
    return frozenset(found)


def snapshot(folder: Path, target: Path) -> Fingerprint:
    """Copy a store into a new folder, and tell the fingerprint of what was copied.

    Large files are linked, where both lie on one file system. KgError if there is no store or another process writes.
    """
    if not is_store(folder):
        raise KgError(f"no store at {folder}: make one with `kg build DOCUMENTS --store {folder}`")
    refuse_if_locked(folder)
    before = fingerprint(folder)
    try:
        target.mkdir(parents=True)
        for name, *_ in sorted(before):
            _copy(folder / name, target / name)
        refuse_if_locked(folder)
        if fingerprint(folder) != before:
            raise KgError(f"store {folder} is being written: try again when the writer is done")
        ox.Store(str(target)).flush()  # brings the log of the last writes into the files, once instead of at every read
    except (KgError, OSError, RuntimeError) as error:
        shutil.rmtree(target, ignore_errors=True)
        if isinstance(error, KgError):
            raise
        raise KgError(f"store {folder} cannot be copied to {target}: {error}") from error
    return before


def _copy(source: Path, target: Path) -> None:
    if source.suffix == _ENDLESS:
        try:
            os.link(source, target)
            return
        except OSError:
            pass  # another file system, or one without links
    shutil.copyfile(source, target)
