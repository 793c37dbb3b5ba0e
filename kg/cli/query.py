"""`kg query`: saved queries and SPARQL."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import STORE, FormatOption, StoreOption, console, parse_parameters, show

EXAMPLES = """\b
Examples:
  kg query
  kg query who-signed-what-when -p actor=Taliban -p from=2020
  kg query mine.rq --format csv
  echo 'SELECT ?d WHERE { ?d a cd:Document }' | kg query -"""


def command(
    name: Annotated[str | None, typer.Argument(help="A saved query, a file, or - for standard input.")] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="Give a parameter.")
    ] = None,
    store: StoreOption = STORE,
    format: FormatOption = "table",
) -> None:
    """Run a saved query or SPARQL of your own; without a name, list the saved queries.

    It only reads. An answer without rows is an answer: the exit code is 0.
    """
    from kg.query import parse_query, read_query, run, saved_query
    from kg.store import open_store

    if name is None:
        _list()
        return
    if name == "-":
        query = parse_query(sys.stdin.read(), name="query", source="standard input")
    elif "." in name or "/" in name:
        query = read_query(Path(name))
    else:
        query = saved_query(name)
    with open_store(store, read_only=True) as opened:
        answer = run(opened, query, parse_parameters(param or []))
    show(answer, format)


def _list() -> None:
    from rich.table import Table

    from kg.query import saved_queries

    grid = Table(header_style="bold", show_lines=True)
    for heading in ("query", "what it answers", "parameters (* needed)"):
        grid.add_column(heading, no_wrap=heading == "query")
    for query in saved_queries():
        parameters = [f"{p.name}{'*' if p.required else ''}={p.example}" for p in query.parameters]
        grid.add_row(query.name, f"{query.title}. {query.description}", "\n".join(parameters))
    console().print(grid)
