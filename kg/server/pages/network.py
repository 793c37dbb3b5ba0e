"""The network of actors: who acted on whom and who acted together, as a table and, drawn by the script, as a graph."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from kg.errors import KgError
from kg.server.pages.filters import Filters
from kg.server.pages.graph import rows_of
from kg.server.pages.page import Page
from kg.server.pages.stances import Counted

MOST_ACTORS = 45
"""Actors drawn; those of most events are taken. More than this cannot be read."""


@dataclass(frozen=True, slots=True)
class Tie(Counted):
    """Events between two actors: `on` has a direction (one acted on the other), `with` has none."""

    one: str
    other: str
    way: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Network:
    """The ties among the actors that are shown, name and kind of each by IRI, and how many actors there are in all."""

    ties: list[Tie]
    actors: dict[str, tuple[str, str]]
    all_actors: int

    def drawing(self, page: Page) -> dict[str, Any]:
        """What the script draws."""
        number = {iri: position for position, iri in enumerate(self.actors)}
        weight: Counter[str] = Counter()
        for tie in self.ties:
            weight[tie.one] += tie.total
            weight[tie.other] += tie.total
        return {
            "nodes": [
                {"name": name, "kind": kind, "href": page.local(iri), "events": weight[iri]}
                for iri, (name, kind) in self.actors.items()
            ],
            "links": [
                {
                    "source": number[tie.one],
                    "target": number[tie.other],
                    "way": tie.way,
                    "stance": tie.stance,
                    "events": tie.total,
                }
                for tie in self.ties
            ],
        }


def network(page: Page) -> Response:
    """Who deals with whom."""
    filters = Filters.of(page)
    error, found = None, Network([], {}, 0)
    try:
        found = ties(page, filters)
    except KgError as problem:
        error = str(problem)
    return page.html(
        "network.html",
        status=400 if error else 200,
        filters=filters,
        error=error,
        network=found,
        drawing=found.drawing(page),
    )


def ties(page: Page, filters: Filters) -> Network:
    """The ties that pass the filters, among the actors of most events."""
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    weight: Counter[str] = Counter()
    for row in page.rows("network", **{k: v for k, v in filters.bound(page).items() if k != "place"}):
        key = row["one"], row["other"], row["way"]
        counts.setdefault(key, Counter())[page.vocabulary.get(row["class"]).stance] += int(row["events"])
        weight[row["one"]] += int(row["events"])
        weight[row["other"]] += int(row["events"])
    shown = {iri for iri, _ in sorted(weight.items(), key=lambda item: (-item[1], item[0]))[:MOST_ACTORS]}
    made = [Tie(*key, dict(counter)) for key, counter in counts.items() if key[0] in shown and key[1] in shown]
    names = {r["thing"]: (r["name"], r["kind"]) for r in rows_of(page.store, "names-of-things", "thing", sorted(shown))}
    return Network(
        ties=sorted(made, key=lambda tie: (-tie.total, tie.one, tie.other, tie.way)),
        actors={iri: names.get(iri, (iri, "")) for iri in sorted(shown)},
        all_actors=len(weight),
    )
