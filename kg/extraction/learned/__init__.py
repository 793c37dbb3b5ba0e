"""The event model and the lexicon together: which words tell events, and what fills their roles."""

from __future__ import annotations

from .reading import read

__all__ = ["read"]
