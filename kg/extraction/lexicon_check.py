"""What is wrong with the lexicon, or of no use: conflicts, entries without a test sentence, sentences in which their
entry does not fire, and entries that never fire on texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from . import triggers
from .arguments import Resolver
from .lexicon import NO_EVENT, Entry, Lexicon
from .relations import relations


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: `kind` is conflict, no sentence, silent sentence or unused; `entry` are its words and `source` its
    file and number.
    """

    kind: str
    entry: str
    source: str
    what: str


def faults(lexicon: Lexicon) -> list[Finding]:
    """Conflicts (the same words under the same conditions, but another type, mode or frame) and entries without a
    sentence, in the order of the lexicon.
    """
    seen: dict[object, Entry] = {}
    found = []
    for entry in lexicon.entries():
        if not entry.test:
            found.append(_finding("no sentence", entry, "give a sentence in which it fires, under test"))
        conditions = (frozenset(entry.when.items()), frozenset(entry.unless.items()))
        other = seen.setdefault((entry.part, entry.words, *conditions), entry)
        if (other.type, other.mode, other.frame) != (entry.type, entry.mode, entry.frame):
            told = " ".join(filter(None, (other.type, other.mode, other.frame)))
            found.append(_finding("conflict", entry, f"{told} in {other.source}, under the same conditions"))
    return found


def silent(lexicon: Lexicon, parse: Callable[[str], Doc]) -> Iterator[Finding]:
    """Test sentences in which no word of their entry fires; `parse` analyses a sentence."""
    by_sentence: dict[tuple[str, str], list[Entry]] = {}
    for entry in lexicon.entries():
        if entry.test:
            by_sentence.setdefault((entry.test, entry.source), []).append(entry)
    docs: dict[str, set[str]] = {}
    for (text, source), entries in sorted(by_sentence.items()):
        if text not in docs:
            docs[text] = {entry.source for entry in _fired(lexicon, parse(text))}
        if source not in docs[text]:
            yield _finding("silent sentence", entries[0], text)


def unused(lexicon: Lexicon, docs: Iterable[Doc]) -> list[Finding]:
    """The words that fire nowhere in these analysed texts, in the order of the lexicon."""
    fired = {_key(entry) for doc in docs for entry in _fired(lexicon, doc)}
    return [
        _finding("unused", entry, " ".join(filter(None, (entry.type, entry.mode))))
        for entry in lexicon.entries()
        if _key(entry) not in fired
    ]


def _fired(lexicon: Lexicon, doc: Doc) -> Iterator[Entry]:
    """The entry chosen for each word, those too that say that it names no event."""
    resolver = Resolver(doc, lexicon)
    for token in doc:
        if lexicon.candidates(token):
            aside = triggers.set_aside(token)
            deep = relations(token, lexicon.grammar)
            entry = lexicon.fitting(token, deep, resolver.type_of)
            if entry is not None and (aside is None or entry.frame == NO_EVENT):
                yield entry


def _key(entry: Entry) -> tuple[str, tuple[str, ...]]:
    return entry.source, entry.words


def _finding(kind: str, entry: Entry, what: str) -> Finding:
    return Finding(kind, f"{entry.part} {' '.join(entry.words)}", entry.source, what)
