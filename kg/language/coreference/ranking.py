"""Which of the entities told before a pronoun means: what is seen of each, weighed by numbers learnt from texts.

The weights are those of a log-linear model over the candidates of a pronoun and "none of them", fitted by
training/scripts/coreference.py. Denis and Baldridge (2007), A ranking approach to pronoun resolution.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from pathlib import Path

from spacy.tokens import Token

from kg.language.heads import nominals
from kg.language.mentions import PRONOUN_CLASSES, TextMention

from .clusters import PARTIES, WINDOW, Chains, Cluster, before, coordinated, is_definite, is_plural, words

Candidate = tuple[int, ...]
NONE: Candidate = ()

_FEMALE = frozenset(("she", "her", "hers", "herself"))
_MALE = frozenset(("he", "him", "his", "himself"))
_PLACES = {
    "nsubj": "subject", "csubj": "subject", "nsubj:pass": "passive", "obj": "object", "iobj": "object",
    "obl": "oblique", "obl:agent": "agent", "nmod:poss": "owner", "nmod": "of", "appos": "apposed", "root": "root",
}  # fmt: skip
_CLAUSES = ("ccomp", "xcomp", "advcl", "acl", "acl:relcl", "conj", "parataxis", "csubj")
_PERSONS = ("Person",)
_MANY = (1, 2, 3, 5, 8)


def candidates(chains: Chains, mention: TextMention) -> list[Candidate]:
    """The entities, alone or together, that a pronoun of the third person can stand for, those told first before."""
    kind = PRONOUN_CLASSES[mention.head.lower_]
    here = chains.sentence[mention.head.i]
    alone = [
        (index,)
        for index in chains.told_within(here, WINDOW)
        if _may_be(chains, chains.clusters[index], mention.head, kind)
    ]
    return alone + (_together(chains, mention.head) if kind == "several" else [])


def features(chains: Chains, candidate: Candidate, mention: TextMention) -> list[str]:
    """What is seen of a candidate, each as a name."""
    kind = PRONOUN_CLASSES[mention.head.lower_]
    role = _place(mention.head)
    if candidate == NONE:
        return [
            f"none {kind}",
            f"none {kind} {role}",
            f"none {mention.head.lower_}",
            f"none {_expletive(mention.head)}",
        ]
    seen = list(_seen(chains, candidate, mention.head, kind, role))
    return [*seen, *(f"{kind} {name}" for name in seen)]


def best(chains: Chains, mention: TextMention) -> Candidate:
    """The likeliest candidate, of equal ones the one told last; `NONE` where none is likely."""
    weights = _weights()

    def weigh(candidate: Candidate) -> float:
        return sum(weights.get(name, 0.0) for name in features(chains, candidate, mention))

    return max([NONE, *candidates(chains, mention)], key=lambda c: (weigh(c), c))


@cache
def _weights() -> dict[str, float]:
    found: dict[str, float] = json.loads((Path(__file__).parent / "ranking.json").read_text(encoding="utf-8"))
    return found


def _may_be(chains: Chains, cluster: Cluster, pronoun: Token, kind: str) -> bool:
    last = next(before(cluster, pronoun.i), None)
    if last is None:
        return False
    if pronoun.dep_ != "nmod:poss" and last.head.head == pronoun.head and last.head.head != last.head:
        return False  # "he met him": arguments of one verb are not the same
    if pronoun.head.dep_ == "acl:relcl" and pronoun.head.head == last.head and pronoun.dep_ != "nmod:poss":
        return False  # "Sorokin, who had met him"
    if kind == "person":
        return cluster.type in ("Person", "") and _agrees(cluster, pronoun.lower_)
    if kind == "thing":
        return cluster.type not in _PERSONS and not is_plural(last.head)
    return cluster.type not in _PERSONS or is_plural(last.head)


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


def _together(chains: Chains, pronoun: Token) -> list[Candidate]:
    """Entities that were told with "and" between them, in this sentence before the pronoun or in the one before."""
    start = pronoun.sent.start
    first = chains.doc[start - 1].sent.start if start else start
    found: dict[Candidate, None] = {}
    for token in chains.doc[first : pronoun.i]:
        if token.dep_ != "conj" and any(c.dep_ == "conj" for c in token.children):
            members = [chains.of_token.get(t.i, ()) for t in coordinated(token) if t.i < pronoun.i]
            told = tuple(dict.fromkeys(i for member in members for i in member))
            if len(told) > 1 and all(members):
                found[told] = None
    return list(found)


def _seen(chains: Chains, candidate: Candidate, pronoun: Token, kind: str, role: str) -> Iterator[str]:
    clusters = [chains.clusters[i] for i in candidate]
    last = max((next(before(c, pronoun.i)) for c in clusters), key=lambda m: m.head.i)
    here, told = chains.sentence[pronoun.i], chains.sentence[last.head.i]
    near = list(takewhile(lambda m: chains.sentence[m.head.i] == told, before(clusters[0], pronoun.i)))
    places = {_place(_first(m.head)) for m in near}
    sort = "together" if len(clusters) > 1 else f"type {clusters[0].type}"
    yield sort
    yield f"{sort} is {role}"
    yield f"away {here - told}"
    yield f"last {last.kind}"
    for place in sorted(places):
        yield f"was {place}"
        yield f"was {place} is {role}"
        yield f"away {min(here - told, 2)} was {place}"
        yield f"{sort} was {place}"
    named = any(c.is_named for c in clusters)
    yield f"named {named}"
    many = sum(m.head.i < pronoun.i for c in clusters for m in c.mentions)
    yield f"told {sum(many >= n for n in _MANY)}"
    plural = any(is_plural(m.head) for m in near if m.kind == "nominal")
    yield f"plural {plural}"
    yield f"plural {plural} type {clusters[0].type}"
    if last.kind == "pronoun":
        yield f"said {last.head.lower_ == pronoun.lower_}"
        yield f"class {PRONOUN_CLASSES[last.head.lower_]}"
    elif last.kind == "nominal":
        yield f"definite {is_definite(last)}"
    between = chains.doc[last.head.i : pronoun.i]
    yield f"paragraph {any(t.is_space and t.text.count(chr(10)) > 1 for t in between)}"
    rank = sum(
        1
        for index in chains.told_within(here, WINDOW)
        if index not in candidate
        and chains.clusters[index].type == clusters[0].type
        and any(last.head.i < m.head.i < pronoun.i for m in chains.clusters[index].mentions)
    )
    yield f"between {min(rank, 4)}"
    others = sum(
        1
        for index in chains.told_within(here, WINDOW)
        if index not in candidate
        and chains.clusters[index].type in PARTIES
        and any(last.head.i < m.head.i < pronoun.i for m in chains.clusters[index].mentions)
    )
    yield f"parties between {min(others, 4)}"
    if _first(last.head).dep_.startswith("nsubj"):
        later = any(t.dep_.startswith("nsubj") and t.pos_ != "PRON" for t in chains.doc[last.head.i + 1 : pronoun.i])
        yield f"subject since {later}"
    yield from _governing(near, pronoun)
    yield from _quoted(chains, near, pronoun)
    if here - told == 1 and any(
        _first(m.head).dep_.startswith("nsubj") and m.head.head == m.head.sent.root for m in near
    ):
        yield "main subject before"
    if kind == "person" and clusters[0].type == "Person":
        yield f"gendered {_gendered(clusters[0], pronoun.lower_)}"


def _first(token: Token) -> Token:
    """The first of the words coordinated with a word."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def _place(token: Token) -> str:
    return _PLACES.get(token.dep_, "other")


def _governing(near: list[TextMention], pronoun: Token) -> Iterator[str]:
    """Whether a candidate is the subject of a clause that holds the pronoun's, and which one."""
    subjects = {_first(m.head).i for m in near if _first(m.head).dep_.startswith("nsubj")}
    objects = {_first(m.head).i for m in near if _first(m.head).dep_ in ("obj", "iobj", "obl")}
    owner = pronoun.dep_ == "nmod:poss"
    token, level, via = pronoun.head, 0, ""
    while level < 5:
        if token.pos_ in ("VERB", "AUX", "ADJ") or any(c.dep_.startswith("nsubj") for c in token.children):
            own = [c.i for c in token.children if c.dep_.startswith("nsubj")]
            if subjects.intersection(own):
                yield f"governs {level} {via or ('owner' if owner else 'own')}"
                return
            if objects.intersection(c.i for c in token.children):
                yield f"object {level} {via or ('owner' if owner else 'own')}"
            if token.dep_ in _CLAUSES:
                via = token.dep_
                level += 0 if token.dep_ == "conj" and not own else 1
        if token.head == token:
            return
        token = token.head


def _quoted(chains: Chains, near: list[TextMention], pronoun: Token) -> Iterator[str]:
    """Whether the pronoun is in somebody's words, and the candidate is who says them."""
    for quotation in chains.doc.spans.get("quotations", ()):
        if quotation.start <= pronoun.i < quotation.end:
            speaker = quotation._.speaker
            said = speaker is not None and any(m.head.i == speaker.i for m in near)
            inside = any(quotation.start <= m.head.i < quotation.end for m in near)
            yield "quoted speaker" if said else f"quoted {inside}"
            return
    yield "unquoted"


def _gendered(cluster: Cluster, pronoun: str) -> bool:
    """Whether something told of a person agrees with the pronoun's gender."""
    same = _MALE if pronoun in _MALE else _FEMALE
    nouns = nominals().male if pronoun in _MALE else nominals().female
    return any(
        m.head.lower_ in same if m.kind == "pronoun" else not nouns.isdisjoint(words(m.text)) for m in cluster.mentions
    )


def _expletive(pronoun: Token) -> str:
    """Whether "it" looks like nobody: "it is clear that"."""
    if pronoun.lower_ != "it":
        return "other"
    if pronoun.dep_ == "expl":
        return "expl"
    verb = pronoun.head
    clause = any(
        c.dep_ in ("csubj", "ccomp", "advcl", "xcomp", "csubj:pass", "acl") and c.i > verb.i for c in verb.children
    )
    return f"{verb.pos_ in ('ADJ', 'NOUN')} {clause}"
