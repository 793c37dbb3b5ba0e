"""Clusters: the entities of one document while they grow, and what tells two mentions to be one."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.language.gazetteer import Gazetteer
from kg.language.mentions import TextMention

WINDOW = 3  # sentences that a pronoun or definite nominal looks back over
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
        """Every name and nominal, names before nominals, the longest and first told first; no pronouns."""
        rank = {"name": 0, "nominal": 2}
        best: dict[str, tuple[int, int, int]] = {}
        for mention in self.mentions:
            if mention.kind in rank:
                bare = mention.bare.text if mention.bare is not None else mention.text
                for told in (mention.text, mention.full_text, bare):
                    text = " ".join(told.split())
                    adjective = mention.kind == "name" and mention.span[-1].pos_ == "ADJ"
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
        self.sentence = {t.i: n for n, s in enumerate(doc.sents) for t in s}

    def join(self, mention: TextMention, index: int | None, of: frozenset[int] = frozenset()) -> int:
        """Add a mention to a cluster, or to a new one that the clusters `of` modify; the cluster's index."""
        if index is None:
            self.clusters.append(Cluster(mention.type or "", mention.known_as, of=of))
            index = len(self.clusters) - 1
        cluster = self.clusters[index]
        cluster.mentions.append(mention)
        cluster.heads.add(mention.head.lemma_.lower())
        cluster.known_as = cluster.known_as or mention.known_as
        known = self.gazetteer.entries.get(cluster.known_as or "")
        cluster.label = known.label if known else None
        if mention.kind == "name" and not cluster.type and mention.type:
            cluster.type = mention.type
        for token in mention.span if mention.kind == "name" else (mention.head,):
            self.of_token.setdefault(token.i, (index,))
        self.of_token[mention.head.i] = (index,)
        self.of_mention[id(mention)] = index
        return index

    def of_type(self, kind: str) -> list[int]:
        """The clusters of one class."""
        return [i for i, c in enumerate(self.clusters) if c.type == kind]

    def nearest(self, indexes: list[int]) -> int | None:
        """The one of these that was told last."""
        return max(indexes, key=lambda i: self.clusters[i].last.head.i) if indexes else None

    def same_words(self, mention: TextMention) -> int | None:
        """The cluster of the mention's class that has a mention in the same words."""
        told = words(mention.text)
        return next(
            (
                i
                for i in self.of_type(mention.type or "")
                if any(words(m.text) == told for m in self.clusters[i].mentions)
            ),
            None,
        )


def is_definite(mention: TextMention) -> bool:
    """Whether a determiner says that the reader knows which is meant."""
    return any(c.dep_ == "det" and c.lower_ in _DEFINITE for c in mention.head.children)


def is_plural(token: Token) -> bool:
    """Whether a noun is plural."""
    return token.tag_ in ("NNS", "NNPS")


def coordinated(token: Token) -> list[Token]:
    """A token and all that is coordinated with it."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found += coordinated(child)
    return found


def words(text: str) -> tuple[str, ...]:
    """The words of a name in lower case, without punctuation and possessive endings."""
    return tuple(
        w.strip("'’\".,()").lower() for w in text.replace("’s", "").replace("'s", "").split() if w.strip("'’\".,()")
    )
