"""Where: places attached to the event that they belong to, never to all of a sentence."""

from __future__ import annotations

from spacy.tokens import Token

from .arguments import Filler, Resolver
from .lexicon import Entry, Lexicon
from .relations import Relations, case_of


def places(
    trigger: Token, relations: Relations, entries: dict[int, Entry], resolver: Resolver, lexicon: Lexicon
) -> list[Filler]:
    """Where the event was, from the prepositions that name places on the trigger, its support verb or its object."""
    found: dict[int, Filler] = {}
    for name in lexicon.place_relations:
        for token in [*relations.get(name, ()), *_inside_object(name, relations, entries)]:
            if not _locates_another(token):
                for filler in resolver.place_fillers(token):
                    found.setdefault(filler.cluster, filler)
    for child in trigger.children:
        if child.dep_ in ("compound", "amod") and child.i < trigger.i:  # "Kabul bombing", "Helmand attacks"
            for filler in resolver.place_fillers(child):
                if resolver.clusters[filler.cluster].type == "Place":
                    found.setdefault(filler.cluster, filler)
    return sorted(found.values(), key=lambda f: f.token.i)


def _inside_object(preposition: str, relations: Relations, entries: dict[int, Entry]) -> list[Token]:
    """Phrases that the parser hung on the object: "signed an agreement in Doha". An object that is an event keeps
    its own.
    """
    return [
        child
        for noun in relations.get("object", ())
        if noun.i not in entries
        for child in noun.children
        if child.dep_ == "nmod" and case_of(child) == preposition
    ]


def _locates_another(token: Token) -> bool:
    """Whether a place only says where the place before it lies: "in Doha, Qatar"."""
    before = token.nbor(-1) if token.i > 0 else None
    return (
        before is not None
        and before.text == ","
        and token.dep_ in ("conj", "appos", "nmod")
        and token.ent_type_ == "LOC"
        and (
            token.i > 1
            and token.nbor(-2).ent_type_ == "LOC"
            and not any(c.dep_ == "cc" for c in token.head.subtree if c.i > token.i)
        )
    )
