"""Signings: which agreements a document says were signed or concluded, and all that its sentences tell of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from spacy.tokens import Token

from kg.language.coreference import Cluster
from kg.language.coreference.clusters import is_definite, words
from kg.language.mentions import TextMention
from kg.model import Modality

from ..arguments import Resolver
from ..lexicon import Lexicon
from ..ud import case_of
from .dates import NEWS, day_from_elsewhere, day_told
from .documents import described_agreement
from .drafts import Draft, Signing
from .joining import headline_end, join_headline, join_told_again
from .parties import affiliations, band_of, holders_told, homeland, is_irregular, named_parties, sides
from .parting import join_initialed, part_by_name, part_in_time, proper
from .signers import agreement_signed, signers_of

_THINGS = ("", "Other", "Place")
_BODIES = ("Organization", "ArmedGroup", "InternationalOrganization")
_SPOKEN_OF = 2  # sentences after an agreeing in which the agreement is spoken of


def signings(drafts: Sequence[Draft], resolver: Resolver, lexicon: Lexicon) -> list[Signing]:
    """One signing per agreement that the document says was signed or concluded; none that is only foreseen or
    denied.
    """
    settings = lexicon.data("agreements")
    telling = [d for d in drafts if d.type == settings["type"] and d.modality == Modality.ASSERTED]
    signed = [d for d in telling if d.mode == settings["mode"] and not _gives_up(d.trigger, settings)]
    concluded = [
        d for d in telling if d.mode != settings["mode"] and d.trigger.lemma_.lower() in settings["concluding"]
    ]
    found: dict[int, Signing] = {}
    for draft in [*signed, *concluded]:
        for agreement in _signed_in(draft, resolver, settings):
            found.setdefault(agreement, Signing(agreement)).drafts.append(draft)
    join_initialed(found, settings)
    _adopt(signed, found, resolver, settings)
    _agree(concluded, found, resolver, settings)
    part_in_time(found, resolver, settings)
    part_by_name(found, resolver, settings)
    join_headline(found, drafts, resolver, lexicon)
    for signing in found.values():
        _complete(signing, drafts, resolver, lexicon)
    for signing in join_told_again(found, resolver, settings):
        _complete(signing, drafts, resolver, lexicon)
    ordered = sorted(found.values(), key=lambda s: resolver.clusters[s.agreement].mentions[0].span.start)
    return [s for s in ordered if s.signatories]


def _complete(signing: Signing, drafts: Sequence[Draft], resolver: Resolver, lexicon: Lexicon) -> None:
    """Give a signing all that its drafts, and the other sentences of the document, tell of it."""
    settings = lexicon.data("agreements")
    signing.acts_for = []
    every, signing.drafts = signing.drafts, proper(signing.drafts, settings)
    _fill(signing, resolver, lexicon)
    persons = [i for i in signing.signatories if resolver.clusters[i].type == "Person"]
    if len(every) > len(signing.drafts) and not any(resolver.clusters[i].is_named for i in persons):
        # "the three presidents signed": those who had initialed it have names
        told, signing.drafts, signing.acts_for = signing.time, every, []
        _fill(signing, resolver, lexicon)
        signing.time = told or signing.time
    if not any(resolver.clusters[i].is_named for i in signing.signatories):
        _name(signing, drafts, resolver, settings)
    if signing.time is None:
        signing.time = day_from_elsewhere(signing, drafts, settings)


def _signed_in(draft: Draft, resolver: Resolver, settings: Mapping[str, Any]) -> list[int]:
    """The agreements that a signing is of: its object, or the noun that its clause describes."""
    bearer = agreement_signed(draft.trigger, settings)
    borne = [i for i in resolver.clusters_of(bearer) if _is_agreement(i, resolver)] if bearer is not None else []
    return borne or draft.clusters(settings["agreement"]) or [*described_agreement(draft.trigger, resolver)]


def _gives_up(verb: Token, settings: Mapping[str, Any]) -> bool:
    """ "They have signed away the island": no agreement is told to be signed."""
    after = verb.doc[verb.i + 1 : verb.i + 2].text.lower()
    return verb.pos_ == "VERB" and after in settings["giving up"]


def _is_agreement(index: int, resolver: Resolver) -> bool:
    return resolver.clusters[index].type == "Agreement"


def _adopt(signed: Iterable[Draft], found: dict[int, Signing], resolver: Resolver, settings: Mapping[str, Any]) -> None:
    """Give "the signing" with no agreement of its own to the agreement told last before it, of those that are signed
    if there are any, and rather to one of the news than to one signed long before.
    """
    published = resolver.doc._.published
    for draft in signed:
        if _signed_in(draft, resolver, settings) or draft.about_another or _for_a_thing(draft.trigger, resolver):
            continue
        recent = [a for a, s in found.items() if not _long_before(s, published)]
        every = [i for i, c in enumerate(resolver.clusters) if c.type == settings["class"]]
        known = recent or [*found] or every
        here = _told_before(every, draft.trigger, draft.trigger.sent.start, resolver) if _of_it(draft.trigger) else None
        before = here if here is not None else _told_before(known, draft.trigger, 0, resolver)
        if before is not None or found:
            agreement = before if before is not None else next(iter(found))
            found.setdefault(agreement, Signing(agreement)).drafts.append(draft)


def _told_before(agreements: Iterable[int], trigger: Token, start: int, resolver: Resolver) -> int | None:
    """The agreement told last before a word, from `start` on."""
    heads = ((m.head.i, i) for i in agreements for m in resolver.clusters[i].mentions)
    return max(((at, i) for at, i in heads if start <= at < trigger.i), default=(0, None))[1]


def _of_it(verb: Token) -> bool:
    """Whether what is signed is told by a pronoun: "days after it was signed"."""
    return any(c.dep_ in ("obj", "nsubj:pass") and c.lower_ in ("it", "them") for c in verb.children)


def _for_a_thing(verb: Token, resolver: Resolver) -> bool:
    """ "Signed for two new ships", "for another season": what is bought or played, and nobody's agreement."""
    phrases = [c for c in verb.children if c.dep_ == "obl" and c.i > verb.i and case_of(c) == "for"]
    return any(
        c.pos_ == "NOUN" and not any(resolver.clusters[i].type not in _THINGS for i in resolver.clusters_of(c))
        for c in phrases
    )


def _long_before(signing: Signing, published: date) -> bool:
    return any(d.time is not None and (published - d.time.latest).days > NEWS for d in signing.drafts)


def _agree(
    concluded: Iterable[Draft], found: dict[int, Signing], resolver: Resolver, settings: Mapping[str, Any]
) -> None:
    """Give what several agree on to the agreement that the next sentences then speak of: "The two agreed on Monday to
    stop fighting. The truce ..."
    """
    for draft in concluded:
        if draft.clusters(settings["agreement"]) or len(draft.clusters(settings["signatory"])) < 2:
            continue
        end = draft.trigger.sent.end
        for _ in range(_SPOKEN_OF):
            end = draft.trigger.doc[end].sent.end if end < len(draft.trigger.doc) else end
        after = [
            (m.head.i, i)
            for i, c in enumerate(resolver.clusters)
            if c.type == settings["class"]
            for m in c.mentions
            if draft.trigger.i < m.head.i < end and is_definite(m) and _is_first(m, c, resolver)
        ]
        if after:
            found.setdefault(min(after)[1], Signing(min(after)[1])).drafts.append(draft)


def _is_first(mention: TextMention, cluster: Cluster, resolver: Resolver) -> bool:
    """Whether the body has not told of the agreement before."""
    title = headline_end(resolver.doc)
    return not any(title <= m.head.i < mention.head.i for m in cluster.mentions)


def _fill(signing: Signing, resolver: Resolver, lexicon: Lexicon) -> None:
    settings = lexicon.data("agreements")
    cluster = resolver.clusters[signing.agreement]
    parties: dict[int, None] = {}
    beside: set[int] = set()  # unnamed, told together with one that has a name: "Ukraine and separatist leaders"
    witnesses: set[int] = set()
    places: list[int] = []
    title = headline_end(resolver.doc)
    for draft in sorted(signing.drafts, key=lambda d: (d.trigger.i < title, d.trigger.i)):
        signers = signers_of(draft, resolver, lexicon)
        if draft.trigger.i < title and parties:
            # "Balkan Leaders Sign": the body has told who they are
            enough = len(parties) >= 2
            named = [i for i in signers.signing if resolver.clusters[i].is_named]
            states = [i for i in named if resolver.clusters[i].type == "State"]
            signers.signing = dict.fromkeys(named if not enough else states if len(states) > 1 else [])
        parties.update(signers.signing)
        parties.update(dict.fromkeys(holders_told(draft, signers.signing, settings["signatory"], resolver)))
        if draft.trigger.i >= title and any(_is_known(resolver.clusters[i]) for i in signers.signing):
            beside.update(i for i in signers.signing if _is_plural(resolver.clusters[i]))
        witnesses.update(signers.witnessing)
        signing.acts_for += [pair for pair in signers.acts_for if pair not in signing.acts_for]
        if draft.trigger.pos_ == "VERB" or not places:
            places += [i for i in draft.clusters(settings["place"]) if i not in places]
    acting = {person for person, _ in signing.acts_for}
    parties = {i: None for i in parties if i not in witnesses or i in acting}
    named = named_parties(cluster, resolver, lexicon, lacking=len(parties) < 2)
    if parties or len(named) >= 2:
        parties.update(dict.fromkeys(named))
    if not parties and any(d.mode == settings["mode"] for d in signing.drafts):
        parties = dict.fromkeys(sides(resolver, signing.drafts[0].trigger.sent[-1]))
    if any(resolver.clusters[i].is_named for i in parties):
        parties = {
            i: None
            for i in parties
            if resolver.clusters[i].is_named or resolver.clusters[i].type != "Person" or i in beside
        }
    if sum(resolver.clusters[i].is_named for i in parties) >= 2:
        # "Balkan Leaders Sign": once the text has named them, the leaders are no further signatory
        parties = {i: None for i in parties if _is_known(resolver.clusters[i]) or i in beside}
    signing.time = day_told(signing, cluster, settings)
    _add_affiliations(signing, parties, resolver, lexicon)
    able = [i for i in parties if _made_state(resolver.clusters[i])]
    longer = {i: _longer(i, able, resolver) for i in able}
    signing.acts_for = list(dict.fromkeys((longer.get(a, a), longer.get(b, b)) for a, b in signing.acts_for))
    able = [i for i in able if longer[i] == i]
    signing.signatories = sorted(able, key=lambda i: resolver.clusters[i].type != "Person")
    signing.acts_for = [pair for pair in signing.acts_for if set(pair) <= set(signing.signatories)]
    by_verb = any(d.trigger.pos_ == "VERB" and d.clusters(settings["place"]) for d in signing.drafts)
    signing.places = places if by_verb else _places_of(cluster, resolver) or places


def _add_affiliations(signing: Signing, parties: dict[int, None], resolver: Resolver, lexicon: Lexicon) -> None:
    """Add for whom each person signs that signs for nobody yet."""
    clusters = resolver.clusters
    acting = {person for person, _ in signing.acts_for}
    persons = [i for i in parties if clusters[i].type == "Person" and clusters[i].is_named]
    abroad = len(persons) > 1 and all(clusters[i].type in ("Person", "State", "Place") for i in parties)
    pairs = {i: affiliations(clusters[i], resolver)[:1] for i in parties if i not in acting}
    for index, found in pairs.items():
        signing.acts_for += [(index, party) for party in found]
        parties.update(dict.fromkeys(found))
    for index in persons:
        band = band_of(clusters[index], resolver) if not pairs.get(index, [index]) else None
        if band is not None:
            signing.acts_for.append((index, band))
            parties.setdefault(band)
    for index in persons if abroad else ():
        if not pairs.get(index, [index]) and not is_irregular(clusters[index], resolver):
            taken = {party for _, party in signing.acts_for}
            state = homeland(clusters[index], taken, resolver, lexicon)
            if state is not None:
                signing.acts_for.append((index, state))
                parties.setdefault(state)


def _name(signing: Signing, drafts: Sequence[Draft], resolver: Resolver, settings: Mapping[str, Any]) -> None:
    """Who "three presidents" are that signed, where the text names those who are to sign the same once more."""
    for draft in drafts:
        again = draft.mode == settings["mode"] and draft.modality in (Modality.FUTURE, Modality.HYPOTHETICAL)
        named = [i for i in draft.clusters(settings["signatory"]) if resolver.clusters[i].is_named]
        if again and len(named) > 1 and signing.agreement in draft.clusters(settings["agreement"]):
            pairs = [(i, party) for i in named for party in affiliations(resolver.clusters[i], resolver)[:1]]
            signing.signatories = list(dict.fromkeys([*named, *(party for _, party in pairs)]))
            signing.acts_for = pairs
            return


def _made_state(cluster: Cluster) -> bool:
    """Whether it can be a signatory. A land that signs, and that no list has as a mere place, is a state or acts as
    one.
    """
    if cluster.type == "Place" and cluster.known_as is None:
        cluster.type = "State"
    return cluster.type != "Place"


def _longer(index: int, parties: Sequence[int], resolver: Resolver) -> int:
    """The party of whose name all that one is called is the end, "the Front" beside "the National Salvation Front";
    else itself.
    """
    clusters = resolver.clusters
    told = [tuple(w for w in words(name) if w != "the") for name in clusters[index].names()]
    bodies = [i for i in parties if i != index and clusters[i].type in _BODIES and clusters[i].is_named]
    for other in bodies if clusters[index].type in _BODIES else ():
        names = [words(name) for name in clusters[other].names()]
        if all(any(len(w) > len(short) and w[-len(short) :] == short for w in names) for short in told):
            return other
    return index


def _is_known(cluster: Cluster) -> bool:
    """Whether it has a name, or is a group told by whose it is: "members of Libya's parliaments"."""
    return cluster.is_named or (bool(cluster.of) and cluster.type != "Person")


def _is_plural(cluster: Cluster) -> bool:
    return any(m.head.tag_ in ("NNS", "NNPS") for m in cluster.mentions)


def _places_of(cluster: Cluster, resolver: Resolver) -> list[int]:
    """The place that an agreement's name tells: "the Doha accord", "the accord signed in Doha"."""
    for mention in cluster.mentions:
        for child in mention.head.children:
            if _names_it(child, mention.head):
                for filler in resolver.place_fillers(child):
                    if resolver.clusters[filler.cluster].type == "Place":
                        return [filler.cluster]
    return []


def _names_it(word: Token, agreement: Token) -> bool:
    return word.dep_ in ("compound", "amod", "nmod") and word.i < agreement.i and not case_of(word)
