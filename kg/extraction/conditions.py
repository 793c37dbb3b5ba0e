"""Conditions of the lexicon's entries: who or what fills a relation, and which words stand around.

A condition is a relation with the values that it may have: lemmas, classes of the ontology (`@State`), groups of words
(`~sport`, written out when the files are read), or `*` for anything. Besides the deep relations it may name `sentence`
and `text`: a lemma anywhere in the sentence or in the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from spacy.tokens import Token

from kg.errors import KgError

from .forms import Forms
from .relations import Relations
from .ud import mark_of

TypeOf = Callable[[Token], str | None]
Conditions = Mapping[str, frozenset[str]]

_ACTORS = frozenset(("Person", "State", "Organization", "InternationalOrganization", "ArmedGroup", "Group"))
_AROUND = ("sentence", "text")
_GROUP = "~"


def read_conditions(raw: Mapping[str, Any] | None, groups: Mapping[str, Iterable[str]], where: str) -> Conditions:
    """The conditions as written in a file, with groups of words written out. KgError for a group that is not there."""
    found: dict[str, frozenset[str]] = {}
    for relation, values in (raw or {}).items():
        every: set[str] = set()
        for value in values if isinstance(values, (list, tuple)) else [values]:
            if str(value).startswith(_GROUP):
                name = str(value)[len(_GROUP) :]
                if name not in groups:
                    raise KgError(f"{where}: no group {name!r}; groups.yaml has {', '.join(sorted(groups))}")
                every.update(groups[name])
            else:
                every.add(str(value))
        found[relation] = frozenset(every)
    return found


def unmet(
    when: Conditions, unless: Conditions, token: Token, relations: Relations, type_of: TypeOf, forms: Forms
) -> str | None:
    """The first condition that does not hold of a predicate, as `when object` or `unless in`; None if all do."""
    for relation, values in when.items():
        if not _holds(token, relations, relation, values, type_of, forms):
            return f"when {relation}"
    for relation, values in unless.items():
        if _holds(token, relations, relation, values, type_of, forms):
            return f"unless {relation}"
    return None


def _holds(
    token: Token, relations: Relations, relation: str, values: frozenset[str], type_of: TypeOf, forms: Forms
) -> bool:
    if relation in _AROUND:
        return not values.isdisjoint(_around(token, relation))
    return any(_fits(filler, relation, values, type_of, forms) for filler in relations.get(relation, ()))


def _fits(filler: Token, relation: str, values: frozenset[str], type_of: TypeOf, forms: Forms) -> bool:
    """Whether a filler has one of these lemmas, or is of one of these `@Class`es; `*` takes every filler."""
    if "*" in values or filler.lemma_.lower() in values or filler.lower_ in values:
        return True
    if values.intersection(forms.of(filler, "noun")):
        return True
    if relation == "clause" and mark_of(filler) in values:
        return True
    kind = type_of(filler)
    if relation == "subject" and kind == "Place":
        kind = "State"  # a place that does something is its government
    if kind is None and (filler.pos_ == "PRON" or (relation == "subject" and filler.pos_ == "PROPN")):
        return "@Actor" in values  # whoever "they" are, and a name that nothing is known of
    return bool(kind) and (f"@{kind}" in values or ("@Actor" in values and kind in _ACTORS))


def _around(token: Token, relation: str) -> frozenset[str]:
    """The lemmas of the token's sentence or document, in lower case; kept with the document."""
    doc = token.doc
    span = token.sent if relation == "sentence" else doc[:]
    key = f"lemmas {span.start} {span.end}"
    if key not in doc.user_data:
        doc.user_data[key] = frozenset(t.lemma_.lower() for t in span if t.is_alpha)
    found: frozenset[str] = doc.user_data[key]
    return found
