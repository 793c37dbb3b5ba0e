"""Rules over triples: Horn clauses whose atoms are triple patterns, and what can be done with them before any data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import BlankNode, Literal, NamedNode

Term = NamedNode | BlankNode | Literal
Slot = Term | str
"""A place of a pattern: a term, or a variable by its name."""
Atom = tuple[Slot, Slot, Slot]


@dataclass(frozen=True, slots=True)
class Test:
    """A condition on the terms that some variables stand for, as `FILTER` writes it."""

    variables: tuple[str, ...]
    holds: Callable[..., bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """Where every pattern of `body` holds, `head` holds; without a head, that is a contradiction.

    A rule without a body gives a fact. The slots of each pair in `distinct` stand for different terms. `name` is that
    of the OWL 2 RL rule (`prp-spo2`; several joined by `+` where a rule runs through an anonymous class), or of the
    user's rule.
    """

    name: str
    body: tuple[Atom, ...]
    head: Atom | None
    distinct: tuple[tuple[Slot, Slot], ...] = ()
    tests: tuple[Test, ...] = ()

    def __str__(self) -> str:
        body = ", ".join(" ".join(map(written, atom)) for atom in self.body)
        return f"{body} -> {'false' if self.head is None else ' '.join(map(written, self.head))}"


def written(slot: Slot) -> str:
    """The slot as SPARQL writes it."""
    return f"?{slot}" if isinstance(slot, str) else str(slot)


def variables(atoms: Iterable[Atom]) -> list[str]:
    """The variables, in the order in which they appear."""
    return list(dict.fromkeys(slot for atom in atoms for slot in atom if isinstance(slot, str)))


def without(rules: Iterable[Rule], hidden: Callable[[Term], bool], type_: NamedNode) -> list[Rule]:
    """The rules resolved so that no hidden class stands in them.

    What follows through a hidden class (an anonymous one, which has no place in a graph) then follows in one step. A
    hidden class that depends on itself cannot be taken out, and stays. What gives a hidden class has neither `distinct`
    nor `tests`.
    """
    kept = _unique(rules)
    found = {slot for rule in kept for atom in _atoms(rule) for slot in atom if not isinstance(slot, str)}
    for class_ in sorted((term for term in found if hidden(term)), key=str):
        kept = _resolved(kept, class_, type_)
    return kept


def _resolved(rules: list[Rule], class_: Term, type_: NamedNode) -> list[Rule]:
    def says(atom: Atom | None) -> bool:
        return atom is not None and atom[1:] == (type_, class_)

    giving = [rule for rule in rules if says(rule.head)]
    asking = [rule for rule in rules if any(map(says, rule.body))]
    if any(rule in asking for rule in giving):
        return rules
    others = [rule for rule in rules if rule not in giving and rule not in asking]
    while asking:
        rule = asking.pop()
        place = next(number for number, atom in enumerate(rule.body) if says(atom))
        for source in giving:
            joined = _joined(rule, place, source)
            (asking if any(map(says, joined.body)) else others).append(joined)
    return _unique(others)


def _joined(rule: Rule, place: int, source: Rule) -> Rule:
    """The rule with the pattern at this place replaced by the body of a rule that gives it."""
    assert source.head is not None
    taken = set(variables(rule.body))
    names: dict[str, str] = {}
    for variable in variables(source.body):
        number = 1
        while f"{variable}{number}" in taken:
            number += 1
        names[variable] = f"{variable}{number}"
        taken.add(names[variable])
    has, wants = source.head[0], rule.body[place][0]
    if isinstance(has, str):
        same: dict[str, Slot] = {names[has]: wants}
    else:
        same = {wants: has} if isinstance(wants, str) else {}  # an individual that a class is said to have
    body = (*rule.body[:place], *_substituted(source.body, names), *rule.body[place + 1 :])
    return Rule(
        f"{source.name}+{rule.name}",
        _substituted(body, same),
        None if rule.head is None else _substituted((rule.head,), same)[0],
        tuple((_put(a, same), _put(b, same)) for a, b in rule.distinct),
    )


def _substituted(atoms: Iterable[Atom], names: Mapping[str, Slot]) -> tuple[Atom, ...]:
    return tuple((_put(s, names), _put(p, names), _put(o, names)) for s, p, o in atoms)


def _put(slot: Slot, names: Mapping[str, Slot]) -> Slot:
    return names.get(slot, slot) if isinstance(slot, str) else slot


def _unique(rules: Iterable[Rule]) -> list[Rule]:
    """The rules without repeated patterns, without those that say nothing, and each once."""
    kept: dict[object, Rule] = {}
    for rule in rules:
        body = tuple(dict.fromkeys(rule.body))
        if rule.head not in body:
            smaller = replace(rule, body=body)
            kept.setdefault((frozenset(body), rule.head, rule.distinct, rule.tests), smaller)
    return list(kept.values())


def _atoms(rule: Rule) -> Iterator[Atom]:
    yield from rule.body
    if rule.head is not None:
        yield rule.head
