"""`kg query`: saved queries and SPARQL."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import STORE, FormatOption, MinConfidenceOption, StoreOption, console, reading, show
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.query import SavedQuery

EXAMPLES = """\b
Examples:
  kg query
  kg query who-signed-what-when -p actor=Taliban -p from=2020
  kg query mine.rq --format csv
  kg query who-attacked-whom --min-confidence 0.8
  kg query --queries my-queries                 (lists them beside the packaged ones)
  echo 'SELECT ?d WHERE { ?d a cd:Document }' | kg query -"""


def command(
    name: Annotated[str | None, typer.Argument(help="A saved query, a file, or - for standard input.")] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="Give a parameter.")
    ] = None,
    store: StoreOption = STORE,
    format: FormatOption = "table",
    queries: Annotated[
        Path | None, typer.Option("--queries", envvar="KG_QUERIES", metavar="DIR", help="A folder of your own queries.")
    ] = None,
    min_confidence: MinConfidenceOption = 0.0,
    shacl: Annotated[
        bool, typer.Option("--shacl", help="Print the saved queries as sh:SPARQLExecutables, in Turtle, and run none.")
    ] = False,
) -> None:
    """Run a saved query or SPARQL of your own; without a name, list the saved queries.

    It only reads. An answer without rows is an answer: the exit code is 0.
    """
    from kg.query import more, parse_query, read_query, run, saved_queries, saved_query
    from kg.query.executables import executables

    if shacl:
        sys.stdout.write(executables(saved_queries(queries)))
        return
    if name is None:
        _list(saved_queries(queries), format)
        return
    if name == "-":
        query = parse_query(sys.stdin.read(), name="query", source="standard input")
    elif "." in name or "/" in name:
        query = read_query(Path(name))
    else:
        query = saved_query(name, queries)
    values = _given(param or [])
    with reading(store, min_confidence) as opened:
        answer = run(opened, query, values)
    show(answer, format)
    if note := more(query, values, answer):
        sys.stderr.write(f"{note}\n")


def _list(queries: list[SavedQuery], format: str) -> None:
    from rich.table import Table

    from kg.query.listing import listing

    if format == "markdown":
        sys.stdout.write(listing(queries))
        return

    grid = Table(header_style="bold", show_lines=True)
    for heading in ("query", "what it answers", "parameters (* needed)"):
        grid.add_column(heading, no_wrap=heading == "query")
    for query in queries:
        parameters = [f"{p.name}{'*' if p.required else ''}={p.example}" for p in query.parameters]
        grid.add_row(query.name, f"{query.title}. {query.description}", "\n".join(parameters))
    console().print(grid)


def _given(given: list[str]) -> dict[str, str]:
    """`NAME=VALUE` arguments as a dictionary."""
    values = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise KgError(f"--param {text!r}: write NAME=VALUE, for example --param actor=Taliban")
        values[name.strip()] = value
    return values
