"""Whether a user's list of actors can be used: every fault with its line and what to do."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from pyoxigraph import Literal, NamedNode

from kg.errors import KgError

from .reading import Statement
from .vocabulary import (
    CD,
    CODES,
    DAYS,
    DEPRECATED,
    FILE,
    FROM,
    LINKS,
    NAMES,
    OFFICE,
    OURS,
    PREF_LABEL,
    REPLACES,
    SINGLE,
    SKOS,
    TENURE,
    TYPE,
)

_OF_ENTRIES = ((TYPE, "class", "say a cd:ArmedGroup"), (PREF_LABEL, "name", "add a skos:prefLabel"))
_OF_TENURES = ((OFFICE, "office", "add a cd:office"), (FROM, "beginning", "add a cd:from"))


def checked(packaged: tuple[Statement, ...], said: Sequence[tuple[int, Statement]], name: str) -> None:
    """KgError, naming the line, for the first statement of the user's list that cannot be used."""
    rules = _Rules(packaged, said)
    for line, statement in said:
        if fault := rules.fault(statement):
            raise KgError(f"{name}:{line}: {fault}")
    for line, fault in rules.incomplete(said):
        raise KgError(f"{name}:{line}: {fault}")


class _Rules:
    """What is known while the statements of a user's list are looked at one by one."""

    def __init__(self, packaged: tuple[Statement, ...], said: Sequence[tuple[int, Statement]]) -> None:
        self.classes = {o.value for _, p, o in packaged if p.value == TYPE}
        self.entries = {s for s, p, _ in packaged if p.value == TYPE}
        self.named = self.entries | {s for _, (s, p, _) in said if p.value == TYPE}
        self.tenures = {s for _, (s, p, o) in said if p.value == TYPE and o.value == TENURE}
        self.known = {p.value for _, p, _ in packaged}
        self.single: dict[tuple[NamedNode, str], NamedNode | Literal] = {}

    def fault(self, statement: Statement) -> str:
        """What is wrong with a statement, "" if nothing."""
        s, p, o = statement
        if p.value in SINGLE and self.single.setdefault((s, p.value), o) != o:
            return f"{s} has a second {_short(p)}: leave one"
        if p.value == TYPE:
            several = ", ".join(sorted(c.replace(CD, "cd:") for c in self.classes - {TENURE}))
            return "" if o.value in self.classes else f"{_short(o)} is no class of the list: say one of {several}"
        if p.value in (REPLACES, DEPRECATED):
            entry = o if p.value == REPLACES else s
            return "" if entry in self.entries else f"{entry} is no entry of {FILE}: correct the IRI"
        if p.value in NAMES and s in self.tenures:
            return f"{s} is a cd:Tenure and needs no name: give it to its holder"
        if p.value in LINKS:
            if isinstance(o, Literal):
                return f"{_short(p)} needs the IRI of an entry, not {o}"
            return "" if o in self.named else f"{o} is neither in the file nor in {FILE}: correct the IRI"
        if p.value not in self.known and p.value.startswith(OURS):
            several = ", ".join(sorted(_short(NamedNode(iri)) for iri in self.known if iri.startswith(OURS)))
            return f"{_short(p)} is no property of the list: say one of {several}"
        return _fault_of_text(p, o)

    def incomplete(self, said: Sequence[tuple[int, Statement]]) -> list[tuple[int, str]]:
        """The new entries that lack a class or a name, with the lines where they begin."""
        has: dict[NamedNode, set[str]] = defaultdict(set)
        first: dict[NamedNode, int] = {}
        anew = {s for _, (s, p, o) in said if p.value == REPLACES and s == o}
        for line, (s, p, _) in said:
            has[s].add(p.value)
            first.setdefault(s, line)
        return [
            (first[s], f"{s} has no {what}: {remedy}")
            for s in has
            if s not in self.entries or s in anew
            for needed, what, remedy in (_OF_TENURES if s in self.tenures else _OF_ENTRIES)
            if needed not in has[s]
        ]


def _fault_of_text(p: NamedNode, o: NamedNode | Literal) -> str:
    if p.value in NAMES and not (isinstance(o, Literal) and any(c.isalnum() for c in o.value)):
        return f"{_short(p)} needs a name in quotes with a letter in it, not {o}"
    if p.value in DAYS and not _is_day(o.value):
        return f'{_short(p)} needs a day such as "2020-02-29"^^xsd:date, not {o}'
    if p.value in CODES and not re.fullmatch(CODES[p.value], o.value):
        return f"{_short(p)} needs a code of ISO 3166-1 in capitals, not {o}"
    return ""


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _short(node: NamedNode | Literal) -> str:
    return node.value.replace(CD, "cd:").replace(SKOS, "skos:")
