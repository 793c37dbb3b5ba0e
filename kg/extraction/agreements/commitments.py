"""Commitments: what an agreement obliges to, who owes it to whom, with amounts and a deadline.

A commitment is told where the agreement is the subject ("the deal calls for the release of 20 hostages"), in its scope
("under the accord, both armies will withdraw"; sentences of duty that follow go on), by what its parties undertake in
it ("the two agreed to free prisoners by May"), or by what it is for ("a pact to share water").
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from spacy.tokens import Span, Token

from kg.language.heads import nominals
from kg.language.times.values import shifted
from kg.model import Modality, Time

from ..arguments import Resolver
from ..lexicon import Lexicon
from ..quantities import amounts_in
from ..relations import Relations, relations
from ..ud import RELATIVE_PRONOUNS, case_of, conjuncts, is_nominal, time_tokens
from .drafts import Draft, Obligation, Signing

_CLAUSES = ("ccomp", "xcomp", "advcl", "csubj")
_LEFT_OUT = ("nsubj", "nsubj:pass", "csubj", "mark", "aux", "aux:pass", "cop", "cc", "punct", "parataxis", "discourse")
_TO = ("to", "for", "indirect")
_CONTINUED = 3  # sentences of duty that go on after one in the scope of an agreement


def commitments(
    drafts: Sequence[Draft], signings: Sequence[Signing], resolver: Resolver, lexicon: Lexicon
) -> list[Obligation]:
    """Every commitment, in the order of the text."""
    finder = _Finder(drafts, signings, resolver, lexicon)
    found: dict[int, Obligation] = {}
    for token in resolver.doc:
        for agreement, deed, owing in finder.deeds(token):
            obligation = finder.obligation(agreement, deed, owing)
            if obligation is not None:
                found.setdefault(deed.i, obligation)
    return [found[i] for i in sorted(found)]


Deed = tuple[int, Token, tuple[int, ...]]  # the agreement, the word of the deed, and who owes it if that is told before


class _Finder:
    def __init__(
        self, drafts: Sequence[Draft], signings: Sequence[Signing], resolver: Resolver, lexicon: Lexicon
    ) -> None:
        self._words: Mapping[str, Any] = lexicon.data("agreements")
        self._resolver = resolver
        self._lexicon = lexicon
        self._types = lexicon.role_types[self._words["signatory"]]
        self._drafts = {d.trigger.i: d for d in drafts}
        self._signed = {s.agreement: s for s in signings}
        self._scope: tuple[int, int] | None = None  # the agreement in whose scope the text goes on, and until where

    def deeds(self, token: Token) -> Iterator[Deed]:
        """The deeds that one word, as the governing one, makes terms of an agreement."""
        if token.pos_ in ("VERB", "AUX") or (token.pos_ == "ADJ" and token.dep_ == "ROOT"):
            yield from self._of_verb(token)
        elif is_nominal(token):
            for agreement in self._agreements([token])[:1]:
                for child in token.children:  # "a deal to release", "an accord on the withdrawal"
                    if child.dep_ == "acl" and child.tag_ == "VB" and child.i > token.i:
                        yield from ((agreement, deed, ()) for deed in _coordinated(child))

    def _of_verb(self, verb: Token) -> Iterator[Deed]:
        deep = relations(verb, self._lexicon.grammar)
        lemma = verb.lemma_.lower()
        told_by = self._agreements(deep.get("subject", ())) or self._by_terms(verb)
        if told_by:
            yield from self._stipulated(verb, lemma, deep, told_by[0])
            return
        agreement = self._in_scope_of(verb)
        if agreement is not None:
            if lemma in self._words["owing"]:
                yield from self._undertaken(verb, deep, agreement)
            elif _has_duty(verb, self._words):
                yield agreement, verb, self._actors(deep.get("subject", ()))
            return
        draft = self._drafts.get(verb.i)
        if draft is not None and lemma in self._words["owing"] and draft.type == self._words["type"]:
            known = self._agreed_by(draft)
            if known is not None and draft.modality == Modality.ASSERTED:
                yield from self._undertaken(verb, deep, known)

    def _stipulated(self, verb: Token, lemma: str, deep: Relations, agreement: int) -> Iterator[Deed]:
        words = self._words
        if lemma in words["obliging"]:
            owing = self._actors(deep.get("object", ()))
            clauses = [c for c in verb.children if c.dep_ in _CLAUSES and c.tag_ in ("VB", "VBG")]
            for clause in clauses:
                yield from ((agreement, deed, owing) for deed in _coordinated(clause))
            if clauses:
                return
        if lemma in words["stipulating"]:
            clauses = [c for c in verb.children if c.dep_ in _CLAUSES and c.i > verb.i]
            for clause in clauses:
                yield from ((agreement, deed, ()) for deed in _coordinated(clause))
            if clauses and any(c.dep_ == "ccomp" for c in clauses):
                return
            for name in ("object", "for", "to", "on"):
                for noun in deep.get(name, ()):
                    if noun.i > verb.i and noun.pos_ == "NOUN" and noun.dep_ != "conj":
                        yield agreement, noun, ()
        elif lemma in words["giving"] and verb.tag_ != "VBN":
            yield agreement, verb, ()

    def _undertaken(self, verb: Token, deep: Relations, agreement: int) -> Iterator[Deed]:
        owing = self._actors(deep.get("subject", ()))
        for clause in deep.get("clause", ()):
            for deed in _coordinated(clause):
                if deed.tag_ in ("VB", "VBG") or _has_duty(deed, self._words):
                    yield agreement, deed, owing
        for noun in deep.get("to", ()):
            if noun.pos_ == "NOUN" and noun.i in self._drafts:
                yield agreement, noun, owing

    def _by_terms(self, verb: Token) -> list[int]:
        """ "Its terms include", "the provisions call for": the agreement that the terms are of, or the last before."""
        for child in verb.children:
            if child.dep_ == "nsubj" and child.lemma_.lower() in nominals().terms:
                owned = [c for c in child.children if c.dep_ in ("nmod", "nmod:poss")]
                return self._agreements(owned) or self._last_before(child)
        return []

    def _last_before(self, token: Token) -> list[int]:
        told = [
            (m.head.i, i)
            for i, c in enumerate(self._resolver.clusters)
            if c.type == self._words["class"]
            for m in c.mentions
            if m.head.i < token.i
        ]
        return [max(told)[1]] if told else []

    def _in_scope_of(self, verb: Token) -> int | None:
        """The agreement under which a verb stands: by its own phrase, that of the clause it is coordinated with, or of
        a relative clause; and the sentences of duty after such a one.
        """
        top = verb
        while top.dep_ == "conj" and top.head.pos_ in ("VERB", "AUX"):
            top = top.head
        for word in dict.fromkeys((verb, top)):
            for child in word.children:
                if child.dep_.split(":")[0] != "obl" or case_of(child) not in self._words["scopes"]:
                    continue
                if child.lower_ in RELATIVE_PRONOUNS and word.dep_.startswith("acl"):
                    found = self._agreements([word.head])
                elif child.lemma_.lower() in nominals().terms:
                    owned = [c for c in child.children if c.dep_ == "nmod"]
                    found = self._agreements(owned) or self._last_before(child)
                else:
                    found = self._agreements([child])
                if found:
                    if top.dep_ == "ROOT":
                        self._scope = (found[0], self._end_of_scope(verb))
                    return found[0]
        if top.dep_ == "ROOT" and self._scope is not None and verb.i < self._scope[1] and _has_duty(verb, self._words):
            return self._scope[0]
        return None

    def _end_of_scope(self, verb: Token) -> int:
        """Where the sentences end that can go on with what an agreement requires: within the paragraph."""
        end = verb.sent.end
        for _ in range(_CONTINUED):
            if end >= len(verb.doc) or "\n" in verb.doc[end - 1].text_with_ws or verb.doc[end - 1].is_space:
                break
            end = verb.doc[end].sent.end
        return end

    def _agreed_by(self, draft: Draft) -> int | None:
        """The agreement in which somebody agrees to something: that of its object, or the one that they signed."""
        told = draft.clusters(self._words["agreement"])
        if told:
            return told[0]
        actors = set(draft.clusters(self._words["signatory"]))
        fitting = [
            s.agreement for s in self._signed.values() if actors & {*s.signatories, *(i for p in s.acts_for for i in p)}
        ]
        return fitting[0] if len(fitting) == 1 else None

    def obligation(self, agreement: int, deed: Token, owing: tuple[int, ...]) -> Obligation | None:
        """The commitment at a word; None where no words of a deed are left."""
        span = _words_of(deed, self._lexicon.negators)
        asked = any(t.tag_ in ("WP", "WRB") for t in span[1:2])
        if len(span) < 2 or asked or deed.lemma_.lower() in self._words["effects"]:
            return None
        if agreement in self._resolver.clusters_of(deed) or deed.i in time_tokens(deed.doc):
            return None
        deep = relations(deed, self._lexicon.grammar)
        own = self._actors(deep.get("subject", ()) or deep.get("by", ()) or deep.get("possessive", ()))
        if deed.tag_ == "VBN" and any(c.lemma_ == "be" for c in deed.children):
            own = self._actors(deep.get("by", ()))  # "prisoners will be freed": whoever holds them owes it
        owed_by = own or owing
        receivers = [t for name in _TO for t in deep.get(name, ()) if t.i not in time_tokens(deed.doc)]
        owed_to = tuple(i for i in self._actors(receivers) if i not in owed_by)
        return Obligation(
            agreement,
            deed,
            span,
            owed_by,
            owed_to,
            self._deadline(span, agreement),
            amounts_in(span, deed, deep.get("subject", ()), self._lexicon),
        )

    def _deadline(self, span: Span, agreement: int) -> Time | None:
        """The time that the words of a deed give; a length of time is counted from the day of the signing."""
        signing = self._signed.get(agreement)
        for timex in span.doc.spans.get("timex", ()):
            if not (span.start <= timex.start and timex.end <= span.end):
                continue
            if case_of(timex.root) not in ("", *self._words["deadlines"]):
                continue
            signed = signing.time if signing is not None else None
            if signed is not None and signed.precision == "day" and case_of(timex.root) in ("within", "in"):
                counted = _after(signed, timex._.value)
                if counted is not None:
                    return counted
            time: Time | None = timex._.time
            if time is not None:
                return time
        return None

    def _agreements(self, tokens: Sequence[Token]) -> list[int]:
        found = [i for t in tokens for i in self._resolver.clusters_of(t)]
        return [i for i in dict.fromkeys(found) if self._resolver.clusters[i].type == self._words["class"]]

    def _actors(self, tokens: Sequence[Token]) -> tuple[int, ...]:
        found = [i for t in tokens for i in self._resolver.clusters_of(t)]
        return tuple(i for i in dict.fromkeys(found) if self._resolver.clusters[i].type in self._types)


def _coordinated(deed: Token) -> Iterator[Token]:
    """A deed and those coordinated with it."""
    for token in conjuncts(deed):
        if token == deed or token.pos_ in ("VERB", "NOUN", "AUX"):
            yield token


def _has_duty(verb: Token, words: Mapping[str, Any]) -> bool:
    """Whether a clause says what will, must or is to be done."""
    helpers = [c for c in verb.children if c.dep_ in ("aux", "aux:pass", "cop")]
    if any(c.lower_ in words["bound"] for c in helpers):
        return True
    infinitive = any(c.lower_ == "to" for c in verb.children) and any(c.lemma_ in ("be", "have") for c in helpers)
    if verb.dep_ == "conj" and not helpers and verb.tag_ == "VB" and verb.head.pos_ == "VERB":
        return _has_duty(verb.head, words)  # "will assemble and lay down"
    return infinitive and verb.tag_ in ("VB", "VBN")


def _words_of(deed: Token, negators: Container[str]) -> Span:
    """The words of a deed: its own phrase without subject, auxiliaries, and what is coordinated with it; what denies it
    stays.
    """
    kept = [deed]
    for child in deed.children:
        if child.dep_ in _LEFT_OUT or (child.dep_ == "conj" and child.pos_ == "VERB") or child.i < deed.i:
            continue
        kept += [t for t in child.subtree if not _beyond(t, child, deed)]
    if is_nominal(deed):
        kept += [t for c in deed.children if c.i < deed.i and c.dep_ not in ("case", "cc", "punct") for t in c.subtree]
    kept += [c for c in deed.children if c.i < deed.i and c.lower_ in negators]  # "not to use force"
    start, end = min(t.i for t in kept), max(t.i for t in kept) + 1
    while end - 1 > deed.i and (deed.doc[end - 1].is_punct or deed.doc[end - 1].is_space):
        end -= 1
    return deed.doc[start:end]


def _beyond(token: Token, child: Token, deed: Token) -> bool:
    """Whether a token of a deed's phrase belongs to a further clause with a subject of its own."""
    while token != child:
        if token.dep_ in ("acl:relcl", "parataxis") or (token.dep_ == "conj" and token.pos_ == "VERB"):
            return True
        token = token.head
    return child.dep_ in ("advcl",) and any(c.dep_.startswith("nsubj") for c in child.children) and child.i > deed.i


def _after(signed: Time, length: str) -> Time | None:
    """The time that lies a TIMEX3 duration such as `P135D` or `P14M` after a day, at the precision of its unit."""
    if not re.fullmatch(r"P\d+[DWMY]", length):
        return None
    count, unit = int(length[1:-1]), length[-1]
    if unit in "DW":
        return shifted(signed, days=count * (7 if unit == "W" else 1))
    moved = shifted(signed, months=count * (12 if unit == "Y" else 1))
    return None if moved is None else Time(moved.value[:7])
