"""Triples of small integers, indexed as the rules need them: by predicate, then by subject or by object."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.reasoning.rules import Term

Pair = tuple[int, int]
Fact = tuple[int, int, int]
_NONE: frozenset[int] = frozenset()


class Terms:
    """Terms by number and numbers by term. Literals are below zero, everything else is not."""

    def __init__(self) -> None:
        self._numbers: dict[Term, int] = {}
        self._others: list[Term] = []
        self._literals: list[Term] = []

    def number(self, term: Term) -> int:
        """The number of the term, a new one if it has none yet."""
        found = self._numbers.get(term)
        if found is None:
            if isinstance(term, Literal):
                self._literals.append(term)
                found = -len(self._literals)
            else:
                found = len(self._others)
                self._others.append(term)
            self._numbers[term] = found
        return found

    def term(self, number: int) -> Term:
        """The term with the number."""
        return self._others[number] if number >= 0 else self._literals[~number]

    def triple(self, fact: Fact) -> Triple:
        """The triple that the numbers stand for."""
        return Triple(*map(self.term, fact))  # type: ignore[arg-type]

    def fact(self, triple: Triple | Quad) -> Fact:
        """The numbers of the triple."""
        return self.number(triple.subject), self.number(triple.predicate), self.number(triple.object)  # type: ignore[arg-type]


class Index(dict[int, set[int] | frozenset[int]]):
    """What is on the other side of a term, for one predicate; nothing, where there is no entry."""

    def __missing__(self, key: int) -> frozenset[int]:
        return _NONE


class Facts(Protocol):
    """What the compiled rules read, and what their results are added to."""

    @property
    def objects(self) -> dict[int, Index]:
        """Predicate -> subject -> objects. An entry made for a predicate that has no facts is empty."""

    @property
    def subjects(self) -> dict[int, Index]:
        """Predicate -> object -> subjects."""

    def pairs(self, predicate: int) -> Iterable[Pair]:
        """All subjects and objects of a predicate."""

    def about(self, subject: int) -> Iterable[Pair]:
        """All predicates and objects of a subject."""

    def onto(self, term: int) -> Iterable[Pair]:
        """All predicates and subjects of an object."""

    def predicates(self) -> Iterable[int]:
        """All predicates."""

    def add(self, predicate: int, pairs: Iterable[Pair]) -> list[Pair]:
        """Add facts; those that were new, each once."""


class Memory:
    """Facts in memory. The index by object is made for a predicate when it is first asked for."""

    def __init__(self) -> None:
        self.objects: defaultdict[int, Index] = defaultdict(Index)
        self.subjects: dict[int, Index] = _Inverted(self.objects)

    def pairs(self, predicate: int) -> Iterator[Pair]:
        return ((s, o) for s, found in self.objects[predicate].items() for o in found)

    def about(self, subject: int) -> list[Pair]:
        return [(p, o) for p, index in self.objects.items() for o in index[subject]]

    def onto(self, term: int) -> list[Pair]:
        return [(p, s) for p in self.objects for s in self.subjects[p][term]]

    def predicates(self) -> list[int]:
        return list(self.objects)

    def add(self, predicate: int, pairs: Iterable[Pair]) -> list[Pair]:
        index = self.objects[predicate]
        new = []
        for pair in pairs:
            s, o = pair
            found = index.get(s)
            if found is None:
                index[s] = {o}
            elif o in found:
                continue
            else:
                found.add(o)  # type: ignore[union-attr]  # what stands in the index is a set
            new.append(pair)
        if predicate in self.subjects:
            _insert(self.subjects[predicate], new)
        return new


class _Inverted(dict[int, Index]):
    def __init__(self, objects: defaultdict[int, Index]) -> None:
        self._objects = objects

    def __missing__(self, predicate: int) -> Index:
        index = self[predicate] = Index()
        for s, found in self._objects[predicate].items():
            _insert(index, [(s, o) for o in found])
        return index


def _insert(index: Index, pairs: Iterable[Pair]) -> None:
    """Put pairs of subject and object into an index by object."""
    for s, o in pairs:
        found = index.get(o)
        if found is None:
            index[o] = {s}
        else:
            found.add(s)  # type: ignore[union-attr]


def is_vocabulary(term: Term) -> bool:
    """Whether the term is one of RDF, RDFS or OWL."""
    return isinstance(term, NamedNode) and term.value.startswith(_LOGIC)


_LOGIC = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/2002/07/owl#",
)
