"""Modality: whether an event is told as happened, negated, to come, or only supposed.

Read from the inside out: the event's own negators and auxiliaries first, then each word that governs it up to the main
clause. The first that decides wins; verbs of speech and the lexicon's events pass on what their `content` says.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.model import Modality

from .lexicon import Entry, Lexicon
from .relations import is_finite, mark_of

_COMPLEMENTS = ("xcomp", "ccomp", "acl", "advcl", "obj", "obl", "nmod", "nsubj", "nsubj:pass", "csubj", "csubj:pass", "nmod:poss")
_STIPULATED = ("xcomp", "ccomp", "obj", "obl")
_CLAUSAL = ("xcomp", "ccomp", "acl", "advcl", "csubj", "csubj:pass")
_MAX_CLIMB = 10


def modality(trigger: Token, entries: dict[int, Entry], stipulating: frozenset[int], lexicon: Lexicon) -> Modality:
    """The modality of the event at a trigger.

    `entries` maps the index of every event's trigger to its entry; `stipulating` holds the verbs whose subject is an
    agreement: what "the deal calls for" or "the terms include" is to come.
    """
    token, governed_only = trigger, False
    for _ in range(_MAX_CLIMB):
        own = None if governed_only else _of_clause(token, lexicon)
        governed_only = False
        if own is not None:
            return Modality(own)
        head, dep = token.head, token.dep_
        if head is token:
            break
        if dep == "conj":
            # a coordinated predicate shares what governs the first, and its auxiliary when it has none of its own
            if is_finite(token) and token.tag_ != "VB":
                token, governed_only = _first(head), True  # only what governs all of them is passed on
                continue
            shared = _auxiliary(head, lexicon) if token.tag_ in ("VB", "VBN", "VBG") else None
            if shared is not None and token.pos_ == head.pos_:
                return Modality(shared)
            token = _first(head)
            own = _negation(token, lexicon) if token.pos_ not in ("VERB", "AUX") else None
            if own:
                return Modality(own)
            continue
        if head.i in stipulating and dep in _STIPULATED:
            return Modality.FUTURE
        if dep in _COMPLEMENTS and not (dep == "acl" and token.tag_ in ("VBN", "VBG") and not mark_of(token)):
            told = _complement(token, head, entries, lexicon)
            if told is not None:
                if _negation(head, lexicon) and told != Modality.NEGATED:
                    # "does not want to fight" is no fighting; "has not agreed to a release" leaves it open
                    return Modality.HYPOTHETICAL if head.i in entries or head.pos_ != "VERB" else Modality.NEGATED
                return Modality(told)
        if dep == "parataxis" or dep == "appos":
            break
        if dep == "acl:relcl" and is_finite(token):
            break
        if dep in ("advcl",) and is_finite(token) and mark_of(token):
            break
        token = head
    return Modality.ASSERTED


def _first(token: Token) -> Token:
    while token.dep_ == "conj":
        token = token.head
    return token


def _of_clause(token: Token, lexicon: Lexicon) -> str | None:
    negated = _negation(token, lexicon)
    auxiliary = _auxiliary(token, lexicon)
    if negated is not None:
        return negated
    if auxiliary is not None:
        return auxiliary
    mark = mark_of(token)
    if mark in lexicon.marks:
        return lexicon.marks[mark]
    if mark == "to" and token.dep_ == "advcl":
        return Modality.HYPOTHETICAL  # a purpose: "to disrupt the attack"
    return None


def _negation(token: Token, lexicon: Lexicon) -> str | None:
    for child in token.children:
        if child.dep_ in ("advmod", "det", "cc:preconj", "mark", "cc", "aux", "case", "nummod") and (
            child.lower_ in lexicon.negators or child.lemma_.lower() in lexicon.negators
        ):
            if child.dep_ == "cc" and child.lower_ != "nor":
                continue
            if child.lower_ in ("not", "n't") and child.i + 1 < len(token.doc) and token.doc[child.i + 1].lower_ in ("only", "just"):
                continue
            return Modality.NEGATED
        if child.dep_.startswith("nsubj") and (
            child.lower_ in lexicon.negators
            or any(c.lower_ in lexicon.negators and c.dep_ in ("det", "advmod", "cc:preconj") for c in child.children)
        ):
            return Modality.NEGATED
        if child.dep_ == "obj" and token.pos_ == "VERB" and (
            child.lower_ in lexicon.negators or any(c.dep_ == "det" and c.lower_ == "no" for c in child.children)
        ):
            return Modality.NEGATED
    return None


def _auxiliary(token: Token, lexicon: Lexicon) -> str | None:
    children = [c for c in token.children if c.dep_ in ("aux", "aux:pass", "cop")]
    for child in children:
        told = lexicon.auxiliaries.get(child.lower_)
        if told is not None:
            if child.lower_ in ("would", "'d") and _backshifted(token, lexicon):
                return Modality.FUTURE
            return told
    # "is to meet", "are to free": a form of be that governs an infinitive
    if token.tag_ == "VB" and any(c.lemma_ == "be" and c.dep_ in ("aux", "cop") for c in children) and any(
        c.lower_ == "to" for c in token.children
    ):
        return Modality.FUTURE
    return None


def _backshifted(token: Token, lexicon: Lexicon) -> bool:
    """Whether "would" stands for "will" because the clause reports what somebody said, pledged or warned."""
    if mark_of(token) in lexicon.marks or any(c.dep_ == "advcl" and mark_of(c) in lexicon.marks for c in token.children):
        return False
    head = token
    for _ in range(3):
        if head.dep_ in ("ccomp", "conj"):
            head = head.head
            if head.lemma_ in lexicon.speech_verbs or lexicon.candidates(head):
                return True
        else:
            break
    return False


def _complement(token: Token, head: Token, entries: dict[int, Entry], lexicon: Lexicon) -> str | None:
    """What the governing word makes of its complement, or None where it leaves it as it is."""
    clausal = token.dep_ in _CLAUSAL
    entry = entries.get(head.i)
    if entry is not None and entry.content is not None:
        infinitive = any(c.lower_ == "to" and c.dep_ in ("mark", "aux") for c in token.children)
        if token.dep_ in ("xcomp", "advcl", "acl") and (infinitive or mark_of(token) in ("of", "from", "for", "against", "with")):
            return entry.content
        if token.dep_ == "ccomp" and not is_finite(token):
            return entry.content
        if token.dep_ == "ccomp" and token.tag_ == "VB":
            return entry.content
        if not clausal and token.pos_ == "NOUN" and entry.content != Modality.ASSERTED and token.dep_ in ("obl", "obj", "nmod"):
            if token.dep_ == "obl" and not _governs_noun(token):
                return None
            return entry.content
        if not clausal:
            return None
    governed = lexicon.governor(head)
    if governed is not None:
        if clausal:
            if token.dep_ == "advcl" and mark_of(token) not in ("to", "from", "of"):
                return None
            if token.dep_ == "ccomp" and is_finite(token) and governed == Modality.ASSERTED:
                return None
            return governed
        if token.dep_ in ("obj", "nsubj:pass") or (token.dep_ in ("nmod", "obl") and _governs_noun(token)):
            return governed
        return None
    return None


def _governs_noun(token: Token) -> bool:
    """Whether a preposition makes the noun the content of what governs it: "call for talks", "threat of attack"."""
    return any(c.dep_ == "case" and c.lower_ in ("for", "of", "to", "on", "from", "against", "about") for c in token.children)
