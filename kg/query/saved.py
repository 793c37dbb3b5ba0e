"""Saved queries: one `.rq` file each, with description and parameters in a header of `#+` lines (YAML, after grlc)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import srsly

from kg.errors import KgError
from kg.graph.terms import PREFIXES
from kg.query.parameters import PAGING, TYPES, count, value_terms
from kg.resources import folder
from kg.store import Answer, Solutions, Store, Term
from kg.store.binding import bind, free, paged

_MARK = "#+"
_LAST = 99  # the order of queries that name none


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a saved query; `type` is a key of `TYPES`, `edge` the day of a month or year that is meant."""

    name: str
    type: str
    description: str
    example: str
    required: bool = False
    default: str | None = None
    edge: str = "first"


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query with what its header says of it."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    sparql: str
    order: int = _LAST
    tags: tuple[str, ...] = ()

    def parameter(self, name: str) -> Parameter:
        """The parameter of this name; KgError if there is none."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        known = ", ".join(parameter.name for parameter in self.parameters) or "none"
        raise KgError(f"{self.name} has no parameter {name!r}: it has {known}")


def saved_queries(own: Path | None = None) -> list[SavedQuery]:
    """The packaged queries and those of a folder of one's own, those with an order first.

    A query of one's own takes the place of a packaged one of the same name. KgError where the folder is none.
    """
    if own is not None and not own.is_dir():
        raise KgError(f"{own}: no such folder: --queries takes a folder of .rq files")
    paths = {path.stem: path for directory in (folder("queries"), own) if directory for path in directory.glob("*.rq")}
    return sorted(map(read_query, paths.values()), key=lambda query: (query.order, query.name))


def saved_query(name: str, own: Path | None = None) -> SavedQuery:
    """The saved query of this name; KgError with the nearest names if there is none."""
    for directory in filter(None, (own, folder("queries"))):
        path = directory / f"{name}.rq"
        if path.parent == directory and path.is_file():
            return read_query(path)
    names = [query.name for query in saved_queries(own)]
    near = difflib.get_close_matches(name, names, cutoff=0.4) or [n for n in names if name and name in n]
    hint = f"did you mean {' or '.join(near)}?" if near else "`kg query` lists them"
    raise KgError(f"no saved query {name!r}: {hint}")


def read_query(path: Path) -> SavedQuery:
    """The query in a file; a file without a header is a query without parameters."""
    try:
        return parse_query(path.read_text(encoding="utf-8"), name=path.stem, source=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"{path}: cannot be read as text: {error}") from error


def parse_query(text: str, *, name: str, source: str) -> SavedQuery:
    """A query from its text; `source` is named in errors."""
    lines = [line[len(_MARK) :] for line in text.splitlines() if line.startswith(_MARK)]
    try:
        header = srsly.yaml_loads("\n".join(line.removeprefix(" ") for line in lines)) if lines else {}
    except Exception as error:  # srsly passes on the errors of the YAML library it holds, which have no common base
        reason = str(error).splitlines()[0]
        raise KgError(f"{source}: the {_MARK} header is not YAML: {reason}") from error
    if not isinstance(header, dict):
        raise KgError(f"{source}: the {_MARK} header must name title, description and params")
    parameters = tuple(_parameter(key, value, source) for key, value in (header.get("params") or {}).items())
    title = str(header.get("title") or header.get("summary") or name)
    description = " ".join(str(header.get("description") or "").split())
    tags = tuple(str(tag) for tag in header.get("tags") or ())
    return SavedQuery(name, title, description, parameters, text, int(header.get("order") or _LAST), tags)


def with_prefixes(sparql: str) -> str:
    """The text with the graph's own prefixes declared where it uses them without; lines keep their numbers."""
    used = [p for p in PREFIXES if re.search(rf"\b{p}:", sparql)]
    declared = {match[1] for match in re.finditer(r"\bPREFIX\s+([\w-]*):", sparql, re.IGNORECASE)}
    return "".join(f"PREFIX {p}: <{PREFIXES[p]}> " for p in used if p not in declared) + sparql


def run(store: Store, query: SavedQuery, values: Mapping[str, str] | None = None) -> Answer:
    """The answer of a saved query with its parameters bound to RDF terms; those without a value restrict nothing."""
    return store.query(bound(store, query, values or {}))


def more(query: SavedQuery, values: Mapping[str, str], answer: Answer) -> str | None:
    """What to say of an answer that may be one page of several; None for one that is whole."""
    paging = {p.type: (p, count(p, values.get(p.name, p.default or "0"))) for p in query.parameters if p.type in PAGING}
    if "limit" not in paging or not isinstance(answer, Solutions):
        return None
    parameter, limit = paging["limit"]
    if limit is None or len(answer) < limit:
        return None
    _, offset = paging.get("offset", (parameter, 0))
    return f"one page of {limit}: {parameter.name}=all gives all, offset={(offset or 0) + limit} the next"


def unpaged(query: SavedQuery, values: Mapping[str, str]) -> dict[str, str]:
    """The values, with the whole answer where they ask for no page: for programs."""
    limits = {p.name: "all" for p in query.parameters if p.type == "limit"}
    return limits | dict(values)


def bound(store: Store, query: SavedQuery, values: Mapping[str, str]) -> str:
    """The SPARQL text that `run` sends. The store is asked for what names mean."""
    for name in values:
        query.parameter(name)
    terms: dict[str, list[Term]] = {}
    sparql = with_prefixes(query.sparql)
    for parameter in query.parameters:
        value = values.get(parameter.name, parameter.default)
        if value is not None and parameter.type in PAGING:
            sparql = paged(sparql, PAGING[parameter.type], count(parameter, value))
        elif value is not None:
            terms[parameter.name] = value_terms(store, parameter, value)
        elif parameter.required:
            raise KgError(
                f"{query.name} needs {parameter.name}, for example --param '{parameter.name}={parameter.example}'"
            )
        else:
            sparql = free(sparql, parameter.name)
    return bind(sparql, terms)


def _parameter(name: str, value: Any, source: str) -> Parameter:
    if not isinstance(value, dict) or value.get("type") not in {*TYPES, *PAGING}:
        raise KgError(f"{source}: parameter {name} needs a type: one of {', '.join([*TYPES, *PAGING])}")
    default = value.get("default")
    return Parameter(
        name=str(name),
        type=value["type"],
        description=str(value.get("description", "")),
        example=str(value.get("example", "")),
        required=bool(value.get("required", False)),
        default=None if default is None else str(default),
        edge=str(value.get("edge", "first")),
    )
