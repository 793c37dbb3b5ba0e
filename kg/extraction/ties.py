"""Ties between events: where the grammar says that two happen together, so that one's time or place is the other's."""

from __future__ import annotations

from spacy.tokens import Token

from .lexicon import Entry, Lexicon
from .ud import case_of, is_finite, mark_of

_SAME_MOMENT = ("when", "as", "while", "where", "")
# what is told so has a time of its own
_ANOTHER = ("after", "before", "since", "until", "if", "unless", "though", "although")
_OCCASIONS = ("for", "at", "during", "in", "after", "following", "with", "by", "on")


def same_moment(token: Token, head: Token, entries: dict[int, Entry], lexicon: Lexicon) -> bool:
    """Whether what depends on a word so happens when that word's event does."""
    lemma, dep = head.lemma_.lower(), token.dep_
    speech = lemma in lexicon.speech_verbs and head.i not in entries
    if dep == "conj":
        return head.pos_ == token.pos_ and token.i > head.i and not _own_subject_differs(token)
    if dep == "advcl":
        participle = token.tag_ == "VBG" and not mark_of(token)
        return participle or mark_of(token) in _SAME_MOMENT or _moving(token, head, lexicon, entries)
    if dep in ("xcomp", "ccomp"):
        return not speech and head.i not in entries and dep == "xcomp" and lexicon.governor(head) in (None, "asserted")
    if dep == "acl:relcl":
        inside = ("in", "during", "at")
        return any(c.lower_ == "where" or (c.lower_ == "which" and case_of(c) in inside) for c in token.children)
    if head.pos_ not in ("VERB", "AUX"):
        return (
            dep in ("nmod", "appos", "obj", "obl", "nsubj")
            and token.pos_ in ("NOUN", "PROPN", "VERB")
            and not is_finite(head)
        )
    if speech:
        return False
    if dep in ("obj", "nsubj", "nsubj:pass"):
        return lemma in lexicon.light or lemma in lexicon.happening
    return dep == "obl" and case_of(token) in _OCCASIONS


def _moving(token: Token, head: Token, lexicon: Lexicon, entries: dict[int, Entry]) -> bool:
    """Whether an infinitive of purpose is done at once: "flew to visit", unlike "was asked to"; what is said or
    demanded on purpose, "met to demand", is so too where another event leads to it.
    """
    if head.i in entries:
        own = entries.get(token.i)
        return (
            entries[head.i].content is None and own is not None and own.content is not None and mark_of(token) == "to"
        )
    return (
        mark_of(token) not in _ANOTHER
        and lexicon.governor(head) is None
        and head.lemma_.lower() not in lexicon.speech_verbs
    )


def _own_subject_differs(token: Token) -> bool:
    return any(c.dep_.startswith("nsubj") for c in token.children)
