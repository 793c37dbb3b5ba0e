"""What the commands share: options, consoles and progress bars."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from kg.store import Answer
    from kg.store.protocol import Store

STORE = "kg-store"
WIDE = 160  # columns of a table that does not go to a terminal

StoreOption = Annotated[
    str,
    typer.Option(
        "--store", "-s", envvar="KG_STORE", metavar="DIR|URL", help="The store: a folder, or a SPARQL server."
    ),
]
FormatOption = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="table, csv, tsv, json, xml, markdown; turtle where the answer is triples.",
    ),
]
OntologyOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="An ontology of your own (Turtle, ...), reasoned with beside ours.")
]
ACTORS_HELP = "A list of actors of your own (Turtle), known beside ours."
RulesOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Rules of your own: SPARQL CONSTRUCTs, separated by lines with `;`.")
]


def _use_actors(context: typer.Context, file: Path | None) -> Path | None:
    """The list of known actors has this file, until the command ends."""
    if file is not None:
        from kg import known

        context.with_resource(known.using(known.read(file)))
    return file


ActorsOption = Annotated[Path | None, typer.Option("--actors", metavar="FILE", callback=_use_actors, help=ACTORS_HELP)]


def _use_lexicon(folder: Path | None) -> Path | None:
    """Every part of the program, and the processes that it starts, read the lexicon with this folder."""
    if folder is not None:
        os.environ["KG_LEXICON"] = str(folder.absolute())
    return folder


LexiconOption = Annotated[
    Path | None,
    typer.Option(
        "--lexicon",
        envvar="KG_LEXICON",
        metavar="DIR",
        callback=_use_lexicon,
        help="A folder of event files of your own, used beside ours.",
    ),
]
MinConfidenceOption = Annotated[
    float,
    typer.Option(
        "--min-confidence",
        min=0,
        max=1,
        metavar="P",
        help="Leave out reports that the event model holds for less probable, from 0 to 1.",
    ),
]


@contextmanager
def reading(store: str, min_confidence: float) -> Iterator[Store]:
    """A store opened to be read; with a least confidence, a copy of it that lacks the less certain reports."""
    from kg.store import open_store

    with open_store(store, read_only=True) as opened:
        if not min_confidence:
            yield opened
            return
        from kg.pipeline import at_least

        with at_least(opened, min_confidence) as copy:
            yield copy


def contradictions(number: int) -> None:
    """Say on the error stream that the graph contradicts the ontology, if it does."""
    if number:
        print(f"kg: {number} contradictions of the ontology: `kg validate` names them", file=sys.stderr)


def console(*, stderr: bool = False) -> Console:
    """A console for people, wide where no terminal says how wide."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else WIDE
    return Console(stderr=stderr, width=width, highlight=False, soft_wrap=False)


def show(answer: Answer, format: str) -> None:
    """Print an answer: tables for people, the other formats for programs."""
    from kg.query import check_format, table, written
    from kg.store import Solutions

    check_format(format)
    if format == "table" and isinstance(answer, Solutions):
        screen = console()
        if answer.rows:
            screen.print(table(answer, width=screen.width))
        else:
            print("no results", file=sys.stderr)
    else:
        sys.stdout.write(written(answer, format))


@contextmanager
def progress() -> Iterator[Any]:
    """A progress bar on the error stream; yields `update(stage, done, total)`."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:>10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        tasks: dict[str, Any] = {}

        def update(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield update
