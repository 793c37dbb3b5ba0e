"""`kg info`: what a store holds."""

from __future__ import annotations

import json
from textwrap import shorten
from typing import Annotated

import typer

from kg.cli.common import STORE, StoreOption, console

_DOUBTFUL = 10  # merges that are listed
_LONG = 100  # characters of a sentence and of reasons; `kg identity why` has the whole
EXAMPLES = """\b
Examples:
  kg info
  kg info --store http://127.0.0.1:7878 --json"""


def command(
    store: StoreOption = STORE,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Show where a store lies, how much it holds, and which things and events were joined with the least certainty."""
    from kg import __version__
    from kg.query.matches import least_certain
    from kg.query.overview import overview
    from kg.query.terms import prefixed
    from kg.store import open_store

    with open_store(store, read_only=True) as opened:
        numbers, location = overview(opened), opened.location
        doubtful = [m for m in least_certain(opened, _DOUBTFUL) if m.confidence is not None and m.confidence < 1]
    if as_json:
        merges = [
            {
                "of": m.name,
                "node": m.of.value,
                "member": m.node.value,
                "with": m.partner.value if m.partner is not None else None,
                "document": m.document,
                "words": m.words,
                "confidence": m.confidence,
                "reasons": list(m.reasons),
            }
            for m in doubtful
        ]
        print(json.dumps({"version": __version__, "store": location, **numbers, "least certain": merges}, indent=1))
        return
    from rich.table import Column, Table

    grid = Table.grid(padding=(0, 2))
    grid.add_column()
    grid.add_column(justify="right")
    for name, number in numbers.items():
        grid.add_row(name, f"{number:,}")
    console().print(f"kg {__version__}, store {location}", grid, sep="\n")
    if doubtful:
        table = Table(
            "taken for one",
            Column("told in", overflow="fold"),
            "as",
            Column("and in", overflow="fold"),
            "confidence",
            "because",
            title="The least certain merges",
        )
        for m in doubtful:
            partner = "" if m.partner is None else prefixed(m.partner)
            why = shorten("; ".join(m.reasons), _LONG, placeholder=" …")
            words = shorten(m.words, _LONG, placeholder=" …")
            table.add_row(m.name, prefixed(m.node), words, partner, f"{m.confidence:.2f}", why)
        hint = "`kg identity why TOLD-IN` looks into one, `kg identity different TOLD-IN AND-IN` undoes it"
        console().print(table, hint, sep="\n")
