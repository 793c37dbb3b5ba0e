"""Agreements: "the deal" is the one told before, unless its words set another apart."""

from __future__ import annotations

from kg.language.heads import nominals
from kg.language.mentions import TextMention

from .clusters import Chains, is_definite, is_plural


def known_agreement(chains: Chains, mention: TextMention) -> int | None:
    """An agreement told before; None for a new one ("a side agreement", "three other accords")."""
    if any(c.dep_ == "nummod" or c.lower_ in nominals().set_apart for c in mention.head.children):
        return None
    known = chains.of_type("Agreement")
    if not known:
        return None
    kinds = _kinds(mention)
    if _is_known(chains, mention):
        fitting = [i for i in known if not kinds or not _kinds_of(chains, i) or kinds & _kinds_of(chains, i)]
        return max(fitting or known, key=lambda i: (len(chains.clusters[i].mentions), chains.clusters[i].last.head.i))
    titled = [i for i in known if chains.sentence[chains.clusters[i].last.head.i] == 0]
    if titled and chains.sentence[mention.head.i] > 0 and mention.head.dep_ in ("obj", "nsubj:pass", "obl"):
        return titled[0]  # the first that the body tells of is the headline's
    return chains.nearest([i for i in known if kinds & _kinds_of(chains, i)])


def all_agreements(chains: Chains, mention: TextMention) -> bool:
    """Let "the accords" stand for all that were told before, where there are several; whether it does."""
    known = tuple(chains.of_type("Agreement"))
    bare = is_plural(mention.head) and mention.span.end - mention.span.start == 1
    if not (bare and len(known) > 1 and is_definite(mention)):
        return False
    chains.of_token[mention.head.i] = known
    for index in known:
        chains.clusters[index].mentions.append(mention)
    return True


def _is_known(chains: Chains, mention: TextMention) -> bool:
    """Whether the words say that the reader knows which: a determiner, a date in its name, a place before a noun."""
    dated = any(s.start >= mention.span.start and s.end <= mention.head.i for s in chains.doc.spans["timex"])
    return is_definite(mention) or mention.head.dep_ == "compound" or dated


def _kinds_of(chains: Chains, index: int) -> set[str]:
    return {k for m in chains.clusters[index].mentions if m.kind != "pronoun" for k in _kinds(m)}


def _kinds(mention: TextMention) -> set[str]:
    """The common nouns that say which kind is meant ("peace", "trade"); names and places tell no kinds apart."""
    truce = nominals().truce
    nouns = (t for t in mention.span if t.i != mention.head.i and t.pos_ in ("NOUN", "PROPN") and not t.ent_type_)
    kinds = {t.lemma_.lower() for t in nouns if t.is_alpha and len(t) > 3}
    return kinds | (truce if mention.head.lemma_.lower() in truce or kinds & truce else set())
