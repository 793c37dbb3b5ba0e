"""The event model and the lexicon together: which words tell events, and what fills their roles."""

from __future__ import annotations

from .judged import Judged, judged
from .reading import read

__all__ = ["Judged", "judged", "read"]
