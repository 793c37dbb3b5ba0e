"""`kg build`: documents into the graph."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import (
    ACTORS_HELP,
    STORE,
    LexiconOption,
    MinConfidenceOption,
    OntologyOption,
    RulesOption,
    StoreOption,
    console,
    contradictions,
    progress,
    show,
)
from kg.cli.files import check_writable, unless_unused, write_file
from kg.errors import KgError

EXAMPLES = """\b
Examples:
  kg build seeds --store kg-store --turtle kg.ttl
  kg build article.html --published 2020-02-29
  kg build articles --actors my.ttl            (names that our list lacks; kept in the store)
  kg build articles --ontology my.ttl --rules my.rq"""
FIRST_QUESTION = "who-signed-what-when"


def command(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or archives to read.", metavar="DOCUMENTS...")],
    store: StoreOption = STORE,
    turtle: Annotated[Path | None, typer.Option(help="Also write the whole graph to this Turtle file.")] = None,
    published: Annotated[str | None, typer.Option(help="Date of documents that tell none, as 2020-02-29.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that analyse documents.")] = None,
    model: Annotated[str | None, typer.Option(help="Another spaCy pipeline with Universal Dependencies.")] = None,
    lexicon: LexiconOption = None,
    actors: Annotated[Path | None, typer.Option(metavar="FILE", help=ACTORS_HELP)] = None,
    ontology: OntologyOption = None,
    rules: RulesOption = None,
    corrections: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Corrections of who is who, as `kg identity list` writes them.")
    ] = None,
    min_confidence: MinConfidenceOption = 0.0,
    clock: Annotated[bool, typer.Option("--clock", help="Record when the build ran (the bytes then differ).")] = False,
) -> None:
    """Read documents into a store, and answer who signed what and when.

    What a document told before is replaced; a document that cannot be read is reported, and the rest go on. Actors,
    an ontology and rules of your own are kept in the store, and later commands use them too.
    """
    from kg import pipeline
    from kg.query import run, saved_query
    from kg.store import open_store

    day = _day(published)
    if turtle:
        check_writable(turtle)
    with unless_unused(store), open_store(store) as opened, progress() as update:
        summary = pipeline.build(
            paths,
            opened,
            published=day,
            workers=workers,
            model=model,
            clock=clock,
            actors=actors,
            ontology=ontology,
            rules=rules,
            min_confidence=min_confidence,
            corrections=corrections,
            on_progress=update,
            on_problem=lambda problem: print(f"kg: {problem}", file=sys.stderr),
        )
        if not summary.documents:
            raise KgError("no document could be read: nothing was added to the store")
        answer = run(opened, saved_query(FIRST_QUESTION))
        location = opened.location
        if turtle:
            from kg.query.exports import exported

            write_file(turtle, exported(opened, "turtle"))
    screen = console()
    read = f"Read {summary.documents} documents, {summary.words:,} words, in {summary.seconds:.1f} s"
    screen.print(f"{read}; {len(summary.problems)} could not be read." if summary.problems else f"{read}.")
    screen.print(
        f"Found {summary.reports:,} reports of {summary.events:,} events, {summary.entities:,} actors, places and "
        f"agreements ({summary.agreements:,} agreements); inferred {summary.inferred:,} triples.\n"
    )
    contradictions(summary.contradictions)
    screen.print(saved_query(FIRST_QUESTION).title, style="bold")
    show(answer, "table")
    screen.print(f"\nStore: {location}" + (f"\nTurtle: {turtle}" if turtle else ""))
    screen.print("Ask on: kg ask 'Where do the sources disagree?'  or  kg query  for the list of saved queries")


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise KgError(f"--published {text!r} is not a day: write 2020-02-29") from None
