"""Pronouns and pairs: "they", "it", "the two sides" stand for what took part in the sentences just before."""

from __future__ import annotations

from spacy.tokens import Token

from kg.language.mentions import PRONOUN_CLASSES, TextMention

from .clusters import WINDOW, Chains, Cluster, is_definite, is_plural

_WANTED = {
    "person": ("Person",),
    "thing": ("State", "ArmedGroup", "Organization", "InternationalOrganization", "Agreement"),
    "several": ("Group", "ArmedGroup", "Organization", "InternationalOrganization", "State", "Other"),
}
_REASONS = {"after", "because", "as", "since"}
_INERT = ("Agreement", "Other")  # rarely the subject of an event


def antecedent(chains: Chains, mention: TextMention) -> int | None:
    """The entity that a pronoun stands for; quotations and relative clauses resolve the others."""
    kind = PRONOUN_CLASSES[mention.head.lower_]
    if kind not in _WANTED:
        return None
    scored = [
        (score, index)
        for index, cluster in enumerate(chains.clusters)
        if cluster.type in _WANTED[kind] and (score := _score(chains, cluster, mention, kind)) is not None
    ]
    return max(scored, key=lambda pair: pair[0])[1] if scored else None


def _score(chains: Chains, cluster: Cluster, mention: TextMention, kind: str) -> tuple[int, ...] | None:
    """How likely an entity is meant: fitting in number and role, then near, then a subject, then late."""
    earlier = [m for m in cluster.mentions if m.head.i < mention.head.i]
    if not earlier:
        return None
    last = earlier[-1]
    told = chains.sentence[last.head.i]
    distance = chains.sentence[mention.head.i] - told
    if distance > WINDOW or (kind == "several" and cluster.type == "Other" and not is_plural(last.head)):
        return None
    if mention.head.dep_ != "nmod:poss" and distance == 0 and last.head.head == mention.head.head:
        return None  # "he met him": arguments of one verb are not the same
    subject = any(m.head.dep_.startswith("nsubj") for m in earlier if chains.sentence[m.head.i] == told)
    fits = int(cluster.type not in _INERT or not mention.head.dep_.startswith("nsubj"))
    if kind == "several":
        plural = any(is_plural(m.head) for m in earlier if chains.sentence[m.head.i] == told)
        fits += 2 if plural else int(last.kind == "name" and cluster.type != "State")
    rank = 2 if any(_is_reason(mention.head, m.head) for m in earlier) else int(subject)
    return fits, -distance, rank, last.head.i


def _is_reason(pronoun: Token, candidate: Token) -> bool:
    """Whether the pronoun's clause says why or when somebody was acted on: "struck them after they attacked"."""
    verb = pronoun.head
    marks = {c.lower_ for c in verb.children if c.dep_ == "mark"}
    done_to = candidate.dep_ in ("obj", "obl") and candidate.head == verb.head
    return pronoun.dep_ == "nsubj" and verb.dep_ == "advcl" and bool(marks & _REASONS) and done_to


def is_pair(mention: TextMention) -> bool:
    """Whether it stands for two parties: "the two sides", "both countries", "neither party", "the warring parties"."""
    head = mention.head
    if any(c.lower_ in ("two", "both", "neither", "either", "each") for c in head.children):
        return True
    bare = all(t.pos_ == "ADJ" and t.is_lower for t in mention.span if t.i != head.i)
    return head.lower_ in ("sides", "parties") and bare and is_definite(mention)


def pair(chains: Chains, mention: TextMention) -> tuple[int, ...]:
    """The two parties that have taken part most often in what was told before: doers and those they dealt with."""
    wanted = ("Person",) if mention.type in ("Person", "Group") else ("State", "ArmedGroup", "Organization")
    here = chains.sentence[mention.head.i]
    told: dict[int, list[int]] = {}
    for index, cluster in enumerate(chains.clusters):
        if cluster.type in wanted:
            taking = [m.head.i for m in cluster.mentions if m.head.i < mention.head.i and _takes_part(m.head)]
            if taking and here - chains.sentence[taking[-1]] <= 2 * WINDOW:
                told[index] = taking
    best = sorted(told, key=lambda i: (len(told[i]), told[i][-1]), reverse=True)[:2]
    return tuple(sorted(best)) if len(best) == 2 else ()


def _takes_part(head: Token) -> bool:
    """Whether a phrase stands where a party does, not inside another's name: "pro-Russian" is no party."""
    while head.dep_ in ("conj", "flat") and head.head != head:
        head = head.head
    return head.dep_.split(":")[0] in ("nsubj", "obj", "iobj", "obl", "nmod") and not (
        head.dep_ in ("nmod", "nmod:poss", "nmod:desc") and head.i < head.head.i
    )
