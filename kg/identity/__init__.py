"""Identity: the entities and reports of all documents become the things and events of one world."""

from .corrections import Corrections
from .world import resolve

__all__ = ["Corrections", "resolve"]
