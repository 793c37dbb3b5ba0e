"""A document's events as the model and the lexicon see them together.

The lexicon's entries come in, and those that stand go out, with entries made up for words that only the model takes for
events. An entry that the user added always stands.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from kg.extraction import times, triggers
from kg.extraction.arguments import Filler, Resolver
from kg.extraction.lexicon import Entry, Lexicon, Slot, part_of
from kg.extraction.readings import Reading, ruled_fillers
from kg.extraction.relations import Relations
from kg.extraction.ud import time_tokens
from kg.language.event_vectors import EventVectors
from kg.model import Modality, Time

from .features import ATTRIBUTION, DATE, MODALITIES, RELATIONS, ROLES, TOLD, Candidate, Features
from .weighing import weighed
from .weights import Weights, load

_LEAST = 0.02  # probability below which the model's opinion of a word is not looked at
_SURE = 0.999  # probability of a modality from which the model is believed against a plan that the rules see
_ACTOR = "actor"
_PARTIES = (_ACTOR, "recipient")


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
    # now that all events are known, more of the times have a host
    when, found.anchored = times.times(doc, found.entries, lexicon)
    if found.entries:
        _fill(found, doc, vectors, features, when, resolver, lexicon, weights)
    for i in {link.anchor for link in found.anchored} - when.keys():
        found.time.pop(i, None)  # "a day after they met": their time is told by that of the other event
    signing = lexicon.data("agreements")["mode"]
    for i, entry in found.entries.items():
        if entry.own or (entry.mode == signing and i in entries):
            # a user said who fills which role; and who signs for whom and when is all in the grammar
            ruled = ruled_fillers(doc[i], entry, found.deep[i], found.entries, resolver, lexicon)
            # but "Ukraine, Rebels Sign Truce" has no grammar to go by
            found.fillers[i] = ruled if entry.own else _with_parties(ruled, found.fillers.get(i, ()))
            if i in when:
                found.time[i] = when[i]
        else:
            _add_matters(found.fillers.setdefault(i, []), entry, found.deep[i], resolver, lexicon)
    return found


def _with_parties(ruled: list[Filler], believed: Sequence[Filler]) -> list[Filler]:
    """The parties that the model believes in, where the rules know none."""
    if any(f.role in _PARTIES for f in ruled):
        return ruled
    taken = {f.cluster for f in ruled}
    return ruled + [f for f in believed if f.role in _PARTIES and f.cluster not in taken]


def _add_matters(fillers: list[Filler], entry: Entry, deep: Relations, resolver: Resolver, lexicon: Lexicon) -> None:
    """Add the agreement that the entry's frame gives, where the model leaves it out."""
    frame = lexicon.frame(entry)
    left_out = set(lexicon.roles_that_are("matter")).difference(f.role for f in fillers)
    if any(slot.role in left_out for slot in frame):
        taken = {f.cluster for f in fillers}
        fillers += [f for f in resolver.fill(frame, deep) if f.role in left_out and f.cluster not in taken]


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
    when: Mapping[int, Time],
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
        doubtful = told_as == Modality.ASSERTED and chances.max() < _SURE
        if doubtful and rule == MODALITIES.index(Modality.FUTURE.value):
            told_as = Modality.FUTURE  # a plan told as a fact is worse than the reverse
        if features.happened(token):
            told_as = Modality.ASSERTED
        # a denial told as a fact is the worst of errors
        denied = told_as == Modality.ASSERTED and features.negated(token)
        found.modality[token.i] = Modality.NEGATED if denied else told_as
    near = [features.near(token) for token in tokens]
    pairs = [(number, c) for number, candidates in enumerate(near) for c in candidates]
    if not pairs:
        return
    by_word = [features.told(token) for token in tokens]
    told_of = np.zeros((len(pairs), TOLD), dtype=np.float32)
    for row, (number, c) in enumerate(pairs):
        if c.token in by_word[number]:
            told_of[row] = by_word[number][c.token]
    chances = vectors.roles(
        words,
        [vectors.heads.types.index(found.entries[i].type) + 1 for i in words],
        [number for number, _ in pairs],
        [c.token for _, c in pairs],
        [c.number for _, c in pairs],
        [features.distance(tokens[number], c) for number, c in pairs],
        told_of,
    )
    ruled_roles = told_of[:, len(RELATIONS) + 1 :] > 0
    acting = _acting(found, [t for t in tokens if not features.has_entry(t)], resolver, lexicon)
    ruled_roles[:, ROLES.index(_ACTOR)] |= [(words[number], c.token) in acting for number, c in pairs]
    ruled_roles[:, ROLES.index(DATE)] = [
        c.kind == "time" and c.time is not None and c.time == when.get(words[number]) for number, c in pairs
    ]
    chances = np.where(_of_events_within(pairs, tokens, ruled_roles), 0, chances)
    chances[np.ix_([c.token in resolver.datelines for _, c in pairs], [ROLES.index(r) for r in _PARTIES])] = 0
    if any(t.lower_ == "since" for t in doc):
        since = [c.kind == "time" and times.is_since(tokens[number], doc[c.token]) for number, c in pairs]
        chances[np.ix_(since, [ROLES.index(DATE)])] = 0
    accused = np.array([c.kind != "time" and _is_accused(doc[c.token], tokens[number]) for number, c in pairs])
    speaks = ROLES.index(ATTRIBUTION)
    chances[accused & ~ruled_roles[:, speaks], speaks] = 0
    apart = [c.kind == "time" and times.is_apart(tokens[number], doc[c.token], found.entries) for number, c in pairs]
    chances[np.ix_(apart, [ROLES.index(DATE)])] = 0
    meant = {c.token: resolver.clusters_of(doc[c.token]) for c in features.candidates if c.kind != "time"}
    end = 0
    for token, candidates in zip(tokens, near, strict=True):
        start, end = end, end + len(candidates)
        options = Options(candidates, chances[start:end], ruled_roles[start:end])
        of_time = np.array([c.kind == "time" for c in candidates], dtype=np.bool_)
        here = [n for n, c in enumerate(candidates) if not of_time[n] and features.same_sentence(token, c)]
        slots = {slot.role: slot for slot in lexicon.frame(found.entries[token.i])}
        found.fillers[token.i] = _fillers(options, here, meant, resolver, slots, weights)
        speaker = options.likeliest(ATTRIBUTION, ~of_time, weights)
        says = features.speaker_afar(token) or (doc[speaker.token] if speaker is not None else None)
        if says is not None:
            found.speaker[token.i] = says
        time = options.likeliest(DATE, of_time, weights)
        if time is not None and time.time is not None:
            found.time[token.i] = time.time
        if token.i in when and not options.ruled[:, ROLES.index(DATE)].any():
            found.time[token.i] = when[token.i]  # a part of what is told: "since April, when gunmen seized the town"


def _is_accused(token: Token, event: Token) -> bool:
    """ "The rebels are accused of killing": what is said of somebody in the passive is not what he says."""
    return token.dep_ == "nsubj:pass" and token.head != event and token.head.is_ancestor(event)


def _acting(found: Reading, tokens: Sequence[Token], resolver: Resolver, lexicon: Lexicon) -> set[tuple[int, int]]:
    """The words (event and actor) that act by the usual frame in the events of words that the lexicon has no entry for:
    those that hang on the event's own word, and who is coordinated with them.
    """
    return {
        (token.i, filler.token.i)
        for token in tokens
        for filler in resolver.fill(lexicon.frame(found.entries[token.i]), found.deep[token.i])
        if filler.role == _ACTOR and token in (filler.token.head, filler.token.head.head)
    }


def _of_events_within(
    pairs: Sequence[tuple[int, Candidate]], tokens: Sequence[Token], ruled: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Which pairs and roles [pairs, roles] are of an actor of another event that is told within this one's phrase, as
    in "the bombing, days after the signing by both sides": the rules give it to that event, and nothing to this one.
    """
    actor = ROLES.index(_ACTOR)
    given = ruled[:, actor].tolist()
    acts: dict[int, list[Token]] = {}
    for (number, candidate), gives in zip(pairs, given, strict=True):
        if gives:
            acts.setdefault(candidate.token, []).append(tokens[number])
    found = np.zeros(ruled.shape, dtype=np.bool_)
    for row, (number, candidate) in enumerate(pairs):
        if candidate.token in acts and not given[row]:
            found[row, actor] = any(tokens[number].is_ancestor(other) for other in acts[candidate.token])
    return found


@dataclass(frozen=True, slots=True)
class Options:
    """The candidates for the roles of an event, with the model's probabilities [candidates, roles] and what the rules
    give [candidates, roles].
    """

    candidates: Sequence[Candidate]
    chances: NDArray[np.float32]
    ruled: NDArray[np.bool_]

    def likeliest(self, role: str, among: NDArray[np.bool_], weights: Weights) -> Candidate | None:
        """The likeliest candidate of a role that one word fills, `among` these, if it is likely enough."""
        number, weight = ROLES.index(role), weights.roles[role]
        ruled = self.ruled[:, number] & among
        others = bool(ruled.any())
        best: tuple[float, int] | None = None
        for given, mask in ((True, ruled), (False, among & ~ruled)):
            if mask.any():
                at = int(np.where(mask, self.chances[:, number], -1).argmax())
                chance = weight.together(float(self.chances[at, number]), given, others)
                if weight.fills(chance, ruled=given):
                    best = (chance, -at) if best is None else max(best, (chance, -at))
        return self.candidates[-best[1]] if best is not None else None


def _fillers(
    options: Options,
    here: Sequence[int],
    meant: Mapping[int, tuple[int, ...]],
    resolver: Resolver,
    slots: Mapping[str, Slot],
    weights: Weights,
) -> list[Filler]:
    """The entities that fill the roles of one event, of the candidates `here`; `meant` has the entities that a token
    stands for, `slots` those of the event's frame by role. The mentions of an entity count together; a pronoun counts
    for another entity only where nothing but pronouns fills the role.
    """
    chosen: dict[tuple[str, int], tuple[float, int]] = {}  # role and entity -> probability and token
    words = options.candidates
    told: dict[int, list[int]] = {}  # entity -> the candidates that stand for it
    for n in here:
        for cluster in meant[words[n].token]:
            told.setdefault(cluster, []).append(n)
    together = [n for n in here if len(meant[words[n].token]) > 1]
    for number, role in enumerate(ROLES[:4]):
        weight = weights.roles[role]
        chances, given = options.chances[:, number].tolist(), options.ruled[:, number].tolist()
        several = {cluster for n in together if given[n] for cluster in meant[words[n].token]}
        slot = slots.get(role) or Slot(role, ())
        entities = {c: mentions for c, mentions in told.items() if resolver.may_fill(c, slot)}
        ruled = {c for c, mentions in entities.items() if any(given[n] for n in mentions)}
        found = {}
        for cluster, mentions in entities.items():
            model = 1 - math.prod(1 - chances[n] for n in mentions)
            chance = weight.together(model, cluster in ruled, bool(ruled))
            # the model cannot know whom "both sides" are
            if cluster in several or weight.fills(chance, ruled=cluster in ruled):
                named = any(words[n].kind != "pronoun" for n in mentions)
                likeliest = max(mentions, key=lambda n: (chances[n], -words[n].token))
                found[cluster] = (named, chance, words[likeliest].token)
        only = any(named for named, _, _ in found.values())
        chosen |= {(role, c): (chance, token) for c, (named, chance, token) in found.items() if named or not only}
    for role, cluster in list(chosen):
        other = (_PARTIES[role == _PARTIES[0]], cluster)
        if role in _PARTIES and other in chosen and chosen[other][0] > chosen[role, cluster][0]:
            del chosen[role, cluster]  # nobody does it to himself
    order = sorted(chosen, key=lambda key: (chosen[key][1], key))
    return [Filler(role, resolver.doc[chosen[role, cluster][1]], cluster) for role, cluster in order]
