"""Modality: whether an event is told as happened, negated, to come, or only supposed.

Read from the inside out: the event's own negators and auxiliaries first, then each word that governs it up to
the main clause. The first that decides wins. A noun passes through a verb only where the verb carries it ("will
hold talks"), and nothing passes out of a relative clause or through a participle that describes a noun.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.language.heads import nominals
from kg.model import Modality

from .lexicon import Entry, Lexicon
from .triggers import is_title_case
from .ud import case_of, is_finite, mark_of

_STIPULATED = ("xcomp", "ccomp", "obj", "obl")
_CLAUSAL = ("xcomp", "ccomp", "acl", "advcl", "csubj", "csubj:pass")
_NOMINAL = ("obj", "obl", "nmod", "nsubj", "nsubj:pass", "nmod:poss", "appos", "compound")
_GOVERNED_MARKS = ("of", "from", "for", "against", "with", "to", "in", "by", "at")
_CIRCUMSTANCES = frozenset(
    (
        "during",
        "after",
        "since",
        "following",
        "amid",
        "despite",
        "as",
        "under",
        "because",
        "given",
        "within",
        "besides",
        "like",
    )
)
_MAX_CLIMB = 10


def modality(trigger: Token, entries: dict[int, Entry], stipulating: frozenset[int], lexicon: Lexicon) -> Modality:
    """The modality of the event at a trigger.

    `entries` maps the index of every event's trigger to its entry; `stipulating` holds the verbs whose subject is an
    agreement: what "the deal calls for" or "the terms include" is to come.
    """
    if trigger.pos_ == "NOUN" and _happened(trigger, lexicon):
        return Modality.ASSERTED
    token, governed_only = trigger, False
    for _ in range(_MAX_CLIMB):
        own = None if governed_only else _of_clause(token, lexicon)
        governed_only = False
        head, dep = token.head, token.dep_
        if own is not None:
            return Modality(own) if not _hoped(token, lexicon) else Modality.HYPOTHETICAL
        if "including" in (mark_of(token), case_of(token)):
            return _included(token)
        if head == token or dep in ("parataxis", "acl:relcl") or (dep == "acl" and token.tag_ in ("VBN", "VBD")):
            return _headline(token)
        if dep == "acl" and head.dep_ == "ROOT" and _headline(token) == Modality.FUTURE:
            return Modality.FUTURE
        if dep == "conj":
            if is_finite(token) and token.tag_ != "VB":
                token, governed_only = _first(head), True  # only what governs all of them is passed on
                continue
            if token.tag_ in ("VB", "VBN", "VBG") and token.pos_ == head.pos_ == "VERB":
                shared = _auxiliary(head, lexicon)
                if shared is not None:
                    return Modality(shared)
            token, governed_only = _first(head), token.pos_ == "VERB" and head.pos_ != "VERB"
            continue
        if head.i in stipulating and dep in _STIPULATED:
            return Modality.FUTURE
        told = _complement(token, head, entries, lexicon)
        if told == Modality.ASSERTED and dep in _CLAUSAL:
            token = head  # "began to withdraw" is as asserted as "began" itself
            continue
        if told is not None:
            if _negation(head, lexicon) and told != Modality.NEGATED:
                # "does not want to fight" is no fighting; "has not agreed to a release" leaves it open
                return Modality.HYPOTHETICAL if head.i in entries or head.pos_ != "VERB" else Modality.NEGATED
            return Modality(told)
        if not _passes(token, head, entries, lexicon):
            return Modality.ASSERTED
        token = head
    return Modality.ASSERTED


def _happened(noun: Token, lexicon: Lexicon) -> bool:
    """Whether a relative clause in the past tells what came of it: "more bombings like the blast that killed 20"."""
    if _negation(noun, lexicon) is not None:
        return False
    clauses = [c for c in noun.children if c.dep_ == "acl:relcl" and c.tag_ == "VBD"]
    return any(not any(a.dep_ in ("aux", "cop") for a in c.children) and not negates(c, lexicon) for c in clauses)


def _included(token: Token) -> Modality:
    """ "provisions, including the release of prisoners": what an agreement's terms include is to come."""
    before = token.doc[token.sent.start : token.i]
    return Modality.FUTURE if any(t.lemma_.lower() in nominals().terms for t in before) else Modality.ASSERTED


def _first(token: Token) -> Token:
    while token.dep_ == "conj":
        token = token.head
    return token


def _passes(token: Token, head: Token, entries: dict[int, Entry], lexicon: Lexicon) -> bool:
    """Whether what is told of the head is told of its dependent too."""
    dep, lemma = token.dep_, head.lemma_.lower()
    if dep in ("advcl",) and is_finite(token) and mark_of(token):
        return False
    if dep in ("xcomp", "ccomp", "advcl", "acl", "csubj"):
        return not (dep == "ccomp" and is_finite(token))
    if head.pos_ in ("VERB", "AUX"):
        if dep == "obl":
            return case_of(token) not in _CIRCUMSTANCES
        if dep in ("nsubj", "nsubj:pass"):
            return lemma in lexicon.happening or lemma in lexicon.light
        return lemma in lexicon.light or head.i in entries
    example = case_of(token) in ("such", "like")  # "measures such as a prisoner exchange"
    return dep in ("nmod", "compound", "appos") and (lemma in lexicon.parts or head.i in entries or example)


def _headline(token: Token) -> Modality:
    """ "US, Cuba to Restore Ties": an infinitive at the top of a headline is to come."""
    infinitive = token.tag_ in ("VB", "VBP") and token.i > 0 and token.nbor(-1).lower_ == "to"
    return Modality.FUTURE if infinitive and is_title_case(token) else Modality.ASSERTED


def _hoped(token: Token, lexicon: Lexicon) -> bool:
    """Whether a finite clause is only hoped for or proposed: "hopes that they will leave"."""
    return token.dep_ == "ccomp" and is_finite(token) and lexicon.governor(token.head) == Modality.HYPOTHETICAL


def _of_clause(token: Token, lexicon: Lexicon) -> str | None:
    negated = _negation(token, lexicon)
    if negated is not None:
        return negated
    auxiliary = _auxiliary(token, lexicon)
    if auxiliary is not None:
        return auxiliary
    return lexicon.marks.get(mark_of(token)) or lexicon.marks.get(case_of(token))


def negates(token: Token, lexicon: Lexicon) -> bool:
    """Whether words of its own clause deny the event at a trigger: "promised no such thing", "never attacked"."""
    return _negation(token, lexicon) == Modality.NEGATED


def _negation(token: Token, lexicon: Lexicon) -> str | None:
    if token.i >= 2 and token.nbor(-1).lower_ == "to" and token.nbor(-2).lower_ == "yet":
        return Modality.NEGATED  # "has yet to visit"
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


def _auxiliary(token: Token, lexicon: Lexicon) -> str | None:
    children = [c for c in token.children if c.dep_ in ("aux", "aux:pass", "cop")]
    conditional = any(c.dep_ == "advcl" and mark_of(c) in lexicon.marks for c in token.children)
    for child in children:
        told = lexicon.auxiliaries.get(child.lower_)
        if told is None:
            continue
        if child.lower_ in ("would", "'d") and _backshifted(token, lexicon):
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
    for _ in range(3):
        if head.dep_ not in ("ccomp", "conj"):
            return False
        head = head.head
        if head.lemma_ in lexicon.speech_verbs or lexicon.candidates(head):
            return True
    return False


def _complement(token: Token, head: Token, entries: dict[int, Entry], lexicon: Lexicon) -> str | None:
    """What the governing word makes of its complement, or None where it leaves it as it is."""
    entry = entries.get(head.i)
    content = entry.content if entry is not None else None
    if token.dep_ in _CLAUSAL:
        infinitive = any(c.lower_ == "to" and c.dep_ in ("mark", "aux") for c in token.children)
        if token.dep_ == "advcl" and not (infinitive or mark_of(token) in _GOVERNED_MARKS):
            return None
        if token.dep_ in ("ccomp", "csubj") and is_finite(token):
            if content == Modality.HYPOTHETICAL and token.tag_ in ("VB", "VBP") and mark_of(token) == "that":
                return (
                    None if any(c.dep_.startswith("aux") for c in token.children) else content
                )  # "demands that they go"
            return content if content == Modality.NEGATED else None  # "denied that it had attacked"
        if content is not None and (
            infinitive or mark_of(token) in _GOVERNED_MARKS or token.dep_ in ("ccomp", "xcomp")
        ):
            return content
        governed = lexicon.governor(head)
        if governed is not None:
            return governed
        if infinitive and token.dep_ == "advcl":
            own = entries.get(token.i)
            # a purpose: "to disrupt the attack"; what is said or demanded on purpose is said all the same
            return None if own is not None and own.content is not None else Modality.HYPOTHETICAL
        return None
    if token.dep_ not in _NOMINAL:
        return None
    direct = token.dep_ in ("obj", "nsubj:pass") or (
        token.dep_ in ("nmod", "obl") and case_of(token) in _GOVERNED_MARKS
    )
    if not direct:
        return None
    if content is not None and content != Modality.ASSERTED and not _only_where(token, head):
        return _speech_act(token, entries) or content
    return lexicon.governor(head, noun=True)


def _only_where(token: Token, head: Token) -> bool:
    """ "At a meeting they called for", "offered help in a phone call": the occasion, not what is asked or offered."""
    return token.dep_ == "obl" and (case_of(token) in ("in", "at", "by") or token.i < head.i)


def _speech_act(token: Token, entries: dict[int, Entry]) -> str | None:
    """ "Rejected the accusation", "refused its demand": the answer to what was said, which therefore was said."""
    own = entries.get(token.i)
    definite = any(c.dep_ in ("det", "nmod:poss") and c.lower_ not in ("a", "an", "any", "no") for c in token.children)
    return Modality.ASSERTED if own is not None and own.content is not None and definite else None
