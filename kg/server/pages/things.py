"""The pages of actors, places, agreements and other things, and of events, and the lists of them."""

from __future__ import annotations

from pyoxigraph import NamedNode
from starlette.responses import Response

from kg.server.pages.events import cards
from kg.server.pages.graph import grouped, rows
from kg.server.pages.page import Page

_PER_PAGE, _EVENTS = 60, 60


def thing(page: Page, iri: str) -> Response | None:
    """A thing's page: its names and ties, its signing records, its events. None if the world has no such thing."""
    facts = grouped(rows(page.store, "thing", thing=NamedNode(iri)), "key")
    if "name" not in facts:
        return None
    events = grouped(rows(page.store, "events-of-thing", thing=NamedNode(iri)), "event")
    number = page.number("page", 1, max(1, -(-len(events) // _EVENTS)))
    part = list(events)[(number - 1) * _EVENTS : number * _EVENTS]
    roles = {event: [row["role"] for row in several] for event, several in events.items()}
    return page.html(
        "thing.html",
        iri=iri,
        name=facts["name"][0]["value"],
        facts=facts,
        kind=", ".join(dict.fromkeys(row["name"] for row in facts.get("kind", []))),
        signings=rows(page.store, "signings-of-agreement", agreement=NamedNode(iri)),
        cards=cards(page.store, page.vocabulary, part),
        roles=roles,
        total=len(events),
        number=number,
        last=max(1, -(-len(events) // _EVENTS)),
    )


def event(page: Page, iri: str) -> Response | None:
    """An event's page: who, what, when, where, and every report of it. None if there is no such event."""
    found = cards(page.store, page.vocabulary, [iri])
    return page.html("event.html", iri=iri, card=found[0]) if found else None


def agreements(page: Page) -> Response:
    """The agreements, the latest first."""
    return _listed(page, "list-agreements", "agreements.html")


def actors(page: Page) -> Response:
    """The actors, the busiest first."""
    return _listed(page, "list-actors", "actors.html")


def documents(page: Page) -> Response:
    """The documents, the latest first."""
    return _listed(page, "list-documents", "documents.html")


def _listed(page: Page, query: str, template: str) -> Response:
    number = page.number("page", 1, 100_000)
    found = rows(page.store, query, text=page.text("text"), limit=_PER_PAGE + 1, offset=(number - 1) * _PER_PAGE)
    return page.html(
        template, rows=found[:_PER_PAGE], number=number, more=len(found) > _PER_PAGE, text=page.text("text")
    )
