"""Agreements as things: who signed each, for whom, when and where, drawn from all sentences of a document together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.language.coreference import Cluster
from kg.language.mentions import TextMention, nominals
from kg.model import Modality, Time

from .arguments import Filler, Resolver
from .lexicon import Entry, Lexicon
from .lists import office_of
from .relations import Relations, relations
from .ud import case_of, conjuncts

_PARTIES = ("between", "with", "reciprocal")
_PARTY_TYPES = ("State", "Organization", "ArmedGroup", "InternationalOrganization")


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
    about_another: bool = False  # it has an object, which is no agreement: "the one that they signed in 1991"

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
        if signing.time is None:
            signing.time = _agreed_on(signing, telling)
    ordered = sorted(found.values(), key=lambda s: resolver.clusters[s.agreement].mentions[0].span.start)
    return [s for s in ordered if s.signatories]


def _adopt(signed: Iterable[Draft], found: dict[int, Signing], resolver: Resolver, settings: dict[str, str]) -> None:
    """Give "the signing" with no agreement of its own to the agreement told last before it."""
    for draft in signed:
        if draft.clusters(settings["agreement"]) or draft.about_another or not found:
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
        signers = draft.clusters(settings["signatory"])
        parties.update(dict.fromkeys(signers))
        represented = _represented(draft, resolver)
        parties.update(dict.fromkeys(represented))
        persons = [i for i in signers if resolver.clusters[i].type == "Person"]
        if len(persons) == len(represented):
            signing.acts_for += zip(persons, represented, strict=True)
        signing.places += [i for i in draft.clusters(settings["place"]) if i not in signing.places]
    named = _named_parties(cluster, resolver, lexicon)
    if len(named) >= 2 or parties:
        parties.update(dict.fromkeys(named))
    if any(resolver.clusters[i].is_named for i in parties):
        parties = {i: None for i in parties if resolver.clusters[i].is_named or resolver.clusters[i].type != "Person"}
    if sum(resolver.clusters[i].is_named for i in parties) >= 2:
        # "Balkan Leaders Sign": once the text has named them, the leaders are no further signatory
        parties = {i: None for i in parties if resolver.clusters[i].is_named or _is_of_party(resolver.clusters[i])}
    signing.time = _time(signing, cluster)
    acting = {person for person, _ in signing.acts_for}
    for index in list(parties):
        if index not in acting:
            for party in affiliations(resolver.clusters[index], resolver)[:1]:
                signing.acts_for.append((index, party))
                parties.setdefault(party)
    signing.signatories = list(parties)
    if not signing.places:
        signing.places = _places_of(cluster, resolver, lexicon)


def _represented(draft: Draft, resolver: Resolver) -> list[int]:
    """Whom the signers signed for: "signed for Israel", "on behalf of the United States and the Taliban"."""
    found: list[int] = []
    for child in draft.trigger.children:
        if child.dep_ != "obl":
            continue
        behalf = child.lemma_.lower() == "behalf"
        heads = [c for c in child.children if c.dep_ in ("nmod", "nmod:poss")] if behalf else [child]
        if behalf or case_of(child) == "for":
            for token in (t for head in heads for t in conjuncts(head)):
                found += [i for i in resolver.clusters_of(token) if resolver.clusters[i].type in _PARTY_TYPES]
    return list(dict.fromkeys(found))


def _named_parties(cluster: Cluster, resolver: Resolver, lexicon: Lexicon) -> list[int]:
    """The parties in an agreement's own phrases: "the deal between A and B", "a pact with C"."""
    types = lexicon.role_types[lexicon.data("agreements")["signatory"]]
    named: dict[int, None] = {}
    for mention in cluster.mentions:
        deep = relations(mention.head, lexicon.grammar)
        for name in _PARTIES:
            for token in deep.get(name, ()):
                named.update({i: None for i in resolver.clusters_of(token) if resolver.clusters[i].type in types})
    return list(named)


def _is_of_party(cluster: Cluster) -> bool:
    """Whether an unnamed group is told by whose it is: "members of Libya's parliaments"."""
    return bool(cluster.of) and cluster.type != "Person"


def _agreed_on(signing: Signing, telling: Sequence[Draft]) -> Time | None:
    """The one day on which the document says that two of the signatories agreed, where no sentence dates the
    signing.
    """
    days = {
        draft.time
        for draft in telling
        if draft.time is not None
        and draft.time.precision == "day"
        and len(set(signing.signatories) & {f.cluster for f in draft.fillers}) > 1
    }
    return days.pop() if len(days) == 1 else None


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
    """The states, organisations and groups that a person's title or apposition names, the likeliest first."""
    if cluster.type != "Person":
        return []
    found: dict[int, None] = {}
    for mention in cluster.mentions:
        if mention.kind == "pronoun":
            continue
        tokens = _respective(mention, resolver)
        tokens += [t for t in mention.span if t.i != mention.head.i] + [m.head for m in mention.modifiers]
        for child in _describing(mention.head):
            tokens += [t for t in child.subtree if t.ent_type_]
        for token in tokens:
            for index in resolver.clusters_of(token):
                party = resolver.clusters[index]
                if party is not cluster and party.type in _PARTY_TYPES:
                    found.setdefault(index)
    return list(found)


def _describing(name: Token) -> list[Token]:
    """The appositions and of-phrases that say who a person is; in a list, those between its name and the next."""
    following = [t.i for t in conjuncts(name) if t.i > name.i]
    end = min(following, default=len(name.doc))
    found = [
        c
        for c in name.children
        if c.i < end
        and c.lemma_.lower() not in nominals().others
        and (c.dep_ == "appos" or (c.dep_ == "nmod" and case_of(c) in ("of", "for")))
    ]
    if name.dep_ == "conj":  # the parser hangs what follows the last name of a list on the first
        found += [c for c in name.head.children if c.dep_ == "appos" and c.i > name.i and not following]
    return found


def _respective(mention: TextMention, resolver: Resolver) -> list[Token]:
    """The party of one of several persons: the first of "the leaders of A and B, X and Y" is A's."""
    persons = resolver.persons.get(mention.head.i, ())
    if mention.head not in persons:
        return []
    first = next(m for m in resolver.mentions_of(persons[0]) if m.kind == "name")
    office = office_of(first)
    if office is None:
        return []
    parties = [p for c in office.children if c.dep_ == "nmod" and case_of(c) == "of" for p in conjuncts(c)]
    parties = [p for p in parties if p.i < first.span.start]
    return [parties[persons.index(mention.head)]] if len(parties) == len(persons) else []


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


def adopt_documents(
    entries: dict[int, Entry], deep: dict[int, Relations], resolver: Resolver, lexicon: Lexicon
) -> None:
    """Make agreements of what is signed though its noun names no agreement: "signed the statement", "a road map"."""
    settings = lexicon.data("agreements")
    for i, entry in entries.items():
        if entry.mode == settings["mode"]:
            for token in (*deep[i].get("object", ()), *deep[i].get("of", ())):
                if token.lemma_.lower() in settings["papers"] and resolver.refer(token, settings["class"]):
                    continue
                if token.lemma_.lower() in settings["documents"]:
                    for index in resolver.clusters_of(token):
                        if resolver.clusters[index].type in ("", "Organization"):  # the model takes a name for one
                            resolver.clusters[index].type = settings["class"]
