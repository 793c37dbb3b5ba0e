"""Triggers: which words of a document name events, once names, modifiers and words told twice are set aside."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from .arguments import Resolver
from .forms import hyphenated_prefix
from .lexicon import Entry, Lexicon
from .phrases import stand_with
from .relations import Relations, relations
from .ud import time_tokens


def find(doc: Doc, resolver: Resolver, lexicon: Lexicon) -> tuple[dict[int, Relations], dict[int, Entry]]:
    """The deep relations and the entry of every event trigger, by token index."""
    deep: dict[int, Relations] = {}
    entries: dict[int, Entry] = {}
    for token in doc:
        if not lexicon.candidates(token) or set_aside(token):
            continue
        found = relations(token, lexicon.grammar)
        entry = lexicon.entry_for(token, found, resolver.type_of)
        if entry is not None:
            deep[token.i] = found
            entries[token.i] = entry
    for token in doc:
        again = _told_again(token, entries, lexicon) if token.i not in entries else None
        if again is not None:
            deep[token.i] = relations(token, lexicon.grammar)
            entries[token.i] = again
    for i in told_twice(doc, entries):
        del deep[i], entries[i]
    return deep, entries


def _told_again(token: Token, entries: dict[int, Entry], lexicon: Lexicon) -> Entry | None:
    """The event of a verb that stands for the one told before: "Chad signed on Friday; Sudan had done so on Monday"."""
    if token.pos_ not in ("VERB", "AUX"):
        return None
    lemma = token.lemma_.lower()
    words = next((w for w in lexicon.repeating if lemma == w[0] and stand_with(token, w[1:])), None)
    if words is None:
        return None
    start = token.sent.start
    verbs = [i for i in entries if start <= i < token.i and token.doc[i].pos_ == "VERB"]
    if not verbs and start:
        before = token.doc[start - 1].sent
        while before.start and all(t.is_space for t in before):
            before = token.doc[before.start - 1].sent
        inside = [i for i in entries if before.start <= i < before.end and token.doc[i].pos_ == "VERB"]
        verbs = [i for i in inside if token.doc[i].dep_ == "ROOT"] or inside
    return replace(entries[max(verbs)], part="verb", words=words) if verbs else None


def set_aside(token: Token) -> str | None:
    """Why a word is no trigger whatever the lexicon has of it; None if it may be one."""
    if token.i in time_tokens(token.doc):
        return "it is part of a time"  # "last March" is no protest
    if _is_modifier(token):
        return "it only describes another word"  # "riot police" is no riot
    return "it is part of a name" if _in_name(token) else None


def other_words(token: Token, entry: Entry) -> list[int]:
    """The tokens of an entry's words beside its head."""
    if len(entry.words) == 1:
        return []
    if entry.part == "noun":
        return list(range(token.i - len(entry.words) + 1, token.i))
    wanted = set(entry.words[1:])
    near = [t for t in token.subtree if t.i > token.i and (t.lower_ in wanted or t.lemma_.lower() in wanted)]
    return [t.i for t in near[: len(wanted)]]


def _is_modifier(token: Token) -> bool:
    """Whether the word only describes a noun: "combat troops", "imprisoned fighters", "cease" of "cease-fire"."""
    if token.dep_ in ("compound", "amod", "nmod:desc") and token.head.i > token.i:
        following = token.nbor(1) if token.i + 1 < len(token.doc) else None
        adjacent = token.head.i - token.i <= 3
        infinitive = token.tag_ == "VB"
        return adjacent and not infinitive and (token.pos_ != "VERB" or following is None or following.pos_ != "ADP")
    after = token.doc[token.i + 1 : token.i + 3]
    return len(after) == 2 and bool(hyphenated_prefix(after[1])) and after[1].head.i >= after[1].i


def _in_name(token: Token) -> bool:
    """Whether a noun is part of a name ("Strike Force", "Congress"); in a headline capitals say nothing."""
    if token.pos_ not in ("PROPN", "NOUN") or not token.text[:1].isupper() or is_title_case(token):
        return False
    return token.pos_ == "PROPN" or bool(token.ent_type_ and token.ent_type_ != "EVENT" and token.i > token.sent.start)


def is_title_case(token: Token) -> bool:
    """Whether the token's sentence is a headline: nearly all of its longer words are capitalised."""
    words = [t for t in token.sent if t.is_alpha and len(t) > 3]
    return len(words) >= 2 and sum(t.text[:1].isupper() for t in words) >= 0.8 * len(words)


def told_twice(doc: Doc, entries: dict[int, Entry]) -> set[int]:
    """Words inside a longer trigger, and nouns whose governing verb already names the same event ("imposed
    sanctions").
    """
    twice: set[int] = set()
    for i, entry in entries.items():
        twice |= {o for o in other_words(doc[i], entry) if o in entries and len(entries[o].words) < len(entry.words)}
    for i, entry in entries.items():
        verb = doc[i].head
        if entry.part == "noun" and doc[i].dep_ in ("obj", "nsubj:pass") and verb.i in entries and verb.i not in twice:
            above = entries[verb.i]
            if above.type == entry.type and (above.mode == entry.mode or None in (above.mode, entry.mode)):
                twice.add(i)
    return twice & entries.keys()
