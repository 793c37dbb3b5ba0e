"""The filters that timeline, network and map share: who, where, of what kind, when, how surely told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.server.pages.page import Page

NAMES = ("actor", "place", "type", "from", "to", "status")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the visitor wrote, by name; empty where nothing is restricted."""

    values: dict[str, str]

    @classmethod
    def of(cls, page: Page) -> Filters:
        """Read from the query string."""
        return cls({name: page.text(name) for name in NAMES})

    @property
    def any(self) -> bool:
        """Whether something is restricted."""
        return any(self.values.values())

    def bound(self, page: Page) -> dict[str, Any]:
        """The values as parameters of the page's queries; KgError for one that means nothing."""
        values: dict[str, Any] = {name: self.values[name] for name in ("actor", "place", "from", "to")}
        if self.values["type"]:
            values["class"] = page.vocabulary.below(self.values["type"])
        if self.values["status"]:
            values["status"] = page.vocabulary.status(self.values["status"])
        return values
