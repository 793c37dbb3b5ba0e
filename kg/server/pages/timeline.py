"""The timeline: events in the order of their days, with a chart of how many there were in each stretch of time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from starlette.responses import Response

from kg.errors import KgError
from kg.server.pages.events import cards
from kg.server.pages.filters import Filters
from kg.server.pages.graph import Row
from kg.server.pages.page import Page

PER_PAGE = 40
_MOST_BARS = 40


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time: its label, first and last day as the filters take them, and events by stance."""

    label: str
    first: str
    last: str
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """Events of all stances."""
        return sum(self.counts.values())


def timeline(page: Page) -> Response:
    """The events that pass the filters, a part at a time."""
    filters = Filters.of(page)
    try:
        found = page.rows("events", **filters.bound(page))
    except KgError as error:
        return page.html("timeline.html", status=400, filters=filters, error=str(error), bars=[], cards=[], total=0,
                         dated=0,
            order="", number=1, last=1)  # fmt: skip
    dated = [row for row in found if row["day"]]
    if page.text("order") != "earliest":
        found = dated[::-1] + found[len(dated) :]
    last = max(1, -(-len(found) // PER_PAGE))
    number = min(page.number("page", 1, 1_000_000), last)
    shown = found[(number - 1) * PER_PAGE : number * PER_PAGE]
    return page.html(
        "timeline.html",
        filters=filters,
        error=None,
        bars=bars(page, dated),
        cards=cards(page.store, page.vocabulary, [row["event"] for row in shown]),
        total=len(found),
        dated=len(dated),
        order=page.text("order"),
        number=number,
        last=last,
    )


def bars(page: Page, found: list[Row]) -> list[Bar]:
    """Counts of dated events, in their order, by the shortest of month, year and decade that gives few enough bars."""
    days = [(row["day"], page.vocabulary.get(row["class"]).stance) for row in found]
    if not days:
        return []
    first, last = days[0][0], days[-1][0]
    for unit in ("month", "year", "decade"):
        stretches = _stretches(first, last, unit)
        if len(stretches) <= _MOST_BARS:
            break
    counts: dict[str, Counter[str]] = {key: Counter() for key in stretches}
    for day, stance in days:
        counts[_key(day, unit)][stance] += 1
    return [_bar(key, unit, dict(counter)) for key, counter in counts.items()]


def _key(day: str, unit: str) -> str:
    return {"month": day[:7], "year": day[:4], "decade": day[:3]}[unit]


def _stretches(first: str, last: str, unit: str) -> list[str]:
    if unit == "month":
        begin, end = (int(day[:4]) * 12 + int(day[5:7]) - 1 for day in (first, last))
        return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(begin, end + 1)]
    width = 4 if unit == "year" else 3
    return [f"{n:0{width}}" for n in range(int(first[:width]), int(last[:width]) + 1)]


def _bar(key: str, unit: str, counts: dict[str, int]) -> Bar:
    if unit == "decade":
        return Bar(f"{key}0s", f"{key}0", f"{key}9", counts)
    return Bar(key, key, key, counts)
