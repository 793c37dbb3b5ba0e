"""One world from many documents: first who is who, then which agreements are one, then which reports tell one event."""

from __future__ import annotations

from collections.abc import Iterable

from kg import model
from kg.model import Corrections, Extraction

from .agreements import agreements
from .events import events
from .things import Registry, join
from .told import World


def resolve(extractions: Iterable[Extraction], corrections: Corrections | None = None) -> model.World:
    """The world that documents tell of; it does not depend on their order.

    What the corrections say wins over what would be found without them.
    """
    corrections = corrections or Corrections()
    ordered = sorted(extractions, key=lambda x: (x.document.published, x.document.name))
    registry = Registry(ordered, corrections)
    actors = World(join(registry))
    things = join(registry, agreements(ordered, registry, actors, corrections))
    world = World(things)
    acts_for = {
        (world.slugs[record.document, person], world.slugs[record.document, party])
        for extraction in ordered
        for record in extraction.signings
        for person, party in record.acts_for
    }
    return model.World(tuple(things), events(ordered, world, corrections), tuple(sorted(acts_for)))
