"""Rules compiled to comprehensions over indexed integers: forwards from new facts, backwards from a wanted one.

Every pattern of a body gets one function that takes new facts for that pattern and joins the others to them, so a fact
is looked at once for each pattern that it matches and never again (semi-naive evaluation). The functions are written as
source and evaluated: nested loops over sets, which Python runs fastest as a comprehension.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from kg.graph.terms import OWL, RDF
from kg.reasoning.facts import Fact, Facts, Pair, Terms
from kg.reasoning.rules import Atom, Rule, Slot, Test, variables

Body = tuple[Fact, ...]
Forward = Callable[[int, list[Pair], Facts], list[Any]]
Backward = Callable[[int, int, int, Facts], Iterator[Body]]
Source = tuple[str, str, str]


class Program:
    """Rules ready to run over facts whose terms are numbered by `terms`."""

    def __init__(self, rules: Iterable[Rule], terms: Terms) -> None:
        self.rules = sorted(rules, key=lambda rule: len(rule.body))
        self.terms = terms
        self.type, self.same = terms.number(RDF.type), terms.number(OWL.sameAs)
        self._forward: defaultdict[int | None, list[tuple[int | None, Forward]]] = defaultdict(list)
        self._of_class: defaultdict[int, list[tuple[int | None, Forward]]] = defaultdict(list)
        self._backward: defaultdict[object, list[tuple[Rule, _Writer]]] = defaultdict(list)
        self._clashes: list[tuple[Rule, _Writer]] = []
        self._clashes_with: defaultdict[int | None, list[tuple[Rule, int | None, Forward]]] = defaultdict(list)
        for rule in self.rules:
            self._compile(rule)

    def _compile(self, rule: Rule) -> None:
        writer = _Writer(rule, self.terms, self.type)
        if rule.head is None:
            self._clashes.append((rule, writer))
        else:
            self._backward[self._key(rule.head)].append((rule, writer))
        head = None if rule.head is None else self._constant(rule.head[1])
        for place, atom in enumerate(rule.body):
            predicate, class_ = self._constant(atom[1]), self._constant(atom[2])
            function = writer.forward(place)
            if rule.head is None:
                self._clashes_with[predicate].append((rule, class_ if predicate == self.type else None, function))
            elif predicate == self.type and class_ is not None:
                self._of_class[class_].append((head, function))
            else:
                self._forward[predicate].append((head, function))

    def _constant(self, slot: Slot) -> int | None:
        return None if isinstance(slot, str) else self.terms.number(slot)

    def _key(self, head: Atom) -> object:
        predicate, term = self._constant(head[1]), self._constant(head[2])
        return (predicate, term) if predicate == self.type and term is not None else predicate

    def given(self) -> list[Fact]:
        """The facts that rules without a body give."""
        heads = [rule.head for rule in self.rules if not rule.body and rule.head is not None]
        return [(self.terms.number(s), self.terms.number(p), self.terms.number(o)) for s, p, o in heads]  # type: ignore[arg-type]

    def consequences(self, predicate: int, pairs: list[Pair], facts: Facts) -> dict[int, list[Pair]]:
        """What follows in one step from facts of one predicate and all others, known or not: predicate -> pairs."""
        found: defaultdict[int, list[Pair]] = defaultdict(list)
        for head, function in (*self._forward.get(predicate, ()), *self._forward.get(None, ())):
            _collect(found, head, function(predicate, pairs, facts))
        if predicate == self.type:
            for class_, members in _by_object(pairs).items():
                for head, function in self._of_class.get(class_, ()):
                    _collect(found, head, function(predicate, members, facts))
        return found

    def instances(self, fact: Fact, facts: Facts) -> Iterator[tuple[Rule, Body]]:
        """The ways in which the fact follows in one step, shortest rules first, without those that rest on itself."""
        s, p, o = fact
        keys: tuple[object, ...] = ((p, o), p, None) if p == self.type else (p, None)
        for key in keys:
            for rule, writer in self._backward.get(key, ()):
                for body in writer.backward(s, p, o, facts):
                    if fact not in body:
                        yield rule, body

    def clashes(self, facts: Facts) -> Iterator[tuple[Rule, Body]]:
        """The facts that contradict each other, by the rules without a head."""
        for rule, writer in self._clashes:
            for body in writer.everywhere(facts):
                yield rule, body

    def clashes_with(self, predicate: int, pairs: list[Pair], facts: Facts) -> Iterator[tuple[Rule, Body]]:
        """The contradictions that these facts take part in."""
        members = _by_object(pairs) if predicate == self.type else {}
        for key in (predicate, None):
            for rule, class_, function in self._clashes_with.get(key, ()):
                chosen = pairs if class_ is None else members.get(class_, [])
                for body in function(predicate, chosen, facts) if chosen else ():
                    yield rule, body


def _collect(found: defaultdict[int, list[Pair]], head: int | None, results: list[Any]) -> None:
    if head is not None:
        if results:
            found[head] += results
    else:
        for s, p, o in results:
            found[p].append((s, o))


def _by_object(pairs: list[Pair]) -> dict[int, list[Pair]]:
    groups: defaultdict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        groups[pair[1]].append(pair)
    return groups


class _Writer:
    """Writes the functions of one rule, those that few uses need when they are first asked for.

    In the source, `v0`, `v1` are the rule's variables and numbers are terms.
    """

    def __init__(self, rule: Rule, terms: Terms, type_: int) -> None:
        self._type = str(type_)
        self._names = {name: f"v{number}" for number, name in enumerate(variables(rule.body))}
        self._atoms = [self._source(atom, terms) for atom in rule.body]
        self._head = None if rule.head is None else self._source(rule.head, terms)
        self._conditions = [f"if {self._slot(a, terms)} != {self._slot(b, terms)}" for a, b in rule.distinct]
        for number, test in enumerate(rule.tests):
            self._conditions.append(f"if t{number}({', '.join(self._names[name] for name in test.variables)})")
        if self._head is not None:
            # only what is never a subject can be a literal, and no literal is a subject or the same as another term
            objects = {atom[2] for atom in self._atoms} - {atom[0] for atom in self._atoms}
            slots = (self._head[0], self._head[2]) if rule.distinct else self._head[:1]
            self._conditions += [f"if {slot} >= 0" for slot in slots if _is_variable(slot) and slot in objects]
        self._scope = {f"t{number}": _on_terms(test, terms) for number, test in enumerate(rule.tests)}

    def _source(self, atom: Atom, terms: Terms) -> Source:
        s, p, o = atom
        return self._slot(s, terms), self._slot(p, terms), self._slot(o, terms)

    def _slot(self, slot: Slot, terms: Terms) -> str:
        return self._names[slot] if isinstance(slot, str) else str(terms.number(slot))

    def forward(self, place: int) -> Forward:
        """(predicate, new pairs, facts) -> heads, as pairs where the head's predicate is given, else as triples.

        The caller has chosen the pairs by predicate and, for types, by class.
        """
        s, p, o = self._atoms[place]
        bound: set[str] = set()
        targets, conditions = _matched(((s, "xs"), (o, "xo")), bound)
        if p == self._type and not _is_variable(o):
            conditions.remove(f"if xo == {o}")
        loops = [f"for {', '.join(targets)} in new", *conditions]
        if _is_variable(p):
            (target,), conditions = _matched(((p, "xp"),), bound)
            loops += [f"for {target} in (p,)", *conditions]
        if self._head is None:
            result = self._bodies()
        else:
            result = "({}, {}, {})" if _is_variable(self._head[1]) else "({0}, {2})"
            result = result.format(*self._head)
        others = [atom for number, atom in enumerate(self._atoms) if number != place]
        function: Forward = self._made(f"lambda p, new, facts: [{result} {self._joined(loops, others, bound)}]")
        return function

    @cached_property
    def backward(self) -> Backward:
        """(subject, predicate, object, facts) -> the bodies that give the head."""
        assert self._head is not None
        bound: set[str] = set()
        targets, conditions = _matched(zip(self._head, ("xs", "xp", "xo"), strict=True), bound)
        loops = [f"for {', '.join(targets)} in ((s, p, o),)", *conditions]
        source = self._joined(loops, self._atoms, bound)
        function: Backward = self._made(f"lambda s, p, o, facts: ({self._bodies()} {source})")
        return function

    @cached_property
    def everywhere(self) -> Callable[[Facts], list[Body]]:
        """Facts -> every body that holds."""
        source = self._joined(["for _ in (0,)"], self._atoms, set())
        function: Callable[[Facts], list[Body]] = self._made(f"lambda facts: [{self._bodies()} {source}]")
        return function

    def _made(self, source: str) -> Any:
        return eval(source, self._scope)

    def _bodies(self) -> str:
        return "(" + " ".join(f"({s}, {p}, {o})," for s, p, o in self._atoms) + ")"

    def _joined(self, loops: list[str], atoms: list[Source], bound: set[str]) -> str:
        """The loops, then those that join the patterns, each time the one that is bound best; then the conditions."""
        left, tables = list(atoms), set[str]()
        while left:
            best = max(left, key=lambda atom: self._boundness(atom, bound))
            left.remove(best)
            loops = [*loops, *self._loop(best, bound, tables)]
        # loops of one round name the indexes, and end at once where there are no such facts
        named = [f"for objects{p} in (facts.objects[{p}],) if objects{p}" for p in sorted(_predicates(atoms))]
        named += [f"for {table} in (facts.subjects[{table.removeprefix('subjects')}],)" for table in sorted(tables)]
        return " ".join([*named, *loops, *self._conditions])

    def _boundness(self, atom: Source, bound: set[str]) -> int:
        s, p, o = (not _is_variable(slot) or slot in bound for slot in atom)
        if p:
            # the instances of a class are the longest list of all
            return (6 if o else 5) if s else (2 if atom[1] == self._type else 4) if o else 0
        return 3 if s else 1 if o else -1

    def _loop(self, atom: Source, bound: set[str], tables: set[str]) -> list[str]:
        s, p, o = atom
        known_s, known_p, known_o = (not _is_variable(slot) or slot in bound for slot in atom)
        if known_p and known_s:
            index = f"facts.objects[{p}]" if _is_variable(p) else f"objects{p}"
            if known_o:
                return [f"if {o} in {index}[{s}]"]
            (target,), conditions = _matched(((o, "xo"),), bound)
            return [f"for {target} in {index}[{s}]", *conditions]
        if known_p and known_o:
            index = f"facts.subjects[{p}]" if _is_variable(p) else f"subjects{p}"
            if not _is_variable(p):
                tables.add(index)
            (target,), conditions = _matched(((s, "xs"),), bound)
            return [f"for {target} in {index}[{o}]", *conditions]
        loops = []
        if known_s:
            source, slots = f"facts.about({s})", ((p, "xp"), (o, "xo"))
        elif known_o:
            source, slots = f"facts.onto({o})", ((p, "xp"), (s, "xs"))
        else:
            if not known_p:
                (target,), conditions = _matched(((p, "xp"),), bound)
                loops = [f"for {target} in facts.predicates()", *conditions]
            source, slots = f"facts.pairs({p})", ((s, "xs"), (o, "xo"))
        targets, conditions = _matched(slots, bound)
        return [*loops, f"for {', '.join(targets)} in {source}", *conditions]


def _is_variable(slot: str) -> bool:
    return slot.startswith("v")


def _predicates(atoms: Iterable[Source]) -> set[str]:
    return {p for _, p, _ in atoms if not _is_variable(p)}


def _matched(slots: Iterable[tuple[str, str]], bound: set[str]) -> tuple[list[str], list[str]]:
    """The targets of a loop, and conditions for the slots that are already known; the variables become bound."""
    targets, conditions = [], []
    for slot, name in slots:
        if _is_variable(slot) and slot not in bound:
            bound.add(slot)
            targets.append(slot)
        else:
            targets.append(name)
            conditions.append(f"if {name} == {slot}")
    return targets, conditions


def _on_terms(test: Test, terms: Terms) -> Callable[..., bool]:
    return lambda *numbers: test.holds(*map(terms.term, numbers))
