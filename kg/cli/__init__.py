"""The command `kg`. One file a command; each parses its arguments, calls the library, and prints."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from kg import __version__
from kg.cli import (
    ask,
    build,
    evaluate,
    explain,
    export,
    identity,
    infer,
    info,
    lexicon,
    load,
    query,
    remove,
    serve,
    validate,
    why,
)
from kg.errors import KgError

app = typer.Typer(
    name="kg",
    help="Who did what to whom, when and where, and who says so: documents in, an RDF graph and its answers out.",
    epilog="Begin with `kg build DOCUMENTS`, then `kg ask 'Who signed what and when?'` or `kg query`.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (
    build,
    query,
    ask,
    serve,
    load,
    export,
    remove,
    validate,
    info,
    infer,
    why,
    explain,
    evaluate,
    lexicon,
    identity,
):
    app.command(module.__name__.rpartition(".")[2], epilog=module.EXAMPLES)(module.command)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line. Exit code 0, 1 where `validate` found violations, 2 for an error the user can mend."""
    try:
        app(args=None if arguments is None else list(arguments), prog_name="kg")
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        sys.exit(2)
