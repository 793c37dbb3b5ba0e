"""Nominals: a noun phrase joins by what modifies it, by apposition, or, when definite, the entity that it means."""

from __future__ import annotations

from spacy.tokens import Token

from kg.language.mentions import TextMention, nominals

from .agreements import all_agreements, known_agreement
from .clusters import Chains, Cluster, coordinated, is_definite, is_plural, words
from .names import name
from .pronouns import is_pair, pair

_ACTORS = ("Person", "State", "Organization", "InternationalOrganization", "ArmedGroup", "Group")
_BANDS = ("ArmedGroup", "InternationalOrganization")
_COLLECTIVE = ("group", "movement", "network", "organization", "militia")
_FORCES = ("forces", "military", "armed forces", "army")  # how a state's forces as a whole are called


def nominal(chains: Chains, mention: TextMention) -> None:
    """Join a nominal to the entity or entities that it stands for, or to a new one."""
    modifying = [name(chains, m) for m in mention.modifiers] or _owners(chains, mention)
    if _band(chains, mention) or _parties_of_pair(chains, mention):
        return
    if mention.type is None:
        chains.join(mention, chains.same_words(mention))
    elif modifying:
        if not _represents(chains, mention, modifying):
            chains.join(mention, _with_modifiers(chains, mention, modifying), frozenset(modifying))
    elif mention.type == "Agreement":
        if not all_agreements(chains, mention):
            apposed = _apposed_to(chains, mention)
            chains.join(mention, known_agreement(chains, mention) if apposed is None else apposed)
    else:
        found = _apposed_to(chains, mention)
        if found is None:
            found = _antecedent(chains, mention) if is_definite(mention) else chains.same_words(mention)
        chains.join(mention, found)


def _owners(chains: Chains, mention: TextMention) -> list[int]:
    """Whose it is by a pronoun: the state of "its warplanes"."""
    pronouns = [c for c in mention.head.children if c.dep_ == "nmod:poss" and c.pos_ == "PRON"]
    return [i for c in pronouns for i in chains.of_token.get(c.i, ()) if chains.clusters[i].type == "State"]


def _band(chains: Chains, mention: TextMention) -> bool:
    """Join "rebel leaders", "separatist commanders" to the rebels: the leaders stand for them; whether it did."""
    head = mention.head
    if head.lemma_.lower() not in nominals().transparent or not is_plural(head):
        return False
    for child in head.children:
        named = child.dep_ in ("compound", "amod") and not child.ent_type_
        if named and nominals().type_of(child) == "ArmedGroup":
            mention.type, lemma = "ArmedGroup", child.lemma_.lower()
            same = [i for i in chains.of_type("ArmedGroup") if lemma in chains.clusters[i].heads]
            chains.clusters[chains.join(mention, same[-1] if same else None)].heads.add(lemma)
            return True
    return False


def _parties_of_pair(chains: Chains, mention: TextMention) -> bool:
    """Let "the two sides" stand for both parties; whether two were found."""
    if mention.head.lemma_.lower() not in nominals().pairs or not is_pair(mention):
        return False
    both = pair(chains, mention)
    if both:
        chains.of_token[mention.head.i] = both
        for index in both:
            chains.clusters[index].mentions.append(mention)
    return bool(both)


def _represents(chains: Chains, mention: TextMention, modifying: list[int]) -> bool:
    """Let "representatives of Ukraine and Russia" stand for both; whether it does."""
    singular = mention.type == "Person" and not is_plural(mention.head)
    if mention.head.lemma_.lower() not in nominals().transparent or singular:
        return False
    if not any(chains.clusters[i].type in _ACTORS for i in modifying):
        return False
    heads = {t.i for m in mention.modifiers for t in coordinated(m.head)}
    parties = [name(chains, m) for m in chains.mentions if m.kind == "name" and m.head.i in heads]
    parties = list(dict.fromkeys(parties or modifying))
    chains.of_token[mention.head.i] = tuple(parties)
    if len(parties) == 1:
        chains.join(mention, parties[0])
    return True


def _with_modifiers(chains: Chains, mention: TextMention, modifying: list[int]) -> int | None:
    """The entity of a nominal that names modify: "the Afghan government", "Taliban fighters", "American warplanes"."""
    parties = [i for i in modifying if chains.clusters[i].type in _ACTORS]
    if mention.type == "Place":
        lying = [m for m in mention.modifiers if m.type == "Place" and m.head.i > mention.head.i]
        if lying:
            return chains.of_mention[id(lying[0])]  # "the southern province of Helmand"
    bands = [i for i in parties if chains.clusters[i].type in _BANDS]
    if bands and mention.type in ("ArmedGroup", "Organization") and _names_itself(mention):
        return bands[-1]  # "Bin Laden's al-Qaida network", "the Islamic Jihad movement"
    if parties:
        owner = chains.clusters[parties[0]]
        if mention.type == owner.type and mention.type in ("State", "ArmedGroup"):
            return parties[0]
        if mention.type == "ArmedGroup" and owner.type == "State":
            mention.known_as = _forces_of(chains, owner)
            known = [i for i, c in enumerate(chains.clusters) if c.known_as and c.known_as == mention.known_as]
            if known:
                return known[0]
    if mention.type == "Agreement":
        return known_agreement(chains, mention) if is_definite(mention) else _apposed_to(chains, mention)
    for index in chains.of_type(mention.type or ""):
        cluster = chains.clusters[index]
        alike = mention.type == "ArmedGroup" or mention.head.lemma_.lower() in cluster.heads
        if cluster.of == frozenset(modifying) and alike:
            return index
    return _apposed_to(chains, mention)


def _names_itself(mention: TextMention) -> bool:
    """Whether a name stands right before the noun that says what bears it."""
    return any(m.span.end in (mention.head.i, mention.head.i - 1) for m in mention.modifiers)


def _forces_of(chains: Chains, state: Cluster) -> str | None:
    """The gazetteer's entry of a state's forces as a whole: "American warplanes" are of the US armed forces."""
    entry = chains.gazetteer.entries.get(state.known_as or "")
    for called in entry.names if entry is not None else ():
        for noun in _FORCES:
            found = [e for e in chains.gazetteer.lookup(f"{called} {noun}") if e.type == "ArmedGroup"]
            if found:
                return found[0].iri
    return None


def _apposed_to(chains: Chains, mention: TextMention) -> int | None:
    head = mention.head
    if head.dep_ == "appos" and head.lemma_.lower() not in nominals().others:
        # "A and B, leader of the rebels": the apposition is to the nearest name
        before = [t for t in coordinated(head.head) if t.i < head.i]
        found = chains.of_token.get(before[-1].i if before else head.head.i)
        if found and len(found) == 1 and chains.clusters[found[0]].type == mention.type:
            return found[0]
    return None


def _antecedent(chains: Chains, mention: TextMention) -> int | None:
    """The entity of its class that a definite nominal can mean: of the same noun, else the nearest or most told."""
    lemma, further = mention.head.lemma_.lower(), set(words(mention.text)[:-1])
    alike = chains.of_type(mention.type or "")
    same_head = [
        i
        for i in alike
        if lemma in chains.clusters[i].heads
        and not further - {w for m in chains.clusters[i].mentions for w in words(m.text)}
    ]
    if same_head:
        return chains.nearest(same_head)
    named = [i for i in alike if not chains.clusters[i].of and chains.clusters[i].is_named]
    if mention.type == "State" and len(further) <= 1:
        return chains.nearest(named)
    if mention.type == "ArmedGroup" and len(further) <= 1 and named and _is_band(mention.head):
        return max(named, key=lambda i: (len(chains.clusters[i].mentions), chains.clusters[i].last.head.i))
    if mention.type == "Person" and lemma in nominals().titles:
        return chains.nearest([i for i in alike if any(lemma in words(m.text) for m in chains.clusters[i].mentions)])
    return None


def _is_band(token: Token) -> bool:
    return is_plural(token) or token.lemma_.lower() in _COLLECTIVE
