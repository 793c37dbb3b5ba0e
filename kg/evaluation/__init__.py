"""Scores of the extraction against documents that people annotated: `evaluate` for folders, `score` for records."""

from .calibration import Bin, calibration_error, reliability
from .gold import Gold, GoldEvent, GoldSigning, read_gold
from .run import evaluate
from .scoring import Error, Pair, Scores, score
from .tally import Share, Tally

__all__ = [
    "Bin",
    "Error",
    "Gold",
    "GoldEvent",
    "GoldSigning",
    "Pair",
    "Scores",
    "Share",
    "Tally",
    "calibration_error",
    "evaluate",
    "read_gold",
    "reliability",
    "score",
]
