"""What head nouns mean: the lists of `ontology/lexicon/nominals.yaml`, and the longer one of `nouns.tsv`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import srsly
from spacy.tokens import Token

from kg import resources


@dataclass(frozen=True, slots=True)
class Nominals:
    """What the head nouns of `nominals.yaml` mean; each noun stands as its lemma in lower case.

    `further` has the nouns of `nouns.tsv` with their classes.
    """

    type_of_head: dict[str, str]
    further: dict[str, str]
    titles: frozenset[str]
    transparent: frozenset[str]
    pairs: frozenset[str]
    pairs_of_states: frozenset[str]
    terms: frozenset[str]
    lands: frozenset[str]
    waters: frozenset[str]
    going: frozenset[str]
    captive: frozenset[str]
    others: frozenset[str]
    beside: frozenset[str]
    addressing: frozenset[str]
    suffixes: tuple[str, ...]
    set_apart: frozenset[str]
    truce: frozenset[str]
    irregular: frozenset[str]
    deeds_of: frozenset[str]
    counted: frozenset[str]
    collective: frozenset[str]
    banded: frozenset[str]
    polity: frozenset[str]
    rulers: frozenset[str]
    regnal: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    linking: frozenset[str]
    crowds: frozenset[str]

    def type_of(self, token: Token) -> str | None:
        """The class that a head noun names, or None."""
        for form in _forms(token):
            if token.i >= 2 and token.nbor(-1).text == "-":  # "cease-fire" is three tokens
                joined = f"{token.nbor(-2).lower_}-{form}"
                if joined in self.type_of_head:
                    return self.type_of_head[joined]
            before = token.nbor(-1) if token.i else None
            if before is not None and before.dep_ in ("compound", "amod") and before.head == token:
                joined = f"{before.lower_} {form}"
                if joined in self.type_of_head:
                    return self.type_of_head[joined]
            if form in self.type_of_head:
                return self.type_of_head[form]
        if token.pos_ == "NOUN" and token.lemma_.lower().endswith(self.suffixes):
            return "Person"  # whatever they own, make or believe in
        return None

    def any_type_of(self, token: Token) -> str | None:
        """As `type_of`, with the nouns of the longer list, of which few are met often."""
        kind = self.type_of(token)
        if kind is None and (token.pos_ == "NOUN" or token.tag_ in ("NNS", "NNPS")):
            kind = next((self.further[form] for form in _forms(token) if form in self.further), None)
        return kind


def _forms(token: Token) -> tuple[str, ...]:
    """How lists may write a noun: "tribesman" too for "Tribesmen", of which the lemmatiser makes "tribesme"."""
    form = token.lower_
    return (token.lemma_.lower(), form, *([f"{form[:-3]}man"] if form.endswith("men") else []))


@cache
def nominals() -> Nominals:
    """The packaged head nouns."""
    folder = resources.folder("ontology") / "lexicon"
    data: Any = srsly.read_yaml(folder / "nominals.yaml")
    lines = (folder / "nouns.tsv").read_text(encoding="utf-8").splitlines()
    lists = [f.name for f in fields(Nominals) if f.name not in ("type_of_head", "further", "suffixes")]
    return Nominals(
        type_of_head={str(noun).lower(): kind for kind, nouns in data["heads"].items() for noun in nouns},
        further=dict(line.split("\t") for line in lines if not line.startswith("#")),
        suffixes=tuple(data["suffixes"]),
        **{name: frozenset(str(word).lower() for word in data[name]) for name in lists},
    )
