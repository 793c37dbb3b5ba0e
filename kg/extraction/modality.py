"""Modality: whether an event is told as happened, negated, to come, or only supposed.

Read from the inside out: the event's own negators and auxiliaries first, then each word that governs it up to
the main clause. The first that decides wins. A noun passes through a verb only where the verb carries it ("will
hold talks"), and nothing passes out of a relative clause or through a participle that describes a noun.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.language.heads import nominals
from kg.model import Modality

from .clauses import negates, negation, of_auxiliaries, of_clause
from .lexicon import Entry, Lexicon
from .triggers import is_title_case
from .ud import case_of, is_finite, mark_of

_STIPULATED = ("xcomp", "ccomp", "obj", "obl")
_CLAUSAL = ("xcomp", "ccomp", "acl", "advcl", "csubj", "csubj:pass")
_NOMINAL = ("obj", "obl", "nmod", "nsubj", "nsubj:pass", "nmod:poss", "appos", "compound")
_GOVERNED_MARKS = ("of", "from", "for", "against", "with", "to", "in", "by", "at", "about")
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
_GROUNDS = ("into", "over", "after", "following")  # "an inquiry into the killing", "sanctions over the attack"
_ANYBODY = ("anyone", "anybody", "whoever", "everyone", "everybody")
_MAX_CLIMB = 10


def modality(trigger: Token, entries: dict[int, Entry], stipulating: frozenset[int], lexicon: Lexicon) -> Modality:
    """The modality of the event at a trigger.

    `entries` maps the index of every event's trigger to its entry; `stipulating` holds the verbs whose subject is an
    agreement: what "the deal calls for" or "the terms include" is to come.
    """
    if happened(trigger, lexicon):
        return Modality.ASSERTED
    token, governed_only = trigger, False
    for _ in range(_MAX_CLIMB):
        own = None if governed_only else of_clause(token, lexicon)
        governed_only = False
        head, dep = token.head, token.dep_
        if own is not None:
            return Modality(own) if not _hoped(token, lexicon) else Modality.HYPOTHETICAL
        if "including" in (mark_of(token), case_of(token)):
            return _included(token)
        if dep == "acl:relcl" and token.tag_ in ("VBZ", "VBP") and _is_anybody(head):
            return Modality.HYPOTHETICAL
        if head == token or dep in ("parataxis", "acl:relcl") or (dep == "acl" and token.tag_ in ("VBN", "VBD")):
            return _headline(token)
        if dep == "acl" and _first(head).dep_ == "ROOT" and _headline(token) == Modality.FUTURE:
            return Modality.FUTURE
        if dep == "conj":
            if is_finite(token) and token.tag_ != "VB":
                token, governed_only = _first(head), True  # only what governs all of them is passed on
                continue
            if token.tag_ in ("VB", "VBN", "VBG") and token.pos_ == head.pos_ == "VERB":
                shared = of_auxiliaries(head, lexicon)
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
            if negation(head, lexicon) and told != Modality.NEGATED:
                # "does not want to fight" is no fighting; "has not agreed to a release" leaves it open
                return Modality.HYPOTHETICAL if head.i in entries or head.pos_ != "VERB" else Modality.NEGATED
            return Modality(told)
        if not _passes(token, head, entries, lexicon):
            return Modality.ASSERTED
        token = head
    return Modality.ASSERTED


def happened(noun: Token, lexicon: Lexicon) -> bool:
    """Whether a relative clause in the past tells what came of it: "more bombings like the blast that killed 20"."""
    if noun.pos_ != "NOUN" or negation(noun, lexicon) is not None:
        return False
    clauses = [c for c in noun.children if c.dep_ == "acl:relcl" and c.tag_ == "VBD"]
    return any(not any(a.dep_ in ("aux", "cop") for a in c.children) and not negates(c, lexicon) for c in clauses)


def _is_anybody(noun: Token) -> bool:
    """ "Sanctions on anyone who obstructs the accord", "all fighters who hand in their rifles"."""
    return noun.lower_ in _ANYBODY or any(
        c.dep_ == "det" and c.lower_ in ("any", "every", "all") for c in noun.children
    )


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
    if dep == "advcl" and token.tag_ == "VBG" and mark_of(token) == "for":
        return False  # "will never apologize for having fought" gives the reason
    if dep in ("xcomp", "ccomp", "advcl", "acl", "csubj"):
        return not (dep == "ccomp" and is_finite(token))
    if head.pos_ in ("VERB", "AUX"):
        if dep == "obl":
            own = entries.get(token.i)
            asked = case_of(token) == "at" and own is not None and own.content is not None  # "at the invitation of"
            return case_of(token) not in _CIRCUMSTANCES and not asked
        if dep in ("nsubj", "nsubj:pass"):
            return lemma in lexicon.happening or lemma in lexicon.light
        return lemma in lexicon.light or head.i in entries
    if dep == "nmod" and case_of(token) in _GROUNDS:
        return False
    example = case_of(token) in ("such", "like")  # "measures such as a prisoner exchange"
    return dep in ("nmod", "compound", "appos") and (lemma in lexicon.parts or head.i in entries or example)


def _headline(token: Token) -> Modality:
    """ "US, Cuba to Restore Ties": an infinitive at the top of a headline is to come."""
    infinitive = token.tag_ in ("VB", "VBP") and token.i > 0 and token.nbor(-1).lower_ == "to"
    return Modality.FUTURE if infinitive and is_title_case(token) else Modality.ASSERTED


def _hoped(token: Token, lexicon: Lexicon) -> bool:
    """Whether a finite clause is only hoped for or proposed: "hopes that they will leave"."""
    return token.dep_ == "ccomp" and is_finite(token) and lexicon.governor(token.head) == Modality.HYPOTHETICAL


def _complement(token: Token, head: Token, entries: dict[int, Entry], lexicon: Lexicon) -> str | None:
    """What the governing word makes of its complement, or None where it leaves it as it is."""
    entry = entries.get(head.i)
    content = entry.content if entry is not None else None
    if token.dep_ in _CLAUSAL:
        if _is_subjunctive(token) and content is None and lexicon.governor(head) is None:
            return Modality.HYPOTHETICAL
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
        if infinitive and token.dep_ == "advcl" and _is_listed(token, head):
            return None
        if infinitive and token.dep_ == "advcl":
            own = entries.get(token.i)
            if of_auxiliaries(head, lexicon) == Modality.FUTURE:
                return None  # "will fly to Rome to negotiate"
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
        asked = content == Modality.FUTURE or head.lemma_.lower() in lexicon.grammar.object_control
        return _speech_act(token, entries, lexicon, asked=asked) or content
    return lexicon.governor(head, noun=True)


def _is_listed(token: Token, head: Token) -> bool:
    """ "Agreed to free the prisoners, to leave the town and to pay": one of several, taken for a purpose."""
    if head.tag_ != "VB" or mark_of(head) != "to" or token.left_edge.i == 0:
        return False
    return token.left_edge.nbor(-1).text == "," or token.left_edge.lower_ in (",", "and")


def _is_subjunctive(token: Token) -> bool:
    """ "Insisted that he leave", "provides that the garrison depart": a bare form with a subject."""
    if token.dep_ != "ccomp" or token.tag_ != "VB" or mark_of(token) != "that":
        return False
    helped = any(c.dep_ in ("aux", "aux:pass", "cop") for c in token.children)
    return not helped and any(c.dep_.startswith("nsubj") for c in token.children)


def _only_where(token: Token, head: Token) -> bool:
    """ "At a meeting they called for", "offered help in a phone call": the occasion, not what is asked or offered."""
    return token.dep_ == "obl" and (case_of(token) in ("in", "at", "by") or token.i < head.i)


def _speech_act(token: Token, entries: dict[int, Entry], lexicon: Lexicon, *, asked: bool) -> str | None:
    """ "Rejected the accusation", "refused its demand": the answer to what was said, which therefore was said; not what
    is only `asked` or promised: "asked for an apology".
    """
    open_to = ("a", "an", "any", "no") if asked else ("any", "no")
    determiners = [c.lower_ for c in token.children if c.dep_ in ("det", "nmod:poss")]
    said = any(d not in open_to for d in determiners) or not (asked or determiners)
    own = [entries[token.i]] if token.i in entries else lexicon.candidates(token)
    return Modality.ASSERTED if said and any(entry.content is not None for entry in own) else None
