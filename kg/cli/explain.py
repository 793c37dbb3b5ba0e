"""`kg explain`: why a sentence gives the events that it gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import ActorsOption, LexiconOption, console

if TYPE_CHECKING:
    from rich.table import Table
    from spacy.tokens import Doc

    from kg.extraction.explain import Considered
    from kg.extraction.learned import Judged
    from kg.model import Extraction

EXAMPLES = """\b
Examples:
  kg explain 'Rebels shelled the town on Monday.'
  kg explain 'The deal was signed last week.' --published 2020-03-05
  kg explain 'Herders torched the granary.' --lexicon mine
  kg explain 'The Zor Front shelled Redtown.' --actors my.ttl"""


def command(
    text: Annotated[list[str], typer.Argument(metavar="SENTENCE", help="A sentence, or a short text.")],
    published: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day that 'yesterday' counts from; default: today."),
    ] = None,
    lexicon: LexiconOption = None,
    actors: ActorsOption = None,
    model: Annotated[str | None, typer.Option(help="Another installed spaCy UD pipeline.")] = None,
) -> None:
    """Show how a sentence is parsed, which entries of the lexicon fire on it and why others do not, how the event model
    weighs its words, and its events.
    """
    from kg import extraction, language
    from kg.extraction.explain import explain
    from kg.extraction.learned import judged
    from kg.extraction.lexicon import load as lexicon_in_use
    from kg.model import Document

    sentence = " ".join(text)
    day = published.date() if published else date.today()
    doc = language.analyse(language.load(model), sentence, day)
    screen = console()
    screen.print(_parse(doc))
    considered = explain(doc)
    screen.print(_entries(considered))
    firing = {one.token.i: one.entry for one in considered if one.reason is None}
    opinions = judged(doc, firing, lexicon_in_use())
    if opinions:
        screen.print(_model(opinions))
    screen.print(_reports(extraction.extract(doc, Document("sentence", sentence, day))))


def _table(title: str, *columns: str) -> Table:
    from rich import box
    from rich.table import Table

    return Table(*columns, title=title, title_justify="left", box=box.SIMPLE_HEAD)


def _parse(doc: Doc) -> Table:
    table = _table("Parse", "", "word", "lemma", "tag", "relation", "head", "name")
    for token in doc:
        if not token.is_space:
            head = "" if token.head == token else f"{token.head.i} {token.head.text}"
            name = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else ""
            table.add_row(str(token.i), token.text, token.lemma_, token.pos_, token.dep_, head, name)
    return table


def _entries(considered: list[Considered]) -> Table:
    table = _table("Entries of the lexicon", "", "word", "entry", "event", "outcome", "from")
    for one in considered:
        event = one.entry.type + (f" {one.entry.mode}" if one.entry.mode else "")
        source = one.entry.source.rpartition("/")[2]
        words = f"{one.entry.part} {' '.join(one.entry.words)}"
        outcome = "fires" if one.reason is None else f"no: {one.reason}"
        table.add_row(str(one.token.i), one.token.text, words, event, outcome, source)
    return table


def _model(opinions: list[Judged]) -> Table:
    table = _table("Event model", "", "word", "event", "model", "with entry", "outcome", "most like (training example)")
    for one in opinions:
        word, example = one.word, one.example
        outcome = "stands" if word.stands else "no event"
        like = f"{example.words} ({example.likeness:.2f})"
        chances = f"{word.model:.2f}", f"{word.together:.2f}"
        table.add_row(str(word.token.i), word.token.text, word.type, *chances, outcome, like)
    return table


def _reports(found: Extraction) -> Table:
    names = {entity.key: entity.name for entity in found.entities}
    table = _table("Events", "trigger", "event", "roles", "time", "modality", "according to")
    for report in found.reports:
        roles = "; ".join(f"{a.role}: {names[a.entity]}" for a in report.arguments)
        event = report.type + (f" {report.mode}" if report.mode else "")
        told_by = names[report.attribution.entity] if report.attribution else ""
        when = report.time.value if report.time else ""
        table.add_row(report.evidence.trigger.text, event, roles, when, str(report.modality.value), told_by)
    return table
