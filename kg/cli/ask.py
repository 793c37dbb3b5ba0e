"""`kg ask`: questions in English."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import STORE, FormatOption, MinConfidenceOption, StoreOption, console, reading, show
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.query import Reply

EXAMPLES = """\b
Examples:
  kg ask 'Who signed what and when?'
  kg ask What did the Taliban do in March 2020
  kg ask --sparql 'Did Ghani agree to release prisoners?'
  kg ask                             (shows examples)"""


def command(
    question: Annotated[list[str] | None, typer.Argument(help="The question; quotes are not needed.")] = None,
    store: StoreOption = STORE,
    format: FormatOption = "table",
    min_confidence: MinConfidenceOption = 0.0,
    sparql: Annotated[bool, typer.Option("--sparql", help="Show the SPARQL that the question became.")] = False,
) -> None:
    """Ask a question in English; without one, show examples.

    Says how it understood the question, then the answer as a sentence, a table and the quotes. A question that it does
    not understand is refused (exit code 2) with the words that it does not know and the nearest saved queries.
    """
    from kg.query import ask, check_format, examples

    check_format(format)
    if not question:
        print("\n".join(examples()))
        return
    with reading(store, min_confidence) as opened:
        reply = ask(opened, " ".join(question))
    if reply.refused:
        nearest = "; ".join(str(suggestion) for suggestion in reply.suggestions)
        raise KgError(f"{reply.sentence} Nearest saved queries: {nearest}")
    if format == "json":
        print(json.dumps(reply.as_json(), ensure_ascii=False, indent=1))
    elif format == "table":
        _print(reply, sparql=sparql)
    elif reply.bindings is not None:
        show(reply.bindings, format)


def _print(reply: Reply, *, sparql: bool) -> None:
    from kg.query import text_table

    screen = console()
    print(reply.understood)
    if sparql:
        print(f"\n{reply.sparql}")
    print(f"\n{reply.sentence}")
    for note in reply.notes:
        print(f"Note: {note}")
    if reply.rows:
        shown = [
            i
            for i, column in enumerate(reply.columns)
            if (reply.quotes and not column.startswith("quote")) or not reply.quotes
        ]
        screen.print(
            text_table(
                [reply.columns[i] for i in shown], [[row[i] for i in shown] for row in reply.rows], width=screen.width
            )
        )
    for quote in reply.quotes:
        said = f", on the word of {quote.said_by}" if quote.said_by else ""
        print(f"“{quote.text}”\n    {quote.document}, {quote.published}{said}")
