"""`kg remove`: documents out of the graph."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.common import STORE, StoreOption

EXAMPLES = """\b
Examples:
  kg remove 2020-02-29-doha
  kg query documents                 (lists the names)"""


def command(
    names: Annotated[
        list[str], typer.Argument(help="Names of documents, as `kg query documents` lists them.", metavar="NAMES...")
    ],
    store: StoreOption = STORE,
) -> None:
    """Take documents, and all that only they told, out of a store."""
    from kg import pipeline
    from kg.store import open_store

    with open_store(store, create=False) as opened:
        pipeline.remove(opened, names)
        print(f"Removed {', '.join(names)} from {opened.location}")
