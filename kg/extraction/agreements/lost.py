"""Signers whom the parser hung elsewhere, read off the words around a signing verb."""

from __future__ import annotations

from collections.abc import Container

from spacy.tokens import Token

from ..arguments import Resolver
from ..ud import FINITE, RELATIVE_PRONOUNS, case_of, conjuncts, is_passive
from .parties import PARTY_TYPES

_MARKS = ("after", "before", "since", "as", "when", "while", "until")
_LISTING = ("NOUN", "PROPN", "DET", "ADJ", "CCONJ", "PUNCT", "ADP", "NUM", "PART")  # what the words of a list are
_CLOSING = (";", ":", "—", "–", "(", ")")
_OPENING = 6  # tokens from the start of a clause to the name that opens it


def after_mark(verb: Token, resolver: Resolver) -> list[int]:
    """ "Days after A, B and the C signed": the list between such a word and a verb that the parser gave another
    subject.
    """
    if verb.tag_ != "VBD" or is_passive(verb):
        return []
    start = verb.i
    for token in reversed(verb.doc[verb.sent.start : verb.i]):
        if token.lower_ in _MARKS:
            break
        if token.pos_ not in _LISTING or token.lower_ in _CLOSING or (token.pos_ == "ADP" and token.lower_ != "of"):
            return []
        start = token.i
    else:
        return []
    stretch = verb.doc[start : verb.i]
    if not any(t.lower_ == "and" for t in stretch) or any(
        t.dep_.startswith("nsubj") and t.head == verb for t in stretch
    ):
        return []
    found = [
        i for t in stretch if case_of(t) in ("", *_MARKS) for i in resolver.clusters_of(t) if can_sign(i, resolver)
    ]
    return list(dict.fromkeys(found)) if len(set(found)) > 1 else []


def right_before(trigger: Token, resolver: Resolver) -> list[int]:
    """The person whose name stands right before a verb, whatever the parser hung it on: "X, and Y, signed"."""
    if trigger.pos_ != "VERB" or is_passive(trigger):
        return []
    i = trigger.i - 1
    while i > trigger.sent.start and (trigger.doc[i].is_punct or trigger.doc[i].head == trigger):
        if trigger.doc[i].dep_.startswith("nsubj"):
            return []  # it has a subject of its own there
        i -= 1
    token = trigger.doc[i]
    head = token.head if token.dep_ == "flat" else token
    # "X, the adviser of Y, signed": Y did not
    described = any(t.dep_.startswith("acl") and t != trigger for t in (head, *head.ancestors) if t.i < trigger.i)
    if token.ent_type_ != "PERSON" or case_of(head) or (described and not _is_set_off(token)):
        return []  # "X, whose aide had called Y, signed"
    listed = resolver.persons.get(token.i, (token,))
    found = [i for one in listed if one.i <= token.i for i in resolver.clusters_of(one)]
    return [i for i in dict.fromkeys(found) if resolver.clusters[i].type == "Person"]


def _is_set_off(last: Token) -> bool:
    """Whether a comma opens a name: "the man who lost that office, X, signed"."""
    start = last.i
    while start > 0 and last.doc[start].ent_iob_ == "I":
        start -= 1
    return start > 0 and last.doc[start - 1].text == ","


def before(verb: Token, resolver: Resolver) -> list[int]:
    """The names and nouns that can be the subject of a verb, between it and what begins its clause."""
    start = verb.sent.start
    for token in reversed(verb.doc[start : verb.i]):
        parted = token.text in (";", ":", "—", "–") or (token.text == "-" and token.whitespace_)
        finite = token.tag_ in FINITE and token.head != verb
        if parted or finite or (token.lower_ in RELATIVE_PRONOUNS and token.dep_ != "det"):
            start = token.i + 1
            break
    found: dict[int, None] = {}
    for token in verb.doc[start : verb.i]:
        if token.dep_ in ("nsubj", "conj", "appos", "dep", "obj", "ROOT", "nsubj:pass") and not case_of(token):
            for one in resolver.persons.get(token.i, (token,)):
                found.update({i: None for i in resolver.clusters_of(one) if can_sign(i, resolver) and one.i < verb.i})
    return list(found)


def parted_subject(verb: Token, resolver: Resolver) -> list[int]:
    """ "X, the minister who led the talks, signed in Rome": the name that opens the clause, where a comma before the
    verb closes what is told of it.
    """
    if verb.i == verb.sent.start or verb.nbor(-1).text != ",":
        return []
    before = verb.doc[verb.sent.start : verb.i]
    start = max((t.i + 1 for t in before if t.text in (";", "—", "–") or _opens(t)), default=verb.sent.start)
    for token in verb.doc[start : min(start + _OPENING, verb.i)]:
        found = [i for i in resolver.clusters_of(token) if can_sign(i, resolver) and resolver.clusters[i].is_named]
        inside = token.dep_ in ("compound", "flat") and token.head.i > token.i and case_of(token.head)
        if found and token.ent_type_ and not case_of(token) and not inside:
            return [*found, *_going_on(token, verb, resolver)]
    return []


def _opens(word: Token) -> bool:
    """Whether "and" opens a clause with a name that a comma parts from its verb: "and Y, a general, signed"."""
    if word.lower_ not in ("and", "while") or word.i + 1 >= len(word.doc) or word.nbor(1).ent_type_ != "PERSON":
        return False
    end = word.i + 1
    while end < word.sent.end and word.doc[end].ent_type_ == "PERSON":
        end += 1
    return end < word.sent.end and word.doc[end].text == ","


def _going_on(name: Token, verb: Token, resolver: Resolver) -> list[int]:
    """Those whom "and" joins to a name that opens a clause: "A and B, which had been at war, signed"."""
    found: list[int] = []
    for token in verb.doc[name.i + 1 : verb.i]:
        if token.pos_ not in ("PROPN", "CCONJ", "DET", "ADJ") and token.text != ",":
            break
        if token.ent_type_ and not case_of(token):
            found += [i for i in resolver.clusters_of(token) if can_sign(i, resolver)]
    joined = any(t.lower_ == "and" for t in verb.doc[name.i + 1 : name.i + 5])
    return found if joined else []


def by_whom(participle: Token, resolver: Resolver) -> list[int]:
    """ "Signed on the same day by X and Y": those in the first phrase with "by", whatever the parser hung it on."""
    for token in participle.doc[participle.i + 1 : participle.sent.end]:
        if token.pos_ == "VERB":
            break
        if case_of(token) == "by":
            listed = [one for t in conjuncts(token) for one in resolver.persons.get(t.i, (t,))]
            found = [i for t in listed if t.i >= token.i for i in resolver.clusters_of(t) if can_sign(i, resolver)]
            if found:
                return list(dict.fromkeys(found))
    return []


def by_others(participle: Token, resolver: Resolver) -> list[int]:
    """ "Signed by X and, after an argument, by Y": the persons named in further phrases with "by" after a comma."""
    found: list[int] = []
    for token in participle.doc[participle.i + 1 : participle.sent.end]:
        if token.text in _CLOSING:
            break
        if token.lower_ == "by" and token.nbor(-1).text in (",", "and", "then") and token.dep_ == "case":
            listed = resolver.persons.get(token.head.i, (token.head,))
            found += [i for t in listed if t.ent_type_ == "PERSON" for i in resolver.clusters_of(t)]
    return [i for i in found if resolver.clusters[i].type == "Person"]


def followers(verb: Token, resolver: Resolver, following: Container[str]) -> list[int]:
    """ "X signed first, followed by Y and Z": those who do so next; `following` are the verbs that say it."""
    found: list[int] = []
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.text in _CLOSING:
            break
        if token.lemma_.lower() in following and token.tag_ == "VBN" and token.i + 1 < verb.sent.end:
            agents = [c for c in token.children if case_of(c) == "by" and c.i > token.i]
            listed = [one for agent in agents for t in conjuncts(agent) for one in resolver.persons.get(t.i, (t,))]
            found += [i for t in listed for i in resolver.clusters_of(t) if can_sign(i, resolver)]
    return [i for i in dict.fromkeys(found) if resolver.clusters[i].is_named]


def can_sign(index: int, resolver: Resolver) -> bool:
    """Whether an entity is of a class that signs; a named land may be one that no list knows."""
    cluster = resolver.clusters[index]
    return cluster.type in (*PARTY_TYPES, "Person") or (cluster.type == "Place" and cluster.is_named)
