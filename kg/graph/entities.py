"""Entities: who and what a document speaks of, with its names and every mention."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kg.graph import terms
from kg.graph.evidence import read_passage, write_passage
from kg.graph.ontology import ontology
from kg.graph.terms import CD, RDF, SKOS
from kg.graph.view import Statement, View
from kg.model import Document, Entity


def write_entity(entity: Entity, document: Document) -> Iterator[Statement]:
    """The entity; its fullest name is the preferred label."""
    node = terms.entity(document.name, entity.key)
    yield node, RDF.type, CD.Entity
    yield node, CD.entityType, ontology().thing_class(entity.type)
    yield node, SKOS.prefLabel, Literal(entity.name)
    for name in entity.names[1:]:
        if name != entity.name:
            yield node, SKOS.altLabel, Literal(name)
    for number, mention in enumerate(sorted(set(entity.mentions)), start=1):
        passage = terms.mention(node, number)
        yield node, CD.mention, passage
        yield from write_passage(passage, mention, document)
    if entity.known_as is not None:
        yield node, CD.knownAs, NamedNode(entity.known_as)


def read_entity(view: View, node: NamedNode) -> Entity:
    """The inverse of `write_entity`: names after the first and mentions are sorted."""
    known_as = view.node(node, CD.knownAs)
    return Entity(
        key=terms.key_of(node),
        type=terms.local_name(view.need_node(node, CD.entityType)),
        names=(view.need_text(node, SKOS.prefLabel), *sorted(view.texts(node, SKOS.altLabel))),
        mentions=tuple(sorted(read_passage(view, passage) for passage in view.nodes(node, CD.mention))),
        known_as=None if known_as is None else known_as.value,
    )
