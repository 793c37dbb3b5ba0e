"""Identity: the entities and reports of all documents become the things and events of one world."""

from .world import resolve

__all__ = ["Corrections", "resolve"]
