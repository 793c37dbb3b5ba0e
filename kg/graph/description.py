"""What an export says of itself, in VoID and DCAT: how much it holds, of what, in which vocabularies.

Counted anew for each export and not kept in the store. An export that was loaded again has an old description, which
the new one replaces.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import terms
from kg.graph.ontology import ontology
from kg.graph.terms import BASE, CD, DCAT, DCT, ONTOLOGY, OWL, PREFIXES, PROV, RDF, VOID, XSD
from kg.graph.view import Statement, quads

DATASET: Final = NamedNode(f"{BASE}dataset")
DESCRIPTION: Final = NamedNode(f"{BASE}graph/description")

_TITLE = "Conflict and diplomacy in the news"
_SUMMARY = (
    "Who did what to whom, when and where, and who says so: events between political actors as documents report them, "
    "the agreements that they signed, and for each report the sentence that it rests on."
)
_OWN = "cd"  # of the classes, those of the ontology are counted one by one


def described(statements: Iterable[Quad]) -> list[Quad]:
    """The statements of a store with a description of them at the end, in a graph of its own."""
    kept = [quad for quad in statements if not _describes(quad)]
    return [*kept, *quads(_description(kept), DESCRIPTION)]


def _describes(quad: Quad) -> bool:
    subject = quad.subject
    return isinstance(subject, NamedNode) and subject.value.partition("#")[0] == DATASET.value


def _description(statements: list[Quad]) -> Iterator[Statement]:
    triples = {quad.triple for quad in statements}
    of_class: defaultdict[NamedNode, set[object]] = defaultdict(set)
    for triple in triples:
        if triple.predicate == RDF.type and isinstance(triple.object, NamedNode):
            of_class[triple.object].add(triple.subject)
    properties = {triple.predicate for triple in triples}
    yield DATASET, RDF.type, VOID.Dataset
    yield DATASET, RDF.type, DCAT.Dataset
    yield DATASET, DCT.title, Literal(_TITLE, language="en")
    yield DATASET, DCT.description, Literal(_SUMMARY, language="en")
    yield DATASET, DCT.conformsTo, ontology().need_node(ONTOLOGY, OWL.versionIRI)
    yield DATASET, DCT.conformsTo, NamedNode(f"{BASE}shapes")
    yield DATASET, VOID.uriSpace, Literal(BASE)
    yield DATASET, VOID.triples, terms.integer(len(triples))
    yield DATASET, VOID.distinctSubjects, terms.integer(len({triple.subject for triple in triples}))
    yield DATASET, VOID.distinctObjects, terms.integer(len({triple.object for triple in triples}))
    yield DATASET, VOID.properties, terms.integer(len(properties))
    yield DATASET, VOID.classes, terms.integer(len(of_class))
    for prefix in _vocabularies({*properties, *of_class}):
        yield DATASET, VOID.vocabulary, NamedNode(PREFIXES[prefix])
    for class_, members in of_class.items():
        if class_.value.startswith(PREFIXES[_OWN]):
            part = NamedNode(f"{DATASET.value}#{terms.local_name(class_)}")
            yield DATASET, VOID.classPartition, part
            yield part, VOID["class"], class_
            yield part, VOID.entities, terms.integer(len(members))
    for agent in of_class.get(PROV.SoftwareAgent, ()):
        if isinstance(agent, NamedNode):
            yield DATASET, PROV.wasAttributedTo, agent
    yield from _period(
        triple.object.value
        for triple in triples
        if triple.predicate == DCT.issued
        and triple.subject in of_class[CD.Document]
        and isinstance(triple.object, Literal)
    )


def _vocabularies(used: Iterable[NamedNode]) -> list[str]:
    spaces = sorted(PREFIXES.items(), key=lambda item: item[1])
    found = {prefix for node in used for prefix, space in spaces if node.value.startswith(space)}
    return sorted(found)


def _period(days: Iterable[str]) -> Iterator[Statement]:
    """From the first to the last publication."""
    known = sorted(days)
    if known:
        period = NamedNode(f"{DATASET.value}#period")
        yield DATASET, DCT.temporal, period
        yield period, RDF.type, DCT.PeriodOfTime
        yield period, DCAT.startDate, Literal(known[0], datatype=XSD.date)
        yield period, DCAT.endDate, Literal(known[-1], datatype=XSD.date)
