"""What those who tell of one event or thing have in common, counted once so that no query need count it again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.graph import terms
from kg.graph.ontology import ontology
from kg.graph.terms import CD
from kg.graph.view import Statement
from kg.model import Event, Extraction, Member, Modality, Report, Thing, Time

_OF_DOCUMENTS: Final = frozenset({"date", "actor", "kind"})
"""What a document tells in several places of an event, so that two differ only where they have nothing in common."""


def write_count(node: NamedNode, members: Iterable[Member]) -> Iterator[Statement]:
    """How many documents the entities or reports that were joined into one come from."""
    yield node, CD.documentCount, terms.integer(len({document for document, _ in members}))


class Tellings:
    """The reports of all documents, to say in what those who tell of an event differ.

    Who differ need not contradict each other: one may act for the other's doer, one number may be a minimum.
    """

    def __init__(self, things: Iterable[Thing], extractions: Iterable[Extraction]) -> None:
        self._reports = {(report.document, report.id): report for each in extractions for report in each.reports}
        self._slugs = {member: thing.slug for thing in things for member in thing.members}

    def write(self, node: NamedNode, event: Event) -> Iterator[Statement]:
        """In what the event's documents, or the voices in them, differ."""
        told: dict[str, dict[object, set[object]]] = defaultdict(lambda: defaultdict(set))
        for report in (self._reports[member] for member in event.reports if member in self._reports):
            voice = report.document, report.attribution and report.attribution.entity
            for what, value in self._told(report):
                told[what][report.document if what in _OF_DOCUMENTS else voice].add(value)
        for what, values in told.items():
            if _differ(values, apart=what in _OF_DOCUMENTS):
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
        for argument in report.arguments:
            member = report.document, argument.entity
            if CD[argument.role] == CD.actor and member in self._slugs:
                yield "actor", self._slugs[member]
        for number in report.quantities:
            yield f"number {number.kind}", (number.text, number.low, number.high)


def _differ(values: Mapping[object, set[object]], *, apart: bool) -> bool:
    """Whether two of those who tell something differ: `apart`, where they have nothing in common."""
    told = {frozenset(each) for each in values.values()}
    if not apart:
        return len(values) > 1 and len(frozenset().union(*told)) > 1
    return any(not any(_agree(a, b) for a in one for b in other) for one, other in combinations(told, 2))


def _agree(one: object, other: object) -> bool:
    if isinstance(one, Time) and isinstance(other, Time):
        return one.earliest <= other.latest and other.earliest <= one.latest
    return one == other
