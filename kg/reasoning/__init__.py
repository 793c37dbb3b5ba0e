"""OWL 2 RL, and rules of a user's own, over the world; what follows stands in a graph of its own, rebuilt at will.

The ontology is closed alone by owlrl and turned into rules (`owl_rl`), which run over facts of small integers
(`programs`, `closure`). A change is followed up without closing everything again (`maintenance`), and how a triple
follows can be told (`explanation`).
"""

from __future__ import annotations

from kg.reasoning.evidence import Source, sources
from kg.reasoning.explanation import Step, why
from kg.reasoning.inconsistency import Inconsistency
from kg.reasoning.inference import (
    Outcome,
    add,
    adopt,
    change_graph,
    inconsistencies,
    infer,
    is_current,
    replace_graph,
    size,
)
from kg.reasoning.knowledge import check

__all__ = [
    "Inconsistency",
    "Outcome",
    "Source",
    "Step",
    "add",
    "adopt",
    "change_graph",
    "check",
    "inconsistencies",
    "infer",
    "is_current",
    "replace_graph",
    "size",
    "sources",
    "why",
]
