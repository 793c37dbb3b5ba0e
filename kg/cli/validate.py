"""`kg validate`: the graph against its shapes and its ontology."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kg.cli.common import STORE, StoreOption
from kg.errors import KgError

EXAMPLES = """\b
Examples:
  kg validate
  kg validate --format json | jq '.findings[].sources'
  kg validate --format turtle > report.ttl
  kg validate --store http://127.0.0.1:7878"""


def command(
    store: StoreOption = STORE,
    format: Annotated[
        str, typer.Option("--format", "-f", help="text, json; turtle for a SHACL validation report.")
    ] = "text",
) -> None:
    """Check a store against the SHACL shapes and the ontology. Exit code 1 if there are violations.

    Each finding names the statements at fault, and the documents and words that they come from.
    """
    from kg.store import open_store
    from kg.validation import FORMATS, validate, violations, written

    if format not in FORMATS:
        raise KgError(f"unknown format {format!r}: say one of {', '.join(FORMATS)}")
    with open_store(store, read_only=True) as opened:
        findings = validate(opened)
    sys.stdout.write(written(findings, format))
    if violations(findings):
        raise typer.Exit(1)
