"""The web page: questions, saved queries, timeline, network, map, and a page for every IRI of the base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kg.server.pages import api, asking, network, places, resources, things, timeline
from kg.server.pages.page import STATIC, Handler, Page, endpoint

if TYPE_CHECKING:
    from kg.server.service import Service

_QUERY = """# The agreements, with who signed them and when
SELECT DISTINCT ?agreement ?name ?signatory ?date
WHERE {
  ?event a cd:Signing ; cd:object ?agreement ; cd:actor ?actor .
  ?agreement a cd:Agreement ; skos:prefLabel ?name .
  ?actor skos:prefLabel ?signatory .
  OPTIONAL { ?event cd:time/rdfs:label ?date }
}
ORDER BY DESC(?date) ?name ?signatory
"""  # what the editor begins with


def routes(service: Service) -> list[BaseRoute]:
    """The routes of the page. The last takes every path that is left, so what else is served must stand before them."""
    handlers: dict[str, Handler] = {
        "/": asking.start,
        "/ask": asking.ask,
        "/queries": asking.query_list,
        "/queries/{name}": asking.query,
        "/agreements": things.agreements,
        "/actors": things.actors,
        "/documents": things.documents,
        "/timeline": timeline.timeline,
        "/network": network.network,
        "/map": places.world_map,
        "/disagreements": asking.disagreements,
        "/editor": _editor,
        "/about": _about,
        "/api/queries": api.queries,
        "/api/queries/{name}": api.query,
        "/api/ask": api.ask,
        "/api/names": api.names,
        "/api/terms": api.terms,
        "/api/network": api.network,
        "/api/map": api.world_map,
        "/api/timeline": api.timeline,
    }
    made: list[BaseRoute] = [Route(path, endpoint(service, handler)) for path, handler in handlers.items()]
    made.append(Mount("/static", StaticFiles(directory=STATIC)))
    made.append(Route("/{path:path}", endpoint(service, resources.resource)))
    return made


def _editor(page: Page) -> Response:
    return page.html("editor.html", sparql=page.text("query") or _QUERY)


def _about(page: Page) -> Response:
    return page.html("about.html")
