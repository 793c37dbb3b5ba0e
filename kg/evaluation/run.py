"""The extraction run over gold, and scored."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg import export, pipeline

from .gold import Gold
from .scoring import Record, Scores, score


def evaluate(
    golds: Sequence[Gold],
    model: str | None = None,
    on_progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
) -> Scores:
    """Analyse each document of the gold with the publication date that the gold gives, and score what is found.

    Raises KgError where the pipeline `model` is not installed.
    """
    events: list[Record] = []
    signings: list[Record] = []
    on_progress("documents", 0, len(golds))
    for done, gold in enumerate(golds, 1):
        found = pipeline.analyse(gold.document, model)
        events += export.events_of(found)
        signings += export.signings_of(found)
        on_progress("documents", done, len(golds))
    return score(golds, events, signings)
