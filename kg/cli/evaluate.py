"""`kg evaluate`: how well events are found, against documents that you annotated."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import ActorsOption, LexiconOption, console, progress
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.evaluation import Error, Scores

EXAMPLES = """\b
Examples:
  kg evaluate gold
  kg evaluate gold --errors 20
  kg evaluate gold --only ceasefire --errors 99
  kg evaluate gold --format json | jq .event.f1"""


def command(
    folders: Annotated[list[Path], typer.Argument(metavar="GOLD...", help="Folders of ID.txt with ID.json.")],
    format: Annotated[str, typer.Option("--format", "-f", help="table or json.")] = "table",
    errors: Annotated[int, typer.Option(metavar="N", min=0, help="List up to N errors of each kind.")] = 0,
    only: Annotated[str | None, typer.Option(metavar="TEXT", help="Documents whose ID contains this.")] = None,
    lexicon: LexiconOption = None,
    actors: ActorsOption = None,
    model: Annotated[str | None, typer.Option(help="Another installed spaCy UD pipeline.")] = None,
) -> None:
    """Score what is found against gold: events, roles, dates, modality, attribution and signings.

    Each text is analysed with the publication date that its annotation gives. Several folders are scored as one.
    docs/accuracy.md says what an annotation looks like and what each figure counts.
    """
    from kg.evaluation import evaluate, read_gold

    if format not in ("table", "json"):
        raise KgError(f"no format {format!r}: table or json")
    golds = [gold for gold in read_gold(folders) if only is None or only in gold.id]
    if not golds:
        raise KgError(f"--only {only!r}: no document's ID contains this")
    with progress() as update:
        scores = evaluate(golds, model, update)
    listed = _first(scores.errors, errors)
    if format == "json":
        print(json.dumps({**scores.as_record(), "errors": [asdict(e) for e in listed]}, indent=1, ensure_ascii=False))
        return
    show(scores)
    for error in listed:
        print(f"{error.kind}: {error.document}: {error.type} {error.trigger!r}: {error.what}")


def _first(errors: Iterable[Error], number: int) -> list[Error]:
    """The first so many errors of each kind."""
    seen: Counter[str] = Counter()
    found = []
    for error in errors:
        seen[error.kind] += 1
        if seen[error.kind] <= number:
            found.append(error)
    return found


def show(scores: Scores) -> None:
    """Print the figures as tables."""
    from rich import box
    from rich.table import Table

    from kg.evaluation import calibration_error, reliability

    numbers = ("precision", "recall", "F1", "gold", "found")
    for title, tallies in (("", scores.tallies()), ("type", dict(sorted(scores.by_type.items())))):
        table = Table(title, box=box.SIMPLE_HEAD)
        for number in numbers:
            table.add_column(number, justify="right")
        for name, tally in tallies.items():
            figures = (f"{figure:.3f}" for figure in (tally.precision, tally.recall, tally.f1))
            table.add_row(name, *figures, str(tally.gold), str(tally.found))
        console().print(table)
    for name, share in scores.shares().items():
        print(f" {name} right: {'-' if share.value is None else f'{share.value:.3f}'} of {share.of}")
    bins = reliability(scores.confidences)
    if bins:
        table = Table("confidence", "right", "events", box=box.SIMPLE_HEAD)
        for b in bins:
            table.add_row(f"{b.told:.2f}", f"{b.right:.2f} " + "▇" * round(20 * b.right), str(b.number))
        console().print(table)
        print(f" expected calibration error: {calibration_error(bins):.3f}")
