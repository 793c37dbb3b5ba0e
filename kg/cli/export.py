"""`kg export`: the graph, or records of its events, for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import STORE, MinConfidenceOption, StoreOption, reading
from kg.cli.files import write_file

EXAMPLES = """\b
Examples:
  kg export -o kg.ttl
  kg export --format events -o events.jsonl
  kg export -f nquads | gzip > kg.nq.gz"""


def command(
    store: StoreOption = STORE,
    format: Annotated[
        str, typer.Option("--format", "-f", help="turtle, trig, nquads, jsonld; events or signings as JSON Lines.")
    ] = "turtle",
    min_confidence: MinConfidenceOption = 0.0,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; else standard output.")] = None,
) -> None:
    """Write the whole graph as RDF, or its event or signing records. The same graph gives the same bytes."""
    from kg.query.exports import exported

    with reading(store, min_confidence) as opened:
        pieces = exported(opened, format)
        if output:
            write_file(output, pieces)
        else:
            sys.stdout.writelines(pieces)
