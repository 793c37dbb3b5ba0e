"""Whether the graph is sound: SHACL shapes over each graph, and the rules of OWL 2 RL that contradict.

Every finding names the statements at fault and the documents and words that they come from.
"""

from __future__ import annotations

from kg.store import Store
from kg.validation.contradictions import contradictions
from kg.validation.finding import Finding
from kg.validation.reports import FORMATS, violations, written
from kg.validation.shapes import misshapen

__all__ = ["FORMATS", "Finding", "validate", "violations", "written"]


def validate(store: Store) -> list[Finding]:
    """What is wrong with the document graphs and the world, sorted by graph, node, path and message."""
    return sorted({*misshapen(store), *contradictions(store)}, key=lambda finding: finding.order)
