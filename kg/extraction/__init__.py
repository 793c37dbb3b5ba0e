"""Extraction: a parsed document becomes entities, reports of events with their evidence, and signings."""

from .reports import extract

__all__ = ["extract"]
