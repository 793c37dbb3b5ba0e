"""Signers: who put a name to an agreement in one sentence, and for whom.

The frame of the signing word gives most. The rest is read off the words: names before a verb whose subject the
parser hung on the next verb, and pairs of signer and party after it ("X signed for A and Y on behalf of B").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Span, Token

from kg.language.coreference import Cluster

from ..arguments import Resolver
from ..lexicon import Lexicon
from ..relations import relations
from ..ud import RELATIVE_PRONOUNS, case_of, conjuncts, is_passive
from .dates import dateline_end
from .drafts import Draft
from .parties import PARTY_TYPES, counted_persons, delegates_of, is_pair, sides

_TAKING_PART = ("subject", "with", "between", "by", "reciprocal")
_MAX_MEMBERS = 40  # tokens of a list in parentheses
_FINITE = ("VBD", "VBZ", "VBP", "MD")


@dataclass(slots=True)
class Signers:
    """Clusters in the order of the text: who signs, for whom (signer, party), and who only witnesses."""

    signing: dict[int, None] = field(default_factory=dict)
    acts_for: list[tuple[int, int]] = field(default_factory=list)
    witnessing: list[int] = field(default_factory=list)


def signers_of(draft: Draft, resolver: Resolver, lexicon: Lexicon) -> Signers:
    """Who signs at one trigger."""
    settings = lexicon.data("agreements")
    trigger = draft.trigger
    told = _coordinated(draft, resolver, settings)
    told = list(dict.fromkeys([*told, *_lands(draft, told, resolver, lexicon)]))
    opening = dateline_end(trigger.sent)
    datelines = {f.cluster for f in draft.fillers if f.token.i < opening} if trigger.i >= opening else set()
    told = [i for i in told if i not in _onlookers(trigger, resolver, lexicon) and i not in datelines]
    told = list(dict.fromkeys([*(_named(i, trigger, resolver) for i in told), *_right_before(trigger, resolver)]))
    if not told and trigger.pos_ == "VERB" and not is_passive(trigger):
        told = _before(trigger, resolver)
    witnesses = _as_witnesses(draft, told, resolver, settings)
    told = [i for i in told if i not in witnesses]
    found = Signers(
        dict.fromkeys(i for index in told for i in _standing_for(index, trigger, resolver)), witnessing=witnesses
    )
    if told and draft.mode == settings["mode"]:
        _read_behalf(trigger, told, found, resolver, settings["on behalf"])
    return found


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


def _right_before(trigger: Token, resolver: Resolver) -> list[int]:
    """The person whose name stands right before a verb, whatever the parser hung it on: "X, and Y, signed"."""
    if trigger.pos_ != "VERB" or is_passive(trigger):
        return []
    i = trigger.i - 1
    while i > trigger.sent.start and (trigger.doc[i].is_punct or trigger.doc[i].head == trigger):
        if trigger.doc[i].dep_.startswith("nsubj"):
            return []  # it has a subject of its own there
        i -= 1
    token = trigger.doc[i]
    found = resolver.clusters_of(token) if token.ent_type_ == "PERSON" else ()
    return [i for i in found if resolver.clusters[i].type == "Person"]


def _onlookers(trigger: Token, resolver: Resolver, lexicon: Lexicon) -> set[int]:
    """Who is told to witness or attend a signing: the subject of the verb that it is the object of."""
    verb = trigger.head
    parts = lexicon.data("agreements")["parts"].values()
    if trigger.pos_ != "NOUN" or not any(verb.lemma_.lower() in (*p["object"], *p["occasion"]) for p in parts):
        return set()
    deep = relations(verb, lexicon.grammar)
    return {i for name in ("subject", "with") for t in deep.get(name, ()) for i in resolver.clusters_of(t)}


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
            found = [
                i for t in doc[start:end] if t.ent_type_ for i in resolver.clusters_of(t) if _can_sign(i, resolver)
            ]
            if len(set(found)) > 1:
                return list(dict.fromkeys(found))
    return []


def _coordinated(draft: Draft, resolver: Resolver, settings: Mapping[str, Any]) -> list[int]:
    """Those in the role of who signs, and those before whom they are listed: whoever signs, the whole list does."""
    found: list[int] = []
    for filler in draft.fillers:
        if filler.role == settings["signatory"]:
            first = filler.token
            while first.dep_ == "conj" and first.head.pos_ in ("PROPN", "NOUN"):
                first = first.head
            if first != filler.token and first.i > draft.trigger.i:
                found += [i for i in resolver.clusters_of(first) if _can_sign(i, resolver)]
            found.append(filler.cluster)
    return list(dict.fromkeys(found))


def _lands(draft: Draft, told: list[int], resolver: Resolver, lexicon: Lexicon) -> Iterator[int]:
    """Lands among those who sign: a country that no list knows is read as a place. A place that is listed with no other
    signer is that of a dateline.
    """
    deep = relations(draft.trigger, lexicon.grammar)
    tokens = {f.token for f in draft.fillers if f.cluster in told}
    for name in _TAKING_PART:
        for token in deep.get(name, ()):
            listed = not told or any(token in conjuncts(t) or t in conjuncts(token) for t in tokens)
            for index in resolver.clusters_of(token) if listed else ():
                if resolver.clusters[index].type == "Place" and token.ent_type_:
                    yield index


def _before(verb: Token, resolver: Resolver) -> list[int]:
    """The names and nouns that can be the subject of a verb, between it and what begins its clause."""
    start = verb.sent.start
    for token in reversed(verb.doc[start : verb.i]):
        parted = token.text in (";", ":", "—", "–") or (token.text == "-" and token.whitespace_)
        finite = token.tag_ in _FINITE and token.head != verb
        if parted or finite or (token.lower_ in RELATIVE_PRONOUNS and token.dep_ != "det"):
            start = token.i + 1
            break
    found: dict[int, None] = {}
    for token in verb.doc[start : verb.i]:
        if token.dep_ in ("nsubj", "conj", "appos", "dep", "obj", "ROOT", "nsubj:pass") and not case_of(token):
            for one in resolver.persons.get(token.i, (token,)):
                found.update({i: None for i in resolver.clusters_of(one) if _can_sign(i, resolver) and one.i < verb.i})
    return list(found)


def _can_sign(index: int, resolver: Resolver) -> bool:
    cluster = resolver.clusters[index]
    return cluster.type in (*PARTY_TYPES, "Person") or (cluster.type == "Place" and cluster.is_named)


def _as_witnesses(draft: Draft, told: list[int], resolver: Resolver, settings: Mapping[str, Any]) -> list[int]:
    """Who only witnesses: "signed as a witness", "X and Y, as witnesses, added their names", "with Z as witness"."""
    trigger = draft.trigger
    for noun in trigger.sent:
        if noun.lemma_.lower() not in settings["witnesses"] or case_of(noun) != "as":
            continue
        beside = [f.cluster for f in draft.fillers if case_of(f.token) == "with" and f.token.i < noun.i]
        if noun.head == trigger:
            return beside if beside and noun.tag_ == "NN" and noun.i > trigger.i else told
        listed = list(conjuncts(noun.head)) if noun.tag_ == "NNS" else [noun.head]
        found = [i for t in listed for i in resolver.clusters_of(t) if i in told]
        if found:
            return found
    return []


def _read_behalf(trigger: Token, told: list[int], found: Signers, resolver: Resolver, nouns: Mapping[str, str]) -> None:
    """Who signed for whom: "signed for Israel", "X for A and Y on behalf of B", "signed for A by X"."""
    passive = is_passive(trigger)
    stretches = list(_behalves(trigger, resolver, nouns))
    if not stretches:
        return
    start = trigger.i + 1
    for number, (first, end, parties) in enumerate(stretches):
        persons = _persons(trigger.doc[start:first], resolver)
        if not persons and passive:
            until = stretches[number + 1][0] if number + 1 < len(stretches) else trigger.sent.end
            persons = _persons(trigger.doc[end:until], resolver)
        elif not persons and number == 0:
            persons = [i for i in told if resolver.clusters[i].type == "Person"]
        pairs = zip(persons, parties, strict=True) if len(persons) == len(parties) else None
        if pairs is None and len(parties) == 1:
            pairs = zip(persons, parties * len(persons), strict=True)
        found.acts_for += pairs or ()
        found.signing.update(dict.fromkeys([*persons, *parties]))
        start = end


def _behalves(trigger: Token, resolver: Resolver, nouns: Mapping[str, str]) -> Iterator[tuple[int, int, list[int]]]:
    """Each "for A" and "on behalf of A and B" after a signing word: first token, end, and the parties. `nouns` are
    those of such phrases, with their prepositions.
    """
    sentence = trigger.sent
    for token in trigger.doc[trigger.i + 1 : sentence.end]:
        if token.tag_ in _FINITE and token.head != trigger and token.dep_ != "acl:relcl" and token.lemma_ != "do":
            return  # another clause
        if token.lower_ == "for" and token.dep_ == "case" and token.nbor(-1).text != "-":
            heads = [token.head]
            first = token.i
        elif token.lower_ in nouns and case_of(token) == nouns[token.lower_]:
            heads = [c for c in token.children if c.dep_ in ("nmod", "nmod:poss")]
            first = next(c.i for c in token.children if c.dep_ == "case")
        else:
            continue
        listed = [t for head in heads for t in _listed(head, sentence)]
        parties = [i for t in listed for i in resolver.clusters_of(t) if _is_party(i, t, resolver)]
        if parties and not _told_of_another(token, trigger):
            yield first, max(t.i for t in listed) + 1, list(dict.fromkeys(parties))


def _told_of_another(token: Token, trigger: Token) -> bool:
    """Whether another verb stands between a phrase and the signing: "convicted of spying for Israel"."""
    while token not in (trigger, token.head):
        token = token.head
        if token.pos_ == "VERB" and token != trigger and token.lemma_ != "do" and token.i > trigger.i:
            return True
    return False


def _listed(head: Token, sentence: Span) -> Iterable[Token]:
    """A party with those coordinated to it, up to the next person: "for A, and Y for B" names A alone."""
    parts = [head, *(c for c in head.children if c.dep_ == "flat")]  # what follows may hang on a name's last part
    for token in (t for part in parts for t in conjuncts(part)):
        if token not in parts and (token.ent_type_ == "PERSON" or token.i >= sentence.end):
            return
        yield token


def _is_party(index: int, token: Token, resolver: Resolver) -> bool:
    cluster = resolver.clusters[index]
    return cluster.type in PARTY_TYPES or (cluster.type == "Place" and bool(token.ent_type_))


def _persons(stretch: Iterable[Token], resolver: Resolver) -> list[int]:
    """The persons of a stretch; those in of-phrases only say who another is."""
    found: dict[int, None] = {}
    for token in stretch:
        if case_of(token) not in ("of", "with", "from", "to"):
            found.update({i: None for i in resolver.clusters_of(token) if resolver.clusters[i].type == "Person"})
    return list(found)
