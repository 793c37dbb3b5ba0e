"""Lands that no list knows: places that act in the text, with the adjectives made of their names ("Norlandian")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from .gazetteer import Gazetteer
from .heads import nominals

_ENDINGS = ("n", "an", "ian", "ean", "ine", "ite", "ese", "ish", "i", "ic")  # what makes an adjective of a land's name
_STEM = 3  # letters of a name that its adjective keeps, at least
_VOWELS = "aeiouy"
_PARTS = ("PROPN", "ADJ", "NOUN")


@dataclass(frozen=True)
class Lands:
    """The lands of one document: every word that names one, in lower case, with the land's name."""

    words: dict[str, str]

    @classmethod
    def of(cls, doc: Doc, gazetteer: Gazetteer) -> Lands:
        """The places outside the gazetteer that stand for their government somewhere, or have an adjective."""
        places = dict.fromkeys(e.text for e in doc.ents if e.label_ == "LOC" and len(e) == 1 and not e.kb_id_)
        unknown = [name for name in places if not gazetteer.lookup(name)]
        act = {t.text for t in doc if t.text in places and t.pos_ == "PROPN" and stands_for_government(t)}
        peoples = {e.text.lower() for e in doc.ents if e.label_ == "NORP"}
        words: dict[str, str] = {}
        for name in unknown:
            made = dict.fromkeys((name.lower(), *_adjectives(name.lower())), name)
            if name in act or not peoples.isdisjoint(made):
                words = made | words
        return cls(words)

    def names(self, doc: Doc) -> Sequence[Span]:
        """The document's names, with those of lands that were not seen to be names."""
        if not self.words:
            return doc.ents
        unseen = [
            Span(doc, t.i, t.i + 1, "LOC")
            for t in doc
            if t.lower_ in self.words and not t.ent_type_ and t.text[:1].isupper() and t.pos_ in _PARTS
        ]
        return sorted((*doc.ents, *unseen), key=lambda e: e.start)

    def named_by(self, ent: Span) -> str | None:
        """The land that a name or its adjective means; the people of a land are not the land."""
        if len(ent) > 1 or ent.kb_id_ or ent.label_ == "PERSON" or ent[0].tag_ in ("NNS", "NNPS"):
            return None
        return self.words.get(ent[0].lower_)


def _adjectives(land: str) -> Iterator[str]:
    stem = land.rstrip(_VOWELS)
    if len(stem) >= _STEM:
        shorter = land[:-1] if land[-1] in _VOWELS else land
        yield from (base + ending for base in (land, shorter, stem) for ending in _ENDINGS)


def stands_for_government(head: Token) -> bool:
    """Whether a capital stands for its government: as doer, owner or party, not where a place would stand."""
    if head.dep_ in ("nsubj", "nsubj:pass", "nmod:poss", "iobj", "obl:agent"):
        return True
    if head.dep_ == "obj":
        return head.head.lemma_.lower() in nominals().addressing
    if head.dep_ in ("compound", "nmod", "amod") and head.i < head.head.i and nominals().type_of(head.head) == "State":
        return True  # "the Kabul regime"
    if head.dep_ == "conj" and head.head != head:
        return stands_for_government(head.head)
    return head.dep_ in ("obl", "nmod") and case_of(head) in ("between", "with", "by", "against")


def case_of(token: Token) -> str:
    """The preposition of a phrase in lower case; "" if it has none."""
    return next((c.lower_ for c in token.children if c.dep_ == "case"), "")
