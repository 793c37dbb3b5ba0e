"""Which of the entities told before a pronoun means: what is seen of each, weighed by numbers learnt from texts.

The weights are those of a log-linear model over the candidates of a pronoun and "none of them", fitted by
training/scripts/coreference.py. Denis and Baldridge (2007), A ranking approach to pronoun resolution.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice, takewhile
from pathlib import Path

from spacy.tokens import Token

from kg.language.heads import nominals
from kg.language.mentions import PRONOUN_CLASSES, TextMention

from .clusters import PARTIES, WINDOW, Chains, Cluster, before, coordinated, foremost, is_definite, is_plural, words

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
_DEEPEST = 5  # clauses around the pronoun that are looked at
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


def features(chains: Chains, options: list[Candidate], mention: TextMention) -> list[list[str]]:
    """What is seen of each candidate (`NONE` among them), each as a name."""
    scene = _Scene.of(chains, mention.head)
    found = []
    for option in options:
        if option == NONE:
            found.append(list(_of_none(scene)))
        else:
            seen = list(_of_candidate(chains, option, scene))
            found.append([*seen, *(f"{scene.kind} {name}" for name in seen)])
    return found


def best(chains: Chains, mention: TextMention) -> Candidate:
    """The likeliest candidate, of equal ones the one told last; `NONE` where none is likely."""
    weights = _weights()
    options = [NONE, *candidates(chains, mention)]
    scores = [sum(weights.get(n, 0.0) for n in names) for names in features(chains, options, mention)]
    return max(zip(scores, options, strict=True))[1]


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
        fits = cluster.type in ("Person", "") and _agrees(cluster, pronoun.lower_)
    elif kind == "thing":
        fits = cluster.type not in _PERSONS and not is_plural(last.head)
    else:
        fits = cluster.type not in _PERSONS or is_plural(last.head)
    return fits and not _told_by(pronoun, cluster)


def _told_by(pronoun: Token, cluster: Cluster) -> bool:
    """Whether an entity is told of in words that the pronoun speaks: "The world must act," he said: he is not it."""
    return pronoun.dep_.startswith("nsubj") and any(
        q._.speaker == pronoun and any(q.start <= m.head.i < q.end and m.kind != "pronoun" for m in cluster.mentions)
        for q in pronoun.doc.spans.get("quotations", ())
        if q.end <= pronoun.i
    )


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


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is the same for all candidates of a pronoun.

    `latest` has where each entity told near was told last, `parties` those of them that are parties, `governing` what
    the subjects and objects of the clauses around the pronoun are called, by their tokens, `breaks` the ends of
    paragraphs and `subjects` the subjects before the pronoun.
    """

    pronoun: Token
    kind: str
    role: str
    latest: dict[int, int]
    parties: frozenset[int]
    governing: list[tuple[str, frozenset[int]]]
    breaks: list[int]
    subjects: list[int]
    quotation: tuple[int, int, int] | None

    @classmethod
    def of(cls, chains: Chains, pronoun: Token) -> _Scene:
        here = chains.sentence[pronoun.i]
        near = {
            index: last.head.i
            for index in chains.told_within(here, WINDOW)
            if (last := next(before(chains.clusters[index], pronoun.i), None)) is not None
        }
        text = chains.doc[min(near.values(), default=pronoun.i) : pronoun.i]
        quotations = (
            (q.start, q.end, q._.speaker.i if q._.speaker is not None else -1)
            for q in chains.doc.spans.get("quotations", ())
            if q.start <= pronoun.i < q.end
        )
        return cls(
            pronoun,
            PRONOUN_CLASSES[pronoun.lower_],
            _place(pronoun),
            near,
            frozenset(i for i in near if chains.clusters[i].type in PARTIES),
            list(_governing(pronoun)),
            [t.i for t in text if t.is_space and t.text.count("\n") > 1],
            [t.i for t in text if t.dep_.startswith("nsubj") and t.pos_ != "PRON"],
            next(quotations, None),
        )


def _of_none(scene: _Scene) -> Iterator[str]:
    yield f"none {scene.kind}"
    yield f"none {scene.kind} {scene.role}"
    yield f"none {scene.pronoun.lower_}"
    yield f"none {_expletive(scene.pronoun)}"


def _of_candidate(chains: Chains, candidate: Candidate, scene: _Scene) -> Iterator[str]:
    pronoun, role = scene.pronoun, scene.role
    clusters = [chains.clusters[i] for i in candidate]
    last = max((next(before(c, pronoun.i)) for c in clusters), key=lambda m: m.head.i)
    here, told = chains.sentence[pronoun.i], chains.sentence[last.head.i]
    near = list(takewhile(lambda m: chains.sentence[m.head.i] == told, before(clusters[0], pronoun.i)))
    firsts = [foremost(m.head) for m in near]
    sort = "together" if len(clusters) > 1 else f"type {clusters[0].type}"
    yield sort
    yield f"{sort} is {role}"
    yield f"away {here - told}"
    yield f"last {last.kind}"
    for place in sorted({_place(first) for first in firsts}):
        yield f"was {place}"
        yield f"was {place} is {role}"
        yield f"away {min(here - told, 2)} was {place}"
        yield f"{sort} was {place}"
    yield f"named {any(c.is_named for c in clusters)}"
    many = len(list(islice((m for c in clusters for m in before(c, pronoun.i)), _MANY[-1])))
    yield f"told {sum(many >= n for n in _MANY)}"
    plural = any(is_plural(m.head) for m in near if m.kind == "nominal")
    yield f"plural {plural}"
    yield f"plural {plural} type {clusters[0].type}"
    if last.kind == "pronoun":
        yield f"said {last.head.lower_ == pronoun.lower_}"
        yield f"class {PRONOUN_CLASSES[last.head.lower_]}"
    elif last.kind == "nominal":
        yield f"definite {is_definite(last)}"
    yield f"paragraph {any(i > last.head.i for i in scene.breaks)}"
    since = [i for i, at in scene.latest.items() if at > last.head.i and i not in candidate]
    yield f"between {min(sum(chains.clusters[i].type == clusters[0].type for i in since), 4)}"
    yield f"parties between {min(sum(i in scene.parties for i in since), 4)}"
    if foremost(last.head).dep_.startswith("nsubj"):
        yield f"subject since {any(i > last.head.i for i in scene.subjects)}"
    heads = {first.i for first in firsts}
    yield from (name for name, tokens in scene.governing if not heads.isdisjoint(tokens))
    yield _quoted(near, scene.quotation)
    main = any(f.dep_.startswith("nsubj") and f.head == f.sent.root for f in firsts)
    if here - told == 1 and main:
        yield "main subject before"
    if scene.kind == "person" and clusters[0].type == "Person":
        yield f"gendered {_gendered(clusters[0], pronoun.lower_)}"


def _place(token: Token) -> str:
    return _PLACES.get(token.dep_, "other")


def _governing(pronoun: Token) -> Iterator[tuple[str, frozenset[int]]]:
    """The subjects and objects of the clauses that hold the pronoun, each with how the clauses hang together."""
    token, level = pronoun.head, 0
    via = "owner" if pronoun.dep_ == "nmod:poss" else "own"
    while level < _DEEPEST:
        subjects = frozenset(c.i for c in token.children if c.dep_.startswith("nsubj"))
        if subjects or token.pos_ in ("VERB", "AUX", "ADJ"):
            yield f"object {level} {via}", frozenset(c.i for c in token.children if c.dep_ in ("obj", "iobj", "obl"))
            yield f"governs {level} {via}", subjects
            if token.dep_ in _CLAUSES:
                via = token.dep_
                level += int(token.dep_ != "conj" or bool(subjects))
        if token.head == token:
            return
        token = token.head


def _quoted(near: list[TextMention], quotation: tuple[int, int, int] | None) -> str:
    """Whether the pronoun is in somebody's words, and the candidate is who says them."""
    if quotation is None:
        return "unquoted"
    start, end, speaker = quotation
    if any(m.head.i == speaker for m in near):
        return "quoted speaker"
    return f"quoted {any(start <= m.head.i < end for m in near)}"


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
