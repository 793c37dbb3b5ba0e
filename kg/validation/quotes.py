"""The words that a finding comes from: of the world by its reports, of a document graph by the evidence beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pyoxigraph import NamedNode, Triple
from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from kg.graph.terms import CD, OA, PROV, WORLD, identifier_of
from kg.graph.terms import RDF as TERMS
from kg.reasoning import Source, sources
from kg.store import Solutions, Store
from kg.validation.finding import Finding

_EVIDENCE, _EXACT, _START = (URIRef(term.value) for term in (CD.evidence, OA.exact, OA.start))
_REPORT, _RECORD = URIRef(CD.Report.value), URIRef(CD.SigningRecord.value)
_DERIVED = URIRef(PROV.wasDerivedFrom.value)
_STEPS = 3  # links between a report and the smallest of its parts
_CLASSES = f"SELECT ?class WHERE {{ VALUES ?node {{ UNDEF }} ?node <{TERMS.type.value}> ?class }}"


def quotes(store: Store, data: Graph, finding: Finding) -> Finding:
    """The finding with its sources; `data` is the graph that it was found in."""
    if finding.graph == WORLD.value:
        return replace(finding, sources=told(store, finding.triples or _classes(store, finding.node)))
    return replace(finding, sources=tuple(_beside(data, finding)))


def told(store: Store, triples: tuple[Triple, ...]) -> tuple[Source, ...]:
    """The sources of statements of the world, each once."""
    return tuple(dict.fromkeys(source for triple in triples for source in sources(store, triple)))


def _classes(store: Store, node: str) -> tuple[Triple, ...]:
    answer = store.query(_CLASSES, {"node": NamedNode(node)})
    assert isinstance(answer, Solutions)
    return tuple(
        Triple(NamedNode(node), TERMS.type, row["class"]) for row in sorted(answer, key=lambda row: str(row["class"]))
    )


def _beside(data: Graph, finding: Finding) -> Iterator[Source]:
    """The sentences of the reports that the statements at fault belong to; else the document alone."""
    name = identifier_of(NamedNode(finding.graph))
    nodes = {URIRef(finding.node)} | {
        URIRef(term.value) for t in finding.triples for term in (t.subject, t.object) if isinstance(term, NamedNode)
    }
    found = [reports for node in sorted(nodes) if (reports := _reports(data, node))]
    common = set.intersection(*found) if found else set()
    chosen = common or (_reports(data, URIRef(finding.node)) or set().union(*found))
    sentences = [sentence for report in chosen for sentence in data.objects(report, _EVIDENCE)]
    told_ = {words for s in sentences for words in _words(data, s)}
    yield from (Source(name, quote) for _, quote in sorted(told_))
    if not told_:
        yield Source(name)


def _words(data: Graph, sentence: Node) -> Iterator[tuple[int, str]]:
    start, quote = data.value(sentence, _START), data.value(sentence, _EXACT)
    if start is not None and quote is not None and str(start).lstrip("-").isdigit():
        yield int(str(start)), str(quote)


def _reports(data: Graph, node: Node) -> set[Node]:
    """The reports that the node is, is drawn from, or is a part of, the nearest."""
    level = {node}
    for _ in range(_STEPS):
        reports = {n for n in level if (n, RDF.type, _REPORT) in data}
        for record in (n for n in level if (n, RDF.type, _RECORD) in data):
            reports |= set(data.objects(record, _DERIVED))
        if reports:
            return reports
        level = {owner for n in level for owner in data.subjects(None, n)}
    return set()
