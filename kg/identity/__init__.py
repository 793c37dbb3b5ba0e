"""Identity: the entities and reports of all documents become the things and events of one world."""

from .neighbourhood import MOST, Change, changed_by
from .world import resolve

__all__ = ["MOST", "Change", "changed_by", "resolve"]
