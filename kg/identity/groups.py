"""Disjoint groups of members, joined one match at a time, in one order, and never against what sets members apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from kg.model import Corrections, Member

T = TypeVar("T", bound=Hashable)
K = TypeVar("K", bound=Hashable)


class Groups(Generic[T]):
    """Disjoint sets of nodes, each with the members that it stands for.

    `conflict(a, b)` tells whether two nodes cannot be in one group. It is asked for every pair of two groups that are
    to be joined, so groups must stay small or nodes few.
    """

    def __init__(
        self,
        members: dict[T, frozenset[Member]],
        corrections: Corrections,
        conflict: Callable[[T, T], bool] = lambda a, b: False,
    ) -> None:
        self._parent = {node: node for node in members}
        self._nodes: dict[T, list[T]] = {node: [node] for node in members}
        self._members = {node: set(found) for node, found in members.items()}
        self._corrections, self._conflict = corrections, conflict

    def root(self, node: T) -> T:
        """The node that stands for the group."""
        while self._parent[node] != node:
            self._parent[node] = self._parent[self._parent[node]]
            node = self._parent[node]
        return node

    def nodes(self, node: T) -> list[T]:
        """All nodes of the group, in the order in which they came."""
        return self._nodes[self.root(node)]

    def join(self, a: T, b: T, *, given: bool = False) -> bool:
        """Make one group of two, if nothing sets them apart; whether it did. `given`, no conflict counts."""
        first, second = self.root(a), self.root(b)
        if first == second:
            return False
        if not given and (
            self._corrections.forbid(self._members[first], self._members[second])
            or any(self._conflict(x, y) for x in self._nodes[first] for y in self._nodes[second])
        ):
            return False
        if len(self._nodes[first]) < len(self._nodes[second]):
            first, second = second, first
        self._parent[second] = first
        self._nodes[first] += self._nodes.pop(second)
        self._members[first] |= self._members.pop(second)
        return True

    def all(self) -> Iterable[list[T]]:
        """The groups."""
        return self._nodes.values()


def blocks(keys: Iterable[tuple[K, T]]) -> dict[K, list[T]]:
    """Key -> those that have it, in the order given, for the keys that more than one has."""
    found: dict[K, list[T]] = defaultdict(list)
    for key, one in keys:
        if not found[key] or found[key][-1] != one:
            found[key].append(one)
    return {key: several for key, several in found.items() if len(several) > 1}


def neighbours(several: Sequence[T], wide: int) -> Iterator[tuple[T, T]]:
    """The pairs between which fewer than so many stand, so that they grow with the block and not with its square."""
    for at, one in enumerate(several):
        for other in several[at + 1 : at + 1 + wide]:
            yield one, other
