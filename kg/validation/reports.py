"""Findings written out: text for people, JSON for programs, a SHACL validation report in Turtle."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.graph import terms
from kg.graph.terms import BASE, OA, PREFIXES, PROV, RDF, SH, XSD
from kg.graph.turtle import to_turtle
from kg.graph.view import Statement, quads
from kg.reasoning import Source
from kg.validation.finding import Finding

_REPORT = NamedNode(f"{BASE}validation")
_OWL_RULES = f"{BASE}shapes#"
_QUOTES = 3  # as many are shown of a finding in text; the other formats have all


def written(findings: Sequence[Finding], format: str) -> str:
    """The findings in a format of `FORMATS`."""
    return FORMATS[format](findings)


def violations(findings: Iterable[Finding]) -> int:
    """How many findings make a graph invalid."""
    return sum(finding.severity == "Violation" for finding in findings)


def _text(findings: Sequence[Finding]) -> str:
    number = violations(findings)
    blocks = [*map(_block, findings), f"{number} violations, {len(findings) - number} other findings"]
    return "\n\n".join(blocks) + "\n"


def _block(finding: Finding) -> str:
    """One finding, with its statements and words below it."""
    where = " ".join(_short(iri) for iri in (finding.node, finding.path) if iri)
    lines = [f"{finding.severity} ({finding.rule}) {where}", f"  {_shortened(finding.message)}"]
    lines += [f"  at fault: {_shortened(str(triple))}" for triple in finding.triples]
    for source in finding.sources[:_QUOTES]:
        lines.append(f"  {source.name}" + (f": “{source.quote}”" if source.quote else ""))
    if more := len(finding.sources) - _QUOTES:
        lines += [f"  and {more} more"] if more > 0 else []
    return "\n".join(lines)


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _shortened(text: str) -> str:
    """The text with its `<IRI>`s as prefixed names."""
    pieces = text.split("<")
    return pieces[0] + "".join(_short(iri) + rest if end else f"<{iri}" for iri, end, rest in _closed(pieces[1:]))


def _closed(pieces: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    return (piece.partition(">") for piece in pieces)


def _json(findings: Sequence[Finding]) -> str:
    number = violations(findings)
    report = {"conforms": not number, "violations": number, "findings": [_record(finding) for finding in findings]}
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def _record(finding: Finding) -> dict[str, Any]:
    return {
        "severity": finding.severity,
        "rule": finding.rule,
        "node": finding.node,
        "path": finding.path or None,
        "message": finding.message,
        "graph": finding.graph,
        "triples": [f"{triple} ." for triple in finding.triples],
        "sources": [{"name": source.name, "quote": source.quote} for source in finding.sources],
    }


def _turtle(findings: Sequence[Finding]) -> str:
    return to_turtle(quads(_statements(findings), _REPORT))


def _statements(findings: Sequence[Finding]) -> Iterator[Statement]:
    yield _REPORT, RDF.type, SH.ValidationReport
    yield _REPORT, SH.conforms, Literal("false" if violations(findings) else "true", datatype=XSD.boolean)
    for number, finding in enumerate(findings, start=1):
        result = NamedNode(f"{_REPORT.value}#result-{number:04}")
        yield _REPORT, SH.result, result
        yield from _result(result, finding)
        # SHACL has one value a result; the other statements at fault are its details
        for part, triple in enumerate(finding.triples if len(finding.triples) > 1 else (), start=1):
            detail = NamedNode(f"{result.value}-{part}")
            yield result, SH.detail, detail
            yield from _result(detail, finding, triple)


def _result(node: NamedNode, finding: Finding, triple: Triple | None = None) -> Iterator[Statement]:
    owl = finding.rule[:1].islower()
    component = f"{_OWL_RULES}{finding.rule}" if owl else f"{SH[finding.rule].value}ConstraintComponent"
    yield node, RDF.type, SH.ValidationResult
    yield node, SH.resultSeverity, SH[finding.severity]
    yield node, SH.sourceConstraintComponent, NamedNode(component)
    yield node, SH.resultMessage, Literal(finding.message)
    one = triple or (finding.triples[0] if len(finding.triples) == 1 else None)
    if one is not None and (triple is not None or owl or finding.path):
        assert isinstance(one.subject, NamedNode) and not isinstance(one.object, (BlankNode, Triple))
        yield node, SH.focusNode, one.subject
        yield node, SH.resultPath, one.predicate
        yield node, SH.value, one.object
    else:
        yield node, SH.focusNode, NamedNode(finding.node)
        if finding.path:
            yield node, SH.resultPath, NamedNode(finding.path)
    if triple is None:
        for source in finding.sources:
            yield from _source(node, source)


def _source(node: NamedNode, source: Source) -> Iterator[Statement]:
    if source.quote is not None:
        yield node, PROV.wasDerivedFrom, terms.document(source.name)
        yield node, OA.exact, Literal(source.quote)


FORMATS: Final[dict[str, Callable[[Sequence[Finding]], str]]] = {"text": _text, "json": _json, "turtle": _turtle}
