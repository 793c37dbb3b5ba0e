"""Whether a fact follows from what is asserted, and how: a search backwards from it that meets every fact once.

A way in which a fact could follow waits for the facts that it needs; when the last of them is proved, so is the fact.
So no fact is ever proved by way of itself, however the rules go round in circles.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from kg.reasoning.facts import Fact, Facts
from kg.reasoning.programs import Body, Program
from kg.reasoning.rules import Rule


@dataclass(slots=True)
class _Way:
    """A way in which a fact could follow, and how many of the facts it needs are not proved yet."""

    fact: Fact
    rule: Rule
    body: Body
    missing: int


@dataclass(slots=True)
class _Search:
    """Facts met on the search for one goal, ways that wait for them, and where to go on."""

    met: dict[Fact, None] = field(default_factory=dict)
    waiting: defaultdict[Fact, list[_Way]] = field(default_factory=lambda: defaultdict(list))
    open: deque[Iterator[None]] = field(default_factory=deque)


class Proofs:
    """Proofs over facts that only get fewer; `asserted` tells what needs none."""

    def __init__(self, program: Program, facts: Facts, asserted: Callable[[Fact], bool]) -> None:
        self._program, self._facts, self._asserted = program, facts, asserted
        self.steps: dict[Fact, tuple[Rule, Body] | None] = {}
        """Each fact that was proved, with the rule and the facts that give it; None for what is asserted."""

    def refuted(self, goal: Fact) -> list[Fact]:
        """Facts that no longer follow, the goal and those met on the search for it; none if the goal is proved."""
        search = _Search()
        if goal not in self.steps:
            self._meet([goal], search)
        while search.open and goal not in self.steps:
            if next(search.open[0], self) is self:
                search.open.popleft()
        search.open.clear()  # what goes on in it refers to the search
        return [] if goal in self.steps else [fact for fact in search.met if fact not in self.steps]

    def grounds(self, goal: Fact) -> list[Fact]:
        """The asserted facts that one proof of a fact rests on, each once; none if it does not follow."""
        if self.refuted(goal):
            return []
        found: dict[Fact, None] = {goal: None}
        leaves = []
        for fact in (queue := [goal]):
            step = self.steps[fact]
            if step is None:
                leaves.append(fact)
            else:
                queue += [other for other in dict.fromkeys(step[1]) if other not in found]
                found.update(dict.fromkeys(step[1]))
        return leaves

    def _meet(self, facts: Iterable[Fact], search: _Search) -> None:
        for fact in facts:
            if fact not in search.met:
                search.met[fact] = None
                if self._asserted(fact):
                    self._prove(fact, None, search)
                else:
                    search.open.append(self._ways(fact, search))

    def _ways(self, fact: Fact, search: _Search) -> Iterator[None]:
        """Try one way after another in which the fact could follow."""
        for rule, body in self._program.instances(fact, self._facts):
            if fact in self.steps:
                return
            needed = [other for other in dict.fromkeys(body) if other not in self.steps]
            if not needed:
                self._prove(fact, (rule, body), search)
                return
            way = _Way(fact, rule, body, len(needed))
            for other in needed:
                search.waiting[other].append(way)
            self._meet(needed, search)
            yield

    def _prove(self, fact: Fact, step: tuple[Rule, Body] | None, search: _Search) -> None:
        proved = [(fact, step)]
        while proved:
            fact, step = proved.pop()
            if fact in self.steps:
                continue
            self.steps[fact] = step
            for way in search.waiting.pop(fact, ()):
                way.missing -= 1
                if not way.missing:
                    proved.append((way.fact, (way.rule, way.body)))
