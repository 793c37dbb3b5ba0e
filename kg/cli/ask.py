"""`kg ask`: questions in English."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kg.cli.common import STORE, FormatOption, StoreOption, show

EXAMPLES = """\b
Examples:
  kg ask 'Who signed what and when?'
  kg ask What did the Taliban do in March 2020
  kg ask                             (shows examples)"""


def command(
    question: Annotated[list[str] | None, typer.Argument(help="The question; quotes are not needed.")] = None,
    store: StoreOption = STORE,
    format: FormatOption = "table",
) -> None:
    """Ask a question in English; without one, show examples.

    Says which saved query it ran, with which parameters, on the error stream; refuses what it does not understand.
    """
    from kg.query import examples, run, understand
    from kg.store import open_store

    if not question:
        print("\n".join(examples()))
        return
    with open_store(store, read_only=True) as opened:
        understood = understand(opened, " ".join(question))
        print(f"kg query {understood}", file=sys.stderr)
        answer = run(opened, understood.query, understood.values)
    show(answer, format)
