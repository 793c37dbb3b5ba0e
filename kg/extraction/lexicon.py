"""The lexicon: which words name which events, with what frame, read from `ontology/lexicon/*.yaml`.

`Lexicon.entry_for(token, relations)` gives the most specific entry that fits a predicate in its context; more
words and more conditions are more specific. The format of the files is described in `docs/lexicon.md`.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import srsly
from spacy.tokens import Token

from kg import resources
from kg.errors import KgError

from . import phrases
from .conditions import TypeOf, read_conditions, unmet
from .forms import Forms
from .relations import Relations
from .subjects import Grammar

OWN = "KG_LEXICON"  # the variable that names a folder of a user's own event files; worker processes inherit it
NO_EVENT = "none"  # the frame of an entry that says: in this context the word names no event
_PARTS = {"verb": ("VERB", "AUX"), "noun": ("NOUN", "PROPN"), "adjective": ("ADJ",)}
_OTHER_FILES = {
    "frames",
    "governors",
    "headlines",
    "speech",
    "light",
    "nominals",
    "quantities",
    "time",
    "agreements",
    "forms",
    "groups",
    "identity",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A role's relations: alternatives in order, each a set of relations that are taken together; `takes` has the
    classes of which what has no name fills it, beside those that the role takes anyhow.
    """

    role: str
    alternatives: tuple[tuple[str, ...], ...]
    takes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `words` with the head first for verbs and last for nouns, all lemmas in lower case."""

    part: str
    words: tuple[str, ...]
    type: str
    mode: str | None
    frame: str
    when: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unless: Mapping[str, frozenset[str]] = field(default_factory=dict)
    aside: Mapping[str, frozenset[str]] = field(default_factory=dict)  # `unless` of the whole file
    content: str | None = None
    test: str = ""
    source: str = ""
    own: bool = False  # of a user's file
    others: frozenset[str] = field(init=False)  # the words beside the head

    def __post_init__(self) -> None:
        rest = self.words[:-1] if self.part == "noun" else self.words[1:]
        object.__setattr__(self, "others", frozenset(rest))

    @property
    def head(self) -> str:
        return self.words[-1] if self.part == "noun" else self.words[0]

    @property
    def specificity(self) -> int:
        return 4 * len(self.words) + 2 * len(self.when) + len(self.unless)


@dataclass(frozen=True, slots=True)
class Governor:
    """A word that is no event but says how its complement is told."""

    part: str
    words: tuple[str, ...]
    content: str
    only: str | None = None


class Lexicon:
    """All lexicon files of one folder, and event files of a user's own.

    Raises KgError, naming file and entry, for a fault in them.
    """

    def __init__(self, folder: Path, own: Path | None = None) -> None:
        self._paths = [*sorted(folder.glob("*.yaml")), *_own_files(own)]
        self._files = {path.stem: _read(path) for path in self._paths if path.parent == folder}
        self.forms = Forms(self._files["forms"]["verbs"])
        frames = self._files["frames"]
        self.role_types: dict[str, frozenset[str]] = {
            role: frozenset(settings["types"]) for role, settings in frames["roles"].items()
        }
        self.roles: dict[str, str] = {role: settings["is"] for role, settings in frames["roles"].items()}
        self.place_role = self.roles_that_are("place")[0]
        self.place_relations = tuple(part.strip() for part in frames["place"].split("|"))
        self._frames = {
            name: {
                part: tuple(_slot(role, frame[part][role], frame.get("takes", {})) for role in frame[part])
                for part in ("verb", "noun")
                if part in frame
            }
            for name, frame in frames["frames"].items()
        }
        self._entries: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        events = {folder / f"{stem}.yaml": c for stem, c in self._files.items() if stem not in _OTHER_FILES}
        types = {content["type"] for content in events.values()}
        for path in self._paths:
            if path in events or path.parent != folder:
                for entry in self._events(path, events.get(path) or _read(path), types, own=path not in events):
                    self._entries[entry.part, entry.head].append(entry)
        for entries in self._entries.values():
            entries.sort(key=lambda e: (-e.specificity, not e.own))
        light = self._files["light"]
        self.light = frozenset(_head(w) for w in light["support"])
        self.happening = frozenset(_head(w) for w in light["happening"])
        self.parts = frozenset(light["parts"])
        self.repeating = tuple(tuple(phrase.split()) for phrase in light["repeating"])
        asking = [e for e in self.entries() if e.frame == "ask" and e.content]
        object_control = frozenset(e.head for e in asking if e.part == "verb")
        self.grammar = Grammar(
            self.light,
            frozenset(light["hitting"]),
            object_control,
            frozenset(self._files["speech"]["nouns"]),
            object_control & {e.head for e in asking if e.part == "noun"},
            frozenset(light["going"]),
            frozenset(light["measures"]),
            frozenset((verb, noun) for verb, noun in map(str.split, light["claiming"])),
            frozenset(self._files["governors"]["negators"]),
        )
        self._governors: dict[tuple[str, str], list[Governor]] = defaultdict(list)
        for governor in _governors(self._files["governors"]["entries"]):
            self._governors[governor.part, governor.words[0]].append(governor)
        words = self._files["governors"]
        self.auxiliaries: dict[str, str] = {w: c for c, ws in words["auxiliaries"].items() for w in ws}
        self.marks: dict[str, str] = {w: c for c, ws in words["marks"].items() for w in ws}
        self.negators = frozenset(words["negators"])
        speech = self._files["speech"]
        self.speech_verbs = frozenset(speech["verbs"])
        self.speech_nouns = frozenset(speech["nouns"])
        self.answered = frozenset(speech["answered"])
        self.speech_phrases = tuple(tuple(phrase.split()) for phrase in speech["phrases"])

    def roles_that_are(self, kind: str) -> tuple[str, ...]:
        """The roles of one kind, `party`, `matter` or `place`, in the order of `frames.yaml`."""
        return tuple(role for role, is_kind in self.roles.items() if is_kind == kind)

    @cached_property
    def modes(self) -> Mapping[str, frozenset[str]]:
        """The modes that entries of each type have."""
        found: dict[str, set[str]] = defaultdict(set)
        for entry in self.entries():
            if entry.mode:
                found[entry.type].add(entry.mode)
        return {kind: frozenset(modes) for kind, modes in found.items()}

    @cached_property
    def usual(self) -> Mapping[tuple[str, str | None], tuple[str, str | None]]:
        """Frame and content that most entries of a type and part of speech have; for the part None, of the type."""
        counts: dict[tuple[str, str | None], Counter[tuple[str, str]]] = defaultdict(Counter)
        for entry in self.entries():
            if entry.frame != NO_EVENT:
                for part in (entry.part, None):
                    counts[entry.type, part][entry.frame, entry.content or ""] += 1
        best = {key: min(frames, key=lambda f: (-frames[f], f)) for key, frames in counts.items()}
        return {key: (frame, content or None) for key, (frame, content) in best.items()}

    @property
    def version(self) -> str:
        """A digest of all files, 12 hexadecimal digits."""
        digest = hashlib.sha256()
        for path in self._paths:
            digest.update(path.read_bytes())
        return digest.hexdigest()[:12]

    def data(self, stem: str) -> Any:
        """The content of one file, such as `quantities`."""
        return self._files[stem]

    def entries(self) -> list[Entry]:
        """Every entry, in a fixed order."""
        return [entry for key in sorted(self._entries) for entry in self._entries[key]]

    def frame(self, entry: Entry) -> tuple[Slot, ...]:
        """The slots of an entry's frame for its part of speech."""
        frame = self._frames[entry.frame]
        part = "noun" if entry.part == "noun" else "verb"
        return frame.get(part, frame["verb"])

    def candidates(self, token: Token) -> Sequence[Entry]:
        """Entries whose head is this token and whose other words stand with it, most specific first. They are kept with
        the document.
        """
        part = part_of(token)
        if part is None:
            return ()
        kept: tuple[Lexicon, dict[int, Sequence[Entry]]] | None = token.doc.user_data.get("candidates")
        if kept is None or kept[0] is not self:
            kept = token.doc.user_data["candidates"] = (self, {})
        if token.i not in kept[1]:
            kept[1][token.i] = self._candidates(token, part)
        return kept[1][token.i]

    def _candidates(self, token: Token, part: str) -> Sequence[Entry]:
        found: list[Entry] = []
        near: frozenset[str] | None = None
        for lemma in self.forms.of(token, part):
            for entry in self._entries.get((part, lemma), ()):
                if len(entry.words) == 1:
                    found.append(entry)
                    continue
                if near is None:  # most entries of several words are set aside by one look at it
                    near = phrases.around(token, noun=part == "noun")
                if entry.others <= near and phrases.has_words(token, entry.words, noun=part == "noun"):
                    found.append(entry)
        return tuple(found)

    def entry_for(self, token: Token, relations: Relations, type_of: TypeOf) -> Entry | None:
        """The most specific entry that fits; `type_of` gives the ontology class of an argument's head."""
        entry = self.fitting(token, relations, type_of)
        return entry if entry is not None and entry.frame != NO_EVENT else None

    def fitting(self, token: Token, relations: Relations, type_of: TypeOf) -> Entry | None:
        """The most specific entry that fits, those too which say that the word names no event here."""
        for entry in self.candidates(token):
            if self.unmet(entry, token, relations, type_of) is None:
                return entry
        return None

    def unmet(self, entry: Entry, token: Token, relations: Relations, type_of: TypeOf) -> str | None:
        """The first condition of an entry that does not hold, as `when object` or `unless in`; None if it fits."""
        return unmet(entry.when, entry.unless, token, relations, type_of, self.forms) or unmet(
            {}, entry.aside, token, relations, type_of, self.forms
        )

    def governor(self, token: Token, *, noun: bool = False) -> str | None:
        """How a governing word that is no event tells its complement, a clause or a `noun`; None if it says nothing."""
        part = part_of(token)
        if part is None:
            return None
        for lemma in self.forms.of(token, part):
            fitting = [g for g in self._governors.get((part, lemma), ()) if phrases.stand_with(token, g.words[1:])]
            fitting = [g for g in fitting if g.only in (None, "noun" if noun else "clause")]
            if fitting:
                return max(fitting, key=lambda g: len(g.words)).content
        return None

    def _events(self, path: Path, content: Any, types: set[str], *, own: bool) -> Iterable[Entry]:
        groups = self._files["groups"]
        if not isinstance(content, dict) or not isinstance(content.get("entries"), list) or "type" not in content:
            raise KgError(f"{path}: an event file has a type and a list of entries")
        if content["type"] not in types:
            raise KgError(f"{path}: no type {content['type']!r}; types are {', '.join(sorted(types))}")
        aside = read_conditions(content.get("unless"), groups, str(path))
        for number, raw in enumerate(content["entries"], 1):
            where = f"{path}, entry {number}"
            part = next((p for p in _PARTS if p in raw), None)
            if part is None:
                raise KgError(f"{where}: give one of verb, noun or adjective")
            if raw.get("frame") not in (*self._frames, NO_EVENT):
                raise KgError(
                    f"{where}: no frame {raw.get('frame')!r}; frames.yaml has {', '.join(sorted(self._frames))}"
                )
            when, unless = (read_conditions(raw.get(key), groups, where) for key in ("when", "unless"))
            for words in _list(raw[part]):
                yield Entry(
                    part=part,
                    words=tuple(str(words).lower().split()),
                    type=content["type"],
                    mode=raw.get("mode"),
                    frame=raw["frame"],
                    when=when,
                    unless=unless,
                    aside=aside,
                    content=raw.get("content"),
                    test=raw.get("test", ""),
                    source=where,
                    own=own,
                )


@cache
def load() -> Lexicon:
    """The packaged lexicon, with the event files of the folder that the variable KG_LEXICON names, if it is set."""
    own = os.environ.get(OWN)
    return Lexicon(resources.folder("ontology") / "lexicon", Path(own) if own else None)


def part_of(token: Token) -> str | None:
    """`verb`, `noun` or `adjective` as the lexicon's keys have it; participles count as verbs."""
    if token.pos_ in _PARTS["verb"]:
        return "verb"
    if token.pos_ == "ADJ":
        return "verb" if token.tag_ in ("VBN", "VBG", "VBD") else "adjective"
    return "noun" if token.pos_ in _PARTS["noun"] else None


def _own_files(folder: Path | None) -> list[Path]:
    if folder is None:
        return []
    found = sorted(folder.glob("*.yaml"))
    if not found:
        raise KgError(f"{folder}: no lexicon there: give a folder with event files (*.yaml)")
    return found


def _read(path: Path) -> Any:
    try:
        return srsly.read_yaml(path)
    except Exception as error:  # ruamel raises several unrelated classes
        raise KgError(f"{path}: not valid YAML: {' '.join(str(error).split())}") from error


def _slot(role: str, expression: str, takes: Mapping[str, Sequence[str]]) -> Slot:
    alternatives = tuple(tuple(word.strip() for word in part.split("+")) for part in str(expression).split("|"))
    return Slot(role, alternatives, frozenset(takes.get(role, ())))


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _head(words: str) -> str:
    return words.split()[0]


def _governors(raws: Iterable[Any]) -> Iterable[Governor]:
    for raw in raws:
        for part in _PARTS:
            for words in _list(raw.get(part, [])):
                yield Governor(part, tuple(str(words).lower().split()), raw["content"], raw.get("only"))
