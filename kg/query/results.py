"""Answers written out: SPARQL's JSON, XML, CSV and TSV for programs, Turtle for triples, tables for people."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryResultsFormat, Triple, parse_query_results

from kg.errors import KgError
from kg.graph.terms import BASE, PREFIXES, identifier_of
from kg.store import Answer, Solutions

if TYPE_CHECKING:
    from rich.console import RenderableType

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "markdown")
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANGUAGE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_QUOTE = "quote"
"""Columns whose names begin so hold a source's words."""
_COLUMN_WIDTHS, _QUOTE_WIDTH = (24, 18, 14), 28  # the widest at which all columns fit is taken
_BORDER = 3  # characters between two columns


def check_format(format: str) -> None:
    """KgError for a format that no answer has."""
    if format not in FORMATS:
        raise KgError(f"unknown format {format!r}: say one of {', '.join(FORMATS)}")


def written(answer: Answer, format: str) -> str:
    """The answer in a format other than `table`; KgError where answer and format do not go together."""
    if isinstance(answer, list):
        if format not in ("turtle", "table"):
            raise KgError(f"the answer is triples, which have no {format} form: use --format turtle")
        return turtle(answer)
    if format == "turtle":
        raise KgError(f"only CONSTRUCT and DESCRIBE give Turtle: use one of {', '.join(FORMATS[:5])}, markdown")
    if isinstance(answer, bool):
        whole = json.dumps({"head": {}, "boolean": answer}) + "\n"
        return whole if format == "json" else _xml(whole) if format == "xml" else f"{str(answer).lower()}\n"
    if format == "markdown":
        return markdown(answer.variables, _texts(answer))
    if format == "xml":
        return _xml(_json(answer))
    return {"json": _json, "csv": _csv, "tsv": _tsv}[format](answer)


def turtle(triples: list[Triple]) -> str:
    """The triples as Turtle, always in the same order."""
    from kg.graph.turtle import to_turtle

    return "".join(to_turtle(Quad(triple.subject, triple.predicate, triple.object) for triple in triples))


def markdown(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The rows as a Markdown table."""

    def line(cells: Sequence[str]) -> str:
        escaped = (" ".join(cell.replace("\\", "\\\\").replace("|", "\\|").split()) for cell in cells)
        return f"| {' | '.join(escaped)} |\n"

    return line([_heading(c) for c in columns]) + line(["---"] * len(columns)) + "".join(map(line, rows))


def table(answer: Solutions, *, width: int) -> RenderableType:
    """The rows of a SELECT for people."""
    return text_table(answer.variables, _texts(answer), width=width)


def text_table(names: Sequence[str], rows: Sequence[Sequence[str]], *, width: int) -> RenderableType:
    """Rows of texts for people; below a readable width each row becomes a paragraph. Empty columns are left out."""
    kept = [i for i in range(len(names)) if any(row[i] for row in rows)]
    columns = [names[i] for i in kept]
    cells = [[row[i] for i in kept] for row in rows]
    cap = _column_width(columns, cells, width)
    if cap is None:
        return _paragraphs(columns, cells)
    from rich.table import Table

    quotes = any(column.startswith(_QUOTE) for column in columns)
    grid = Table(header_style="bold", show_lines=quotes, expand=quotes)
    for column in columns:
        if column.startswith(_QUOTE):
            grid.add_column(_heading(column), ratio=1, min_width=_QUOTE_WIDTH, style="italic")
        else:
            grid.add_column(_heading(column), max_width=cap, overflow="fold")
    for row in cells:
        grid.add_row(*(_cell(column, text) for column, text in zip(columns, row, strict=True)))
    return grid


def _texts(answer: Solutions) -> list[list[str]]:
    return [[shortened(row[v]) for v in answer.variables] for row in answer]


def _column_width(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> int | None:
    """How wide columns without quotes may be for all to fit; None where a table would be cropped."""
    plain = [i for i, column in enumerate(columns) if not column.startswith(_QUOTE)]
    longest = [max(len(_heading(columns[i])), *(len(row[i]) for row in rows)) for i in plain]
    for cap in _COLUMN_WIDTHS:
        taken = sum(min(n, cap) + _BORDER for n in longest)
        if taken + (len(columns) - len(plain)) * (_QUOTE_WIDTH + _BORDER) < width:
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


def _cell(column: str, value: str) -> Any:
    from rich.text import Text

    quoted = column.startswith(_QUOTE) and value
    return Text(f"\N{LEFT DOUBLE QUOTATION MARK}{value}\N{RIGHT DOUBLE QUOTATION MARK}" if quoted else value)


def _paragraphs(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> RenderableType:
    from rich.table import Table

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for row in rows:
        for column, text in zip(columns, row, strict=True):
            if text:
                grid.add_row(_heading(column), _cell(column, text))
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


def _xml(results: str) -> str:
    """SPARQL's JSON results as SPARQL's XML results."""
    parsed = parse_query_results(results.encode(), format=QueryResultsFormat.JSON)
    return (parsed.serialize(format=QueryResultsFormat.XML) or b"").decode() + "\n"


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
