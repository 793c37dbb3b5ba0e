"""The event corpus -> windows of numbers: the words as the network sees them, the candidates, and what each event is.

A window is what the program reads at once. A role's right answers are groups of words, one group an entity: any mention
of it in the event's sentence will do. A pronoun counts where nothing else in the sentence names the entity, and is left
open (neither right nor wrong) where something does; so does a noun that stands for several ("both sides").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from event_windows import ALL_MODES, TYPES, Event, Pair, Role, Window
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg import language
from kg.extraction import agreements, extract, times, triggers
from kg.extraction import lexicon as lexicons
from kg.extraction.arguments import Resolver
from kg.extraction.learned.features import ATTRIBUTION, DATE, MODALITIES, NEAR, RELATIONS, ROLES, TOLD, Features
from kg.language import headlines
from kg.language.windows import cut
from kg.language.word_pieces import WordPieces, case_of, gap_of
from kg.model import Document

Gold = dict[str, Any]


class Reader:
    """Reads annotated documents with the program's own pipeline."""

    def __init__(self, vocabulary: list[str]) -> None:
        self.nlp: Language = language.load()
        self.lexicon = lexicons.load()
        self.pieces = WordPieces(vocabulary)

    def folder(self, folder: Path) -> Iterator[tuple[Gold, list[Window]]]:
        """Every document of a folder in the gold's format, sorted by name."""
        for path in sorted(folder.glob("*.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            yield gold, self.windows(path.with_suffix(".txt").read_text(encoding="utf-8"), gold)

    def by_program(self, name: str, text: str, published: date) -> tuple[Gold, list[Window]]:
        """A text as the program itself annotates it, in the gold's format. The rules are not told again as features."""
        found = extract(language.analyse(self.nlp, text, published), Document(name, text, published))
        events = [
            {
                "type": r.type, "mode": r.mode, "sentence": r.evidence.sentence.text,
                "trigger": r.evidence.trigger.text, "start": r.evidence.trigger.start,
                "date": r.time.value if r.time else None,
                "modality": r.modality.value, "attribution": r.attribution.entity if r.attribution else None,
            } | {role: [a.entity for a in r.arguments if a.role == role] for role in ROLES[:4]}
            for r in found.reports
        ]  # fmt: skip
        entities = {e.key: {"type": e.type, "names": list(e.names)} for e in found.entities}
        gold = {"id": name, "published": str(published), "entities": entities, "events": events}
        windows = self.windows(text, gold)
        for window in windows:
            window.modality = [-1] * len(window.first)
            for pair in (p for pairs in window.pairs.values() for p in pairs):
                pair.told[len(RELATIONS) + 1 :] = 0
        return gold, windows

    def windows(self, text: str, gold: Gold) -> list[Window]:
        """The windows of a text with their events and all pairs of an event word and a candidate."""
        doc = language.analyse(self.nlp, text, date.fromisoformat(gold["published"]))
        seen = headlines.seen(self.nlp, self.nlp.make_doc(text))
        resolver = Resolver(doc, self.lexicon)
        deep, entries = triggers.find(doc, resolver, self.lexicon)
        agreements.adopt_documents(entries, deep, resolver, self.lexicon)
        when, _ = times.times(doc, entries, self.lexicon)
        features = Features(doc, resolver, self.lexicon, entries, when, agreements.stipulating(doc, resolver))
        events = _events(doc, text, gold, features, resolver)
        words = [t.i for t in doc if not t.is_space]
        gaps = [3] + [gap_of(text[doc[a].idx + len(doc[a]) : doc[b].idx]) for a, b in pairwise(words)]
        pieces = [self.pieces.of(seen[i]) for i in words]
        breaks = [k for k in range(1, len(words)) if gaps[k] == 3]
        found = []
        for window in cut([len(p) for p in pieces], breaks):
            part = range(window.start, window.end)
            at = {words[k]: k - window.start for k in part}
            kept = [window.keep_from <= k < window.keep_to for k in part]
            w = Window(
                [self.pieces.begin], [6], [0], [], [], kept, [doc[words[k]].idx for k in part], [], [], [], [], {}
            )
            for k in part:
                w.first.append(len(w.pieces))
                w.pieces += pieces[k]
                w.last.append(len(w.pieces) - 1)
                w.cases += [case_of(seen[words[k]])] * len(pieces[k])
                w.gaps += [3 if k == window.start else gaps[k]] + [0] * (len(pieces[k]) - 1)
                token = doc[words[k]]
                w.modality.append(features.modality(token) if features.may_tell(token) else -1)
                entry = entries.get(token.i)
                w.fired.append(TYPES.index(entry.type) + 1 if entry else 0)
                w.known.append(tuple(sorted({TYPES.index(e.type) + 1 for e in self.lexicon.candidates(token)})))
                if features.may_tell(token) and kept[k - window.start]:
                    w.pairs[k - window.start] = _pairs(token, features, at)
            w.pieces.append(self.pieces.end)
            w.cases.append(6)
            w.gaps.append(0)
            for event in events:
                if event.word in at and kept[at[event.word]]:
                    w.events.append(_moved(event, at))
                    w.pairs.setdefault(at[event.word], _pairs(doc[event.word], features, at))
            found.append(w)
        return found


def _pairs(token: Token, features: Features, at: dict[int, int]) -> list[Pair]:
    told = features.told(token)
    nothing = np.zeros(TOLD, dtype=np.float32)
    return [
        Pair(
            at[c.token],
            c.number,
            features.distance(token, c),
            features.same_sentence(token, c),
            c.cluster,
            told.get(c.token, nothing),
        )
        for c in features.near(token)
        if c.token in at
    ]


def _moved(event: Event, at: dict[int, int]) -> Event:
    """An event with the words of a window in the place of tokens."""
    roles = {}
    for name, role in event.roles.items():
        groups = [tuple(at[i] for i in group if i in at) for group in role.groups]
        roles[name] = Role([g for g in groups if g], {at[i] for i in role.open if i in at})
    return Event(at[event.word], event.type, event.mode, event.modality, roles)


def _root(doc: Doc, start: int, end: int) -> Token | None:
    """The word of a stretch of characters that governs the others."""
    span = doc.char_span(start, end, alignment_mode="expand")
    tokens = [t for t in span or () if not t.is_space]
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head == t), None)


def _named(doc: Doc, text: str, names: list[str], features: Features, resolver: Resolver) -> set[int]:
    """The head words of all places where one of an entity's names stands, the longer name first."""
    places: list[tuple[int, int]] = []
    for name in sorted(set(names), key=lambda n: (-len(n), n)):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if not any(a <= match.start() and match.end() <= b for a, b in places):
                places.append(match.span())
    heads = {c.token for c in features.candidates}
    found = set()
    for start, end in places:
        root = _root(doc, start, end)
        if root is None:
            continue
        found.add(root.i)
        if root.i not in heads:
            around = min(resolver.mentions_of(root), key=lambda m: len(m.span), default=None)
            if around is not None and start <= around.head.idx < end:
                found.add(around.head.i)
    return found


def _events(doc: Doc, text: str, gold: Gold, features: Features, resolver: Resolver) -> list[Event]:
    named = {k: _named(doc, text, e["names"], features, resolver) for k, e in gold["entities"].items()}
    by_token = {c.token: c for c in features.candidates if c.kind != "time"}
    clusters = {k: {by_token[i].cluster for i in words if i in by_token} - {-1} for k, words in named.items()}
    sentence = {t.i: number for number, s in enumerate(doc.sents) for t in s}
    stands_for = {i: set(doc._.cluster_of.get(i, ())) for i in by_token}
    vague = {i for i, c in by_token.items() if c.kind == "pronoun" or len(stands_for[i]) > 1}
    found = []
    for raw in gold["events"]:
        start = raw["start"] if "start" in raw else _start(text, raw)
        trigger = _root(doc, start, start + len(raw["trigger"])) if start is not None else None
        if trigger is None:
            continue  # the gold's sentence stands twice in a changed form, or not at all
        here = sentence[trigger.i]
        roles = {}
        for name in ROLES:
            if name == DATE:
                dates = [c for c in features.candidates if c.kind == "time" and sentence[c.token] == here]
                right = tuple(c.token for c in dates if c.time is not None and c.time.value == raw["date"])
                roles[name] = Role(
                    [right] if right else [], {c.token for c in dates} if raw["date"] and not right else set()
                )
                continue
            told = raw[name]
            role = Role()
            for key in told if isinstance(told, list) else [told] if told else []:
                same = {i for i in vague if stands_for[i] & clusters[key]}
                _add(role, name, named[key], same, vague, by_token, sentence, here)
            roles[name] = role
        mode = ALL_MODES.index(raw["mode"]) + 1 if raw["mode"] else 0
        found.append(Event(trigger.i, TYPES.index(raw["type"]) + 1, mode, MODALITIES.index(raw["modality"]), roles))
    return found


def _add(
    role: Role,
    name: str,
    named: set[int],
    same: set[int],
    vague: set[int],
    by_token: dict[int, Any],
    sentence: dict[int, int],
    here: int,
) -> None:
    """Add the group of one entity. `vague` are pronouns and nouns that stand for several, `same` those for this one."""

    def near(i: int) -> bool:
        return abs(sentence[i] - here) <= (NEAR if name == ATTRIBUTION else 0)

    names = {i for i in named if sentence[i] == here} or {i for i in named if near(i)}
    right = ({i for i in names if i in by_token} or names) | {i for i in same if sentence[i] == here}
    if names:
        role.open |= {i for i in vague if near(i)} - right
    right = right or {i for i in vague if sentence[i] == here}
    if right:
        role.groups.append(tuple(sorted(right)))


def _start(text: str, raw: Gold) -> int | None:
    """Where a trigger stands first in its sentence, in characters of the text."""
    sentence = text.find(raw["sentence"])
    match = re.search(rf"(?<!\w){re.escape(raw['trigger'])}(?!\w)", raw["sentence"])
    inside = match.start() if match else raw["sentence"].find(raw["trigger"])
    return None if sentence < 0 or inside < 0 else sentence + inside
