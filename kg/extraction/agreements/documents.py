"""Which words stand for an agreement, and what is told as its terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from spacy.tokens import Doc, Token

from kg.language.heads import nominals

from ..arguments import Resolver
from ..lexicon import Entry, Lexicon
from ..relations import Relations
from ..ud import case_of, is_nominal
from .signers import agreement_signed

_MAX_CLIMB = 6  # from an event up to the verb whose subject is an agreement
_UNDER = ("to", "on", "under")  # where what is signed stands after "put their names"
_UNTYPED = ("", "Organization", "Other")  # what is signed and has no class of its own; the model takes names for bodies


def term_of(trigger: Token, resolver: Resolver) -> int | None:
    """The agreement that stipulates an event: "the deal calls for the release", "under the accord, they will
    withdraw".
    """
    token = trigger
    for _ in range(_MAX_CLIMB):
        for child in token.children:
            if child.dep_ == "obl" and case_of(child) == "under":
                for index in resolver.clusters_of(child):
                    if resolver.clusters[index].type == "Agreement":
                        return index
        head = token.head
        if head == token:
            return None
        for child in head.children:
            if child.dep_ in ("nsubj", "nsubj:pass") and child.i != token.i and head.pos_ == "VERB":
                for index in resolver.clusters_of(child):
                    if resolver.clusters[index].type == "Agreement" and not child.is_ancestor(trigger):
                        return index
        token = head
    return None


def stipulating(doc: Doc, resolver: Resolver) -> frozenset[int]:
    """The verbs whose subject is an agreement: what they govern are its terms; but not the signatures that it bears."""
    bearing = resolver.lexicon.data("agreements")["bearing"]
    return frozenset(
        token.head.i
        for token in doc
        if token.dep_ == "nsubj"
        and token.head.pos_ == "VERB"
        and token.head.lemma_.lower() not in bearing
        and (resolver.type_of(token) == "Agreement" or token.lemma_.lower() in nominals().terms)
    )


def described_agreement(trigger: Token, resolver: Resolver) -> tuple[int, ...]:
    """The agreement that a clause describes, the nearest before it: "the answer to the treaty that they signed"."""
    if trigger.dep_.startswith("acl"):
        for token in reversed(trigger.doc[trigger.head.i : trigger.i]):
            found = resolver.clusters_of(token) if is_nominal(token) else ()
            agreements = tuple(i for i in found if resolver.clusters[i].type == "Agreement")
            if agreements and token.dep_ not in ("compound", "amod"):
                return agreements
    return ()


def adopt_documents(
    entries: dict[int, Entry], deep: dict[int, Relations], resolver: Resolver, lexicon: Lexicon
) -> None:
    """Make agreements of what is signed though its noun names no agreement: "signed the statement", "a road map"."""
    settings = lexicon.data("agreements")
    for i, entry in sorted(entries.items()):
        if entry.mode != settings["mode"]:
            continue
        for token in _signed(resolver.doc[i], entry, deep[i], settings):
            lemma = token.lemma_.lower()
            if lemma in settings["papers"] and token not in deep[i].get("object", ()) and _told(token, resolver):
                continue  # "put their names to a text of nine pages"
            if lemma in settings["papers"] and resolver.refer(token, settings["class"]):
                continue
            if lemma in settings["no documents"] or not is_nominal(token) or token.pos_ == "PRON":
                continue
            if described_agreement(resolver.doc[i], resolver):
                continue  # "the answer to the treaty that they signed"
            for index in resolver.clusters_of(token):
                cluster = resolver.clusters[index]
                named = nominals().type_of(token) == settings["class"]  # "the Memorandum on Trade", read as a place
                body = cluster.type == "Organization" and resolver.doc[i] not in (token.head, *token.children)
                if cluster.known_as is None and (named or (cluster.type in _UNTYPED and not body)):
                    cluster.type = settings["class"]


def _told(token: Token, resolver: Resolver) -> bool:
    """Whether an agreement has been told before."""
    return any(c.type == "Agreement" and c.mentions[0].span.start < token.i for c in resolver.clusters if c.mentions)


def _signed(verb: Token, entry: Entry, deep: Relations, settings: Mapping[str, Any]) -> Iterator[Token]:
    """What is signed: "signed the statement", "put their names to two documents"; not who bears the signatures."""
    if agreement_signed(verb, settings) is not None:
        return
    objects = deep.get("object", ())
    yield from objects
    yield from deep.get("of", ())
    if entry.part == "verb" and objects and all(t.lemma_.lower() in entry.words for t in objects):
        under = next((deep[name] for name in _UNDER if deep.get(name)), [])
        yield from (t for t in under if t.lemma_.lower() not in settings["on behalf"])
