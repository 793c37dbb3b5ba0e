"""Parts in an agreement other than signing it: who mediated, who witnessed, who refused to sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from spacy.tokens import Token

from kg.model import Modality

from ..arguments import Resolver
from ..lexicon import Lexicon
from ..modality import modality
from ..phrases import parted, word_forms
from ..readings import Reading
from ..relations import relations
from ..ud import case_of, conjuncts
from .drafts import Draft, Part, Signing

_HYPHENS = ("-", "–", "‑")
_BEFORE = 4  # tokens of a name before a hyphen
_OWNING = ("of", "between")


def involvements(
    drafts: Sequence[Draft],
    signings: Sequence[Signing],
    reading: Reading,
    stipulating: frozenset[int],
    resolver: Resolver,
    lexicon: Lexicon,
) -> list[Part]:
    """Every part told as so, in the order of the text; nobody who signed the agreement is its mediator or witness."""
    settings = lexicon.data("agreements")
    finder = _Finder(drafts, signings, resolver, lexicon)
    found: dict[tuple[int, str, int], Part] = {}
    telling = frozenset(
        parted(p)[0] for words in settings["parts"].values() for listed in words.values() for p in listed
    )
    for i, forms in enumerate(word_forms(resolver.doc)):
        if telling.isdisjoint(forms):
            continue
        token = resolver.doc[i]
        for part, words in settings["parts"].items():
            for agreement, entity in finder.told(token, words):
                if entity in finder.signers.get(agreement, ()):
                    continue
                # a phrase beside a signing is as sure as the signing, which is one that took place
                phrase = token.pos_ != "VERB"
                if phrase or modality(token, reading.entries, stipulating, lexicon) == Modality.ASSERTED:
                    found.setdefault((agreement, part, entity), Part(agreement, token, part, entity))
    for draft in drafts:
        if draft.type == settings["type"] and draft.mode == settings["mode"] and draft.modality == Modality.NEGATED:
            refusers = finder.refusers(draft)
            for agreement in finder.agreement_of(draft.trigger, draft.clusters(settings["agreement"])):
                for entity in refusers:
                    if entity not in finder.signers.get(agreement, ()):
                        part = Part(agreement, draft.trigger, settings["refusing"], entity)
                        found.setdefault((agreement, part.part, entity), part)
    return sorted(found.values(), key=lambda p: (p.trigger.i, p.part, p.entity))


class _Finder:
    """Finds who has a part in which agreement at a word."""

    def __init__(
        self, drafts: Sequence[Draft], signings: Sequence[Signing], resolver: Resolver, lexicon: Lexicon
    ) -> None:
        self._settings = lexicon.data("agreements")
        self._resolver = resolver
        self._grammar = lexicon.grammar
        self._types = lexicon.role_types[self._settings["signatory"]]
        self.signers = {s.agreement: {*s.signatories, *(i for pair in s.acts_for for i in pair)} for s in signings}
        self._signed_at = {d.trigger.i: s.agreement for s in signings for d in s.drafts}
        self._mentions = sorted(
            (m.head.i, i)
            for i, c in enumerate(resolver.clusters)
            if c.type == self._settings["class"]
            for m in c.mentions
        )

    def agreement_of(self, token: Token, known: Sequence[int] = ()) -> list[int]:
        """The agreements that a word's object gives, else the one signed in its sentence, else the last before it."""
        if known:
            return list(known)
        sentence = token.sent
        here = [a for i, a in self._signed_at.items() if sentence.start <= i < sentence.end]
        before = [a for i, a in self._mentions if i < sentence.end]
        return here[:1] or before[-1:]

    def told(self, token: Token, words: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
        """(agreement, entity) pairs for the parts of one kind that a word tells."""
        lemma = token.lemma_.lower()
        if token.pos_ == "VERB":
            if _listed(token, words["object"]):
                yield from self._by_verb(token)
            elif _listed(token, words["occasion"]):
                yield from self._by_verb(token, of_signing=True)
            if _listed(token, words["beside"]) and not self._objects(token):
                yield from self._beside(token)
        elif token.pos_ in ("NOUN", "PROPN"):
            if lemma in words["phrases"] or token.lower_ in words["phrases"]:
                yield from self._by_phrase(token)
            if lemma in words["named"]:
                yield from self._named(token)
        if token.lower_ in words["linked"] and token.i >= 2 and token.nbor(-1).text in _HYPHENS:
            yield from self._linked(token)

    def refusers(self, draft: Draft) -> list[int]:
        """Who did not sign: the subject of a verb, not those with whom it would have signed."""
        if draft.trigger.pos_ != "VERB":
            return []  # "did not take part in the signing"
        return self._actors(relations(draft.trigger, self._grammar).get("subject", ()))

    def _objects(self, verb: Token) -> list[Token]:
        deep = relations(verb, self._grammar)
        return [*deep.get("object", ()), *deep.get("over", ())]

    def _by_verb(self, verb: Token, *, of_signing: bool = False) -> Iterator[tuple[int, int]]:
        """ "Norway brokered the deal", "the accord, mediated by France", "Clinton witnessed the signing"; of some verbs
        only the signing counts: "attended the ceremony".
        """
        agreements: dict[int, None] = {}
        for token in self._objects(verb):
            if not of_signing:
                agreements.update({i: None for i in self._resolver.clusters_of(token) if self._is_agreement(i)})
            if token.i in self._signed_at:
                agreements.setdefault(self._signed_at[token.i])
            elif token.lemma_.lower() in self._settings["occasions"]:
                agreements.update(dict.fromkeys(self.agreement_of(token)))
        doers = self._actors(relations(verb, self._grammar).get("subject", ()))
        yield from ((a, e) for a in agreements for e in doers)

    def _beside(self, verb: Token) -> Iterator[tuple[int, int]]:
        """ "Carter looked on as they signed", "Algeria mediated": of the one agreement that the text is about."""
        sentence = verb.sent
        here = {a for i, a in self._signed_at.items() if sentence.start <= i < sentence.end}
        only = here or (set(self._signed_at.values()) if len(set(self._signed_at.values())) == 1 else set())
        doers = self._actors(relations(verb, self._grammar).get("subject", ()))
        yield from ((a, e) for a in sorted(only) for e in doers)

    def _by_phrase(self, noun: Token) -> Iterator[tuple[int, int]]:
        """ "in the presence of X", "under the auspices of Y", "with Norway's help"."""
        if noun.dep_ in ("case", "fixed"):  # "in the presence of X", read as one preposition
            top = noun
            while top.dep_ in ("case", "fixed") and top.head != top:
                top = top.head
            owners = [top]
        elif case_of(noun):
            owners = [c for c in noun.children if c.dep_ == "nmod:poss" or (c.dep_ == "nmod" and case_of(c) in _OWNING)]
            owners += [c for c in noun.children if c.dep_ in ("compound", "amod") and c.ent_type_]
        else:
            return
        sentence = noun.sent
        told_here = any(sentence.start <= i < sentence.end for i, _ in self._mentions)
        signed_here = any(sentence.start <= i < sentence.end for i in self._signed_at)
        if not (told_here or signed_here):
            return
        entities = self._actors(t for owner in owners for t in self._listed(owner))
        yield from ((a, e) for a in self.agreement_of(noun) for e in entities)

    def _named(self, noun: Token) -> Iterator[tuple[int, int]]:
        """ "signed as a witness", "with President Carter as witness", "Nelson Mandela, the mediator"."""
        sentence = noun.sent
        here = [a for i, a in self._signed_at.items() if sentence.start <= i < sentence.end]
        if not here:
            return
        if case_of(noun) == "as":
            start = next(c.i for c in noun.children if c.dep_ == "case")
            heads = [c for c in noun.children if c.dep_.startswith("nsubj")]
            if noun.doc[start - 1].ent_type_:
                heads = [noun.doc[start - 1]]  # "All four men, Trump as a witness, added their names"
            elif not heads and noun.head.pos_ == "VERB":
                heads = relations(noun.head, self._grammar).get("subject", [])
            elif not heads:
                heads = [noun.head]
        else:
            heads = [noun, noun.head] if noun.dep_ == "appos" else [noun]
        yield from ((a, e) for a in here[:1] for e in self._actors(heads))

    def _linked(self, participle: Token) -> Iterator[tuple[int, int]]:
        """ "the Egyptian-brokered truce", "a U.N.-mediated deal"."""
        agreement = [i for i in self._resolver.clusters_of(participle.head) if self._is_agreement(i)]
        for token in reversed(participle.doc[max(participle.sent.start, participle.i - _BEFORE) : participle.i - 1]):
            entities = self._actors([token])
            if entities:
                yield from ((a, e) for a in agreement for e in entities)
                return

    def _listed(self, token: Token) -> Iterable[Token]:
        for one in conjuncts(token):
            yield from self._resolver.persons.get(one.i, (one,))

    def _actors(self, tokens: Iterable[Token]) -> list[int]:
        found = [i for t in tokens for i in self._resolver.clusters_of(t)]
        return [i for i in dict.fromkeys(found) if self._resolver.clusters[i].type in self._types]

    def _is_agreement(self, index: int) -> bool:
        return bool(self._resolver.clusters[index].type == self._settings["class"])


def _listed(verb: Token, phrases: Sequence[str]) -> bool:
    lemma = verb.lemma_.lower()
    rests = [rest for head, *rest in map(parted, phrases) if head == lemma]
    if not rests:
        return False
    following = {t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 3]}
    return any(set(rest) <= following for rest in rests)
