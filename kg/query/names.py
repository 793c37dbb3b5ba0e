"""Names in the store and what bears them: whole names, in any case, with or without an article."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

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
_ARTICLE = re.compile(r"^(the|a|an)\s+")


def plain(name: str) -> str:
    """The name as it is compared: folded case, single spaces, no leading article, straight apostrophes."""
    text = " ".join(name.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").casefold().split())
    return _ARTICLE.sub("", text)


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in a question: where (words counted from 0, end exclusive), and the kinds of thing that bear it."""

    start: int
    end: int
    name: str
    kinds: frozenset[str]


class Names:
    """Names of one sort of thing. Made anew for each use: a store may change between two questions."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        self._bearers: defaultdict[str, set[str]] = defaultdict(set)
        self._kinds: defaultdict[str, set[str]] = defaultdict(set)
        self._written: dict[str, str] = {}
        for iri, label, kind in sorted(rows):
            name = plain(label)
            self._bearers[name].add(iri)
            self._kinds[name].add(kind)
            self._written.setdefault(name, label)

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

    def near(self, name: str, number: int = 3) -> list[str]:
        """Names that are spelt alike or hold the given one as a part."""
        wanted = plain(name)
        holding = [n for n in self._bearers if wanted and re.search(rf"\b{re.escape(wanted)}\b", n)]
        alike = difflib.get_close_matches(wanted, list(self._bearers), n=number, cutoff=0.7)
        return [self._written[n] for n in dict.fromkeys([*alike, *sorted(holding, key=len)])][:number]

    def spot(self, words: list[str]) -> list[Found]:
        """The names that stand in a row of words, the longest first where they overlap, in the order of the words."""
        longest = max((name.count(" ") + 1 for name in self._bearers), default=0)
        found: list[Found] = []
        start = 0
        while start < len(words):
            for end in range(min(len(words), start + longest), start, -1):
                name = plain(" ".join(words[start:end]))
                if name in self._bearers and not _ARTICLE.match(f"{words[start].lower()} "):
                    found.append(Found(start, end, " ".join(words[start:end]), frozenset(self._kinds[name])))
                    start = end - 1
                    break
            start += 1
        return found


def _local(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]
