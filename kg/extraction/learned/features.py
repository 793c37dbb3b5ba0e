"""What grammar and lexicon say of a possible event and of the words around it, as the event model reads it.

Training and the program share this module: training/scripts/event_reading.py writes down for each document of the
corpus what is found here.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span, Token

from kg.extraction import places
from kg.extraction.arguments import Resolver
from kg.extraction.attribution import attribution
from kg.extraction.clauses import negates
from kg.extraction.lexicon import Entry, Lexicon
from kg.extraction.modality import happened, modality
from kg.extraction.phrases import word_forms
from kg.extraction.relations import Relations, relations
from kg.language.mentions import PRONOUN_CLASSES
from kg.model import Modality, Time

# the roles that a word of the text may fill; a date is filled by a time expression
ATTRIBUTION, DATE = "attribution", "date"
ROLES = ("actor", "recipient", "object", "place", ATTRIBUTION, DATE)
MODALITIES = tuple(str(m.value) for m in Modality)
RELATIONS = (
    "subject", "object", "indirect", "possessive", "modifier", "reciprocal", "clause",
    "with", "to", "on", "against", "by", "of", "from", "for", "at", "in", "over", "into", "near", "between", "upon",
    "toward", "after",
)  # fmt: skip
TOLD = len(RELATIONS) + 1 + len(ROLES)  # numbers a pair: each relation, any other, and each role that a rule gives
KINDS = ("name", "nominal", "pronoun", "time")
CLASSES = (
    "", "Person", "State", "Organization", "InternationalOrganization", "ArmedGroup", "Group", "Place", "Agreement",
    "Other", "Event",
)  # fmt: skip
NEAR = 3  # sentences between an event and its speaker, at most
_PARTS = ("NOUN", "VERB", "ADJ", "PROPN", "AUX", "ADV")
_DISTANCES = 16


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may fill a role: the head of a mention of `cluster`, a pronoun (perhaps of none: -1), or a time."""

    token: int
    kind: str
    type: str
    cluster: int
    time: Time | None = None
    number: int = field(init=False)  # kind and class as one, below `len(KINDS) * len(CLASSES)`

    def __post_init__(self) -> None:
        kind = CLASSES.index(self.type) if self.type in CLASSES else 0
        object.__setattr__(self, "number", KINDS.index(self.kind) * len(CLASSES) + kind)


class Features:
    """The candidates of one document, and what is told of each word as an event."""

    def __init__(
        self,
        doc: Doc,
        resolver: Resolver,
        lexicon: Lexicon,
        entries: Mapping[int, Entry],
        when: Mapping[int, Time],
        stipulating: frozenset[int],
    ) -> None:
        self.doc, self._resolver, self._lexicon = doc, resolver, lexicon
        self._entries, self._when, self._stipulating = dict(entries), when, stipulating
        self._starts = [*(sentence.start for sentence in doc.sents), len(doc)]
        self._sentences = [n for n, sentence in enumerate(doc.sents) for _ in range(sentence.start, sentence.end)]
        words = (token.i for token in doc if not token.is_space)
        self._ordinals = {i: number for number, i in enumerate(words)}
        self.candidates = sorted(_candidates(doc), key=lambda c: (c.token, c.kind == "time"))
        self._relations: dict[int, Relations] = {}
        self._near: dict[int, list[Candidate]] = {}

    def may_tell(self, token: Token) -> bool:
        """Whether the rules have anything to say of a word as an event."""
        return token.pos_ in _PARTS and not token.is_space

    def relations(self, token: Token) -> Relations:
        """The deep relations of a word."""
        if token.i not in self._relations:
            self._relations[token.i] = relations(token, self._lexicon.grammar)
        return self._relations[token.i]

    def modality(self, token: Token) -> int:
        """What the rules say, as an index into `MODALITIES`."""
        return MODALITIES.index(modality(token, self._entries, self._stipulating, self._lexicon).value)

    def has_entry(self, token: Token) -> bool:
        """Whether an entry of the lexicon fires at a word."""
        return token.i in self._entries

    def happened(self, token: Token) -> bool:
        """Whether a clause that describes a noun tells in the past what came of it."""
        return happened(token, self._lexicon)

    def negated(self, token: Token) -> bool:
        """Whether words of its own clause deny what a word tells."""
        return negates(token, self._lexicon)

    def near(self, token: Token) -> list[Candidate]:
        """The candidates in a word's sentence and, for who may speak, in those around it."""
        here = self._sentences[token.i]
        if here not in self._near:
            first, end = self._starts[max(0, here - NEAR)], self._starts[min(here + NEAR + 1, len(self._starts) - 1)]
            start = bisect_left(self.candidates, first, key=_token)
            around = self.candidates[start : bisect_left(self.candidates, end, key=_token)]
            self._near[here] = [c for c in around if c.kind != "time" or self._sentences[c.token] == here]
        return self._near[here]

    def speaker_afar(self, token: Token) -> Token | None:
        """Who speaks by the rules, where that is too far away to be a candidate: in an interview, a long statement."""
        speaker = attribution(token, self._entries, self._lexicon)
        near = speaker is not None and abs(self._sentences[speaker.i] - self._sentences[token.i]) <= NEAR
        return None if near else speaker

    def same_sentence(self, token: Token, candidate: Candidate) -> bool:
        """Whether a candidate stands in a word's sentence."""
        return self._sentences[token.i] == self._sentences[candidate.token]

    def distance(self, token: Token, candidate: Candidate) -> int:
        """How far a candidate is and on which side, as a number below 32; the last of a side is another sentence."""
        here, there = token.i, candidate.token
        side = _DISTANCES if there > here else 0
        if self._sentences[there] != self._sentences[here]:
            return side + _DISTANCES - 1
        away = abs(self._ordinals[there] - self._ordinals[here])
        return side + (away if away < 8 else min(_DISTANCES - 2, 8 + int(2 * math.log2(away / 8))))

    def told(self, token: Token) -> dict[int, NDArray[np.float32]]:
        """By candidate word, what grammar and rules say of it in an event told at `token` [TOLD]."""
        found: dict[int, NDArray[np.float32]] = {}
        if self.may_tell(token):
            for word, number in self._told(token):
                found.setdefault(word, np.zeros(TOLD, dtype=np.float32))[number] = 1
        return found

    def _told(self, token: Token) -> Iterator[tuple[int, int]]:
        deep = self.relations(token)
        for name, words in deep.items():
            number = RELATIONS.index(name) if name in RELATIONS else len(RELATIONS)
            yield from ((word.i, number) for word in words)
        for role, word in self._rules(token, deep):
            yield word, len(RELATIONS) + 1 + ROLES.index(role)

    def _rules(self, token: Token, deep: Relations) -> Iterator[tuple[str, int]]:
        """The roles that the lexicon's frame and the rules give."""
        speaker = attribution(token, self._entries, self._lexicon)
        if speaker is not None:
            yield ATTRIBUTION, speaker.i
        entry = self._entries.get(token.i)
        fillers = self._resolver.fill(self._lexicon.frame(entry), deep) if entry is not None else []
        if not any(f.role == self._lexicon.place_role for f in fillers):
            fillers += places.places(token, deep, self._entries, self._resolver, self._lexicon)
        for filler in fillers:
            if filler.role in ROLES:
                yield filler.role, filler.token.i
        when = self._when.get(token.i)
        if when is not None:
            for candidate in self.near(token):
                if candidate.time == when and self.same_sentence(token, candidate):
                    yield DATE, candidate.token


def _token(candidate: Candidate) -> int:
    return candidate.token


def _candidates(doc: Doc) -> Iterator[Candidate]:
    heads: dict[int, Candidate] = {}
    for index, cluster in enumerate(doc._.clusters):
        for mention in cluster.mentions:
            if mention.head.i not in heads or mention.kind != "pronoun":
                heads[mention.head.i] = Candidate(mention.head.i, mention.kind, cluster.type or "", index)
    for i, clusters in sorted(doc._.cluster_of.items()):
        if i not in heads and clusters and doc[i].pos_ in ("NOUN", "PROPN"):
            # "US and Taliban delegates" stand for both parties and are a mention of neither
            heads[i] = Candidate(i, "nominal", doc._.clusters[clusters[0]].type or "", clusters[0])
    for i, (word, _) in enumerate(word_forms(doc)):
        if word in PRONOUN_CLASSES and i not in heads and doc[i].pos_ in ("PRON", "DET"):
            clusters = doc._.cluster_of.get(i, ())
            heads[i] = Candidate(i, "pronoun", "", clusters[0] if clusters else -1)
    yield from heads.values()
    spans: list[Span] = list(doc.spans.get("timex", ()))
    yield from (Candidate(span.root.i, "time", "", -1, span._.time) for span in spans)
