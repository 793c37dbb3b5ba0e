"""What those who tell of one event or thing have in common, counted once so that no query need count it again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from kg.graph.ontology import ontology
from kg.graph.terms import CD
from kg.graph.view import Statement
from kg.model import Event, Extraction, Member, Modality, Report, Thing


def write_count(node: NamedNode, members: Iterable[Member]) -> Iterator[Statement]:
    """How many documents the entities or reports that were joined into one come from."""
    yield node, CD.documentCount, Literal(len({document for document, _ in members}))


class Tellings:
    """The reports of all documents, to say in what the voices that tell of an event differ.

    A voice is a document, or someone whose words it tells. That two voices differ in something does not mean that they
    contradict each other: "March" and "3 March" differ, and so do two numbers of which one is told as a minimum.
    """

    def __init__(self, things: Iterable[Thing], extractions: Iterable[Extraction]) -> None:
        self._reports = {(report.document, report.id): report for each in extractions for report in each.reports}
        self._slugs = {member: thing.slug for thing in things for member in thing.members}

    def write(self, node: NamedNode, event: Event) -> Iterator[Statement]:
        """What its voices do not all tell alike."""
        told: dict[str, set[object]] = defaultdict(set)
        voices: dict[str, set[object]] = defaultdict(set)
        for member in event.reports:
            if member in self._reports:
                report = self._reports[member]
                for what, value in self._told(report):
                    told[what].add(value)
                    voices[what].add((report.document, report.attribution and report.attribution.entity))
        for what, values in told.items():
            if len(values) > 1 and len(voices[what]) > 1:
                yield node, CD.variesIn, Literal(what.partition(" ")[0])

    def _told(self, report: Report) -> Iterator[tuple[str, object]]:
        """What the report tells, by the words of `cd:variesIn`; of numbers, those of one kind are compared."""
        class_ = ontology().event_class(report.type, report.mode)
        words = [report.evidence.trigger.text, *(argument.mention.text for argument in report.arguments)]
        for kind in ontology().kinds(class_, words):
            yield "means", kind
        if report.modality in (Modality.ASSERTED, Modality.NEGATED):
            yield "happened", report.modality
        if report.modality != Modality.ASSERTED:
            return
        yield "kind", class_
        if report.time is not None:
            yield "date", report.time
        doers = {self._slugs.get((report.document, a.entity)) for a in report.arguments if CD[a.role] == CD.actor}
        if doers:
            yield "actor", frozenset(doers)
        for number in report.quantities:
            yield f"number {number.kind}", (number.text, number.low, number.high)
