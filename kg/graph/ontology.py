"""What the ontology says that the graph's writers and readers need: event classes by notation, things, statuses, roles.

Read from the packaged Turtle files once. A new event mode or type of thing is added there; nothing here names one.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import KgError
from kg.graph.terms import BASE, CD, ONTOLOGY, OWL, RDFS, SKOS
from kg.graph.view import Statement, View, quads
from kg.resources import folder


class Ontology(View):
    """The statements of the ontology."""

    def above(self, term: NamedNode, relation: NamedNode = RDFS.subClassOf) -> tuple[NamedNode, ...]:
        """The term and everything above it, nearest first."""
        found = [term]
        for current in found:
            found += [parent for parent in self.nodes(current, relation) if parent not in found]
        return tuple(found)

    @cached_property
    def version(self) -> str:
        """The value of `owl:versionInfo`."""
        return self.text(ONTOLOGY, OWL.versionInfo) or ""

    @cached_property
    def event_classes(self) -> Mapping[tuple[str, str | None], NamedNode]:
        """(type, mode) -> class. A type is an event class with a notation; a mode is one below a type."""
        classes: dict[tuple[str, str | None], NamedNode] = {}
        for node in self.instances(OWL.Class):
            above = self.above(node)
            notations = [text for parent in above if (text := self.text(parent, SKOS.notation)) is not None]
            if CD.Event not in above or self.text(node, SKOS.notation) is None:
                continue
            classes[notations[-1], notations[0] if len(notations) > 1 else None] = node
        return classes

    @cached_property
    def event_types(self) -> Mapping[NamedNode, tuple[str, str | None]]:
        """class -> (type, mode); the inverse of `event_classes`."""
        return {node: pair for pair, node in self.event_classes.items()}

    @cached_property
    def statuses(self) -> Mapping[str, NamedNode]:
        """Notation of a modality or status -> its individual."""
        nodes = [*self.instances(CD.Modality), *self.instances(CD.Status)]
        return {text: node for node in nodes if (text := self.text(node, SKOS.notation)) is not None}

    @cached_property
    def notations(self) -> Mapping[NamedNode, str]:
        """Individual of a modality or status -> its notation."""
        return {node: text for text, node in self.statuses.items()}

    @cached_property
    def validities(self) -> Mapping[NamedNode, str]:
        """Individual of a validity -> its notation."""
        return {node: self.need_text(node, SKOS.notation) for node in self.instances(CD.Validity)}

    def validity(self, notation: str) -> NamedNode:
        """The individual for a validity; KgError if the ontology has none."""
        for node, text in self.validities.items():
            if text == notation:
                return node
        raise KgError(f"{ONTOLOGY_FILE}: no validity has the notation {notation!r}: add one")

    @cached_property
    def participations(self) -> frozenset[NamedNode]:
        """The roles of those who take part in an event."""
        return frozenset(p for p in self._properties if CD.participant in self.above(p, RDFS.subPropertyOf))

    @cached_property
    def shortcuts(self) -> tuple[Shortcut, ...]:
        """Properties that lead back from a filler to an event of one class, by their place below a role's inverse."""
        found = []
        for node in self._properties:
            parents = self.above(node, RDFS.subPropertyOf)[1:]
            roles = {role for parent in parents for role in self._inverses(parent)}
            for domain in self.nodes(node, RDFS.domain):
                for range_ in self.nodes(node, RDFS.range):
                    found += [Shortcut(role, domain, range_, node) for role in sorted(roles, key=str)]
        return tuple(found)

    def kinds(self, class_: NamedNode, words: Iterable[str]) -> list[NamedNode]:
        """The kinds of this class of things or events of which one of the words or names tells, sorted."""
        texts, above = [text.casefold() for text in words], self.above(class_)
        return [
            kind
            for kind, of, pattern in self._kinds
            if of in above and any(pattern.search(text) is not None for text in texts)
        ]

    @cached_property
    def _kinds(self) -> list[tuple[NamedNode, NamedNode, re.Pattern[str]]]:
        """Kinds, each with the class that it divides and a pattern of its words."""
        found = []
        for kind in sorted(self.instances(CD.Kind), key=str):
            labels = "|".join(re.escape(text.casefold()) for text in sorted(self.texts(kind, SKOS.hiddenLabel)))
            found += [(kind, of, re.compile(rf"\b(?:{labels})s?\b")) for of in self.nodes(kind, CD.kindOf)]
        return found

    @property
    def _properties(self) -> list[NamedNode]:
        return self.instances(OWL.ObjectProperty)

    def _inverses(self, node: NamedNode) -> list[NamedNode]:
        return [*self.nodes(node, OWL.inverseOf), *self.subjects(OWL.inverseOf, node)]

    def event_class(self, type_: str, mode: str | None) -> NamedNode:
        """The class for a type and mode; KgError if the ontology has none."""
        try:
            return self.event_classes[type_, mode]
        except KeyError:
            raise KgError(f"{ONTOLOGY_FILE}: no event class for type {type_!r} with mode {mode!r}: add one") from None

    def thing_class(self, type_: str) -> NamedNode:
        """The class of things with this name; KgError if the ontology has none."""
        node = CD[type_]
        if CD.Thing not in self.above(node):
            raise KgError(f"{ONTOLOGY_FILE}: no class of things is called {type_!r}: add one below cd:Thing")
        return node

    def status(self, notation: str) -> NamedNode:
        """The individual for a modality or status; KgError if the ontology has none."""
        try:
            return self.statuses[notation]
        except KeyError:
            raise KgError(f"{ONTOLOGY_FILE}: no status has the notation {notation!r}: add one") from None

    def segment(self, class_: NamedNode) -> str:
        """The part of the path in which IRIs of this class of things stand."""
        return next(text for node in self.above(class_) if (text := self.text(node, CD.iriSegment)) is not None)


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Where a thing of class `domain` fills `role` in an event of class `range`, thing `property` event holds."""

    role: NamedNode
    domain: NamedNode
    range: NamedNode
    property: NamedNode


ONTOLOGY_FILE = "ontology/conflict-diplomacy.ttl"
_PLOVER_FILE = "ontology/plover.ttl"


@cache
def ontology() -> Ontology:
    """The packaged ontology; KgError if its file is not Turtle."""
    return Ontology(read_turtle(ONTOLOGY_FILE))


def ontology_quads() -> list[Quad]:
    """The ontology and the PLOVER scheme as quads of the ontology graph, sorted, without blank nodes."""
    return quads([*read_turtle(ONTOLOGY_FILE), *read_turtle(_PLOVER_FILE)], ONTOLOGY)


def read_turtle(file: str) -> list[Statement]:
    """The statements of a file such as `ontology/plover.ttl`, without blank nodes; KgError if it is no Turtle."""
    directory, name = file.split("/")
    try:
        triples = [quad.triple for quad in parse(path=folder(directory) / name, format=RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise KgError(f"{file}:{error.lineno}: {error.msg}: correct the Turtle") from error
    return list(_without_blank_nodes(triples))


def _without_blank_nodes(triples: list[Triple]) -> Iterator[Statement]:
    """Blank nodes (lists, in the ontology) become IRIs named by a hash of what they hold, which no run changes."""
    content: dict[object, list[Triple]] = defaultdict(list)
    for triple in triples:
        content[triple.subject].append(triple)

    @cache
    def named(term: NamedNode | BlankNode | Literal | Triple) -> NamedNode | Literal:
        if not isinstance(term, BlankNode):
            assert not isinstance(term, Triple)  # Turtle 1.1 has no quoted triples
            return term
        lines = "\n".join(sorted(f"{triple.predicate} {named(triple.object)}" for triple in content[term]))
        return NamedNode(f"{BASE}.well-known/genid/{hashlib.sha256(lines.encode()).hexdigest()[:16]}")

    for triple in triples:
        subject = named(triple.subject)
        assert isinstance(subject, NamedNode)
        yield subject, triple.predicate, named(triple.object)
