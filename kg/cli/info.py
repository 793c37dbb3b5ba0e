"""`kg info`: what a store holds."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from kg.cli.common import STORE, StoreOption, console

EXAMPLES = """\b
Examples:
  kg info
  kg info --store http://127.0.0.1:7878 --json"""


def command(
    store: StoreOption = STORE,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Show where a store lies and how much it holds."""
    from kg import __version__
    from kg.query.overview import overview
    from kg.store import open_store

    with open_store(store, read_only=True) as opened:
        numbers, location = overview(opened), opened.location
    if as_json:
        print(json.dumps({"version": __version__, "store": location, **numbers}, indent=1))
        return
    from rich.table import Table

    grid = Table.grid(padding=(0, 2))
    grid.add_column()
    grid.add_column(justify="right")
    for name, number in numbers.items():
        grid.add_row(name, f"{number:,}")
    console().print(f"kg {__version__}, store {location}", grid, sep="\n")
