"""For whom signers sign: "signed for Israel", "X, on behalf of A, and Y, in the name of B, signed"."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from spacy.tokens import Span, Token

from ..arguments import Resolver
from ..ud import FINITE, case_of, conjuncts, is_passive
from .drafts import Signers
from .parties import PARTY_TYPES, affiliations


def read_behalf(trigger: Token, told: list[int], found: Signers, resolver: Resolver, nouns: Mapping[str, str]) -> None:
    """Who signed for whom: "signed for Israel", "X for A and Y on behalf of B", "signed for A by X"."""
    passive = is_passive(trigger)
    _read_before(trigger, told, found, resolver, nouns)
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
            if trigger.dep_ == "acl:relcl":  # "X and Y, who signed for A": Y did
                before = _persons(trigger.doc[trigger.sent.start : trigger.left_edge.i], resolver)
                persons = [i for i in before if i in persons][-1:] or persons
        if len(persons) == 1 and not any(t.ent_type_ for t in trigger.doc[first:end]):
            # "signed for the mediating country": what describes the signer says better who that is
            parties = affiliations(resolver.clusters[persons[0]], resolver)[:1] or parties
        pairs = zip(persons, parties, strict=True) if len(persons) == len(parties) else None
        if pairs is None and len(parties) == 1:
            pairs = zip(persons, parties * len(persons), strict=True)
        found.acts_for += pairs or ()
        found.signing.update(dict.fromkeys([*persons, *parties]))
        start = end


def _read_before(trigger: Token, told: list[int], found: Signers, resolver: Resolver, nouns: Mapping[str, str]) -> None:
    """ "X, on behalf of A, and Y, for B, signed": each phrase is of the signer told last before it."""
    for token in trigger.doc[trigger.sent.start : trigger.i]:
        named = bool(token.ent_type_) and case_of(token) == "for"
        if not named and nouns.get(token.lower_, "-") != case_of(token):
            continue
        heads = [token] if named else [c for c in token.children if c.dep_ in ("nmod", "nmod:poss")]
        parties = [i for t in heads for i in resolver.clusters_of(t) if _is_party(i, t, resolver)]
        before = _persons(trigger.doc[trigger.sent.start : token.i], resolver)
        right_before = [i for i in resolver.clusters_of(_word_before(token)) if named and i in before]
        persons = right_before or [i for i in before if i in told]
        if parties and persons and told:
            found.acts_for += [(persons[-1], party) for party in parties]
            found.signing.update(dict.fromkeys([persons[-1], *parties]))


def _word_before(noun: Token) -> Token:
    """The last word before the preposition that opens a phrase; a comma may stand between."""
    start = next((c.i for c in noun.children if c.dep_ == "case"), noun.i)
    return noun.doc[max(start - 2 if noun.doc[start - 1].text == "," else start - 1, 0)]


def _behalves(trigger: Token, resolver: Resolver, nouns: Mapping[str, str]) -> Iterator[tuple[int, int, list[int]]]:
    """Each "for A" and "on behalf of A and B" after a signing word: first token, end, and the parties. `nouns` are
    those of such phrases, with their prepositions.
    """
    sentence = trigger.sent
    # "did so for B", "followed by Y for B": verbs that tell of the same deed
    going_on = ("do", *resolver.lexicon.data("agreements")["following"])
    for token in trigger.doc[trigger.i + 1 : sentence.end]:
        verb = token.head if token.dep_ in ("aux", "aux:pass", "cop") else token
        if token.tag_ in FINITE and token.head != trigger and verb.dep_ != "acl:relcl" and token.lemma_ != "do":
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
        if parties and not _told_of_another(token, trigger, going_on):
            yield first, max(t.i for t in listed) + 1, list(dict.fromkeys(parties))


def _told_of_another(token: Token, trigger: Token, going_on: Container[str]) -> bool:
    """Whether another verb stands between a phrase and the signing: "convicted of spying for Israel"; not one of a
    relative clause that a comma has closed: "and Y, who led the talks, for B".
    """
    case = next((c.i for c in token.children if c.dep_ == "case"), token.i)
    closed = trigger.doc[case - 1].text == ","
    while token not in (trigger, token.head):
        token = token.head
        another = token.pos_ == "VERB" and token != trigger and token.lemma_ not in going_on and token.i > trigger.i
        if another and not (closed and token.dep_ == "acl:relcl"):
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
    if cluster.type == "Place" and resolver.type_of(token.head) == "Agreement":
        return False  # "a code for the strait"
    return cluster.type in PARTY_TYPES or (cluster.type in ("Place", "Group") and bool(token.ent_type_))


def _persons(stretch: Iterable[Token], resolver: Resolver) -> list[int]:
    """The persons of a stretch; those in of-phrases only say who another is."""
    found: dict[int, None] = {}
    for token in stretch:
        if case_of(token) not in ("of", "with", "from", "to"):
            found.update({i: None for i in resolver.clusters_of(token) if resolver.clusters[i].type == "Person"})
    return list(found)
