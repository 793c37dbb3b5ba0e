"""Whether a fact follows from what is asserted, and how: a search backwards from it that meets every fact once.

A way in which a fact could follow waits for the facts that it needs; when the last of them is proved, so is the fact.
So no fact is ever proved by way of itself, however the rules go round in circles.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

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


class Proofs:
    """Proofs over facts that only get fewer; `asserted` tells what needs none."""

    def __init__(self, program: Program, facts: Facts, asserted: Callable[[Fact], bool]) -> None:
        self._program, self._facts, self._asserted = program, facts, asserted
        self.steps: dict[Fact, tuple[Rule, Body] | None] = {}
        """Each fact that was proved, with the rule and the facts that give it; None for what is asserted."""

    def refuted(self, goal: Fact) -> list[Fact]:
        """Facts that no longer follow, the goal and those met on the search for it; none if the goal is proved."""
        met: dict[Fact, None] = {}
        waiting: defaultdict[Fact, list[_Way]] = defaultdict(list)
        searches: deque[Iterator[tuple[Rule, Body]]] = deque()

        def meet(facts: Iterable[Fact]) -> None:
            for fact in facts:
                if fact not in met:
                    met[fact] = None
                    if self._asserted(fact):
                        self._prove(fact, None, waiting)
                    else:
                        searches.append(self._ways(fact, waiting, meet))

        if goal not in self.steps:
            meet([goal])
        while searches and goal not in self.steps:
            if next(searches[0], None) is None:
                searches.popleft()
        return [] if goal in self.steps else [fact for fact in met if fact not in self.steps]

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

    def _ways(
        self, fact: Fact, waiting: defaultdict[Fact, list[_Way]], meet: Callable[[Iterable[Fact]], None]
    ) -> Iterator[tuple[Rule, Body]]:
        for rule, body in self._program.instances(fact, self._facts):
            if fact in self.steps:
                return
            open_ = [other for other in dict.fromkeys(body) if other not in self.steps]
            if not open_:
                self._prove(fact, (rule, body), waiting)
                return
            way = _Way(fact, rule, body, len(open_))
            for other in open_:
                waiting[other].append(way)
            meet(open_)
            yield rule, body

    def _prove(self, fact: Fact, step: tuple[Rule, Body] | None, waiting: defaultdict[Fact, list[_Way]]) -> None:
        proved = [(fact, step)]
        while proved:
            fact, step = proved.pop()
            if fact in self.steps:
                continue
            self.steps[fact] = step
            for way in waiting.pop(fact, ()):
                way.missing -= 1
                if not way.missing:
                    proved.append((way.fact, (way.rule, way.body)))
