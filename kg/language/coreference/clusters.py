"""Clusters: the entities of one document while they grow, and what tells two mentions to be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Doc, Token

from kg.language.gazetteer import Gazetteer
from kg.language.mentions import TextMention

PARTIES = ("State", "ArmedGroup", "Organization", "InternationalOrganization")
WINDOW = 3  # sentences that a pronoun or definite nominal looks back over
_FADING = 0.7  # of a state's part in the setting, a sentence further on
_WHOLE = 0.2  # of its part in the whole document
_JOINING = frozenset(("of", "for", "the", "and", "in"))
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "such", "both"))


@dataclass(slots=True)
class Cluster:
    """One entity of a document: its mentions in the order of the text; `type` is "" where the words name no class."""

    type: str
    known_as: str | None
    label: str | None = None
    mentions: list[TextMention] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    of: frozenset[int] = frozenset()  # clusters that modify it: the state of "Afghan forces"

    @property
    def last(self) -> TextMention:
        """The mention told last."""
        return self.mentions[-1]

    @property
    def is_named(self) -> bool:
        """Whether the document gives it a name."""
        return any(m.kind == "name" for m in self.mentions)

    def names(self) -> tuple[str, ...]:
        """Every name and nominal, names before nominals, the longest and first told first; no pronouns. A person who
        has a name goes by names alone.
        """
        rank = {"name": 0} if self.type == "Person" and self.is_named else {"name": 0, "nominal": 2}
        best: dict[str, tuple[int, int, int]] = {}
        for mention in self.mentions:
            if mention.kind in rank and not mention.several:
                adjective = mention.kind == "name" and mention.span[-1].pos_ == "ADJ"
                for told in dict.fromkeys((mention.text, mention.full_text, mention.bare_text)):
                    text = " ".join(told.split())
                    best.setdefault(text, (rank[mention.kind] + adjective, -len(text), mention.span.start))
        return tuple(sorted(best, key=lambda t: (t != self.label, *best[t], t)))


class Chains:
    """All clusters of a document, by token and by mention."""

    def __init__(self, doc: Doc, mentions: list[TextMention], gazetteer: Gazetteer) -> None:
        self.doc = doc
        self.gazetteer = gazetteer
        self.mentions = mentions
        self.clusters: list[Cluster] = []
        self.of_token: dict[int, tuple[int, ...]] = {}
        self.of_mention: dict[int, int] = {}
        self.sentence = [n for n, sentence in enumerate(doc.sents) for _ in range(sentence.start, sentence.end)]
        self.known: dict[str, int] = {}  # gazetteer entry -> cluster
        self.lands: dict[str, int] = {}  # name of a state that no list knows -> cluster
        self._split: dict[str, tuple[int, ...]] = {}
        self._evidence = self._states_told()
        self._in_all: defaultdict[str, float] = defaultdict(float)
        for _, _, iri, weight in self._evidence:
            self._in_all[iri] += weight
        self.name_at = {m.head.i: m for m in mentions if m.kind == "name"}
        self._of_type: defaultdict[str, list[int]] = defaultdict(list)
        self._sharing: defaultdict[tuple[str, str], set[int]] = defaultdict(set)  # class, word of a name
        self._said: dict[tuple[str, tuple[str, ...]], int] = {}  # class, words of a mention
        self._told_in: defaultdict[int, set[int]] = defaultdict(set)  # sentence -> clusters with a mention in it

    def join(self, mention: TextMention, index: int | None, of: frozenset[int] = frozenset()) -> int:
        """Add a mention to a cluster, or to a new one that the clusters `of` modify; the cluster's index."""
        if index is None:
            self.clusters.append(Cluster(mention.type or "", mention.known_as, of=of))
            index = len(self.clusters) - 1
            self._of_type[mention.type or ""].append(index)
        cluster = self.clusters[index]
        cluster.mentions.append(mention)
        cluster.heads.add(mention.head.lemma_.lower())
        self._told_in[self.sentence[mention.head.i]].add(index)
        cluster.known_as = cluster.known_as or mention.known_as
        if cluster.known_as is not None:
            self.known.setdefault(cluster.known_as, index)
        if mention.land is not None:
            self.lands.setdefault(mention.land, index)
        known = self.gazetteer.entries.get(cluster.known_as or "")
        cluster.label = known.label if known else None
        if mention.kind == "name" and not cluster.type and mention.type:
            cluster.type = mention.type
            self._of_type[mention.type].append(index)
        told = words(mention.text)
        self._said.setdefault((cluster.type, told), index)
        for word in (*told, initials(told)) if mention.kind == "name" else ():
            self._sharing[cluster.type, word].add(index)
        for token in mention.span if mention.kind == "name" else (mention.head,):
            self.of_token.setdefault(token.i, (index,))
        self.of_token[mention.head.i] = (index,)
        self.of_mention[id(mention)] = index
        return index

    def split(self, mention: TextMention, members: tuple[int, ...]) -> None:
        """Let a plural nominal stand for the entities that are told in apposition to it."""
        self._split[self._words_of(mention)] = members
        self.join_all(mention, members)

    def split_before(self, mention: TextMention) -> tuple[int, ...]:
        """The entities that a plural noun was told to stand for before: "the two parties, A and B ... the parties"."""
        return self._split.get(self._words_of(mention), ())

    @staticmethod
    def _words_of(mention: TextMention) -> str:
        return mention.head.lower_ if is_plural(mention.head) else f"{mention.head.lemma_.lower()}s"

    def join_all(self, mention: TextMention, indexes: tuple[int, ...]) -> None:
        """Let a mention stand for one or several clusters that were told before."""
        mention.several = len(indexes) > 1
        for index in indexes:
            self.join(mention, index)
        self.of_token[mention.head.i] = indexes

    def of_type(self, *kinds: str) -> list[int]:
        """The clusters of these classes."""
        return sorted(i for kind in kinds for i in self._of_type[kind] if self.clusters[i].type == kind)

    def told_within(self, sentence: int, window: int) -> list[int]:
        """The clusters that have a mention in a sentence or in one of the `window` sentences before it."""
        return sorted({i for n in range(sentence - window, sentence + 1) for i in self._told_in[n]})

    def named(self, indexes: Iterable[int]) -> list[int]:
        """Those of the clusters that the document gives a name."""
        return [i for i in indexes if self.clusters[i].is_named]

    def setting(self, token: Token) -> str | None:
        """The state that the text is about at a token: told near, and often in the whole. Its gazetteer entry, or its
        name where no list knows it.
        """
        here = self.sentence[token.i]
        score: defaultdict[str, float] = defaultdict(float)
        for sentence, at, iri, weight in self._evidence:
            if at < token.i and here - sentence <= 2 * WINDOW:
                score[iri] += weight * _FADING ** (here - sentence)
        for iri in score:
            score[iri] += _WHOLE * self._in_all[iri]
        return max(sorted(score), key=lambda iri: score[iri], default=None)

    def _states_told(self) -> list[tuple[int, int, str, float]]:
        """Sentence, token, state and weight of each name of a state, of its forces and of its places, in order."""
        found = []
        for entity in self.doc.ents:
            entry = self.gazetteer.entries.get(entity.kb_id_)
            if entry is None or entry.type == "Person":
                continue
            states, weight = (entry.acts_for, 1.0) if entry.acts_for else (entry.country, 0.5)
            if entry.type == "State":
                states, weight = (entry.iri,), 0.5 if entity.label_ == "NORP" else 1.0
            if len(states) == 1:
                found.append((self.sentence[entity.start], entity.start, states[0], weight))
        for mention in self.mentions:
            if mention.land is not None:
                weight = 0.5 if mention.head.pos_ == "ADJ" else 1.0
                found.append((self.sentence[mention.head.i], mention.head.i, mention.land, weight))
        return sorted(found)

    def parties_of(self, index: int) -> set[int]:
        """Whom a person stands for: named in the titles, by what modifies its nominals, and by the gazetteer."""
        cluster = self.clusters[index]
        found = set(cluster.of)
        for mention in cluster.mentions:
            found.update(self.of_mention[id(m)] for m in mention.modifiers if id(m) in self.of_mention)
            found.update(i for t in mention.span for i in self.of_token.get(t.i, ()))
            found.update(i for t in _whose(mention) for i in self.of_token.get(t.i, ()))
        entry = self.gazetteer.entries.get(cluster.known_as or "")
        found.update(self.known[iri] for iri in (entry.country + entry.acts_for if entry else ()) if iri in self.known)
        return {i for i in found if i != index and self.clusters[i].type in PARTIES}

    def nearest(self, indexes: list[int]) -> int | None:
        """The one of these that was told last."""
        return max(indexes, key=lambda i: self.clusters[i].last.head.i) if indexes else None

    def same_words(self, mention: TextMention) -> int | None:
        """The cluster of the mention's class that has a mention in the same words."""
        return self._said.get((mention.type or "", words(mention.text)))

    def sharing(self, mention: TextMention) -> list[int]:
        """The clusters of the mention's class whose names share a word or the initials with it, the last first."""
        told = words(mention.text)
        kind = mention.type or ""
        return sorted({i for w in (*told, initials(told)) for i in self._sharing[kind, w]}, reverse=True)


def _whose(mention: TextMention) -> Iterator[Token]:
    """The words that say of whom a person is: "Foreign Minister Ana Lima of Chad", "NATO spokesman Ana Lima", "its
    secretary".
    """
    if mention.kind == "pronoun":
        return
    for head in {*mention.span, mention.head}:
        for child in head.children:
            of = child.dep_ == "nmod" and any(
                c.dep_ == "case" and c.lower_ in ("of", "from", "for") for c in child.children
            )
            if of or child.dep_ in ("compound", "amod", "nmod:poss", "nmod:desc"):
                yield child


def before(cluster: Cluster, position: int) -> Iterator[TextMention]:
    """The mentions of an entity that stand before a token, the last first."""
    return (m for m in reversed(cluster.mentions) if m.head.i < position)


def is_definite(mention: TextMention) -> bool:
    """Whether a determiner says that the reader knows which is meant."""
    return any(c.dep_ == "det" and c.lower_ in _DEFINITE for c in mention.head.children)


def is_plural(token: Token) -> bool:
    """Whether a noun is plural."""
    return token.tag_ in ("NNS", "NNPS")


def coordinated(token: Token) -> list[Token]:
    """A token and all that is coordinated with it, in the order of the text."""
    found, waiting = [], [token]
    while waiting:
        found.append(waiting.pop())
        waiting += [c for c in found[-1].children if c.dep_ == "conj"]
    return sorted(found, key=lambda t: t.i)


def foremost(token: Token) -> Token:
    """The first of the words coordinated with a word."""
    while token.dep_ in ("conj", "flat") and token.head != token:
        token = token.head
    return token


@lru_cache(maxsize=10_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a name in lower case, without punctuation and possessive endings."""
    return tuple(
        w.strip("'’\".,()").lower() for w in text.replace("’s", "").replace("'s", "").split() if w.strip("'’\".,()")
    )


def initials(told: tuple[str, ...]) -> str:
    """The acronym that the words of a name make; "" for a single word."""
    return "".join(w[0] for w in told if w not in _JOINING) if len(told) > 1 else ""
