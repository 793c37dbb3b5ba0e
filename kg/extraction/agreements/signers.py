"""Signers: who put a name to an agreement in one sentence, and for whom.

The frame of the signing word gives most. The rest is read off the words: names before a verb whose subject the
parser hung on the next verb, and pairs of signer and party after it ("X signed for A and Y on behalf of B").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from spacy.tokens import Token

from kg.language.coreference import Cluster
from kg.language.datelines import dateline_end

from ..arguments import Filler, Resolver
from ..lexicon import Lexicon
from ..relations import relations
from ..subjects import own_subject
from ..ud import RELATIVE_PRONOUNS, case_of, conjuncts, is_passive
from .behalf import read_behalf
from .drafts import Draft, Signers
from .lost import after_mark, before, by_others, by_whom, can_sign, followers, parted_subject, right_before
from .parties import PARTY_TYPES, counted_persons, delegates_of, is_pair, sides

_TAKING_PART = ("subject", "with", "between", "by", "reciprocal")
_LED = ("State", "Organization", "ArmedGroup")
_MAX_MEMBERS = 40  # tokens of a list in parentheses
_BESIDE = 8  # tokens from an envoy to "at their side"


def signers_of(draft: Draft, resolver: Resolver, lexicon: Lexicon) -> Signers:
    """Who signs at one trigger."""
    settings = lexicon.data("agreements")
    trigger = draft.trigger
    told = after_mark(trigger, resolver) or _coordinated(draft, resolver, settings)
    told = list(dict.fromkeys([*told, *_lands(draft, told, resolver, lexicon)]))
    opening = dateline_end(trigger.sent)
    datelines = {f.cluster for f in draft.fillers if f.token.i < opening} if trigger.i >= opening else set()
    others = _onlookers(trigger, resolver, lexicon) | datelines | _accompanying(draft) | _whose_party(draft, resolver)
    told = [i for i in told if i not in others]
    told = list(dict.fromkeys([*(_named(i, trigger, resolver) for i in told), *right_before(trigger, resolver)]))
    if not told and trigger.pos_ == "VERB" and not is_passive(trigger):
        told = before(trigger, resolver) or parted_subject(trigger, resolver)
    if told and trigger.pos_ == "VERB":
        told = list(dict.fromkeys([*told, *followers(trigger, resolver, settings["following"])]))
    if trigger.pos_ == "VERB" and is_passive(trigger):
        told = list(dict.fromkeys([*(told or by_whom(trigger, resolver)), *by_others(trigger, resolver)]))
    for noun in (trigger, *(c for c in trigger.children if c.dep_ == "nsubj:pass")):
        if noun.lemma_.lower() in settings["signatures"]:
            told = list(dict.fromkeys([*_whose_signatures(noun, resolver, settings), *told]))
    if trigger.pos_ == "VERB" and (not told or is_passive(trigger)):
        told = list(dict.fromkeys([*told, *_who_is_bound(trigger, resolver, lexicon)]))
    witnesses = _as_witnesses(draft, told, resolver, settings)
    told = [i for i in told if i not in witnesses]
    found = Signers(
        dict.fromkeys(i for index in told for i in _standing_for(index, trigger, resolver)), witnessing=witnesses
    )
    if told or draft.mode == settings["mode"]:
        read_behalf(trigger, told, found, resolver, settings["on behalf"])
    return found


def add_signers(drafts: Iterable[Draft], resolver: Resolver, lexicon: Lexicon) -> None:
    """Give the events of signing the persons with names who sign there and whom their frames do not have, as "by X for
    A and by Y, who led the talks, for B".
    """
    settings = lexicon.data("agreements")
    signed = [d for d in drafts if (d.type, d.mode) == (settings["type"], settings["mode"])]
    for draft in signed:
        here = range(draft.trigger.sent.start, draft.trigger.sent.end)
        taken = {f.cluster for d in signed for f in d.fillers if d.trigger.i in here}
        signing = signers_of(draft, resolver, lexicon).signing
        added = []
        for index in signing:
            cluster = resolver.clusters[index]
            heads = [m.head for m in cluster.mentions if m.head.i in here and not _told_within(m.head, draft.trigger)]
            if heads and index not in taken and cluster.type == "Person" and cluster.is_named:
                added.append(Filler(settings["signatory"], heads[0], index))
        if added:  # "Kenya's president, Mwai Kibaki": the name stands for the office
            draft.fillers = [f for f in draft.fillers if f.cluster in signing or not _is_office(f, resolver)] + added


def _told_within(token: Token, trigger: Token) -> bool:
    """Whether a word stands in a clause about somebody else: "the rebels that fought X signed"."""
    while token not in (trigger, token.head):
        if token.dep_.startswith("acl") and not token.is_ancestor(trigger):
            return True
        token = token.head
    return False


def _is_office(filler: Filler, resolver: Resolver) -> bool:
    cluster = resolver.clusters[filler.cluster]
    return cluster.type == "Person" and not cluster.is_named


def _named(index: int, trigger: Token, resolver: Resolver) -> int:
    """A person told by office whose name follows: "Kenya's president, Mwai Kibaki"."""
    cluster = resolver.clusters[index]
    if cluster.type == "Person" and not cluster.is_named:
        for mention in cluster.mentions:
            names = [c for c in mention.head.children if c.dep_ == "appos" and c.sent == trigger.sent]
            for other in (i for name in names for i in resolver.clusters_of(name)):
                if resolver.clusters[other].type == "Person" and resolver.clusters[other].is_named:
                    return other
    return index


def _onlookers(trigger: Token, resolver: Resolver, lexicon: Lexicon) -> set[int]:
    """Who is told to witness or attend a signing: the subject of the verb that it is the object of."""
    verb = trigger.head
    parts = lexicon.data("agreements")["parts"].values()
    if trigger.pos_ != "NOUN" or not any(verb.lemma_.lower() in (*p["object"], *p["occasion"]) for p in parts):
        return set()
    deep = relations(verb, lexicon.grammar)
    return {i for name in ("subject", "with") for t in deep.get(name, ()) for i in resolver.clusters_of(t)}


def _accompanying(draft: Draft) -> set[int]:
    """Who is only beside a signing: "with X looking on, A and B signed", "with the envoy, X, at their side"."""
    found = set()
    for filler in draft.fillers:
        doc, start = filler.token.doc, filler.token.left_edge.i
        end = max([filler.token.i, *(c.i for c in filler.token.children if c.dep_ == "flat")]) + 1
        with_ = "with" in (doc[start].lower_, doc[max(start - 1, 0)].lower_)
        beside = any(t.lower_ == "side" and case_of(t) == "at" for t in doc[end : end + _BESIDE])
        if with_ and end < len(doc) and (doc[end].tag_ == "VBG" or beside):
            found.add(filler.cluster)
    return found


def _whose_party(draft: Draft, resolver: Resolver) -> set[int]:
    """Persons by whom a party is told: "between Chad and the government of President X"."""
    return {
        f.cluster
        for f in draft.fillers
        if resolver.clusters[f.cluster].type == "Person"
        and f.token.dep_ == "nmod"
        and case_of(f.token) == "of"
        and any(resolver.clusters[i].type in _LED for i in resolver.clusters_of(f.token.head))
    }


def _standing_for(index: int, trigger: Token, resolver: Resolver) -> list[int]:
    """The parties that an unnamed signer stands for: "both sides", "the leaders of A and B"; else itself."""
    cluster = resolver.clusters[index]
    if is_pair(cluster):
        return sides(resolver, trigger) or [index]
    counted = counted_persons(cluster, trigger, resolver)
    if counted:
        return counted
    members = [] if cluster.is_named else _in_parentheses(cluster, resolver)
    if members:
        return members
    owners = delegates_of(cluster, resolver)
    plural = any(m.head.tag_ in ("NNS", "NNPS") for m in cluster.mentions)
    if owners and plural and all(resolver.clusters[i].is_named for i in owners):
        return owners
    return [index]


def _in_parentheses(cluster: Cluster, resolver: Resolver) -> list[int]:
    """The members of a group that follow it in parentheses: "six powers (Britain, China, ...)"."""
    for mention in cluster.mentions:
        doc, start = mention.head.doc, mention.head.i + 1
        if start < len(doc) and doc[start].text == "(":
            end = next((t.i for t in doc[start : start + _MAX_MEMBERS] if t.text == ")"), start)
            found = [i for t in doc[start:end] if t.ent_type_ for i in resolver.clusters_of(t) if can_sign(i, resolver)]
            if len(set(found)) > 1:
                return list(dict.fromkeys(found))
    return []


def _coordinated(draft: Draft, resolver: Resolver, settings: Mapping[str, Any]) -> list[int]:
    """Those in the role of who signs, and those before whom they are listed: whoever signs, the whole list does."""
    found: list[int] = []
    trigger = draft.trigger
    active = trigger.pos_ == "VERB" and not is_passive(trigger)
    roles = [f for f in draft.fillers if f.role == settings["signatory"]]
    led = any(f.token.i < trigger.i for f in roles)
    for filler in roles:
        late = active and led and filler.token.i > trigger.i and not _is_with(filler.token)
        if not late:  # "A and B signed it, an envoy said": the envoy stands for no subject
            first = filler.token
            while first.dep_ == "conj" and first.head.pos_ in ("PROPN", "NOUN"):
                first = first.head
            if first != filler.token and first.i > draft.trigger.i:
                found += [i for i in resolver.clusters_of(first) if can_sign(i, resolver)]
            found.append(filler.cluster)
    return list(dict.fromkeys(found))


def _is_with(token: Token) -> bool:
    """Whether a word stands in a phrase with a preposition, or in a list that does."""
    while token.dep_ in ("conj", "appos", "flat") and token.head != token:
        token = token.head
    return bool(case_of(token))


def _lands(draft: Draft, told: list[int], resolver: Resolver, lexicon: Lexicon) -> Iterator[int]:
    """Lands among those who sign: a country that no list knows is read as a place. A place that is listed with no other
    signer is that of a dateline.
    """
    deep = relations(draft.trigger, lexicon.grammar)
    tokens = {f.token for f in draft.fillers if f.cluster in told}
    opening = dateline_end(draft.trigger.sent)
    for name in _TAKING_PART:
        for token in deep.get(name, ()):
            if token.i < opening <= draft.trigger.i:
                continue
            listed = not told or any(token in conjuncts(t) or t in conjuncts(token) for t in tokens)
            for index in resolver.clusters_of(token) if listed else ():
                if resolver.clusters[index].type == "Place" and token.ent_type_:
                    yield index


def _whose_signatures(noun: Token, resolver: Resolver, settings: Mapping[str, Any]) -> list[int]:
    """Those named after a noun for signatures: "bears the signatures of X and of Y", "the signatories are X and Y",
    "the signatures of X and Y were added".
    """
    borne = agreement_signed(noun, settings) is not None
    said = noun.head.lemma_.lower() in ("be", "include") or any(c.dep_ == "cop" for c in noun.head.children)
    added = noun.dep_ == "nsubj:pass"
    if not borne and not added and not (noun.dep_ == "nsubj" and said):
        return []
    found: dict[int, None] = {}
    for token in noun.doc[noun.i + 1 : (noun.right_edge.i + 1 if added else noun.sent.end)]:
        if token.lower_ in RELATIVE_PRONOUNS and token.tag_ != "IN":
            break
        if token.ent_type_ == "PERSON":
            found.update({i: None for i in resolver.clusters_of(token) if resolver.clusters[i].type == "Person"})
    return list(found)


def agreement_signed(noun: Token, settings: Mapping[str, Any]) -> Token | None:
    """The subject of "bears the signature of": the agreement that is signed."""
    verb = noun.head
    if noun.lemma_.lower() not in settings["signatures"] or verb.lemma_.lower() not in settings["bearing"]:
        return None
    return own_subject(verb)


def _who_is_bound(participle: Token, resolver: Resolver, lexicon: Lexicon) -> list[int]:
    """Who acts under what was signed: "under a memorandum concluded with Chad, Niger is to" names the other party."""
    agreement = participle.head
    if participle.dep_ != "acl" or agreement.dep_ != "obl" or case_of(agreement) not in ("under", "in"):
        return []
    if "by" in relations(participle, lexicon.grammar) or resolver.type_of(agreement) != "Agreement":
        return []
    subject = own_subject(agreement.head)
    return [
        i
        for token in (conjuncts(subject) if subject is not None else ())
        for i in resolver.clusters_of(token)
        if resolver.clusters[i].type in PARTY_TYPES
    ]


def _as_witnesses(draft: Draft, told: list[int], resolver: Resolver, settings: Mapping[str, Any]) -> list[int]:
    """Who only witnesses: "signed as a witness", "X and Y, as witnesses, added their names", "with Z as witness"."""
    trigger = draft.trigger
    for noun in trigger.sent:
        those = noun.head if noun.head.lower_ == "those" else noun  # "added as those of witnesses"
        if noun.lemma_.lower() not in settings["witnesses"] or case_of(those) != "as":
            continue
        beside = [f.cluster for f in draft.fillers if case_of(f.token) == "with" and f.token.i < noun.i]
        if noun.i > trigger.i and noun.tag_ == "NN" and (companion := _companion(trigger, noun, resolver)):
            return [i for i in (*beside, *companion) if i in told] or companion
        if those.head == trigger:
            return beside if beside and noun.tag_ == "NN" and noun.i > trigger.i else told
        listed = list(conjuncts(noun.head)) if noun.tag_ == "NNS" else [noun.head]
        found = [i for t in listed for i in resolver.clusters_of(t) if i in told]
        if found:
            return found
    return []


def _companion(trigger: Token, noun: Token, resolver: Resolver) -> list[int]:
    """The person of "with X, who had brought them together, as the only witness", between a signing and the noun."""
    for token in reversed(trigger.doc[trigger.i + 1 : noun.i]):
        if token.lower_ == "with" and token.dep_ in ("case", "mark"):
            found = [i for t in trigger.doc[token.i + 1 : noun.i] if t.ent_type_ for i in resolver.clusters_of(t)]
            return next(([i] for i in found if resolver.clusters[i].type == "Person"), [])
    return []
