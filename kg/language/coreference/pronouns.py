"""Pronouns and pairs: "they", "it", "the two sides" stand for what took part in the sentences just before."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from spacy.tokens import Token

from kg.language.heads import nominals
from kg.language.mentions import PRONOUN_CLASSES, TextMention

from .clusters import PARTIES, WINDOW, Chains, Cluster, coordinated, is_definite, is_plural, words

_WANTED = {
    "person": ("Person",),
    "thing": ("State", "ArmedGroup", "Organization", "InternationalOrganization", "Agreement"),
    "several": ("Group", "ArmedGroup", "Organization", "InternationalOrganization", "State", "Other"),
}
_REASONS = {"after", "because", "as", "since"}
_FEMALE = frozenset(("she", "her", "hers", "herself"))
_MALE = frozenset(("he", "him", "his", "himself"))
_PARTIES = ("Person", "Group", *PARTIES)
_INERT = ("Agreement", "Other")  # rarely the subject of an event


def antecedents(chains: Chains, mention: TextMention) -> tuple[int, ...]:
    """The entities that a pronoun stands for, several only for "they"; empty if none is found or it is relative."""
    kind = PRONOUN_CLASSES[mention.head.lower_]
    if kind not in _WANTED:
        return ()
    here = chains.sentence[mention.head.i]
    scored = [
        (score, index)
        for index in chains.told_within(here, WINDOW)
        if chains.clusters[index].type in _WANTED[kind]
        and (score := _score(chains, chains.clusters[index], mention, kind)) is not None
    ]
    best = max(scored, key=lambda pair: pair[0]) if scored else None
    if kind == "several":
        together = _coordinated_subject(chains, mention)
        if together and (best is None or not _is_crowd(chains.clusters[best[1]])):
            return together
    return (best[1],) if best else ()


def _is_crowd(cluster: Cluster) -> bool:
    """Whether it was told last by a plural noun that "they" means rather than two parties."""
    return cluster.type in ("Group", "ArmedGroup") and is_plural(cluster.last.head)


def _coordinated_subject(chains: Chains, mention: TextMention) -> tuple[int, ...]:
    """The parties that were together the subject of the sentence before: "India and Burma signed ... They ..."."""
    here = mention.head.sent.start
    if here == 0:
        return ()
    sentence = chains.doc[here - 1].sent
    for token in sentence:
        if token.dep_ == "nsubj" and token.head == sentence.root:
            members = [chains.of_token.get(t.i, ()) for t in coordinated(token)]
            found = tuple(dict.fromkeys(i for member in members for i in member))
            if len(found) > 1 and all(members) and all(chains.clusters[i].type in _PARTIES for i in found):
                return found
    return ()


def _score(chains: Chains, cluster: Cluster, mention: TextMention, kind: str) -> tuple[int, ...] | None:
    """How likely an entity is meant: fitting in number and role, then near, then a subject, then late."""
    pronoun = mention.head
    last = next((m for m in reversed(cluster.mentions) if m.head.i < pronoun.i), None)
    if last is None:
        return None
    told = chains.sentence[last.head.i]
    distance = chains.sentence[pronoun.i] - told
    if distance > WINDOW or (kind == "several" and cluster.type == "Other" and not is_plural(last.head)):
        return None
    if pronoun.dep_ != "nmod:poss" and distance == 0 and last.head.head == pronoun.head:
        return None  # "he met him": arguments of one verb are not the same
    if kind == "person" and not _agrees(cluster, pronoun.lower_):
        return None
    near = list(takewhile(lambda m: chains.sentence[m.head.i] == told, _before(cluster, pronoun.i)))
    plural = any(is_plural(m.head) for m in near if m.kind == "nominal")
    if kind != "several" and plural:
        return None
    subject = any(m.head.dep_.startswith("nsubj") for m in near)
    fits = int(cluster.type not in _INERT or not pronoun.dep_.startswith("nsubj"))
    if kind == "several":
        fits += 2 if plural else int(last.kind == "name" and cluster.type != "State")
    rank = 2 if any(_is_reason(pronoun, m.head) for m in near) else int(subject)
    return fits, -distance, rank, last.head.i


def _before(cluster: Cluster, position: int) -> Iterator[TextMention]:
    return (m for m in reversed(cluster.mentions) if m.head.i < position)


def _agrees(cluster: Cluster, pronoun: str) -> bool:
    """Whether nothing told of a person says that another pronoun is right."""
    others = _FEMALE if pronoun in _MALE else _MALE
    nouns = nominals().female if pronoun in _MALE else nominals().male
    for mention in cluster.mentions:
        if mention.kind == "pronoun":
            if mention.head.lower_ in others:
                return False
        elif not nouns.isdisjoint(words(mention.text)):
            return False
    return True


def _is_reason(pronoun: Token, candidate: Token) -> bool:
    """Whether the pronoun's clause says why or when somebody was acted on: "struck them after they attacked"."""
    verb = pronoun.head
    marks = {c.lower_ for c in verb.children if c.dep_ == "mark"}
    done_to = candidate.dep_ in ("obj", "obl") and candidate.head == verb.head
    return pronoun.dep_ == "nsubj" and verb.dep_ == "advcl" and bool(marks & _REASONS) and done_to


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
            taking = [m.head.i for m in _before(cluster, mention.head.i) if _takes_part(m.head)]
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
