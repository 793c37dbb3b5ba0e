"""Finding the files: single ones, folders, and archives, whose members are read in place and never unpacked."""

from __future__ import annotations

import io
import os
import re
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kg.documents.problems import Problem

LARGEST = 50_000_000  # bytes of one text

TEXT = frozenset({".txt", ".text", ""})
PAGES = frozenset({".html", ".htm"})
LINES = frozenset({".jsonl", ".ndjson"})
_ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz")
# What people keep documents in that is not read yet; other files in a folder are no documents and are passed over.
_UNREAD = frozenset({".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".eml", ".msg", ".xml", ".csv", ".tsv"})


@dataclass(frozen=True, slots=True)
class Source:
    """One file's content; `path` is as a `Problem` shows it, `stem` and `suffix` are of the file's own name."""

    path: str
    stem: str
    suffix: str
    content: bytes


def sources(path: Path) -> Iterator[Source | Problem]:
    """The readable files at a path, in sorted order for a folder or archive, and a problem for each that is not."""
    try:
        if path.is_dir():
            yield from _folder(path)
        elif not path.exists():
            yield Problem(str(path), "does not exist: check the path")
        elif path.name.lower().endswith(_ARCHIVES):
            yield from _archive(path)
        else:
            yield _file(path)
    except OSError as error:
        yield _unreadable(str(path), error)


def _folder(path: Path) -> Iterator[Source | Problem]:
    errors: list[OSError] = []
    names: list[Path] = []
    for folder, inner, files in os.walk(path, onerror=errors.append):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        names += [Path(folder) / name for name in files if not name.startswith(".")]
    found = sorted(name for name in names if _belongs(name.name) or name.name.lower().endswith(_ARCHIVES))
    if not found and not errors:
        yield Problem(
            str(path), "nothing to read in this folder: it holds no .txt, .html, .jsonl, .zip or .tar.gz file"
        )
    for error in errors:
        yield _unreadable(str(error.filename), error)
    for name in found:
        yield from sources(name)


def _archive(path: Path) -> Iterator[Source | Problem]:
    try:
        members = _zip_members(path) if path.name.lower().endswith(".zip") else _tar_members(path)
        empty = True
        for source in members:
            empty = False
            yield source
        if empty:
            yield Problem(str(path), "nothing to read in this archive: it holds no .txt, .html or .jsonl file")
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, RuntimeError, NotImplementedError) as error:
        # RuntimeError is zipfile's for a password, NotImplementedError for a compression it lacks
        yield Problem(str(path), f"cannot read the archive ({_one_line(error)}): unpack it and give the folder")


def _zip_members(path: Path) -> Iterator[Source | Problem]:
    with zipfile.ZipFile(path) as archive:
        for name in sorted(name for name in archive.namelist() if _is_member(name)):
            with archive.open(name) as member:
                yield _source(f"{path}!{name}", PurePosixPath(name).name, member.read(LARGEST + 1))


def _tar_members(path: Path) -> Iterator[Source | Problem]:
    with tarfile.open(path) as archive:
        for info in sorted(archive.getmembers(), key=lambda info: info.name):
            if not info.isfile() or not _is_member(info.name):
                continue
            member = archive.extractfile(info) or io.BytesIO()
            yield _source(f"{path}!{info.name}", PurePosixPath(info.name).name, member.read(LARGEST + 1))


def _is_member(name: str) -> bool:
    parts = PurePosixPath(name).parts
    hidden = any(part.startswith(".") and part not in {".", ".."} for part in parts)
    return not name.endswith("/") and not hidden and "__MACOSX" not in parts and _belongs(parts[-1])


def _belongs(name: str) -> bool:
    """Whether a file that was not given by name is read or, being a document of an unread kind, reported."""
    return _suffix(name) in TEXT | PAGES | LINES | _UNREAD


def _suffix(name: str) -> str:
    """The suffix in lower case; empty for a dot within a title ("U.S. and Taliban sign")."""
    match = re.search(r"[^.](\.\w{1,6})$", name)
    return match[1].lower() if match else ""


def _file(path: Path) -> Source | Problem:
    with path.open("rb") as file:
        return _source(str(path), path.name, file.read(LARGEST + 1))


def _source(path: str, name: str, content: bytes) -> Source | Problem:
    suffix = _suffix(name)
    if suffix not in TEXT | PAGES | LINES | {".json"}:
        what = "PDF is not supported yet" if suffix == ".pdf" else f"files of kind {suffix} are not supported"
        return Problem(path, f"{what}: save it as plain text (.txt)")
    if not content.strip():
        return Problem(path, "the file is empty: nothing to read")
    if len(content) > LARGEST:
        return Problem(path, f"larger than {LARGEST // 1_000_000} MB: split it into smaller files")
    return Source(path, name[: len(name) - len(suffix)], suffix, content)


def _unreadable(path: str, error: OSError) -> Problem:
    return Problem(path, f"cannot be read ({error.strerror or _one_line(error)}): check its permissions")


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
