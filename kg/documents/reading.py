"""From paths to documents."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from kg.documents.dates import date_of, published_in, published_in_name
from kg.documents.decoding import decode
from kg.documents.english import is_foreign
from kg.documents.headings import publisher_of, title_of
from kg.documents.problems import Problem
from kg.documents.records import Record, records_in_file, records_in_lines
from kg.documents.sources import LINES, PAGES, Source, sources
from kg.documents.web_pages import declared_encoding, page_of
from kg.model import Document

_NO_DATE = "no publication date found: give --published YYYY-MM-DD or put a date line under the title"


def _log(problem: Problem) -> None:
    logging.getLogger("kg").warning("%s", problem)


def read(
    paths: Iterable[str | Path] | str | Path,
    published: date | None = None,
    on_problem: Callable[[Problem], None] = _log,
) -> Iterator[Document]:
    """The documents in files, folders and archives, in the order given and sorted within a folder or archive.

    Reads text (.txt, .text, no suffix), HTML (.html, .htm), JSON Lines (.jsonl, .ndjson), .zip and .tar.gz; plain .json
    only where it is given by name, since it mostly stands beside texts as their metadata. `published` is for documents
    that tell no date themselves, neither in metadata nor in their first lines nor at the start of the file's name.

    `on_problem` gets a `Problem` for each file or record that cannot be read, and the rest go on; nothing is raised.
    Names are unique within one call, so read all that goes together at once.
    """
    names: set[str] = set()
    for path in [paths] if isinstance(paths, (str, Path)) else paths:
        for source in sources(Path(path)):
            for document in _documents(source, published) if isinstance(source, Source) else [source]:
                if isinstance(document, Problem):
                    on_problem(document)
                else:
                    yield replace(document, name=_unique(document.name, names))


def _documents(source: Source, published: date | None) -> Iterator[Document | Problem]:
    try:
        declared = declared_encoding(source.content) if source.suffix in PAGES else None
        text = decode(source.content, declared)
    except ValueError:
        yield Problem(source.path, "not a text file: save it as UTF-8 text")
        return
    if source.suffix in PAGES:
        page = page_of(text)
        told = next((day for day in map(date_of, page.dates) if day), None)
        day = told.isoformat() if told else None
        record = Record(source.path, page.text, page.title, day, page.publisher, page.url, None)
        yield _document(record, source.stem, published)
    elif source.suffix in LINES or source.suffix == ".json":
        for item in (records_in_lines if source.suffix in LINES else records_in_file)(source.path, text):
            yield item if isinstance(item, Problem) else _document(item, _record_stem(item, source.stem), published)
    else:
        yield _document(Record(source.path, text, None, None, None, None, None), source.stem, published)


def _document(record: Record, stem: str, published: date | None) -> Document | Problem:
    # records bring their own line ends
    text = record.text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00ad", "").replace("\0", "")
    if not text.strip():
        return Problem(record.path, "no text in it: nothing to read")
    if is_foreign(text):
        return Problem(record.path, "does not look like English: only English is read")
    day = (record.date and date_of(record.date)) or published_in(text) or published_in_name(stem) or published
    if day is None:
        return Problem(record.path, _NO_DATE)
    return Document(
        name=stem,
        text=text,
        published=day,
        title=record.title or title_of(text),
        publisher=record.publisher or publisher_of(text),
        url=record.url,
    )


def _record_stem(record: Record, stem: str) -> str:
    line = record.path.rpartition(":")[2]
    return record.name or (f"{stem}-{line}" if line.isdigit() else stem)


def _unique(stem: str, names: set[str]) -> str:
    """A name safe in file names and IRIs, with `-2`, `-3` ... where it is taken; it is noted in `names`."""
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode("ascii")
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.")[:120] or "document"
    name, number = safe, 2
    while name.casefold() in names:
        name, number = f"{safe}-{number}", number + 1
    names.add(name.casefold())
    return name
