"""Nominals: a noun phrase joins by what modifies it, by apposition, or, when definite, the entity that it means."""

from __future__ import annotations

from spacy.tokens import Token

from kg.language.heads import nominals
from kg.language.mentions import TextMention

from .agreements import all_agreements, known_agreement
from .clusters import PARTIES, WINDOW, Chains, Cluster, coordinated, foremost, is_definite, is_plural, words
from .names import apposed_names, name
from .pairs import is_pair, pair

_ACTORS = ("Person", "State", "Organization", "InternationalOrganization", "ArmedGroup", "Group")
_BANDS = ("ArmedGroup", "InternationalOrganization")
_OTHER = ("other", "another")
_FORCES = ("forces", "military", "armed forces", "army")  # how a state's forces as a whole are called


def nominal(chains: Chains, mention: TextMention) -> None:
    """Join a nominal to the entity or entities that it stands for, or to a new one."""
    if mention.head.pos_ == "NUM" and mention.type is not None:
        chains.join(mention, None)  # "killed two": each time others
        return
    members = apposed_names(chains, mention)
    if len(members) > 1:
        chains.split(mention, members)
        return
    modifying = [name(chains, m) for m in mention.modifiers] or _owners(chains, mention)
    if _band(chains, mention) or _parties_of_pair(chains, mention) or _governments(chains, mention):
        return
    if mention.type is None:
        chains.join(mention, chains.same_words(mention))
    elif modifying:
        if not _represents(chains, mention, modifying):
            found = _with_modifiers(chains, mention, modifying)
            chains.join(mention, None if _is_another(chains, mention, found) else found, frozenset(modifying))
    elif mention.type == "Agreement":
        if not all_agreements(chains, mention):
            apposed = _apposed_to(chains, mention)
            chains.join(mention, known_agreement(chains, mention) if apposed is None else apposed)
    else:
        found = _apposed_to(chains, mention)
        told_apart = chains.split_before(mention) if found is None and is_definite(mention) else ()
        if told_apart:
            chains.join_all(mention, told_apart)
            return
        if found is None:
            found = _antecedent(chains, mention) if is_definite(mention) else chains.same_words(mention)
        chains.join(mention, None if found in _beside(chains, mention) else found)


def _owners(chains: Chains, mention: TextMention) -> list[int]:
    """Whose it is by a pronoun: the state of "its warplanes", and of "his government" whose it is."""
    pronouns = [c for c in mention.head.children if c.dep_ == "nmod:poss" and c.pos_ == "PRON"]
    owners = [i for c in pronouns for i in chains.of_token.get(c.i, ())]
    if mention.head.lemma_.lower() in nominals().polity:
        owners += [
            i for owner in owners if chains.clusters[owner].type == "Person" for i in sorted(chains.parties_of(owner))
        ]
    return [i for i in owners if chains.clusters[i].type == "State"]


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
    if mention.head.lemma_.lower() not in (*nominals().pairs, "two", "both") or not is_pair(mention):
        return False
    both = chains.split_before(mention) or pair(chains, mention)
    if both:
        chains.join_all(mention, both)
    return bool(both)


def _governments(chains: Chains, mention: TextMention) -> bool:
    """Let "the British and Irish governments" stand for both states; whether two were found."""
    if mention.head.lemma_.lower() not in nominals().polity or not is_plural(mention.head):
        return False
    states = tuple(i for i in _modifying_list(chains, mention) if chains.clusters[i].type == "State")
    if len(states) > 1:
        chains.join_all(mention, states)
    return len(states) > 1


def _represents(chains: Chains, mention: TextMention, modifying: list[int]) -> bool:
    """Let "representatives of Ukraine and Russia" stand for both; whether it does."""
    singular = mention.type == "Person" and not is_plural(mention.head)
    if mention.head.lemma_.lower() not in nominals().transparent or singular:
        return False
    if not any(chains.clusters[i].type in _ACTORS for i in modifying):
        return False
    collective = mention.head.lemma_.lower() in nominals().collective
    if collective and is_plural(mention.head) and all(m.head.i < mention.head.i for m in mention.modifiers):
        return False  # "Palestinian armed groups" are not Palestine
    parties = _modifying_list(chains, mention) or list(dict.fromkeys(modifying))
    chains.of_token[mention.head.i] = tuple(parties)
    if len(parties) == 1:
        chains.join(mention, parties[0])
    return True


def _modifying_list(chains: Chains, mention: TextMention) -> list[int]:
    """The entities of the names that modify a nominal, with all that are coordinated with them."""
    heads = sorted({t.i for m in mention.modifiers for t in coordinated(m.head)})
    return list(dict.fromkeys(name(chains, chains.name_at[i]) for i in heads if i in chains.name_at))


def _with_modifiers(chains: Chains, mention: TextMention, modifying: list[int]) -> int | None:
    """The entity of a nominal that names modify: "the Afghan government", "Taliban fighters", "American warplanes"."""
    parties = [i for i in modifying if chains.clusters[i].type in _ACTORS]
    if mention.type == "Place":
        after = [m for m in mention.modifiers if m.type == "Place" and m.head.i > mention.head.i]
        lying = [m for m in after if any(c.dep_ == "case" and c.lower_ == "of" for c in m.head.children)]
        if lying:
            return chains.of_mention[id(lying[0])]  # "the southern province of Helmand"
    bands = [i for i in parties if chains.clusters[i].type in _BANDS]
    if bands and mention.type in ("ArmedGroup", "Organization") and _names_itself(mention):
        return bands[-1]  # "Bin Laden's al-Qaida network", "the Islamic Jihad movement"
    if mention.type == "State":
        governed = _governed(chains, mention, modifying)
        if governed is not None:
            return governed
        if mention.head.lemma_.lower() in nominals().beside:
            return _named_after(chains, mention)  # "its neighbor Chad" is never itself
    if parties:
        owner = chains.clusters[parties[0]]
        if mention.type == owner.type and mention.type in ("State", "ArmedGroup"):
            return parties[0]
        if mention.type == "ArmedGroup" and (owner.type == "Group" or _is_irregular(mention.head)):
            rebels = _own_rebels(chains, mention, parties[0])
            if rebels is not None:
                return rebels
        elif mention.type == "ArmedGroup" and owner.type == "State":
            mention.known_as = _forces_of(chains, owner)
            if mention.known_as in chains.known:
                return chains.known[mention.known_as]
    if mention.type == "Agreement":
        return known_agreement(chains, mention) if is_definite(mention) else _apposed_to(chains, mention)
    if mention.type == "Person" and parties:
        holder = _apposed_to(chains, mention)
        holder = _office_holder(chains, mention, parties) if holder is None and is_definite(mention) else holder
        if holder is not None:
            return holder
    for index in chains.of_type(mention.type or ""):
        cluster = chains.clusters[index]
        alike = mention.type == "ArmedGroup" or mention.head.lemma_.lower() in cluster.heads
        if cluster.of == frozenset(modifying) and alike and not _is_new(mention, cluster):
            return index
    return _apposed_to(chains, mention)


def _governed(chains: Chains, mention: TextMention, modifying: list[int]) -> int | None:
    """The state that a person or a capital rules: "the government of President Ghani", "the government in Kabul"."""
    for index in modifying:
        cluster = chains.clusters[index]
        if cluster.type == "Person":
            states = [i for i in sorted(chains.parties_of(index)) if chains.clusters[i].type == "State"]
            return states[0] if states else _state(chains, mention)
        capital = [e.iri for e in chains.gazetteer.lookup(cluster.last.text) if e.kind == "capital"]
        if cluster.type == "Place" and capital:
            mention.known_as = capital[0]
            return chains.known.get(capital[0])
    return None


def _named_after(chains: Chains, mention: TextMention) -> int | None:
    """The entity of the name right after a noun."""
    after = chains.name_at.get(mention.head.i + 1)
    return name(chains, after) if after is not None and after.head.head == mention.head else None


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
    if (
        lemma in nominals().polity
        and len(further) <= 1
        and (lemma.startswith("authorit") or not is_plural(mention.head))
    ):
        return _state(chains, mention)
    same_head = [
        i
        for i in alike
        if lemma in chains.clusters[i].heads
        and not further - {w for m in chains.clusters[i].mentions for w in words(m.text)}
    ]
    if same_head:
        return chains.nearest(same_head)
    named = [i for i in chains.named(alike) if not chains.clusters[i].of]
    if mention.type == "ArmedGroup" and further <= nominals().banded and _is_band(mention.head):
        often = [i for i in alike if len(chains.clusters[i].mentions) > 1 and not chains.clusters[i].of]
        fitting = [i for i in {*named, *often} if _is_army(chains, i) != _is_irregular(mention.head)]
        return max(
            fitting, key=lambda i: (len(chains.clusters[i].mentions), chains.clusters[i].last.head.i), default=None
        )
    if mention.type == "Person":
        titled = [i for i in alike if any(lemma in words(m.text) for m in chains.clusters[i].mentions)]
        return chains.nearest(titled) if lemma in nominals().titles else None
    if lemma in nominals().collective and further <= nominals().banded and not is_plural(mention.head):
        near = chains.told_within(chains.sentence[mention.head.i], WINDOW)
        groups = [i for i in chains.named(near) if chains.clusters[i].type in PARTIES[1:] and not _is_army(chains, i)]
        return chains.nearest(groups)
    return None


def _state(chains: Chains, mention: TextMention) -> int | None:
    """The state that "the government" or "the country" means: the one that the text is about just there."""
    state = chains.setting(mention.head)
    found = chains.lands.get(state or "", chains.known.get(state or ""))
    if found is not None and found in _beside(chains, mention):
        return None  # "Chad and the government of the north": who is listed beside it is another
    if state in chains.gazetteer.entries:
        mention.known_as = state
    return found


def _beside(chains: Chains, mention: TextMention) -> set[int]:
    """The entities that a mention is coordinated with."""
    others = (t for t in coordinated(foremost(mention.head)) if t != mention.head)
    return {i for t in others for i in chains.of_token.get(t.i, ())}


def _is_new(mention: TextMention, cluster: Cluster) -> bool:
    """Whether one person is told for the first time: "a U.S. defense official" after "a senior U.S. official"."""
    if mention.type != "Person" or is_plural(mention.head) or cluster.is_named:
        return False
    return not {w for m in cluster.mentions for w in words(m.text)}.issuperset(words(mention.text))


def _is_another(chains: Chains, mention: TextMention, found: int | None) -> bool:
    """Whether a nominal is told apart from what it could mean: "Hamas and other Palestinian militants"."""
    other = any(c.lower_ in _OTHER and c.dep_ in ("amod", "det") for c in mention.head.children)
    return found in _beside(chains, mention) or (other and found != chains.same_words(mention))


def _office_holder(chains: Chains, mention: TextMention, parties: list[int]) -> int | None:
    """The named person who holds the office for the same party: "the Saudi monarch" is King Abdullah."""
    if is_plural(mention.head):
        return None
    lemma = mention.head.lemma_.lower()
    persons = [i for i in chains.named(chains.of_type("Person")) if not chains.parties_of(i).isdisjoint(parties)]
    titled = [i for i in persons if any(lemma in words(m.text) for m in chains.clusters[i].mentions)]
    if not titled and lemma in nominals().rulers:
        titled = [
            i
            for i in persons
            if any(not nominals().rulers.isdisjoint(words(m.text)) for m in chains.clusters[i].mentions)
        ]
    return chains.nearest(titled)


def _own_rebels(chains: Chains, mention: TextMention, owner: int) -> int | None:
    """The only named band that a people's name or country belongs to: "Tamil rebels" are the Tamil Tigers."""
    cluster = chains.clusters[owner]
    own = {w for m in cluster.mentions for w in words(m.text)}
    bands = [i for i in chains.named(chains.of_type("ArmedGroup")) if not _is_army(chains, i)]
    named_so = [
        i for i in bands if any(own & set(words(m.text)) for m in chains.clusters[i].mentions if m.kind == "name")
    ]
    there = [i for i in bands if cluster.known_as in _countries(chains, i)]
    found = named_so or there
    return found[0] if len(found) == 1 else None


def _countries(chains: Chains, index: int) -> tuple[str, ...]:
    entry = chains.gazetteer.entries.get(chains.clusters[index].known_as or "")
    return entry.country if entry is not None else ()


def _is_army(chains: Chains, index: int) -> bool:
    """Whether an armed group is a state's: by the gazetteer, or named for what only states have."""
    cluster = chains.clusters[index]
    entry = chains.gazetteer.entries.get(cluster.known_as or "")
    if entry is not None:
        return bool(entry.acts_for)
    return any(chains.clusters[i].type == "State" for i in cluster.of)


def _is_irregular(token: Token) -> bool:
    return token.lemma_.lower() in nominals().irregular or token.lemma_.lower() in nominals().collective


def _is_band(token: Token) -> bool:
    return is_plural(token) or token.lemma_.lower() in nominals().collective
