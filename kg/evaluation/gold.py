"""Gold: documents with the events and signings that people found in them, read from a folder and checked.

A document is `ID.txt`, the text, and `ID.json`, the annotation; `docs/accuracy.md` describes the form.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.extraction import lexicon
from kg.model import Document, Modality, Time

from .names import Name, flat, words

_MISSING = object()


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event mention. `roles` has the keys of entities by role; `attribution` is such a key, or None."""

    type: str
    mode: str | None
    sentence: str
    trigger: str
    roles: Mapping[str, tuple[str, ...]]
    date: str | None
    modality: str
    attribution: str | None


@dataclass(frozen=True, slots=True)
class GoldSigning:
    """An agreement that the document says was signed, by keys of entities."""

    agreement: str
    signatories: tuple[str, ...]
    date: str | None
    place: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated document. `names` has the names of each entity, as `kg.evaluation.names.words` gives them."""

    document: Document
    names: Mapping[str, frozenset[Name]]
    events: tuple[GoldEvent, ...]
    signings: tuple[GoldSigning, ...]

    @property
    def id(self) -> str:
        return self.document.name


def read_gold(folders: Iterable[Path]) -> list[Gold]:
    """The documents of folders of gold, by folder and name.

    Raises KgError, naming file and record, for the first that is malformed, and for a folder without any.
    """
    found: dict[str, Gold] = {}
    for folder in folders:
        paths = sorted(folder.glob("*.json"))
        if not paths:
            raise KgError(f"{folder}: no gold there: give a folder with pairs of ID.txt and ID.json")
        for path in paths:
            gold = _Reader(path).gold()
            if gold.id in found:
                raise KgError(f"{path}: a document {gold.id} stands in another folder too: evaluate them one by one")
            found[gold.id] = gold
    return list(found.values())


class _Reader:
    """Reads one annotation; its methods raise KgError with the file and the record."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.text = path.with_suffix(".txt").read_text(encoding="utf-8")
            self.raw = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise KgError(f"{path}: the text {path.stem}.txt is missing beside it") from None
        except json.JSONDecodeError as error:
            raise KgError(f"{path}, line {error.lineno}: not valid JSON: {error.msg}") from None
        except (OSError, UnicodeDecodeError) as error:
            raise KgError(f"{path}: cannot be read: {error}") from None
        self.types = {entry.type for entry in lexicon.load().entries()}
        self.flat = flat(self.text)

    def gold(self) -> Gold:
        if not isinstance(self.raw, dict):
            self._fail("", "must be an object with published, entities and events")
        stem = self.path.stem
        if self.raw.get("id", stem) != stem:
            self._fail("", f"id {self.raw['id']!r} is not the file's name {stem!r}")
        try:
            published = date.fromisoformat(self._text("", self.raw, "published"))
        except ValueError:
            self._fail("", f"published {self.raw['published']!r} is not a day: write 2020-02-29")
        names = dict(self._entities())
        events = tuple(self._event(where, raw, names) for where, raw in self._records("events", "event"))
        signings = tuple(self._signing(where, raw, names) for where, raw in self._records("signings", "signing"))
        return Gold(Document(stem, self.text, published), names, events, signings)

    def _entities(self) -> Iterator[tuple[str, frozenset[Name]]]:
        entities = self._field("", self.raw, "entities", dict)
        for key, raw in entities.items():
            where = f"entity {key!r}"
            if not isinstance(raw, dict):
                self._fail(where, "must be an object with type and names")
            names = self._field(where, raw, "names", list)
            found = frozenset(words(name) for name in names if isinstance(name, str)) - {()}
            if not found:
                self._fail(where, "has no names")
            yield key, found

    def _records(self, key: str, what: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for number, raw in enumerate(self._field("", self.raw, key, list, default=[]), 1):
            where = f"{what} {number}"
            if not isinstance(raw, dict):
                self._fail(where, "must be an object")
            yield where, raw

    def _event(self, where: str, raw: dict[str, Any], names: Mapping[str, object]) -> GoldEvent:
        type = self._text(where, raw, "type")
        if type not in self.types:
            self._fail(where, f"type {type!r} is none of {', '.join(sorted(self.types))}")
        sentence, trigger = (flat(self._text(where, raw, key)) for key in ("sentence", "trigger"))
        if sentence not in self.flat:
            self._fail(where, f"the sentence {sentence[:50]!r} does not stand in the text")
        if trigger not in sentence:
            self._fail(where, f"the trigger {trigger!r} does not stand in its sentence")
        modality = raw.get("modality", str(Modality.ASSERTED))
        if modality not in set(Modality):
            self._fail(where, f"modality {modality!r} is none of {', '.join(Modality)}")
        attribution = raw.get("attribution")
        if attribution is not None:
            self._keys(where, {"attribution": [attribution]}, "attribution", names)
        roles = {role: self._keys(where, raw, role, names) for role in lexicon.load().roles}
        mode, told = raw.get("mode"), self._date(where, raw)
        return GoldEvent(type, mode, sentence, trigger, roles, told, modality, attribution)

    def _signing(self, where: str, raw: dict[str, Any], names: Mapping[str, object]) -> GoldSigning:
        agreement = self._text(where, raw, "agreement")
        self._keys(where, {"agreement": [agreement]}, "agreement", names)
        signatories = self._keys(where, raw, "signatories", names)
        return GoldSigning(agreement, signatories, self._date(where, raw), self._keys(where, raw, "place", names))

    def _date(self, where: str, raw: dict[str, Any]) -> str | None:
        value: str | None = raw.get("date")
        if value is not None:
            try:
                Time(value)
            except (ValueError, TypeError, AttributeError):
                self._fail(where, f"date {value!r} is none: write 2020-02-29, 2020-02, 2020, an interval A/B or null")
        return value

    def _keys(self, where: str, raw: dict[str, Any], key: str, names: Mapping[str, object]) -> tuple[str, ...]:
        keys: Sequence[Any] = self._field(where, raw, key, list, default=[])
        for one in keys:
            if one not in names:
                self._fail(where, f"{key}: no entity {one!r}")
        return tuple(keys)

    def _text(self, where: str, raw: dict[str, Any], key: str) -> str:
        value: str = self._field(where, raw, key, str)
        return value

    def _field(self, where: str, raw: dict[str, Any], key: str, kind: type, default: Any = _MISSING) -> Any:
        value = raw.get(key, default)
        if value is _MISSING:
            self._fail(where, f"has no {key}")
        if not isinstance(value, kind):
            self._fail(where, f"{key} must be a {'string' if kind is str else 'list' if kind is list else 'object'}")
        return value

    def _fail(self, where: str, what: str) -> Any:
        raise KgError(f"{self.path}{', ' if where else ''}{where}: {what}")
