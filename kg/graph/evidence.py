"""Stretches of a document's text, in Web Annotation terms; every one is checked against the text as it is written."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kg.graph import terms
from kg.graph.terms import OA, RDF
from kg.graph.view import Statement, View
from kg.model import Document, Evidence, Mention

_CONTEXT = 32  # characters kept on either side of a sentence, to find it in a text that was re-flowed


def write_passage(node: NamedNode, mention: Mention, document: Document) -> Iterator[Statement]:
    """A selector by words and by offsets; ValueError if the words do not stand there in the document's text."""
    found = document.text[mention.start : mention.end]
    if found != mention.text or mention.start >= mention.end:
        place = f"{document.name}: characters {mention.start}-{mention.end}"
        raise ValueError(f"{place} read {found!r}, not {mention.text!r}")
    yield node, RDF.type, OA.TextQuoteSelector
    yield node, RDF.type, OA.TextPositionSelector
    yield node, OA.exact, Literal(mention.text)
    yield node, OA.start, terms.integer(mention.start)
    yield node, OA.end, terms.integer(mention.end)


def read_passage(view: View, node: NamedNode) -> Mention:
    """The inverse of `write_passage`."""
    return Mention(view.need_number(node, OA.start), view.need_number(node, OA.end), view.need_text(node, OA.exact))


def write_evidence(
    report: NamedNode, evidence: Evidence, document: Document, link: NamedNode = terms.CD.evidence
) -> Iterator[Statement]:
    """The sentence with the text around it, refined by the trigger; both count offsets in the document's text."""
    sentence, trigger = terms.part(report, "sentence"), terms.part(report, "trigger")
    if not evidence.sentence.start <= evidence.trigger.start < evidence.trigger.end <= evidence.sentence.end:
        raise ValueError(f"{document.name}: {evidence.trigger.text!r} does not stand in its sentence")
    yield report, link, sentence
    yield from write_passage(sentence, evidence.sentence, document)
    yield from write_passage(trigger, evidence.trigger, document)
    yield sentence, OA.hasSource, terms.document(document.name)
    yield sentence, OA.refinedBy, trigger
    start, end = evidence.sentence.start, evidence.sentence.end
    if before := document.text[max(0, start - _CONTEXT) : start]:
        yield sentence, OA.prefix, Literal(before)
    if after := document.text[end : end + _CONTEXT]:
        yield sentence, OA.suffix, Literal(after)


def read_evidence(view: View, report: NamedNode, link: NamedNode = terms.CD.evidence) -> Evidence:
    """The inverse of `write_evidence`."""
    sentence = view.need_node(report, link)
    trigger = view.need_node(sentence, OA.refinedBy)
    return Evidence(read_passage(view, sentence), read_passage(view, trigger))
