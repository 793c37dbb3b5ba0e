"""Documents in JSON: one record a line (.jsonl, .ndjson), or one record or a list of them (.json)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.documents.problems import Problem

_TEXT = ("text", "body", "content", "maintext", "article")
_TITLE = ("title", "headline")
_DATE = ("published", "date", "published_at", "publishedAt", "pub_date", "pubDate", "date_publish", "datePublished")
_PUBLISHER = ("publisher", "source", "source_name", "site_name")
_URL = ("url", "link")
_NAME = ("id", "name", "_id")


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one record as written; `path` is `file:line`, or `file:number` in a list."""

    path: str
    text: str
    title: str | None
    date: str | None
    publisher: str | None
    url: str | None
    name: str | None


def records_in_lines(path: str, text: str) -> Iterator[Record | Problem]:
    """The records of a JSON Lines file; blank lines are passed over."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            content = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            yield Problem(where, f"not a JSON record ({_reason(error)}): write one object a line")
            continue
        yield _record(where, content)


def records_in_file(path: str, text: str) -> Iterator[Record | Problem]:
    """The record or the records of a plain JSON file."""
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        yield Problem(f"{path}:{error.lineno}", f"not JSON ({_reason(error)}): give an object or a list of objects")
        return
    except RecursionError as error:
        yield Problem(path, f"not readable as JSON ({_reason(error)}): give an object or a list of objects")
        return
    if isinstance(content, list):
        for number, item in enumerate(content, 1):
            yield _record(f"{path}:{number}", item)
    else:
        yield _record(path, content)


def _record(path: str, content: Any) -> Record | Problem:
    if not isinstance(content, dict):
        return Problem(path, "not a JSON object: give each document as an object with a field 'text'")
    text = _field(content, _TEXT)
    if text is None:
        return Problem(path, f"no text in this record: give it a field {', '.join(map(repr, _TEXT[:3]))}")
    return Record(
        path,
        text,
        _field(content, _TITLE),
        _field(content, _DATE),
        _field(content, _PUBLISHER),
        _field(content, _URL),
        _field(content, _NAME),
    )


def _field(content: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    """The first of these fields that holds words; a nested object (`"source": {"name": ...}`) gives its name."""
    for key in keys:
        value = content.get(key)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return str(value)
    return None


def _reason(error: Exception) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
