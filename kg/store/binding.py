"""Binding the parameters of a query to RDF terms, alike for every store.

A query declares a parameter `actor` by the clause `VALUES ?actor { UNDEF }` in the group that uses it: as it stands,
the parameter is free and the query is valid SPARQL on any server. To bind the parameter is to put terms in the place
of `UNDEF`. Only terms are put there, in the form that pyoxigraph's own serialiser gives them, so nothing that a value
says can end the clause. A variable without such a clause is bound by a `VALUES` clause after the query, where SPARQL
joins it.

pyoxigraph's `substitutions` are not used: they bind only variables that are projected, leave `FILTER(!BOUND(?x))` true,
and no server has them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode

from kg.errors import KgError
from kg.store.protocol import Substitutions, Term


def clause(name: str) -> re.Pattern[str]:
    """The pattern of the clause that declares a parameter."""
    return re.compile(rf"VALUES\s+[?$]{re.escape(name)}\s*\{{\s*UNDEF\s*\}}", re.IGNORECASE)


def bind(sparql: str, substitutions: Substitutions | None) -> str:
    """The query with each named variable bound to its term, or to each of its terms."""
    for name, value in sorted((substitutions or {}).items()):
        terms = value if isinstance(value, Sequence) else [value]
        values = f"VALUES ?{name} {{ {' '.join(map(_written, terms))} }}"
        # a function as replacement: the text of a term may hold backslashes
        sparql, count = clause(name).subn(lambda _, v=values: v, sparql)  # type: ignore[misc]
        if not count:
            sparql = f"{sparql}\n{values}"
    return sparql


def free(sparql: str, name: str) -> str:
    """The query without the clause of a parameter that stays unbound: engines plan better without `UNDEF`."""
    return clause(name).sub("", sparql)


def paged(sparql: str, keyword: str, number: int | None) -> str:
    """The query with another number after its `LIMIT` or `OFFSET`, or without that clause for None."""
    clause = "" if number is None else f"{keyword} {number}"
    return re.sub(rf"\b{keyword}\s+\d+", clause, sparql)


def _written(term: Term) -> str:
    # SPARQL lets a processor resolve \uXXXX before it reads the query, even behind an escaped backslash
    if isinstance(term, Literal) and re.search(r"\\u", term.value, re.IGNORECASE):
        raise KgError(f"a parameter may not hold a backslash before u: {term.value!r}")
    if not isinstance(term, Literal | NamedNode):
        raise TypeError(f"a parameter is bound to an IRI or a literal, not to {term!r}")
    return str(term)
