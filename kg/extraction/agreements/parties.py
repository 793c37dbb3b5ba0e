"""Parties: whom a person acts for, whom a phrase of an agreement names, and the two sides that a text is about."""

from __future__ import annotations

from collections.abc import Container, Iterable

from spacy.tokens import Token

from kg.language import gazetteer
from kg.language.coreference import Cluster
from kg.language.coreference.clusters import is_definite, is_plural
from kg.language.heads import nominals
from kg.language.mentions import TextMention

from ..arguments import Resolver
from ..lexicon import Lexicon, load
from ..lists import office_of
from ..relations import relations
from ..ud import case_of, conjuncts
from .drafts import Draft

PARTY_TYPES = ("State", "Organization", "ArmedGroup", "InternationalOrganization")
_SIDES = ("State", "ArmedGroup", "Organization", "Place")  # between whom there are agreements; a land may be unknown
_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_NAMING = ("between", "with", "reciprocal")
_WITHIN_NAME = ("compound", "amod", "nmod", "nmod:poss", "nmod:desc")


def named_parties(cluster: Cluster, resolver: Resolver, lexicon: Lexicon, *, lacking: bool) -> list[int]:
    """The parties in an agreement's own phrases: "the deal between A and B", and where one is `lacking` still, "a pact
    with C", "the A-B accord".
    """
    types = lexicon.role_types[lexicon.data("agreements")["signatory"]]
    named: dict[int, None] = {}
    for mention in cluster.mentions:
        deep = relations(mention.head, lexicon.grammar)
        for name in _NAMING if lacking else _NAMING[:1]:
            for token in deep.get(name, ()):
                named.update({i: None for i in resolver.clusters_of(token) if resolver.clusters[i].type in types})
    return list(named)


def sides(resolver: Resolver, before: Token) -> list[int]:
    """The two parties that a text up to a token speaks of most, where there are two: "both countries signed"."""
    ranked: list[tuple[bool, int, int]] = []
    for index, cluster in enumerate(resolver.clusters):
        if cluster.type in _SIDES and cluster.is_named and _acts(cluster):
            told = sum(m.head.i < before.i for m in cluster.mentions)
            if told:
                ranked.append((cluster.type == "Organization", -told, index))
    ranked.sort()
    return [index for _, _, index in ranked[:2]] if len(ranked) >= 2 else []


def _acts(cluster: Cluster) -> bool:
    """Whether the text has it do something or belong to something, as it does no mere place."""
    heads = [m.head.head if m.head.dep_ == "conj" else m.head for m in cluster.mentions]
    return cluster.type != "Place" or any(
        t.dep_.split(":")[0] == "nsubj" or t.dep_ in ("nmod:poss", "obl:agent") for t in heads
    )


def is_pair(cluster: Cluster) -> bool:
    """Whether it is only told as "both sides", "the two governments"."""
    return not cluster.is_named and any(
        m.head.lemma_.lower() in (*nominals().pairs, "two", "both")
        and any(t.lower_ in ("two", "both") for t in m.span)
        and all(t.lower_ in ("two", "both", "the", "these") for t in m.span if t != m.head)
        for m in cluster.mentions
    )


def counted_persons(cluster: Cluster, before: Token, resolver: Resolver) -> list[int]:
    """Who "the two men", "both leaders", "the five presidents" are: as many named persons, those with this title if
    the text has just as many, or else the two told most up to a token.
    """
    if cluster.is_named or cluster.type != "Person":
        return []
    for mention in cluster.mentions:
        count = next((_COUNTS[t.lower_] for t in mention.span if t.lower_ in _COUNTS), 0)
        if mention.head.tag_ not in ("NNS", "NNPS") or not (count or is_definite(mention)):
            continue
        title = mention.head.lemma_.lower()
        named = [i for i, c in enumerate(resolver.clusters) if c.type == "Person" and c.is_named]
        titled = [i for i in named if any(title in m.text.lower().split() for m in resolver.clusters[i].mentions)]
        if len(titled) == (count or 2):
            return titled
        if not count:
            continue
        told = {i: sum(m.head.i < before.i for m in resolver.clusters[i].mentions) for i in titled or named}
        if sum(map(bool, told.values())) < count:  # the first sentence tells of them
            told = {i: len(resolver.clusters[i].mentions) for i in titled or named}
        ranked = sorted((i for i in told if told[i]), key=lambda i: -told[i])
        if count == 2 and len(ranked) >= 2:
            return sorted(ranked[:2])
    return []


def delegates_of(cluster: Cluster, resolver: Resolver) -> list[int]:
    """The parties of people told by whose they are: "the leaders of A and B", "delegates from both armies"."""
    found: dict[int, None] = {}
    if cluster.is_named or cluster.type not in ("Person", "Group"):
        return []
    for mention in cluster.mentions:
        if mention.kind != "nominal":
            continue
        for child in mention.head.children:
            owned = child.dep_ == "nmod:poss" or (child.dep_ == "nmod" and case_of(child) in ("of", "from"))
            for token in conjuncts(child) if owned else ():
                found.update({i: None for i in resolver.clusters_of(token) if _is_party(resolver.clusters[i])})
    return list(found)


def holders_told(draft: Draft, signing: Container[int], role: str, resolver: Resolver) -> list[int]:
    """Who "the leaders of A and B" are that sign: where the text names one of each."""
    states: dict[Token, list[int]] = {}
    for filler in draft.fillers:
        of = delegates_of(resolver.clusters[filler.cluster], resolver) or [filler.cluster]
        if filler.role == role and is_plural(filler.token) and all(i in signing for i in of):
            states.setdefault(filler.token, []).extend(of)
    found: list[int] = []
    for office, of in states.items():
        each = [_holders(office, state, resolver) for state in of]
        found += [i for one in each for i in one] if len(of) > 1 and all(each) else []
    return found


def _holders(office: Token, state: int, resolver: Resolver) -> list[int]:
    """The one named person who holds an office of a state that a plural tells of several: "the foreign ministers of A
    and B", "the leaders of A and B".
    """
    words = {office.lemma_.lower()}
    kind = {c.lower_ for c in office.children if c.dep_ in ("amod", "compound") and not c.ent_type_}
    words = {*nominals().rulers} if words <= nominals().rulers and not kind else words
    found = []
    for index, cluster in enumerate(resolver.clusters):
        if cluster.type == "Person" and cluster.is_named:
            told = {w for m in cluster.mentions for w in m.text.lower().split()}
            if words & told and kind <= told and state in affiliations(cluster, resolver):
                found.append(index)
    return found if len(found) == 1 else []


def _is_party(cluster: Cluster) -> bool:
    return cluster.type in PARTY_TYPES or (cluster.type == "Place" and cluster.is_named)


def affiliations(cluster: Cluster, resolver: Resolver) -> list[int]:
    """The states, organisations and groups that a person's title or apposition names, the likeliest first; last
    those that the list of known actors gives, where the text speaks of them.
    """
    if cluster.type != "Person":
        return []
    found: dict[int, None] = {}
    mentions = [m for m in cluster.mentions if m.kind == "name" or (m.kind == "nominal" and not is_plural(m.head))]
    for mention in mentions:
        found.update(dict.fromkeys(_parties(_respective(mention, resolver), cluster, resolver)))
    for mention in sorted(mentions, key=lambda m: m.kind != "name"):
        tokens = [t for t in mention.span if t.i != mention.head.i] + [m.head for m in mention.modifiers]
        tokens += [*_before(mention), *_of_after(mention)]
        for child in _describing(mention.head):
            tokens += [t for t in child.subtree if t.ent_type_]
        found.update(dict.fromkeys(_parties(tokens, cluster, resolver)))
    entry = gazetteer.load().entries.get(cluster.known_as or "")
    for iri in (*entry.acts_for, *entry.country) if entry else ():
        found.update({i: None for i, c in enumerate(resolver.clusters) if c.known_as == iri})
    once = [t for m in mentions for office in _held_once(m) for t in office.subtree if t.ent_type_]
    served = {i for t in once for i in resolver.clusters_of(t)}
    return [i for i in found if i not in served]


def _held_once(mention: TextMention) -> list[Token]:
    """The offices of a person that are told as past: "the former president of Finland"."""
    past = load().data("agreements")["past"]
    offices = [mention.head, *_describing(mention.head)]
    return [o for o in offices if any(c.dep_ in _WITHIN_NAME and c.lower_ in past for c in o.children)]


def homeland(person: Cluster, taken: set[int], resolver: Resolver, lexicon: Lexicon) -> int | None:
    """The state for which the holder of one of its offices acts, where nothing says which: of the two that the text
    is most about, the first for which nobody else acts (`taken`) and of which nobody else holds the same office.
    """
    offices = _offices(person, lexicon)
    if person.type != "Person" or not offices or any(_held_once(m) for m in person.mentions):
        return None
    others = [c for c in resolver.clusters if c is not person and c.type == "Person" and c.is_named]
    alone = offices.difference(lexicon.data("agreements")["held by several"])
    ruled = {i for c in others if alone & _offices(c, lexicon) for i in affiliations(c, resolver)[:1]}
    ranked = sorted(
        (-len(c.mentions), i) for i, c in enumerate(resolver.clusters) if c.type == "State" and c.is_named and _acts(c)
    )
    free = [i for _, i in ranked[:2] if i not in taken]
    return next((i for i in free if i not in ruled), next(iter(free), None))


def is_irregular(person: Cluster, resolver: Resolver) -> bool:
    """Whether a person is told as of no state: "rebel leader Ana Lima", "the guerrilla commander"."""
    words = nominals().irregular | nominals().banded
    heads = {t for m in person.mentions for t in (*m.span, m.head)}
    told = {t for head in heads for t in (head, *head.children) if t.dep_ in _WITHIN_NAME or t == head}
    return any(t.lemma_.lower() in words for t in told)


def band_of(person: Cluster, resolver: Resolver) -> int | None:
    """The armed group for which a rebel acts, where nothing says which: the only one with a name that is no state's."""
    if not is_irregular(person, resolver):
        return None
    bands = [
        i
        for i, c in enumerate(resolver.clusters)
        if c.type == "ArmedGroup" and c.is_named and not any(resolver.clusters[j].type == "State" for j in c.of)
    ]
    return bands[0] if len(bands) == 1 else None


def _offices(person: Cluster, lexicon: Lexicon) -> set[str]:
    """The offices of a state with which a person is told."""
    return {w for m in person.mentions for w in m.text.lower().split()} & {*lexicon.data("agreements")["offices"]}


def _parties(tokens: Iterable[Token], person: Cluster, resolver: Resolver) -> Iterable[int]:
    for token in tokens:
        for index in resolver.clusters_of(token):
            party = resolver.clusters[index]
            of = case_of(token) == "of" and nominals().type_of(token.head) in ("Person", None)  # no "survivor of"
            land = party.type == "Place" and party.known_as is None and of  # that no list knows
            if party is not person and (party.type in PARTY_TYPES or land):
                yield index


def _before(mention: TextMention) -> list[Token]:
    """Names that describe a word of the title: "U.N." of "U.N. Secretary-General Kofi Annan"."""
    return [
        c
        for token in mention.span
        for c in token.children
        if c.i < mention.span.start and c.ent_type_ and c.dep_ in _WITHIN_NAME
    ]


def _of_after(mention: TextMention) -> list[Token]:
    """The name in "of X" right after a person's, wherever the parser hung it."""
    doc, end = mention.head.doc, mention.span.end
    if mention.kind != "name" or end >= len(doc) or doc[end].lower_ != "of":
        return []
    named = [t for t in doc[end + 1 : end + 4] if t.ent_type_]
    return named[:1]


def _describing(name: Token) -> list[Token]:
    """The appositions and of-phrases that say who a person is; in a list, those between its name and the next."""
    following = [t.i for t in conjuncts(name) if t.i > name.i]
    end = min(following, default=len(name.doc))
    found = [
        c
        for c in name.children
        if c.i < end
        and c.lemma_.lower() not in nominals().others
        and ((c.dep_ == "appos" and not _another(c)) or (c.dep_ == "nmod" and case_of(c) in ("of", "for")))
    ]
    if name.dep_ == "conj":  # the parser hangs what follows the last name of a list on the first
        found += [c for c in name.head.children if c.dep_ == "appos" and c.i > name.i and not following]
    return found


def _another(apposition: Token) -> bool:
    """Whether it is the next of a list, hung on the first: "A, his counterpart, B, and the minister, C"."""
    return apposition.ent_type_ == "PERSON" or any(
        c.dep_ == "cc" or (c.dep_ == "appos" and c.ent_type_ == "PERSON") for c in apposition.children
    )


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
