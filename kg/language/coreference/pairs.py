"""Pairs: "the two sides", "both countries" stand for what took part in the sentences just before."""

from __future__ import annotations

from spacy.tokens import Token

from kg.language.mentions import TextMention

from .clusters import WINDOW, Chains, before, is_definite, is_plural


def is_pair(mention: TextMention) -> bool:
    """Whether it stands for two parties: "the two sides", "both countries", "neither party", "the warring parties"."""
    head = mention.head
    if head.lower_ in ("two", "both"):
        return True
    if any(c.lower_ in ("two", "both", "neither", "either", "each") for c in head.children):
        return True
    bare = all(t.pos_ in ("ADJ", "VERB") and t.is_lower for t in mention.span if t.i != head.i)
    return is_plural(head) and head.lower_ in ("sides", "parties", "ministers") and bare and is_definite(mention)


def pair(chains: Chains, mention: TextMention) -> tuple[int, ...]:
    """The two parties that have taken part most often in the sentences before, of these the ones told last."""
    wanted: tuple[str, ...] = ("State", "ArmedGroup", "Organization", "Person")
    if mention.type in ("Person", "Group"):
        wanted = ("Person",)
    elif mention.head.lower_ not in ("two", "both"):
        wanted = wanted[:-1]
    here = chains.sentence[mention.head.i]
    told: dict[int, list[int]] = {}
    for index in chains.told_within(here, 2 * WINDOW):
        cluster = chains.clusters[index]
        if cluster.type in wanted:
            taking = [m.head.i for m in before(cluster, mention.head.i) if _takes_part(m.head)]
            if taking and here - chains.sentence[taking[0]] <= 2 * WINDOW:
                told[index] = taking
    best = sorted(told, key=lambda i: (len(told[i]), told[i][0]), reverse=True)[:2]
    return tuple(sorted(best)) if len(best) == 2 else ()


def _takes_part(head: Token) -> bool:
    """Whether a phrase stands where a party does, not inside another's name: "pro-Russian" is no party."""
    while head.dep_ in ("conj", "flat") and head.head != head:
        head = head.head
    return head.dep_.split(":")[0] in ("nsubj", "obj", "iobj", "obl", "nmod") and not (
        head.dep_ in ("nmod", "nmod:poss", "nmod:desc") and head.i < head.head.i
    )
