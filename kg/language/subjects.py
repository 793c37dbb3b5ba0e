"""Subjects that the parser gave to the wrong verb, put right: no clause has two."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

from .quotations import speech_verbs

_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "expl")


@Language.component("subjects")
def subjects(doc: Doc) -> Doc:
    """spaCy component; needs a parse. Who is told last to have said it is the subject of the verb of speech ("the
    army shelled the town, residents said", "aid will go to refugees, the agency said"), and what follows a verb
    that has its subject is its object ("a judge has ordered Ana Lima to appear").
    """
    for verb in doc:
        if verb.pos_ == "VERB" and verb.lemma_.lower() in speech_verbs() and verb.tag_ in ("VBD", "VBZ", "VBP"):
            speaker = _said_by(verb)
            if speaker is not None:
                speaker.dep_ = "nsubj"
                speaker.head = verb
    for token in doc:
        verb = token.head
        if token.dep_ == "nsubj" and token.i > verb.i and verb.pos_ == "VERB" and _has_both(verb, token):
            token.dep_ = "obj"
    return doc


def _said_by(verb: Token) -> Token | None:
    """The head of the phrase between a comma and a verb of speech without a subject that governs what is before it."""
    if any(c.dep_ in _SUBJECTS for c in verb.children) or verb.dep_ in ("conj", "xcomp", "acl", "acl:relcl"):
        return None
    said = [c for c in verb.children if c.dep_ in ("ccomp", "parataxis") and c.i < verb.i]
    for token in reversed(verb.doc[said[-1].i + 1 : verb.i] if said else ()):
        own = [c for c in token.children if c.i < token.i and c.dep_ != "punct"]
        before = token.doc[min((c.left_edge.i for c in own), default=token.i) - 1]
        if before.text == "," and token.pos_ in ("NOUN", "PROPN") and _reaches(token, verb):
            return token if not any(c.dep_ in ("cc", "case", "mark") for c in own) else None
    return None


def _reaches(token: Token, verb: Token) -> bool:
    """Whether nothing but its own words, auxiliaries and adverbs stands between a noun and a verb after it."""
    return all(t.dep_ in ("aux", "advmod", "punct") for t in token.doc[token.right_edge.i + 1 : verb.i])


def _has_both(verb: Token, after: Token) -> bool:
    """Whether a verb has a subject before it, and no object beside what stands `after` it."""
    children = [c for c in verb.children if c != after]
    before = any(c.dep_ in ("nsubj", "nsubj:pass") and c.i < verb.i for c in children)
    return before and not any(c.dep_ in ("obj", "ccomp") or (c.dep_ == "nsubj" and c.i > verb.i) for c in children)
