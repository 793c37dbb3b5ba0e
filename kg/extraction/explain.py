"""Why a text tells the events that it tells: the lexicon's entries that were looked at, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from . import lexicon as lexicons
from . import triggers
from .arguments import Resolver
from .lexicon import NO_EVENT, Entry, Lexicon
from .relations import Relations, relations


@dataclass(frozen=True, slots=True)
class Considered:
    """An entry whose words stand in the text at `token`; `reason` says why it does not fire, None if it does."""

    token: Token
    entry: Entry
    relations: Relations
    reason: str | None


def explain(doc: Doc, lexicon: Lexicon | None = None) -> list[Considered]:
    """Every entry with its words in an analysed text, in the order of the text, the most specific first."""
    lexicon = lexicon or lexicons.load()
    resolver = Resolver(doc, lexicon)
    found = [one for token in doc for one in _of(token, resolver, lexicon)]
    firing = {one.token.i: one.entry for one in found if one.reason is None}
    twice = triggers.told_twice(doc, firing)
    return [
        Considered(one.token, one.entry, one.relations, "another word of the sentence tells the same event")
        if one.reason is None and one.token.i in twice
        else one
        for one in found
    ]


def _of(token: Token, resolver: Resolver, lexicon: Lexicon) -> Iterator[Considered]:
    candidates = lexicon.candidates(token)
    if not candidates:
        return
    aside = triggers.set_aside(token)
    found: Relations = {} if aside else relations(token, lexicon.grammar)
    chosen: Entry | None = None
    for entry in candidates:
        reason = aside
        if reason is None and chosen is not None:
            reason = f"the entry for {' '.join(chosen.words)!r} above is more specific"
        elif reason is None and (condition := lexicon.unmet(entry, token, found, resolver.type_of)):
            reason = f"its condition {condition!r} does not hold"
        elif reason is None:
            chosen = entry
            reason = "in this context the word names no event" if entry.frame == NO_EVENT else None
        yield Considered(token, entry, found, reason)
