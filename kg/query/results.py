"""Answers written out: SPARQL's JSON, CSV and TSV for programs, Turtle for triples, tables for people."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.errors import KgError
from kg.graph.terms import BASE, PREFIXES, identifier_of
from kg.store import Answer, Solutions

if TYPE_CHECKING:
    from rich.console import RenderableType

FORMATS = ("table", "json", "csv", "tsv", "turtle")
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANGUAGE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_QUOTE = "quote"
"""Columns whose names begin so hold a source's words."""
_COLUMN_WIDTHS, _QUOTE_WIDTH = (24, 18, 14), 28  # the widest at which all columns fit is taken
_BORDER = 3  # characters between two columns


def written(answer: Answer, format: str) -> str:
    """The answer in a format for programs; KgError where answer and format do not go together."""
    if isinstance(answer, list):
        if format not in ("turtle", "table"):
            raise KgError(f"the answer is triples, which have no {format} form: use --format turtle")
        return turtle(answer)
    if format == "turtle":
        raise KgError("only CONSTRUCT and DESCRIBE give Turtle: use --format table, json, csv or tsv")
    if isinstance(answer, bool):
        return json.dumps({"head": {}, "boolean": answer}) + "\n" if format == "json" else f"{str(answer).lower()}\n"
    return {"json": _json, "csv": _csv, "tsv": _tsv}[format](answer)


def turtle(triples: list[Triple]) -> str:
    """The triples as Turtle, always in the same order."""
    from kg.graph.turtle import to_turtle

    return "".join(to_turtle(Quad(triple.subject, triple.predicate, triple.object) for triple in triples))


def table(answer: Solutions, *, width: int) -> RenderableType:
    """The rows for people; below a readable width each row becomes a paragraph. Empty columns are left out."""
    columns = [v for v in answer.variables if any(row[v] is not None for row in answer)]
    cap = _column_width(answer, columns, width)
    if cap is None:
        return _paragraphs(answer, columns)
    from rich.table import Table

    quotes = any(column.startswith(_QUOTE) for column in columns)
    grid = Table(header_style="bold", show_lines=quotes, expand=quotes)
    for column in columns:
        if column.startswith(_QUOTE):
            grid.add_column(_heading(column), ratio=1, min_width=_QUOTE_WIDTH, style="italic")
        else:
            grid.add_column(_heading(column), max_width=cap, overflow="fold")
    for row in answer:
        grid.add_row(*(_cell(column, row[column]) for column in columns))
    return grid


def _column_width(answer: Solutions, columns: list[str], width: int) -> int | None:
    """How wide columns without quotes may be for all to fit; None where a table would be cropped."""
    quotes = [c for c in columns if c.startswith(_QUOTE)]
    longest = [max(len(_heading(c)), *(len(shortened(row[c])) for row in answer)) for c in columns if c not in quotes]
    for cap in _COLUMN_WIDTHS:
        if sum(min(n, cap) + _BORDER for n in longest) + len(quotes) * (_QUOTE_WIDTH + _BORDER) < width:
            return cap
    return None


def shortened(term: Any) -> str:
    """A term for people: the text of a literal, the readable part of an IRI."""
    if not isinstance(term, NamedNode):
        return "" if term is None else str(getattr(term, "value", term))
    if term.value.startswith(BASE) and "#" not in term.value:
        return identifier_of(term)
    for prefix, namespace in PREFIXES.items():
        if term.value.startswith(namespace):
            return f"{prefix}:{term.value.removeprefix(namespace)}"
    return term.value


def _heading(column: str) -> str:
    return column.replace("_", " ")


def _cell(column: str, term: Any) -> Any:
    from rich.text import Text

    value = shortened(term)
    return Text(
        f"\N{LEFT DOUBLE QUOTATION MARK}{value}\N{RIGHT DOUBLE QUOTATION MARK}"
        if column.startswith(_QUOTE) and value
        else value
    )


def _paragraphs(answer: Solutions, columns: list[str]) -> RenderableType:
    from rich.table import Table

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for row in answer:
        for column in columns:
            if row[column] is not None:
                grid.add_row(_heading(column), _cell(column, row[column]))
        grid.add_row()
    return grid


def _json(answer: Solutions) -> str:
    bindings = [{v: _json_term(row[v]) for v in answer.variables if row[v] is not None} for row in answer]
    whole = {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Any) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    assert isinstance(term, Literal)
    binding = {"type": "literal", "value": term.value}
    if term.language:
        return binding | {"xml:lang": term.language}
    if term.datatype.value not in (_STRING, _LANGUAGE):
        return binding | {"datatype": term.datatype.value}
    return binding


def _csv(answer: Solutions) -> str:
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(answer.variables)
    for row in answer:
        writer.writerow([_csv_value(row[v]) for v in answer.variables])
    return output.getvalue()


def _csv_value(term: Any) -> str:
    if isinstance(term, BlankNode):
        return str(term)
    return "" if term is None else str(term.value)


def _tsv(answer: Solutions) -> str:
    lines = ["\t".join(f"?{v}" for v in answer.variables)]
    lines += ["\t".join("" if row[v] is None else str(row[v]) for v in answer.variables) for row in answer]
    return "\n".join(lines) + "\n"
