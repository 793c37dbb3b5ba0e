"""Arguments: the entities that fill the roles of an event, as its frame and its deep relations say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.language.coreference import Cluster
from kg.language.datelines import dateline_tokens
from kg.language.heads import nominals
from kg.language.mentions import TextMention

from .lexicon import Lexicon, Slot
from .lists import person_lists
from .phrases import word_forms
from .relations import DOER, OWNER, Relations, doers, owners
from .ud import case_of, time_tokens


@dataclass(frozen=True, slots=True)
class Filler:
    """A role's filler: the head token and the entity of the document (index into `doc._.clusters`) it stands for."""

    role: str
    token: Token
    cluster: int


class Resolver:
    """Looks up what a token stands for in one document."""

    def __init__(self, doc: Doc, lexicon: Lexicon) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.clusters: list[Cluster] = doc._.clusters
        self._of: dict[int, tuple[int, ...]] = doc._.cluster_of
        measures = frozenset(lexicon.data("quantities")["measures"])
        self._measures = frozenset(i for i, (_, lemma) in enumerate(word_forms(doc)) if lemma in measures)
        self._when = time_tokens(doc)
        self.datelines = dateline_tokens(doc)  # where the text was written does nothing
        self.persons = person_lists(
            doc, [m for c in self.clusters if c.type == "Person" for m in c.mentions if m.kind == "name"]
        )

    def clusters_of(self, token: Token) -> tuple[int, ...]:
        """The entities that a token stands for."""
        if token.i in self._when:
            return ()
        found = self._of.get(token.i)
        if token.i in self._measures or (found and not self.clusters[found[0]].type and token.like_num):
            counted = [c for c in token.children if c.dep_ == "nmod" and case_of(c) == "of"]
            if counted:
                # "thousands of Kurds", "a group of diplomats"; the parser may hang both on "tens of thousands of Kurds"
                meant = [self.clusters_of(c) for c in counted]
                return next((m for m in meant if m and self.clusters[m[0]].type), meant[0])
        return found or ()

    def mentions_of(self, token: Token) -> list[TextMention]:
        """The mentions that hold a token."""
        return [m for i in self._of.get(token.i, ()) for m in self.clusters[i].mentions if token in m.span]

    def refer(self, token: Token, kind: str) -> bool:
        """Let a definite noun stand for the entity of a class that was told last before it; whether there is one."""
        definite = any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in token.children)
        before = [
            (m.head.i, i)
            for i, c in enumerate(self.clusters)
            if c.type == kind
            for m in c.mentions
            if m.head.i < token.i
        ]
        if definite and before:
            self._of[token.i] = (max(before)[1],)
        return definite and bool(before)

    def unite(self, one: int, other: int) -> None:
        """Let all words for one entity stand for another: the text turns out to speak of the same."""
        self.clusters[other].mentions += self.clusters[one].mentions
        self.clusters[other].mentions.sort(key=lambda m: (m.span.start, -m.span.end))
        for i, found in self._of.items():
            self._of[i] = tuple(dict.fromkeys(other if index == one else index for index in found))

    def part(self, mention: TextMention, index: int) -> int:
        """Let a mention stand for an entity of its own: the text turns out to speak of two."""
        cluster = self.clusters[index]
        cluster.mentions = [m for m in cluster.mentions if m is not mention]
        self.clusters.append(Cluster(cluster.type, None, mentions=[mention], heads={mention.head.lemma_.lower()}))
        for token in mention.span:
            found = self._of.get(token.i, ())
            self._of[token.i] = tuple(len(self.clusters) - 1 if i == index else i for i in found)
        return len(self.clusters) - 1

    def type_of(self, token: Token) -> str | None:
        """The class of what a token stands for; a plain noun has the class of its head noun, if any."""
        for index in self.clusters_of(token):
            return self.clusters[index].type
        return None

    def fill(self, slots: Iterable[Slot], relations: Relations) -> list[Filler]:
        """Fill each slot from the first of its alternatives that yields an entity of a class that the role takes."""
        filled: list[Filler] = []
        taken: set[int] = set()
        for slot in slots:
            for alternative in slot.alternatives:
                found = [f for name in alternative for t in _named(name, relations) for f in self._fillers(slot, t)]
                where = slot.role == self.lexicon.place_role  # who visits a country visits it where it lies
                fresh = [f for f in _unique(found) if where or f.cluster not in taken]
                if fresh:
                    filled += fresh
                    if not where:
                        taken |= {f.cluster for f in fresh}
                    break
        return filled

    def _fillers(self, slot: Slot, token: Token) -> list[Filler]:
        role = slot.role
        if role == self.lexicon.place_role:
            return self.place_fillers(token)
        if token.i in self.datelines:
            return []
        return [
            Filler(role, one, i)
            for one in self.persons.get(token.i, (token,))
            for i in self.clusters_of(one)
            if self.may_fill(i, slot)
        ]

    def may_fill(self, index: int, slot: Slot) -> bool:
        """Whether an entity is of a class that a role takes; what has no name, also of one that its slot takes."""
        cluster = self.clusters[index]
        target = cluster.type in slot.takes and not cluster.is_named and cluster.heads.isdisjoint(nominals().lands)
        return cluster.type in self.lexicon.role_types[slot.role] or target

    def place_fillers(self, token: Token) -> list[Filler]:
        """The token as a place: a place, or a state that a preposition of place governs."""
        role = self.lexicon.place_role
        types = self.lexicon.role_types[role]
        return [
            Filler(role, token, i)
            for i in self.clusters_of(token)
            if self.clusters[i].type in types and (self.clusters[i].type == "Place" or token.ent_type_ == "LOC")
        ]


def _named(relation: str, relations: Relations) -> list[Token]:
    if relation == OWNER:
        return owners(relations)
    return doers(relations) if relation == DOER else relations.get(relation, [])


def _unique(fillers: Iterable[Filler]) -> list[Filler]:
    seen: dict[int, Filler] = {}
    for filler in fillers:
        seen.setdefault(filler.cluster, filler)
    return sorted(seen.values(), key=lambda f: f.token.i)
