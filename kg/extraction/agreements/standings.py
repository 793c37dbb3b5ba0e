"""How an agreement stands: in force, broken, suspended, expired or ended, at each word that tells it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spacy.tokens import Token

from kg.model import Modality, Time

from ..arguments import Resolver
from ..attribution import attribution
from ..lexicon import Lexicon
from ..modality import modality
from ..phrases import parted, word_forms
from ..readings import Reading
from ..relations import Relations, relations
from .drafts import Draft, State

_OF = ("of", "to", "object", "into")
_INSIDE = ("on", "from", "of", "with", "out", "away")  # where the agreement stands after "renege on", "pull out of"


def standings(
    drafts: Sequence[Draft], reading: Reading, stipulating: frozenset[int], resolver: Resolver, lexicon: Lexicon
) -> list[State]:
    """Every word that tells how an agreement stands, told as so; what may or will be is left out."""
    table = lexicon.data("agreements")["standing"]
    dated = {d.trigger.i: d.time for d in drafts}
    found: dict[tuple[int, int], State] = {}
    telling = _telling(table)
    for i, forms in enumerate(word_forms(resolver.doc)):
        token = resolver.doc[i]
        if telling.isdisjoint(forms) or token.pos_ not in ("VERB", "NOUN", "ADJ", "AUX"):
            continue
        for words in table:
            for agreement, by in _told(token, words, resolver, lexicon):
                manner = modality(token, reading.entries, stipulating, lexicon)
                denied = manner == Modality.NEGATED
                if manner not in (Modality.ASSERTED, Modality.NEGATED) or (denied and "denied" not in words):
                    continue
                state = State(
                    agreement,
                    token,
                    words["denied" if denied else "validity"],
                    by,
                    dated.get(token.i) or _time(token),
                    _speaker(token, reading, resolver, lexicon),
                )
                found.setdefault((agreement, token.i), state)
    return list(found.values())


def _telling(table: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The words at which something may be told: the first of each phrase, and the last of "be in force"."""
    phrases = [parted(p) for words in table for p in (*words["subject"], *words["object"], *words["of"])]
    return frozenset(word for phrase in phrases for word in (phrase[0], phrase[-1]))


def _told(
    token: Token, words: Mapping[str, Any], resolver: Resolver, lexicon: Lexicon
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The agreements of which a word tells this, and who did it."""
    if token.pos_ == "NOUN":
        if token.lemma_.lower() in words["of"]:
            deep = relations(token, lexicon.grammar)
            for agreement in _agreements(deep, _OF, resolver):
                yield agreement, _doers(deep, ("by", "possessive"), agreement, resolver)
        return
    subject, matter = _listed(token, words["subject"]), _listed(token, words["object"])
    if not subject and not matter:
        return
    deep = relations(token, lexicon.grammar)
    if subject and (matter or not any(c.dep_ == "obj" and c.pos_ == "NOUN" for c in _own_objects(token, words))):
        for agreement in _agreements(deep, ("subject",), resolver):
            yield agreement, ()
    if matter:
        for agreement in _agreements(deep, ("object", *_INSIDE), resolver):
            yield agreement, _doers(deep, ("subject",), agreement, resolver)


def _listed(token: Token, phrases: Sequence[str]) -> bool:
    """Whether a verb, with the words that a phrase has after it, is among these."""
    lemma = token.lemma_.lower()
    for phrase in phrases:
        head, *rest = parted(phrase)
        if head == "be" and rest and token.lower_ == rest[-1] and any(c.dep_ == "cop" for c in token.children):
            return True  # "is in force": the parser makes the noun the head
        if lemma == head and all(w in {t.lower_ for t in token.doc[token.i + 1 : token.i + 5]} for w in rest):
            return True
    return False


def _own_objects(token: Token, words: Mapping[str, Any]) -> list[Token]:
    """The objects of a verb that belong to no phrase: "ending the war", unlike "takes effect"."""
    fixed = {w for phrase in words["subject"] for w in phrase.split()[1:]}
    return [c for c in token.children if c.lower_ not in fixed]


def _agreements(deep: Relations, names: Sequence[str], resolver: Resolver) -> list[int]:
    found = [i for name in names for t in deep.get(name, ()) for i in resolver.clusters_of(t)]
    return [i for i in dict.fromkeys(found) if resolver.clusters[i].type == "Agreement"]


def _doers(deep: Relations, names: Sequence[str], agreement: int, resolver: Resolver) -> tuple[int, ...]:
    actors = resolver.lexicon.role_types[resolver.lexicon.data("agreements")["signatory"]]
    found = [i for name in names for t in deep.get(name, ()) for i in resolver.clusters_of(t)]
    return tuple(i for i in dict.fromkeys(found) if i != agreement and resolver.clusters[i].type in actors)


def _time(token: Token) -> Time | None:
    """The time that hangs on the word itself."""
    for span in token.doc.spans.get("timex", ()):
        if span.root.head == token and span._.time is not None:
            time: Time = span._.time
            return time
    return None


def _speaker(token: Token, reading: Reading, resolver: Resolver, lexicon: Lexicon) -> int | None:
    speaker = reading.speaker.get(token.i) or attribution(token, reading.entries, lexicon)
    found = resolver.clusters_of(speaker) if speaker is not None else ()
    return next((i for i in found if resolver.clusters[i].type not in ("Agreement", "Place")), None)
