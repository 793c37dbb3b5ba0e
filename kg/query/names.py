"""Names in the store and what bears them: whole names, in any case, with or without an article."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from pyoxigraph import Literal

from kg.errors import KgError
from kg.graph.terms import PREFIXES
from kg.store import Solutions, Store

_PROLOGUE = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in ("cd", "dct", "rdfs", "skos"))
_THINGS = """SELECT DISTINCT ?iri ?label ?kind WHERE {
  ?entity cd:refersTo ?iri ; cd:entityType ?kind . ?iri skos:prefLabel|skos:altLabel ?label }"""
_DOCUMENTS = """SELECT DISTINCT ?iri ?label WHERE {
  ?iri a cd:Document ; dct:identifier|dct:title|rdfs:label ?label }"""
_CLASSES = """SELECT DISTINCT ?iri ?label WHERE {
  ?iri rdfs:subClassOf+ cd:Event ; rdfs:label|skos:notation ?label }"""
_EXACTLY = """SELECT DISTINCT ?iri WHERE {
  VALUES ?label { %s } ?iri skos:prefLabel|skos:altLabel ?label . FILTER(EXISTS { ?entity cd:refersTo ?iri }) }"""
_ARTICLE = re.compile(r"^(the|a|an)\s+", re.IGNORECASE)
_ROW = 5  # so many words of a name are looked at
_FEW = 3  # so many may have a name in part for it to be understood
_PIECE = re.compile(r"[^\W_]+")


def plain(name: str) -> str:
    """The name as it is compared: its words in folded case, without punctuation and leading article."""
    return _ARTICLE.sub("", " ".join(_PIECE.findall(name.casefold())))


def exactly(store: Store, name: str) -> list[str]:
    """The IRIs of the things that some document calls just so, sorted: a look-up, where `Names` reads every name."""
    answer = store.query(_PROLOGUE + _EXACTLY % Literal(name))
    return sorted({row["iri"].value for row in answer}) if isinstance(answer, Solutions) else []


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in a text: where (characters, end exclusive), and what bears it: IRI -> names of its classes."""

    start: int
    end: int
    name: str
    bearers: Mapping[str, frozenset[str]]

    @property
    def kinds(self) -> frozenset[str]:
        """The classes of all that bear the name."""
        return frozenset().union(*self.bearers.values())


class Names:
    """Names of one sort of thing. Made anew for each use: a store may change between two questions."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        self._bearers: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._written: dict[str, str] = {}
        self._proper: set[str] = set()
        self._labels: defaultdict[str, set[str]] = defaultdict(set)
        self._classed = False
        for iri, label, kind in sorted(rows):
            self._classed = self._classed or bool(kind)
            name = plain(label)
            self._labels[iri].add(label)
            self._bearers[name][iri].add(kind)
            self._written.setdefault(name, label)
            if any(c.isupper() for c in _ARTICLE.sub("", label)):
                self._proper.add(name)

    @classmethod
    def of_things(cls, store: Store) -> Self:
        """The actors, places and agreements that documents speak of."""
        return cls._asked(store, _THINGS)

    @classmethod
    def of_documents(cls, store: Store) -> Self:
        """The documents, by name and title."""
        return cls._asked(store, _DOCUMENTS)

    @classmethod
    def of_event_classes(cls, store: Store) -> Self:
        """The types and modes of events, by label and PLOVER code."""
        return cls._asked(store, _CLASSES)

    @classmethod
    def _asked(cls, store: Store, query: str) -> Self:
        answer = store.query(_PROLOGUE + query)
        if not isinstance(answer, Solutions):
            raise KgError(f"store {store.location} does not answer a SELECT with solutions")
        kinds = "kind" in answer.variables
        return cls((r["iri"].value, r["label"].value, _local(r["kind"].value) if kinds else "") for r in answer)

    def find(self, name: str) -> list[str]:
        """The IRIs of all that bear the name, sorted."""
        return sorted(self._bearers.get(plain(name), ()))

    def of(self, iris: Iterable[str]) -> tuple[str, ...]:
        """The proper names of all these things, as documents write them, sorted."""
        return tuple(sorted({label for iri in iris for label in self._labels[iri] if label[:1].isupper()}))

    def having(self, part: str) -> tuple[str, ...]:
        """The IRIs of all with this in a name, sorted."""
        return tuple(sorted({iri for name, bearers in self._bearers.items() if part in name for iri in bearers}))

    def kinds(self, iri: str) -> frozenset[str]:
        """The classes that documents take a thing for."""
        return frozenset(kind for label in self._labels[iri] for kind in self._bearers[plain(label)][iri])

    def is_proper(self, name: str) -> bool:
        """Whether somebody writes the name with a capital letter."""
        return plain(name) in self._proper

    def holding(self, word: str) -> dict[str, frozenset[str]]:
        """What is called by a name of several words with this one as its last: IRI -> its classes."""
        found: dict[str, set[str]] = {}
        for name in sorted(self._proper):
            if name.endswith(f" {plain(word)}"):
                for iri, kinds in self._bearers[name].items():
                    found.setdefault(iri, set()).update(kinds)
        return {iri: frozenset(kinds) for iri, kinds in sorted(found.items())}

    def containing(self, words: list[str]) -> dict[str, frozenset[str]]:
        """What is called by a longer name with these words in a row, two at least: IRI -> its classes.

        Nothing for what has no class, as titles of documents.
        """
        if len(words) < 2 or not self._classed:
            return {}
        row = f" {' '.join(words)} "
        found = {iri for name in sorted(self._proper) if row in f" {name} " for iri in self._bearers[name]}
        return {iri: self.kinds(iri) for iri in sorted(found)}

    def near(self, name: str, number: int = 3) -> list[str]:
        """Names that are spelt alike or hold the given one as a part."""
        wanted = plain(name)
        holding = [n for n in self._bearers if wanted and re.search(rf"\b{re.escape(wanted)}\b", n)]
        alike = difflib.get_close_matches(wanted, list(self._bearers), n=number, cutoff=0.7)
        return [self._written[n] for n in dict.fromkeys([*alike, *sorted(holding, key=len)])][:number]

    def spot(self, text: str) -> list[Found]:
        """The names that stand in a text, the longest first where they overlap, in the order of the text."""
        pieces = list(_PIECE.finditer(text))
        words = [piece.group().casefold() for piece in pieces]
        longest = max((name.count(" ") + 1 for name in self._bearers), default=0)
        found: list[Found] = []
        at = 0
        while at < len(words):
            for end in range(min(len(words), at + longest), at, -1):
                if (bearers := self._bearers.get(" ".join(words[at:end]))) is not None:
                    first, last = pieces[at].start(), pieces[end - 1].end()
                    kinds = {iri: frozenset(classes) for iri, classes in sorted(bearers.items())}
                    found.append(Found(first, last, text[first:last], kinds))
                    at = end - 1
                    break
            else:
                at = self._partly(text, pieces, words, at, found)
            at += 1
        return found

    def _partly(self, text: str, pieces: list[re.Match[str]], words: list[str], at: int, found: list[Found]) -> int:
        """Take capital words in a row that only a longer name has: "Abraham Accords"."""
        if not pieces[at].group()[:1].isupper():
            return at
        end = min(len(pieces), at + _ROW)
        for last in range(end, at + 1, -1):
            bearers = self.containing(words[at:last])
            if 0 < len(bearers) <= _FEW:
                first, stop = pieces[at].start(), pieces[last - 1].end()
                found.append(Found(first, stop, text[first:stop], bearers))
                return last - 1
        return at


def _local(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]
