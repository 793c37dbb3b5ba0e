"""The map: places with the number of events at each; positions from the graph, else from the table of towns."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.responses import Response

from kg.errors import KgError
from kg.server.pages.filters import Filters
from kg.server.pages.graph import rows_of
from kg.server.pages.page import Page
from kg.server.pages.stances import Counted

Position = tuple[float, float]
"""Latitude and longitude in degrees."""


@dataclass(frozen=True, slots=True)
class Place(Counted):
    """A place with its events by stance; `position` is None where neither graph nor table knows one."""

    iri: str
    name: str
    position: Position | None
    counts: dict[str, int]


def world_map(page: Page) -> Response:
    """Where it happened."""
    filters = Filters.of(page)
    error, found = None, []
    try:
        found = places(page, filters)
    except KgError as problem:
        error = str(problem)
    return page.html(
        "map.html",
        status=400 if error else 200,
        filters=filters,
        error=error,
        places=found,
        drawing=[
            {
                "name": place.name,
                "lat": place.position[0],
                "lon": place.position[1],
                "events": place.total,
                "stance": place.stance,
                "href": page.local(place.iri),
            }
            for place in found
            if place.position
        ],
    )


def places(page: Page, filters: Filters) -> list[Place]:
    """The places of the events that pass the filters, those of most events first."""
    counts: dict[str, Counter[str]] = {}
    for row in page.rows("map", **{k: v for k, v in filters.bound(page).items() if k != "place"}):
        counts.setdefault(row["place"], Counter())[page.vocabulary.get(row["class"]).stance] += int(row["events"])
    made = []
    known = {row["place"]: row for row in rows_of(page.store, "place-names", "place", sorted(counts))}
    for iri, row in known.items():
        position = known_position(row["name"], row["country"], state=row["state"])
        if row["latitude"] is not None and row["longitude"] is not None:
            position = float(row["latitude"]), float(row["longitude"])
        made.append(Place(iri, row["name"], position, dict(counts[iri])))
    return sorted(made, key=lambda place: (-place.total, place.name, place.iri))


def known_position(name: str, country: str | None, *, state: str | None = None) -> Position | None:
    """The middle of a state, by its code, or where the table has a town of this name in this country.

    Without a country, the name must be that of towns in one country only: which of two is meant is not guessed.
    """
    return _table().get(("", state) if state else (_plain(name), country or ""))


@cache
def _table() -> dict[tuple[str, str], Position]:
    """(name, ISO 3166-1 alpha-2 code) -> position, and (name, "") where only one country has a town of the name."""
    table: dict[tuple[str, str], Position] = {}
    countries: dict[str, list[str]] = {}
    with (Path(__file__).parent / "positions.tsv").open(encoding="utf-8", newline="") as file:
        for name, country, latitude, longitude in csv.reader(file, delimiter="\t"):
            table[name, country] = float(latitude), float(longitude)
            countries.setdefault(name, []).append(country)
    return table | {(name, ""): table[name, found[0]] for name, found in countries.items() if len(found) == 1}


def _plain(name: str) -> str:
    """The name as the table has it: in lower case, without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
