"""Agreements as things: who signed each, for whom, when and where, drawn from all sentences of a document together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.language.coreference import Cluster
from kg.language.mentions import TextMention, nominals
from kg.model import Modality, Time

from .arguments import Filler, Resolver
from .lexicon import Lexicon
from .relations import case_of, conjuncts, relations

_PARTIES = ("between", "with", "reciprocal")


@dataclass(slots=True)
class Draft:
    """A report before it has its final form: the trigger, what fills its roles, and the rest that its sentence
    tells.
    """

    trigger: Token
    type: str
    mode: str | None
    fillers: list[Filler]
    modality: Modality
    time: Time | None = None

    def clusters(self, role: str) -> list[int]:
        return [f.cluster for f in self.fillers if f.role == role]


@dataclass(slots=True)
class Signing:
    """One agreement's signing: clusters of the agreement, its signatories and places, and the drafts drawn on."""

    agreement: int
    signatories: list[int] = field(default_factory=list)
    acts_for: list[tuple[int, int]] = field(default_factory=list)
    time: Time | None = None
    places: list[int] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)


def signings(doc: Doc, drafts: Sequence[Draft], resolver: Resolver, lexicon: Lexicon) -> list[Signing]:
    """One signing per agreement that the document says was signed or concluded; none that is only foreseen or
    denied.
    """
    settings = lexicon.data("agreements")
    telling = [d for d in drafts if d.type == settings["type"] and d.modality == Modality.ASSERTED]
    signed = [d for d in telling if d.mode == settings["mode"]]
    concluded = [
        d for d in telling if d.mode != settings["mode"] and d.trigger.lemma_.lower() in settings["concluding"]
    ]
    found: dict[int, Signing] = {}
    for draft in [*signed, *concluded]:
        for agreement in draft.clusters(settings["agreement"]):
            found.setdefault(agreement, Signing(agreement)).drafts.append(draft)
    _adopt(signed, found, resolver, settings)
    for signing in found.values():
        _fill(signing, resolver, lexicon)
    ordered = sorted(found.values(), key=lambda s: resolver.clusters[s.agreement].mentions[0].span.start)
    return [s for s in ordered if s.signatories]


def _adopt(signed: Iterable[Draft], found: dict[int, Signing], resolver: Resolver, settings: dict[str, str]) -> None:
    """Give "the signing" with no agreement of its own to the agreement told last before it."""
    for draft in signed:
        if draft.clusters(settings["agreement"]) or not found:
            continue
        before = [
            (m.head.i, s)
            for s in found.values()
            for m in resolver.clusters[s.agreement].mentions
            if m.head.i < draft.trigger.i
        ]
        signing = max(before, key=lambda pair: pair[0])[1] if before else next(iter(found.values()))
        signing.drafts.append(draft)


def _fill(signing: Signing, resolver: Resolver, lexicon: Lexicon) -> None:
    settings = lexicon.data("agreements")
    cluster = resolver.clusters[signing.agreement]
    parties: dict[int, None] = {}
    for draft in sorted(signing.drafts, key=lambda d: d.trigger.i):
        for index in draft.clusters(settings["signatory"]):
            parties.setdefault(index)
        signing.places += [i for i in draft.clusters(settings["place"]) if i not in signing.places]
    named: dict[int, None] = {}
    for mention in cluster.mentions:
        deep = relations(mention.head, lexicon.grammar)
        for name in _PARTIES:
            for token in deep.get(name, ()):
                for index in resolver.clusters_of(token):
                    if resolver.clusters[index].type in lexicon.role_types[settings["signatory"]]:
                        named.setdefault(index)
    if len(named) >= 2 or parties:
        for index in named:
            parties.setdefault(index)
    signing.time = _time(signing, cluster)
    for index in list(parties):
        for party in affiliations(resolver.clusters[index], resolver):
            signing.acts_for.append((index, party))
            parties.setdefault(party)
    signing.signatories = list(parties)
    if not signing.places:
        signing.places = _places_of(cluster, resolver, lexicon)


def _time(signing: Signing, cluster: Cluster) -> Time | None:
    """The finest date that a report of the signing or a name of the agreement gives ("the February 29 agreement")."""
    dates = [d.time for d in signing.drafts if d.time is not None]
    for mention in cluster.mentions:
        for span in mention.head.doc.spans.get("timex", ()):
            if span._.time is not None and mention.span.start <= span.start and span.end <= mention.head.i + 1:
                dates.append(span._.time)
    days = [d for d in dates if d.precision == "day"]
    return next(iter(days or dates), None)


def _places_of(cluster: Cluster, resolver: Resolver, lexicon: Lexicon) -> list[int]:
    """The place that an agreement's name tells: "the Doha accord", "the accord signed in Doha"."""
    for mention in cluster.mentions:
        for child in mention.head.children:
            if child.dep_ in ("compound", "amod", "nmod") and child.i < mention.head.i and not case_of(child):
                for filler in resolver.place_fillers(child):
                    if resolver.clusters[filler.cluster].type == "Place":
                        return [filler.cluster]
    return []


def affiliations(cluster: Cluster, resolver: Resolver) -> list[int]:
    """The states, organisations and groups that a person's title, apposition or "on behalf of" names."""
    if cluster.type != "Person":
        return []
    found: dict[int, None] = {}
    for mention in cluster.mentions:
        if mention.kind == "pronoun":
            continue
        tokens = [t for t in mention.span if t.i != mention.head.i] + [m.head for m in mention.modifiers]
        for child in mention.head.children:
            if child.dep_ in ("appos", "nmod", "flat") or (child.dep_ == "acl" and child.lemma_ == "represent"):
                tokens += (
                    [t for c in conjuncts(child) for t in c.subtree if t.ent_type_]
                    if child.dep_ != "nmod" or case_of(child) in ("of", "for")
                    else []
                )
        tokens += _respective(cluster, mention, resolver)
        for token in tokens:
            for index in resolver.clusters_of(token):
                party = resolver.clusters[index]
                if party is not cluster and party.type in (
                    "State",
                    "Organization",
                    "ArmedGroup",
                    "InternationalOrganization",
                ):
                    found.setdefault(index)
    return list(found)


def _respective(cluster: Cluster, mention: TextMention, resolver: Resolver) -> list[Token]:
    """The party of one of several persons: the first of "the leaders of A and B, X and Y" is A's."""
    first = mention.head
    while first.dep_ == "conj" and first.head.pos_ == "PROPN":
        first = first.head
    named, noun = list(conjuncts(first)), first.head
    parties = [p for c in noun.children if c.dep_ == "nmod" and case_of(c) == "of" for p in conjuncts(c)]
    if noun.tag_ in ("NNS", "NNPS") and len(named) == len(parties) > 1 and mention.head in named:
        return [parties[named.index(mention.head)]]
    return []


def terms(trigger: Token, resolver: Resolver) -> int | None:
    """The agreement that stipulates an event: "the deal calls for the release", "under the accord, they will
    withdraw".
    """
    token = trigger
    for _ in range(6):
        for child in token.children:
            if child.dep_ == "obl" and case_of(child) in ("under",):
                for index in resolver.clusters_of(child):
                    if resolver.clusters[index].type == "Agreement":
                        return index
        head = token.head
        if head == token:
            return None
        for child in head.children:
            if child.dep_ in ("nsubj", "nsubj:pass") and child.i != token.i and head.pos_ == "VERB":
                for index in resolver.clusters_of(child):
                    if resolver.clusters[index].type == "Agreement" and not child.is_ancestor(trigger):
                        return index
        token = head
    return None


def stipulating(doc: Doc, resolver: Resolver) -> frozenset[int]:
    """The verbs whose subject is an agreement: what they govern are its terms."""
    return frozenset(
        token.head.i
        for token in doc
        if token.dep_ == "nsubj"
        and token.head.pos_ == "VERB"
        and (resolver.type_of(token) == "Agreement" or token.lemma_.lower() in nominals().terms)
    )
