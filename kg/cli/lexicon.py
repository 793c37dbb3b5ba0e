"""`kg lexicon`: what is wrong with the lexicon, and which of its words a folder of texts never uses."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import ActorsOption, LexiconOption, progress
from kg.errors import KgError

EXAMPLES = """\b
Examples:
  kg lexicon
  kg lexicon --sentences
  kg lexicon --lexicon mine --sentences
  kg lexicon articles
  kg lexicon articles --format json | jq -r '.[] | select(.kind == "unused") | .entry'"""


def command(
    texts: Annotated[
        list[Path] | None, typer.Argument(metavar="[DOCUMENTS...]", help="Texts in which to look for unused words.")
    ] = None,
    sentences: Annotated[
        bool, typer.Option("--sentences", help="Read the test sentences too, and name those in which nothing fires.")
    ] = False,
    lexicon: LexiconOption = None,
    actors: ActorsOption = None,
    format: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",
) -> None:
    """Check the lexicon: conflicting entries, entries without a test sentence, and words that texts never use.

    Exit code 1 if entries conflict or lack a sentence. A test sentence may be silent because it is parsed wrong, and
    a word unused because the texts tell of other things: those two are for you to judge.
    """
    from kg import documents, language
    from kg.extraction.lexicon import load
    from kg.extraction.lexicon_check import faults, silent, unused

    if format not in ("text", "json"):
        raise KgError(f"no format {format!r}: text or json")
    words = load()
    found = wrong = faults(words)
    if sentences:
        parse = partial(language.analyse, language.load(), published=date(2020, 3, 5))
        found = [*found, *silent(words, parse)]
    if texts:
        read = list(documents.read(texts, published=date(2020, 3, 5), on_problem=lambda p: print(p, file=sys.stderr)))
        if not read:
            raise KgError("no document could be read: nothing says which words are used")
        with progress() as update:
            docs = []
            for done, document in enumerate(read, 1):
                docs.append(language.analyse(language.load(), document.text, document.published))
                update("documents", done, len(read))
            found = [*found, *unused(words, docs)]
    if format == "json":
        print(json.dumps([asdict(one) for one in found], indent=1, ensure_ascii=False))
    else:
        for one in found:
            print(f"{one.kind}: {one.source.rpartition('/')[2]}: {one.entry}: {one.what}")
        entries = {entry.source for entry in words.entries()}
        print(f"{len(words.entries()):,} words in {len(entries):,} entries; {len(found):,} findings")
    if wrong:
        raise typer.Exit(1)
