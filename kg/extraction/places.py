"""Where: places attached to the event that they belong to, never to all of a sentence.

An event has the places of its own phrases; else those of its object's phrases, of the clause that it is the
subject of, of "where" before its relative clause, or of the event that it happens together with.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from .arguments import Filler, Resolver
from .lexicon import Entry, Lexicon
from .relations import Relations, relations
from .ties import same_moment
from .ud import case_of, conjuncts

_MAX_CLIMB = 5
_AWAY = ("from", "into", "over", "around", "across")  # only where nothing says in which place
_NEVER_NOMINAL = ("on", "over", "into", "from", "around")  # "on villages" tells the target, "on Mindanao" the place


def places(
    trigger: Token, deep: Relations, entries: dict[int, Entry], resolver: Resolver, lexicon: Lexicon
) -> list[Filler]:
    """The places of an event, in the order of the text."""
    own = _own(trigger, deep, entries, resolver, lexicon)
    if own:
        return own
    token = trigger
    for _ in range(_MAX_CLIMB):
        head = token.head
        if token.dep_.startswith("acl") and any(c.lower_ == "where" for c in token.children):
            return resolver.place_fillers(head) or _own(
                head, relations(head, lexicon.grammar), entries, resolver, lexicon
            )
        if head == token or not same_moment(token, head, entries, lexicon):
            return []
        found = _own(head, relations(head, lexicon.grammar), entries, resolver, lexicon)
        if found:
            return found
        token = head
    return []


def _own(
    token: Token, deep: Relations, entries: dict[int, Entry], resolver: Resolver, lexicon: Lexicon
) -> list[Filler]:
    found: dict[int, Filler] = {}
    candidates = [
        *((name, t) for name in lexicon.place_relations for t in deep.get(name, ())),
        *_inside_object(deep, entries, lexicon),
        *_of_happening(token, lexicon),
    ]
    for name, place in candidates:
        if name in _AWAY and found:
            continue
        for one in conjuncts(place):
            if _locates_another(one) or (name in _NEVER_NOMINAL and not one.ent_type_):
                continue
            for filler in resolver.place_fillers(one):
                found.setdefault(filler.cluster, filler)
    for word in (token, *(t for t in deep.get("object", ()) if t.i not in entries)):
        told_here = (f for c in word.children if c.lower_ == "here" for f in resolver.place_fillers(c))
        found.update((f.cluster, f) for f in told_here)
    for child in token.children:
        if child.dep_ in ("compound", "amod") and child.i < token.i and token.i in entries:  # "the Kabul bombing"
            for filler in resolver.place_fillers(child):
                if resolver.clusters[filler.cluster].type == "Place":
                    found.setdefault(filler.cluster, filler)
    return sorted(found.values(), key=lambda f: f.token.i)


def _inside_object(deep: Relations, entries: dict[int, Entry], lexicon: Lexicon) -> Iterable[tuple[str, Token]]:
    """Phrases that the parser hung on a participant: "signed an agreement in Doha", "a meeting with King Abdullah
    in Delhi".

    A participant that is an event keeps its own.
    """
    for name in ("object", "with", "between", "at"):
        for noun in deep.get(name, ()):
            if noun.i in entries:
                continue
            for token in noun.subtree:
                placed = token.dep_ == "nmod" and case_of(token) in ("in", "at", "near", "outside", "on")
                if placed and token.i > noun.i and not any(t.dep_.startswith("acl") for t in _between(token, noun)):
                    yield case_of(token), token


def _between(token: Token, top: Token) -> list[Token]:
    path = []
    while token != top and token.head != token:
        path.append(token)
        token = token.head
    return path


def _of_happening(token: Token, lexicon: Lexicon) -> Iterable[tuple[str, Token]]:
    """Where "fighting broke out" or "the talks took place": the phrases of the verb that the event noun is subject
    of.
    """
    verb = token.head
    if token.dep_ in ("nsubj", "nsubj:pass") and verb.lemma_.lower() in lexicon.happening:
        for child in verb.children:
            if child.dep_ == "obl" and case_of(child) in lexicon.place_relations:
                yield case_of(child), child


def _locates_another(token: Token) -> bool:
    """Whether a place only says where the place before it lies: "in Doha, Qatar"."""
    if token.i < 2 or token.nbor(-1).text != "," or token.dep_ not in ("conj", "appos", "nmod"):
        return False
    listed = any(c.dep_ == "cc" for c in token.head.subtree if c.i > token.i)
    return token.ent_type_ == "LOC" and token.nbor(-2).ent_type_ == "LOC" and not listed
