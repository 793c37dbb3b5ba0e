"""One world from many documents: first who is who, then which agreements are one, then which reports tell one event."""

from __future__ import annotations

from collections.abc import Iterable

from kg import model
from kg.model import Corrections, Extraction

from .accounts import accounts
from .agreements import agreements, pacts
from .events import Tell, events, telling
from .things import Registry, join
from .told import World


class Resolution:
    """What documents tell, joined: `things`, the candidates for being one (`pacts`, `telling`), and the whole.

    `told_by` gives the accounts of one document; another function may remember them.
    """

    def __init__(
        self, extractions: Iterable[Extraction], corrections: Corrections | None = None, told_by: Tell = accounts
    ) -> None:
        self._corrections = corrections or Corrections()
        self.extractions = sorted(extractions, key=lambda x: (x.document.published, x.document.name))
        registry = Registry(self.extractions, self._corrections)
        actors = World(join(registry))
        self.pacts = pacts(self.extractions, registry, actors)
        self.things = join(registry, agreements(self.pacts, actors, self._corrections))
        self.world = World(self.things)
        self.telling = telling(self.extractions, self.world, self._corrections, told_by)

    def whole(self) -> model.World:
        """Things and events, and who acts for whom."""
        acts_for = {
            (self.world.slugs[record.document, person], self.world.slugs[record.document, party])
            for extraction in self.extractions
            for record in extraction.signings
            for person, party in record.acts_for
        }
        found = events(self.telling, self.world, self._corrections)
        return model.World(tuple(self.things), found, tuple(sorted(acts_for)))


def resolve(extractions: Iterable[Extraction], corrections: Corrections | None = None) -> model.World:
    """The world that documents tell of; it does not depend on their order.

    What the corrections say wins over what would be found without them.
    """
    return Resolution(extractions, corrections).whole()
