"""Pairs: "the two sides", "both countries" stand for what took part in the sentences just before."""

from __future__ import annotations

import math
from itertools import combinations

from spacy.tokens import Token

from kg.language.heads import nominals
from kg.language.mentions import TextMention

from .clusters import Chains, Cluster, before, coordinated, foremost, is_definite, is_plural

_PARTIES = ("State", "ArmedGroup", "Organization")
_SUBJECT = 3.0  # what being the subject counts
_FADING = 0.95  # of a mention, a sentence further back
_JOINED_FADING = 0.97
_NAMED = 1.2  # what having a name counts
_SAME = 0.7  # what it counts that both are of one class


def is_pair(mention: TextMention) -> bool:
    """Whether it stands for two parties: "the two sides", "both countries", "neither party", "the warring parties"."""
    head = mention.head
    if _is_counted(head):
        return True
    bare = all(t.pos_ in ("ADJ", "VERB") and t.is_lower for t in mention.span if t.i != head.i)
    # not "the ministers of the region", "the countries that mediated"
    bare = bare and not any(c.dep_ in ("nmod", "acl", "acl:relcl") and c.i > head.i for c in head.children)
    named = head.lower_ in ("sides", "parties", "ministers") or head.lemma_.lower() in nominals().pairs_of_states
    return is_plural(head) and named and bare and is_definite(mention)


def _is_counted(head: Token) -> bool:
    words = ("two", "both", "neither", "either", "each")
    return head.lower_ in words[:2] or any(c.lower_ in words for c in head.children)


def pair(chains: Chains, mention: TextMention) -> tuple[int, ...]:
    """The two parties that have been told most, as what acts above all, those told last more than those told long ago;
    two that "and" joined before rather than others, and two of one class.
    """
    told = _told(chains, mention.head)
    if mention.head.lemma_.lower() in nominals().pairs_of_states and not _is_counted(mention.head):
        # "the countries" are two where the text has told of two, with names
        states = [i for i in told if chains.clusters[i].type == "State" and chains.clusters[i].is_named]
        return tuple(states) if len(states) == 2 else ()
    joined = _joined(chains, mention.head)
    for classes in _classes(mention):
        fitting = [i for i in told if chains.clusters[i].type in classes]
        if len(fitting) > 1:
            return max(
                combinations(fitting, 2),
                key=lambda both: (
                    sum(math.log(told[i]) for i in both)
                    + 2 * math.log1p(3 * joined.get(both, 0.0))
                    + _SAME * (len({chains.clusters[i].type for i in both}) == 1),
                    both,
                ),
            )
    return ()


def _classes(mention: TextMention) -> tuple[tuple[str, ...], ...]:
    """The classes of the two, the likeliest first."""
    lemma = mention.head.lemma_.lower()
    if "Person" in (mention.type, nominals().any_type_of(mention.head)) or lemma in nominals().rulers:
        return (("Person",),)
    if lemma in nominals().pairs_of_states:
        return ("State",), _PARTIES
    if mention.head.lower_ in ("two", "both"):
        return ((*_PARTIES, "Person"),)
    return _PARTIES, (*_PARTIES, "Person")


def _told(chains: Chains, head: Token) -> dict[int, float]:
    """How much each entity was told before the pair, but for those that act on it in its sentence."""
    here = chains.sentence[head.i]
    beside = _beside(head)
    found = {}
    for index in chains.of_type(*_PARTIES, "Person"):
        cluster = chains.clusters[index]
        mentions = list(before(cluster, head.i))
        if not mentions or not beside.isdisjoint(m.head.i for m in mentions) or _forces(chains, cluster):
            continue
        score = math.log1p(len(mentions))
        for mention in mentions:
            away = here - chains.sentence[mention.head.i]
            score += _part(mention.head) * _FADING**away
        if cluster.type != "ArmedGroup" and not cluster.is_named and is_plural(mentions[0].head):
            score /= 2  # "fifty nations" are more than one of two
        found[index] = _NAMED * score if cluster.is_named else score
    return found


def _forces(chains: Chains, cluster: Cluster) -> bool:
    """Whether it is another party's, "Keralan gunboats", "its army", and so not one of two itself as rebels are."""
    owned = any(c.dep_ == "nmod:poss" for c in cluster.mentions[0].head.children)
    of = any(chains.clusters[i].type in _PARTIES for i in cluster.of)
    free = cluster.is_named or cluster.type == "Person" or not nominals().irregular.isdisjoint(cluster.heads)
    return (owned or of) and not free


def _part(head: Token) -> float:
    """What the place of a mention counts."""
    if foremost(head).dep_.startswith("nsubj"):
        return _SUBJECT
    return 1.0 if _takes_part(head) else 0.5


def _joined(chains: Chains, head: Token) -> dict[tuple[int, int], float]:
    """How often "and" joined two entities in the sentences before, most of all as they act or something is between."""
    found: dict[tuple[int, int], float] = {}
    here = chains.sentence[head.i]
    for token in chains.doc[: head.sent.start]:
        if token.dep_ == "conj" or not any(c.dep_ == "conj" for c in token.children):
            continue
        members = [chains.of_token.get(t.i, ()) for t in coordinated(token)]
        if len(members) == 2 and all(len(m) == 1 for m in members) and members[0] != members[1]:
            between = token.dep_ == "nmod" and any(c.lower_ == "between" for c in token.children)
            weight = 1.0 if between or token.dep_.startswith("nsubj") else 0.5
            a, b = sorted((members[0][0], members[1][0]))
            found[a, b] = found.get((a, b), 0.0) + weight * _JOINED_FADING ** (here - chains.sentence[token.i])
    return found


def _beside(head: Token) -> set[int]:
    """The other arguments of a phrase's verb: who "congratulated both sides" is neither of them."""
    if head.dep_ not in ("obj", "iobj", "obl"):
        return set()
    verb = head.head
    while verb.dep_ in ("xcomp", "advcl") and not any(c.dep_.startswith("nsubj") for c in verb.children):
        verb = verb.head  # "spent the night mediating between the two leaders"
    return {t.i for c in verb.children if c.dep_.startswith("nsubj") for t in coordinated(c)}


def _takes_part(head: Token) -> bool:
    """Whether a phrase stands where a party does, not inside another's name: "pro-Russian" is no party."""
    head = foremost(head)
    return head.dep_.split(":")[0] in ("nsubj", "obj", "iobj", "obl", "nmod") and not (
        head.dep_ in ("nmod", "nmod:poss", "nmod:desc") and head.i < head.head.i
    )
