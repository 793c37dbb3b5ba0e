"""Rules of a user's own, written as SPARQL CONSTRUCT.

A rule's WHERE is triple patterns and FILTERs, with UNION between them if need be; every triple of its template becomes
a rule of the engine, so it takes part in the closure, in its upkeep and in explanations like the ontology's own. What
looks for something that is missing (OPTIONAL, MINUS, NOT EXISTS), computes terms or counts is refused: more facts could
make it less true, and then no closure is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode
from rdflib import BNode, Graph, Variable
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.evalutils import _ebv
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import FrozenBindings, QueryContext, SPARQLError
from rdflib.term import Node

from kg.errors import KgError
from kg.graph.terms import PREFIXES
from kg.reasoning.axioms import oxigraph_term, rdflib_term
from kg.reasoning.rules import Atom, Rule, Slot, Term, Test, variables

_PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in PREFIXES.items())
_HINT = "a rule is a CONSTRUCT of triple patterns, FILTER and UNION"
_NEXT = re.compile(r"^\s*;\s*$", re.MULTILINE)


def read_rules(path: Path) -> list[str]:
    """The texts of the rules in a file, which lines with a `;` and nothing else separate; KgError if one is none."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"{path}: cannot be read ({error})") from error
    texts = [part.strip() for part in _NEXT.split(text) if part.strip()]
    for number, part in enumerate(texts, 1):
        parse(part, f"{path}: rule {number}")
    return texts


def parse(text: str, name: str) -> list[Rule]:
    """The rules of one CONSTRUCT, called `name`; our prefixes need no PREFIX. KgError if it is no rule."""
    try:
        query = translateQuery(parseQuery(_PROLOGUE + text)).algebra
    except Exception as error:  # pyparsing and rdflib raise many kinds, all for faults of the text
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise KgError(f"{name}: not SPARQL ({first}): {_HINT}") from error
    if query.name != "ConstructQuery":
        raise KgError(f"{name}: {_HINT}")
    rules = []
    for patterns, filters in _branches(query.p, name):
        body = [_atom(pattern, name) for pattern in patterns]
        tests = [_test(expression, body, name) for expression in filters]
        for pattern in sorted(query.template or patterns):
            head = _atom(pattern, name)
            if head in body:
                continue
            if any(isinstance(term, BNode) for term in pattern):
                raise KgError(f"{name}: a new blank node for every solution would never come to an end: name an IRI")
            if not set(variables([head])) <= set(variables(body)):
                raise KgError(f"{name}: {_atom_text(head)} has a variable that WHERE does not bind: correct it")
            rules.append(Rule(name, tuple(body), head, tests=tuple(tests)))
    return rules


def _branches(part: CompValue, name: str) -> Iterator[tuple[list[Any], list[Any]]]:
    """Patterns and filters of every way through the UNIONs."""
    if part.name == "BGP":
        yield list(part.triples), []
    elif part.name == "Filter":
        for patterns, filters in _branches(part.p, name):
            yield patterns, [*filters, part.expr]
    elif part.name == "Join":
        for left in _branches(part.p1, name):
            for right in _branches(part.p2, name):
                yield left[0] + right[0], left[1] + right[1]
    elif part.name == "Union":
        yield from _branches(part.p1, name)
        yield from _branches(part.p2, name)
    elif part.name == "Project":
        yield from _branches(part.p, name)
    else:
        raise KgError(f"{name}: {_WORDS.get(part.name, part.name)} is not allowed: {_HINT}")


_WORDS = {
    **{"LeftJoin": "OPTIONAL", "Minus": "MINUS", "Extend": "BIND", "Graph": "GRAPH", "values": "VALUES"},
    **{"ToMultiSet": "a subquery or VALUES", "Slice": "LIMIT", "OrderBy": "ORDER BY", "AggregateJoin": "counting"},
    **{"ServiceGraphPattern": "SERVICE", "Group": "GROUP BY"},
}


def _atom(pattern: tuple[Node, Node, Node], name: str) -> Atom:
    s, p, o = (_slot(node, name) for node in pattern)
    if not isinstance(p, NamedNode | str):
        raise KgError(f"{name}: {p} cannot be a predicate: correct it")
    return s, p, o


def _slot(node: Any, name: str) -> Slot:
    if isinstance(node, Variable):
        return str(node)
    if isinstance(node, BNode):
        return f"_{node}"  # in WHERE a blank node is a variable without a name
    if isinstance(node, Node) and not hasattr(node, "eval"):
        return oxigraph_term(node)
    raise KgError(f"{name}: property paths are not allowed: {_HINT}")


def _test(expression: Any, body: list[Atom], name: str) -> Test:
    used = sorted({str(v) for v in _variables(expression)})
    if any(part.name.startswith("Builtin_") and "EXISTS" in part.name for part in _parts(expression)):
        raise KgError(f"{name}: EXISTS is not allowed: {_HINT}")
    if unbound := [v for v in used if v not in variables(body)]:
        raise KgError(f"{name}: FILTER speaks of ?{unbound[0]}, which no pattern binds: correct it")

    context = QueryContext(Graph())

    def holds(*values: Term) -> bool:
        bindings = {Variable(v): rdflib_term(term) for v, term in zip(used, values, strict=True)}
        try:
            return bool(_ebv(expression, FrozenBindings(context, bindings)))
        except SPARQLError:
            return False

    return Test(tuple(used), holds)


def _parts(expression: Any) -> Iterator[CompValue]:
    if isinstance(expression, CompValue):
        yield expression
        for value in expression.values():
            yield from _parts(value)
    elif isinstance(expression, list | tuple):
        for value in expression:
            yield from _parts(value)


def _variables(expression: Any) -> Iterator[Variable]:
    if isinstance(expression, Variable):
        yield expression
    elif isinstance(expression, CompValue):
        for value in expression.values():
            yield from _variables(value)
    elif isinstance(expression, list | tuple):
        for value in expression:
            yield from _variables(value)


def _atom_text(atom: Atom) -> str:
    return " ".join(f"?{slot}" if isinstance(slot, str) else str(slot) for slot in atom)
