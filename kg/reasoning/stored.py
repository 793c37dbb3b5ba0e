"""Facts read from an embedded store as the rules ask for them, so that a small change costs little in a large store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from kg.graph.terms import CD, INFERRED, RDF
from kg.reasoning.facts import Fact, Index, Memory, Pair, Terms
from kg.reasoning.premises import is_premise, is_reasoned


class Stored:
    """The premises and inferred facts of a store, and above them what was added and taken away since.

    Nothing is written to the store, which must not change meanwhile.
    """

    def __init__(self, store: ox.Store, terms: Terms) -> None:
        self._terms = terms
        self._read = read = _Reader(store, terms)
        # an index reads its entries from the store when they are first asked for
        self.objects: dict[int, Index] = _Made(
            lambda p: _Lazy(lambda s: {o for _, _, o in read.match(s, p, None)}, lambda: read.any(p))
        )
        self.subjects: dict[int, Index] = _Made(
            lambda p: _Lazy(lambda o: {s for s, _, _ in read.match(None, p, o)}, lambda: read.any(p))
        )

    def asserted(self, fact: Fact) -> bool:
        """Whether the fact is a premise in the store."""
        return any(quad.graph_name != INFERRED for quad in self._read.quads(*fact))

    def inferred(self, fact: Fact) -> bool:
        """Whether the fact stands in the store's inferred graph."""
        return self.quad(fact) in self._read.store

    def quad(self, fact: Fact) -> ox.Quad:
        """The fact as a statement of the inferred graph."""
        triple = self._terms.triple(fact)
        return ox.Quad(triple.subject, triple.predicate, triple.object, INFERRED)

    def holds(self, fact: Fact) -> bool:
        s, p, o = fact
        return o in self.objects[p][s]

    def add(self, predicate: int, pairs: Iterable[Pair]) -> list[Pair]:
        new = []
        for s, o in pairs:
            found = self.objects[predicate][s]
            if o not in found:
                found.add(o)  # type: ignore[union-attr]  # what was read is a set
                if o in self.subjects[predicate]:
                    self.subjects[predicate][o].add(s)  # type: ignore[union-attr]
                self._read.gone.discard((s, predicate, o))
                new.append((s, o))
        self._read.new.add(predicate, new)
        return new

    def discard(self, fact: Fact) -> None:
        s, p, o = fact
        for index, key, term in ((self.objects[p], s, o), (self.subjects[p], o, s)):
            if key in index:
                index[key].discard(term)  # type: ignore[union-attr]
        self._read.gone.add(fact)

    def pairs(self, predicate: int) -> list[Pair]:
        return [(s, o) for s, _, o in self._read.match(None, predicate, None)]

    def about(self, subject: int) -> list[Pair]:
        return [(p, o) for _, p, o in self._read.match(subject, None, None)]

    def onto(self, term: int) -> list[Pair]:
        return [(p, s) for s, p, _ in self._read.match(None, None, term)]

    def predicates(self) -> list[int]:
        return sorted({p for _, p, _ in self._read.match(None, None, None)})

    def around(self, term: int) -> list[Fact]:
        """The statements of reasoned graphs that the term is subject or object of, premises or not; types left out."""
        node: Any = self._terms.term(term)
        quads = [
            *self._read.store.quads_for_pattern(node, None, None, None),
            *self._read.store.quads_for_pattern(None, None, node, None),
        ]
        return [self._terms.fact(q) for q in quads if is_reasoned(q.graph_name) and q.predicate != RDF.type]


class _Reader:
    """Looks facts up in the store, less those that are `gone` and with those that are `new`.

    It knows nothing of the indexes: a circle of references would keep the store open.
    """

    def __init__(self, store: ox.Store, terms: Terms) -> None:
        self.store, self._terms = store, terms
        self.new, self.gone = Memory(), set[Fact]()
        self._prospects = _Prospects(store)

    def match(self, s: int | None, p: int | None, o: int | None) -> set[Fact]:
        """The facts of a pattern."""
        if s is not None and s < 0:
            return set()  # no literal is a subject
        found = {self._terms.fact(quad) for quad in self.quads(s, p, o)}
        found.update(self._match_new(s, p, o))
        return found - self.gone if self.gone else found

    def any(self, predicate: int) -> bool:
        """Whether there are or were facts of the predicate."""
        return any(True for _ in self.quads(None, predicate, None)) or bool(self.new.objects[predicate])

    def quads(self, s: int | None, p: int | None, o: int | None) -> Iterator[ox.Quad]:
        """The premises and inferred statements of a pattern in the store."""
        pattern: list[Any] = [None if number is None else self._terms.term(number) for number in (s, p, o)]
        for quad in self.store.quads_for_pattern(pattern[0], pattern[1], pattern[2], None):
            if quad.graph_name == INFERRED or (is_reasoned(quad.graph_name) and is_premise(quad, self._prospects)):
                yield quad

    def _match_new(self, s: int | None, p: int | None, o: int | None) -> Iterator[Fact]:
        if p is None:
            if s is not None:
                yield from ((s, p, o) for p, o in self.new.about(s))
            elif o is not None:
                yield from ((s, p, o) for p, s in self.new.onto(o))
            else:
                yield from ((s, p, o) for p in self.new.predicates() for s, o in self.new.pairs(p))
        elif s is not None:
            yield from ((s, p, o) for o in self.new.objects[p][s])
        elif o is not None:
            yield from ((s, p, o) for s in self.new.subjects[p][o])
        else:
            yield from ((s, p, o) for s, o in self.new.pairs(p))


class _Lazy(Index):
    """An index whose entries are read when they are first asked for."""

    def __init__(self, read: Callable[[int], set[int]], filled: Callable[[], bool]) -> None:
        super().__init__()
        self._read, self._filled = read, filled
        self._known: bool | None = None

    def __missing__(self, key: int) -> set[int]:  # type: ignore[override]  # a set of its own, to be added to
        found = self[key] = self._read(key)
        return found

    def __bool__(self) -> bool:
        if self._known is None:
            self._known = self._filled()
        return self._known or len(self) > 0


class _Made(dict[int, Index]):
    """Indexes by predicate, made when they are first asked for."""

    def __init__(self, make: Callable[[int], Index]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, predicate: int) -> Index:
        index = self[predicate] = self._make(predicate)
        return index


class _Prospects:
    """The prospects of a store, looked up one by one."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._known: dict[object, bool] = {}

    def __contains__(self, term: object) -> bool:
        found = self._known.get(term)
        if found is None:
            found = not isinstance(term, ox.Literal) and any(
                is_reasoned(quad.graph_name)
                for quad in self._store.quads_for_pattern(term, RDF.type, CD.Prospect, None)  # type: ignore[arg-type]
            )
            self._known[term] = found
        return found
