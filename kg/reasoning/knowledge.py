"""The rules in force: those of our ontology, and of the ontology and the rules that a user added to a store.

What a user adds stands in the store, so that every later command reasons with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg import __version__
from kg.graph.ontology import ontology_quads
from kg.graph.terms import DCT, INFERRED, RDF
from kg.reasoning import construct, owl_rl
from kg.reasoning.axioms import Axioms
from kg.reasoning.premises import AXIOMS, REASONING, statements
from kg.reasoning.rules import Rule
from kg.store import Store
from kg.store.formats import read_quads

_RULE_CLASS = NamedNode("http://www.w3.org/ns/shacl#SPARQLRule")
_CONSTRUCT = NamedNode("http://www.w3.org/ns/shacl#construct")


@dataclass(frozen=True)
class Knowledge:
    """What is reasoned with: the triples of a user's ontology, and the texts of the user's rules."""

    ontology: tuple[Triple, ...] = ()
    texts: tuple[str, ...] = ()

    @classmethod
    def of(cls, store: Store, *, ontology: Path | None = None, rules: Path | None = None) -> Knowledge:
        """What a store is reasoned with, or what it would be with other files. KgError if a file cannot be used."""
        given = statements(store, AXIOMS) if ontology is None else read_quads(ontology, graph=AXIOMS.value)
        own = {Triple(quad.subject, quad.predicate, quad.object) for quad in given}
        texts = [t.object.value for t in statements(store, REASONING) if t.predicate == _CONSTRUCT]  # type: ignore[union-attr]
        if rules is not None:
            texts = construct.read_rules(rules)
        return cls(tuple(sorted(own, key=str)), tuple(sorted(texts)))

    def rules(self) -> list[Rule]:
        """The rules and contradictions in force. KgError if the ontologies contradict each other."""
        texts = [rule for number, text in enumerate(self.texts, 1) for rule in construct.parse(text, f"rule {number}")]
        return [*_compiled(self.ontology), *texts]

    @property
    def digest(self) -> str:
        """An IRI that changes with anything that the inferred graph depends on, but for the data."""
        lines = [__version__, _ours(), *map(str, self.ontology), *self.texts]
        return f"urn:sha256:{hashlib.sha256(chr(0).join(lines).encode()).hexdigest()}"

    def write(self, store: Store, *, current: bool) -> None:
        """Put this knowledge into the store; `current` says that the inferred graph is what follows with it."""
        store.replace_graph(AXIOMS, [Quad(t.subject, t.predicate, t.object, AXIOMS) for t in self.ontology])
        quads = []
        for text in self.texts:
            node = NamedNode(f"{REASONING.value}#{hashlib.sha256(text.encode()).hexdigest()[:16]}")
            quads.append(Quad(node, RDF.type, _RULE_CLASS, REASONING))
            quads.append(Quad(node, _CONSTRUCT, Literal(text), REASONING))
        if current:
            quads.append(Quad(INFERRED, DCT.conformsTo, NamedNode(self.digest), REASONING))
        store.replace_graph(REASONING, quads)

    def is_current(self, store: Store) -> bool:
        """Whether the store's inferred graph was made with this knowledge, and nothing has changed since."""
        made = {t.object for t in statements(store, REASONING) if t.predicate == DCT.conformsTo}
        return made == {NamedNode(self.digest)}


def check() -> None:
    """KgError if the ontology contradicts itself."""
    _compiled(())


@cache
def _ours() -> str:
    return "\n".join(map(str, ontology_quads()))


@cache
def _compiled(added: Sequence[Triple]) -> tuple[Rule, ...]:
    return tuple(owl_rl.rules(Axioms([*ontology_quads(), *added])))
