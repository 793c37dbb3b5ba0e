"""What the list of known actors adds to the world: their names, codes, links, and where or for whom they act."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kg.graph.ontology import ontology
from kg.graph.terms import CD, RDF, SCHEMA, SKOS
from kg.graph.view import Statement, View
from kg.known import per_list, statements

_CODES = (CD.iso2, CD.iso3)
LINKS = (CD.actsFor, CD.country, CD.locatedIn)


@per_list
def actors() -> View:
    """The statements of the list in force."""
    return View(statements())


def is_known(node: NamedNode) -> bool:
    """Whether the IRI has an entry."""
    return class_of(node) is not None


def class_of(node: NamedNode) -> NamedNode | None:
    """The class of the entry, None if there is none."""
    return actors().node(node, RDF.type)


def name_of(node: NamedNode) -> str | None:
    """The name of the entry, None if there is none."""
    return actors().text(node, SKOS.prefLabel)


def other_names(node: NamedNode) -> Iterator[str]:
    """The other names of the entry, without adjectives and demonyms."""
    return actors().texts(node, SKOS.altLabel)


def write_known(node: NamedNode) -> Iterator[Statement]:
    """Codes and links of the entry, and class and name of what it is linked to, which no document need speak of."""
    for elsewhere in actors().nodes(node, SCHEMA.sameAs):
        yield node, SCHEMA.sameAs, elsewhere
    for code in _CODES:
        for text in actors().texts(node, code):
            yield node, code, Literal(text)
    for link in LINKS:
        for target in actors().nodes(node, link):
            yield node, link, target
            yield from _write_name(target)
    if CD.Place in ontology().above(class_of(node) or node):  # a place lies in its country; others act there
        for country in actors().nodes(node, CD.country):
            yield node, CD.locatedIn, country


def _write_name(node: NamedNode) -> Iterator[Statement]:
    class_, name = class_of(node), name_of(node)
    if class_ is not None and name is not None:
        yield node, RDF.type, class_
        yield node, SKOS.prefLabel, Literal(name)
