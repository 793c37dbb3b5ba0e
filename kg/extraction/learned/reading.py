"""A document's events as the model and the lexicon see them together.

The lexicon's entries come in, and those that stand go out, with entries made up for words that only the model takes for
events. An entry that the user added always stands.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from kg.extraction import triggers
from kg.extraction.arguments import Filler, Resolver
from kg.extraction.lexicon import Entry, Lexicon, part_of
from kg.extraction.readings import Reading, ruled_fillers
from kg.extraction.relations import Relations
from kg.extraction.ud import time_tokens
from kg.language.event_vectors import EventVectors
from kg.model import Modality, Time

from .features import ATTRIBUTION, DATE, MODALITIES, RELATIONS, ROLES, TOLD, Candidate, Features
from .weighing import weighed
from .weights import Weights, load

_LEAST = 0.02  # probability below which the model's opinion of a word is not looked at
_PARTIES = ("actor", "recipient")


def read(
    doc: Doc,
    resolver: Resolver,
    lexicon: Lexicon,
    entries: dict[int, Entry],
    deep: dict[int, Relations],
    when: Mapping[int, Time],
    stipulating: frozenset[int],
) -> Reading | None:
    """Read the events of a document; None where the language pipeline brings no event model."""
    vectors: EventVectors | None = doc._.event_vectors
    if vectors is None:
        return None
    weights = load()
    features = Features(doc, resolver, lexicon, entries, when, stipulating)
    found = _triggers(doc, vectors, lexicon, entries, weights)
    for i in triggers.told_twice(doc, found.entries):
        del found.entries[i], found.confidence[i]
    for i in found.entries:
        found.deep[i] = deep[i] if i in deep else features.relations(doc[i])
    if found.entries:
        _fill(found, doc, vectors, features, resolver, lexicon, weights)
    signing = lexicon.data("agreements")["mode"]
    for i, entry in found.entries.items():
        if entry.own or (entry.mode == signing and i in entries):
            # a user said who fills which role; and who signs for whom and when is all in the grammar
            found.fillers[i] = ruled_fillers(doc[i], entry, found.deep[i], found.entries, resolver, lexicon)
            if i in when:
                found.time[i] = when[i]
        else:
            framed = resolver.fill(lexicon.frame(entry), found.deep[i])
            _add_matters(found.fillers.setdefault(i, []), framed, lexicon)
    return found


def _add_matters(fillers: list[Filler], framed: list[Filler], lexicon: Lexicon) -> None:
    """Add the agreement that the frame gives, where the model leaves it out."""
    filled = {f.role for f in fillers}
    taken = {f.cluster for f in fillers}
    matters = [f for f in framed if f.role in lexicon.roles_that_are("matter")]
    fillers += [f for f in matters if f.role not in filled and f.cluster not in taken]


def _triggers(
    doc: Doc, vectors: EventVectors, lexicon: Lexicon, entries: Mapping[int, Entry], weights: Weights
) -> Reading:
    found = Reading({}, {})
    when = time_tokens(doc)
    for word in weighed(doc, vectors, entries, lexicon, weights, _LEAST):
        token, entry = word.token, word.entry
        if not word.stands or (entry is None and token.i in when):
            continue
        if entry is None or entry.type != word.type:
            entry = made_up(token, word.type, lexicon)
        if entry.mode is None:
            entry = replace(entry, mode=_mode(vectors, token.i, entry.type, lexicon))
        found.entries[token.i] = entry
        found.confidence[token.i] = round(word.together, 2)
    return found


def made_up(token: Token, kind: str, lexicon: Lexicon) -> Entry:
    """An entry for a word that the lexicon has none for: frame and content as most entries of its type have them."""
    part = part_of(token) or "noun"
    frame, content = lexicon.usual.get((kind, part)) or lexicon.usual[kind, None]
    return Entry(part, (token.lemma_.lower(),), kind, None, frame, content=content)


def _mode(vectors: EventVectors, word: int, kind: str, lexicon: Lexicon) -> str | None:
    """The model's mode, if it is more likely than not and one of the type's."""
    chances = vectors.modes([word])[0]
    best = int(chances.argmax())
    mode = vectors.heads.modes[best - 1] if best and chances[best] > 0.5 else None
    return mode if mode in lexicon.modes.get(kind, ()) else None


def _fill(
    found: Reading,
    doc: Doc,
    vectors: EventVectors,
    features: Features,
    resolver: Resolver,
    lexicon: Lexicon,
    weights: Weights,
) -> None:
    words = sorted(found.entries)
    tokens = [doc[i] for i in words]
    ruled = [features.modality(token) if features.may_tell(token) else -1 for token in tokens]
    told = np.eye(len(MODALITIES) + 1, dtype=np.float32)[ruled]
    for token, chances, rule in zip(tokens, vectors.modalities(words, told), ruled, strict=True):
        told_as = Modality(vectors.heads.modalities[weights.told(chances, rule)])
        if told_as == Modality.ASSERTED and rule == MODALITIES.index(Modality.FUTURE.value):
            told_as = Modality.FUTURE
        # a denial told as a fact is the worst of errors
        denied = told_as == Modality.ASSERTED and features.negated(token)
        found.modality[token.i] = Modality.NEGATED if denied else told_as
    pairs: list[tuple[int, Candidate]] = []
    rows = []
    nothing = np.zeros(TOLD, dtype=np.float32)
    for number, token in enumerate(tokens):
        by_word = features.told(token)
        near = features.near(token)
        pairs += [(number, c) for c in near]
        rows += [by_word.get(c.token, nothing) for c in near]
    if not pairs:
        return
    features_told = np.stack(rows)
    chances = vectors.roles(
        words,
        [vectors.heads.types.index(found.entries[i].type) + 1 for i in words],
        [number for number, _ in pairs],
        [c.token for _, c in pairs],
        [c.number for _, c in pairs],
        [features.distance(tokens[number], c) for number, c in pairs],
        features_told,
    )
    by_rules = features_told[:, len(RELATIONS) + 1 :] > 0
    of_word: list[list[Option]] = [[] for _ in words]
    for (number, candidate), row, given in zip(pairs, chances, by_rules, strict=True):
        of_word[number].append(Option(candidate, row, given))
    for token, options in zip(tokens, of_word, strict=True):
        i = token.i
        spoken = [o for o in options if o.candidate.kind != "time"]
        here = [o for o in spoken if features.same_sentence(token, o.candidate)]
        found.fillers[i] = _fillers(here, resolver, lexicon, weights)
        speaker = _one_of(spoken, ATTRIBUTION, weights)
        if speaker is not None:
            found.speaker[i] = doc[speaker.token]
        time = _one_of([o for o in options if o.candidate.kind == "time"], DATE, weights)
        if time is not None and time.time is not None:
            found.time[i] = time.time


@dataclass(frozen=True, slots=True)
class Option:
    """A candidate for the roles of an event, with the model's probabilities [roles] and what the rules give [roles]."""

    candidate: Candidate
    chances: NDArray[np.float32]
    ruled: NDArray[np.bool_]


def _one_of(options: list[Option], role: str, weights: Weights) -> Candidate | None:
    """The likeliest candidate of a role that one word fills, if it is likely enough."""
    number, weight = ROLES.index(role), weights.roles[role]
    ruled = any(o.ruled[number] for o in options)

    def chance(option: Option) -> float:
        return weight.together(float(option.chances[number]), bool(option.ruled[number]), ruled)

    best = max(options, key=lambda o: (chance(o), -o.candidate.token), default=None)
    fills = best is not None and weight.fills(chance(best), ruled=bool(best.ruled[number]))
    return best.candidate if best is not None and fills else None


def _fillers(options: list[Option], resolver: Resolver, lexicon: Lexicon, weights: Weights) -> list[Filler]:
    """The entities that fill the roles of one event. The mentions of an entity in the sentence count together; a
    pronoun counts for another entity only where nothing but pronouns fills the role.
    """
    chosen: dict[tuple[str, int], tuple[float, Token]] = {}
    for number, role in enumerate(ROLES[:4]):
        weight = weights.roles[role]
        entities: dict[int, list[tuple[Option, Token]]] = {}
        several: set[int] = set()
        for option in options:
            token = resolver.doc[option.candidate.token]
            clusters = resolver.clusters_of(token)
            several = several | set(clusters) if len(clusters) > 1 and option.ruled[number] else several
            for cluster in clusters:
                if resolver.clusters[cluster].type in lexicon.role_types[role]:
                    entities.setdefault(cluster, []).append((option, token))
        ruled = {c for c, mentions in entities.items() if any(o.ruled[number] for o, _ in mentions)}
        found = {}
        for cluster, mentions in entities.items():
            model = 1 - math.prod(1 - float(o.chances[number]) for o, _ in mentions)
            chance = weight.together(model, cluster in ruled, bool(ruled))
            # the model cannot know whom "both sides" are
            if cluster in several or weight.fills(chance, ruled=cluster in ruled):
                named = any(o.candidate.kind != "pronoun" for o, _ in mentions)
                likeliest = max(mentions, key=lambda m: (float(m[0].chances[number]), -m[1].i))
                found[cluster] = (named, chance, likeliest[1])
        only = any(named for named, _, _ in found.values())
        chosen |= {(role, c): (chance, token) for c, (named, chance, token) in found.items() if named or not only}
    for role, cluster in list(chosen):
        other = (_PARTIES[role == _PARTIES[0]], cluster)
        if role in _PARTIES and other in chosen and chosen[other][0] > chosen[role, cluster][0]:
            del chosen[role, cluster]  # nobody does it to himself
    order = sorted(chosen, key=lambda key: (chosen[key][1].i, key))
    return [Filler(role, chosen[role, cluster][1], cluster) for role, cluster in order]
