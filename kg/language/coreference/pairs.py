"""Pairs: "the two sides", "both countries" stand for what took part in the sentences just before."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Token

from kg.language.mentions import TextMention

from .clusters import WINDOW, Chains, before, coordinated, is_definite, is_plural


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
    """The two parties that "and" joined most often before as they did something or something was between them; else
    those that have taken part most often in the sentences before, of these the ones told last.
    """
    wanted: tuple[str, ...] = ("State", "ArmedGroup", "Organization", "Person")
    if mention.type in ("Person", "Group"):
        wanted = ("Person",)
    elif mention.head.lower_ not in ("two", "both"):
        wanted = wanted[:-1]
    together = _together(chains, mention.head, wanted)
    if together:
        return together
    here = chains.sentence[mention.head.i]
    beside = _beside(mention.head)
    told: dict[int, list[int]] = {}
    for index in chains.told_within(here, 2 * WINDOW):
        cluster = chains.clusters[index]
        if cluster.type in wanted:
            heads = [m.head for m in before(cluster, mention.head.i)]
            taking = [head.i for head in heads if _takes_part(head)]
            near = taking and here - chains.sentence[taking[0]] <= 2 * WINDOW
            if near and beside.isdisjoint(head.i for head in heads):
                told[index] = taking
    best = sorted(told, key=lambda i: (len(told[i]), told[i][0]), reverse=True)[:2]
    return tuple(sorted(best)) if len(best) == 2 else ()


def _together(chains: Chains, head: Token, wanted: tuple[str, ...]) -> tuple[int, ...]:
    """Two parties that act together or that something is between: of those told most often the ones told last."""
    found: Counter[tuple[int, ...]] = Counter()
    last = {}
    for token in chains.doc[: head.sent.start]:
        between = token.dep_ == "nmod" and any(c.dep_ == "case" and c.lower_ == "between" for c in token.children)
        if not (between or token.dep_ in ("nsubj", "nsubj:pass")):
            continue
        members = [chains.of_token.get(t.i, ()) for t in coordinated(token)]
        if len(members) == 2 and all(len(m) == 1 and chains.clusters[m[0]].type in wanted for m in members):
            both = tuple(sorted({i for m in members for i in m}))
            found[both] += len(both) == 2
            last[both] = token.i
    best = max(found, key=lambda both: (found[both], last[both]), default=())
    return best if len(best) == 2 else ()


def _beside(head: Token) -> set[int]:
    """The other arguments of a phrase's verb: who "congratulated both sides" is neither of them."""
    if head.dep_ not in ("obj", "iobj", "obl"):
        return set()
    return {t.i for c in head.head.children if c.dep_.startswith("nsubj") for t in coordinated(c)}


def _takes_part(head: Token) -> bool:
    """Whether a phrase stands where a party does, not inside another's name: "pro-Russian" is no party."""
    while head.dep_ in ("conj", "flat") and head.head != head:
        head = head.head
    return head.dep_.split(":")[0] in ("nsubj", "obj", "iobj", "obl", "nmod") and not (
        head.dep_ in ("nmod", "nmod:poss", "nmod:desc") and head.i < head.head.i
    )
