"""How the words of its own clause tell an event: its negators and auxiliaries, and what marks the clause."""

from __future__ import annotations

from spacy.tokens import Token

from kg.model import Modality

from .lexicon import Lexicon
from .ud import case_of, is_finite, mark_of

_ENDS = ("until", "till")
_AWAITING = frozenset(("once", "before", "when"))
_CLOSING_QUOTES = ("”", '"', "’", "'")


def of_clause(token: Token, lexicon: Lexicon) -> str | None:
    """The modality that its own clause gives a word, None where it says nothing."""
    marked = None if _came_about(token, lexicon) else lexicon.marks.get(mark_of(token))
    negated = negation(token, lexicon)
    if negated is not None:
        return marked or negated  # "if they do not leave" supposes it
    auxiliary = of_auxiliaries(token, lexicon)
    if auxiliary is not None:
        return marked or auxiliary
    if marked is None and (_awaited(token, lexicon) or _is_asked(token)):
        return Modality.HYPOTHETICAL
    return marked or lexicon.marks.get(case_of(token))


def _came_about(token: Token, lexicon: Lexicon) -> bool:
    """ "They marched until the police dispersed them": the end of what was done is a fact as well."""
    if mark_of(token) not in _ENDS or not _is_past(token):
        return False
    governing = token.head
    return _is_past(governing) and of_auxiliaries(governing, lexicon) is None


def _is_past(verb: Token) -> bool:
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "aux:pass", "cop")]
    return any(c.tag_ == "VBD" for c in auxiliaries) if auxiliaries else verb.tag_ == "VBD"


def _awaited(token: Token, lexicon: Lexicon) -> bool:
    """Whether a clause tells what must come first: "will sign once parliament has agreed"."""
    if token.dep_ not in ("advcl", "advcl:relcl") or not is_finite(token):
        return False
    words = {c.lower_ for c in token.children if c.dep_ in ("mark", "advmod")}
    soon = token.head.lower_ == "soon"
    if not soon and words.isdisjoint(_AWAITING):
        return False
    return of_auxiliaries(token.head.head if soon else token.head, lexicon) is not None


def _is_asked(token: Token) -> bool:
    """Whether a main clause asks whether: "Is the army mobilizing?"."""
    last = token.sent[-1]
    while last.i > token.i and (last.is_space or last.text in _CLOSING_QUOTES):
        last = last.nbor(-1)
    if last.text != "?":
        return False
    first = next((c for c in token.children if c.dep_ in ("aux", "aux:pass", "cop")), None)
    subject = next((c for c in token.children if c.dep_.startswith("nsubj")), None)
    asks = any(c.tag_.startswith("W") for c in token.subtree)
    return first is not None and subject is not None and first.i < subject.i and not asks


def negates(token: Token, lexicon: Lexicon) -> bool:
    """Whether words of its own clause deny the event at a trigger: "promised no such thing", "never attacked"."""
    return negation(token, lexicon) == Modality.NEGATED


def negation(token: Token, lexicon: Lexicon) -> str | None:
    """`negated` where a word of its own clause negates a word, else None."""
    if token.i >= 2 and token.nbor(-1).lower_ == "to" and token.nbor(-2).lower_ == "yet":
        return Modality.NEGATED  # "has yet to visit"
    marker = next((c for c in token.children if c.lower_ == "to" and c.dep_ in ("mark", "aux") and c.i > 0), None)
    if marker is not None and token.tag_ == "VB" and marker.nbor(-1).lower_ in lexicon.negators:
        return Modality.NEGATED
    if token.tag_ == "VBN" and _was_to_have(token):
        return Modality.NEGATED  # "was to have been signed on Monday"
    for child in token.children:
        word = child.lower_ if child.lower_ in lexicon.negators else child.lemma_.lower()
        if (
            child.dep_ in ("advmod", "det", "cc:preconj", "mark", "cc", "aux", "case", "nummod")
            and word in lexicon.negators
        ):
            if (child.dep_ == "cc" and word != "nor") or (word in ("not", "n't") and _only_follows(child)):
                continue
            if child.i > token.i and child.i + 1 < len(child.doc) and child.nbor(1).lower_ == "to":
                continue  # "vowed never to sign" is a vow
            return Modality.NEGATED
        if child.dep_.startswith("nsubj") and (
            word in lexicon.negators
            or any(c.lower_ in lexicon.negators and c.dep_ in ("det", "advmod", "cc:preconj") for c in child.children)
        ):
            return Modality.NEGATED
        if (
            child.dep_ == "obj"
            and token.pos_ == "VERB"
            and (word in lexicon.negators or any(c.dep_ == "det" and c.lower_ == "no" for c in child.children))
        ):
            return Modality.NEGATED
    return None


def _was_to_have(participle: Token) -> bool:
    have = [c for c in participle.children if c.lower_ == "have" and c.i > 1]
    return any(c.nbor(-1).lower_ == "to" and c.nbor(-2).lower_ in ("was", "were") for c in have)


def _only_follows(negator: Token) -> bool:
    return negator.i + 1 < len(negator.doc) and negator.nbor(1).lower_ in ("only", "just")


def of_auxiliaries(token: Token, lexicon: Lexicon) -> str | None:
    """The modality that auxiliaries give a verb: "will", "could", "is to"; a future with a condition is supposed."""
    children = [c for c in token.children if c.dep_ in ("aux", "aux:pass", "cop")]
    conditional = any(
        c.dep_ == "advcl" and mark_of(c) in lexicon.marks and mark_of(c) not in _ENDS for c in token.children
    )
    for child in children:
        told = lexicon.auxiliaries.get(child.lower_)
        if told is None:
            continue
        unreal = any(c.lower_ == "have" for c in children)  # "would have failed"
        if child.lower_ in ("would", "'d") and not unreal and _backshifted(token, lexicon):
            return Modality.FUTURE
        return Modality.HYPOTHETICAL if conditional else told
    if (
        any(c.dep_ == "aux:pass" and c.lower_ == "be" for c in children)
        and len(children) == 1
        and mark_of(token) == "that"
    ):
        return Modality.HYPOTHETICAL  # "provides that the prisoners be released"
    # "is to meet", "are to free": a form of be that governs an infinitive
    infinitive = token.tag_ in ("VB", "VBN") and any(c.lower_ == "to" for c in token.children)
    if infinitive and any(c.lemma_ == "be" and c.dep_ in ("aux", "cop") and c.lower_ != "be" for c in children):
        return Modality.FUTURE
    return None


def _backshifted(token: Token, lexicon: Lexicon) -> bool:
    """Whether "would" stands for "will" because the clause reports what somebody said, pledged or warned."""
    if mark_of(token) in lexicon.marks:
        return False
    head = token
    for _ in range(4):
        if head.dep_ not in ("ccomp", "conj", "obj", "obl") and not (head.dep_ == "acl" and mark_of(head) == "that"):
            return False
        head = head.head
        if head.lemma_ in lexicon.speech_verbs or head.lemma_ in lexicon.speech_nouns or lexicon.candidates(head):
            return True
    return False
