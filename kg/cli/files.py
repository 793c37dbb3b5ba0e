"""Files that a command writes whole or not at all, and folders that a failed run leaves no trace of."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import KgError


def write_file(path: Path, pieces: Iterable[str]) -> None:
    """Write text through a temporary file beside the target, so that the target is never half written."""
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
                file.writelines(pieces)
            if path.exists():
                shutil.copymode(path, name)
            else:
                os.chmod(name, 0o666 & ~_umask())
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise KgError(f"{path} cannot be written ({(error.strerror or str(error)).lower()})") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def unless_unused(store: str) -> Iterator[None]:
    """Take away the folder of a store that this run made, if the run fails before it adds anything."""
    made = None if "://" in store or Path(store).exists() else Path(store)
    try:
        yield
    except KgError:
        if made is not None and made.is_dir():
            shutil.rmtree(made)
        raise


def check_writable(path: Path) -> None:
    """KgError if no file can be made there, before long work is done for it."""
    folder = path.parent
    if not folder.is_dir():
        raise KgError(f"{path} cannot be written (not a directory)")
    if not os.access(folder, os.W_OK):
        raise KgError(f"{path} cannot be written (permission denied)")
