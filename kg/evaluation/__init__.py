"""Scores of the extraction against documents that people annotated: `evaluate` for folders, `score` for records."""

from .gold import Gold, GoldEvent, GoldSigning, read_gold
from .run import evaluate
from .scoring import Error, Scores, score
from .tally import Share, Tally

__all__ = ["Error", "Gold", "GoldEvent", "GoldSigning", "Scores", "Share", "Tally", "evaluate", "read_gold", "score"]
