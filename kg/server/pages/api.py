"""What the scripts of the page ask for, as JSON; open to others."""

from __future__ import annotations

from pyoxigraph import NamedNode
from starlette.responses import Response

from kg.errors import KgError
from kg.graph.terms import PREFIXES
from kg.query import run, saved_queries, saved_query, written
from kg.query.results import shortened
from kg.server.pages.asking import answered
from kg.server.pages.filters import Filters
from kg.server.pages.graph import rows
from kg.server.pages.network import ties
from kg.server.pages.page import Page
from kg.server.pages.places import places


def queries(page: Page) -> Response:
    """The saved queries with their parameters."""
    return page.json(
        [
            {
                "name": query.name,
                "title": query.title,
                "description": query.description,
                "parameters": [
                    {
                        name: getattr(p, name)
                        for name in ("name", "type", "description", "example", "required", "default")
                    }
                    for p in query.parameters
                ],
            }
            for query in saved_queries()
        ]
    )


def query(page: Page) -> Response:
    """The answer of a saved query, parameters from the query string, as SPARQL 1.1 Query Results JSON."""
    try:
        asked = saved_query(page.request.path_params["name"])
    except KgError as error:
        return page.problem(str(error), 404)
    return _results(run(page.store, asked, dict(page.request.query_params)))


def ask(page: Page) -> Response:
    """How a question (`q`) was understood, and its answer."""
    return page.json(answered(page, page.text("q")).as_json())


def names(page: Page) -> Response:
    """Names that hold the text `q`, of actors, places or agreements if `kind` says so."""
    text = page.text("q")
    if len(text) < 2:
        return page.json([])
    kind = page.text("kind")
    if kind == "event":
        labels = [label for _, labels in page.vocabulary.choices() for label in labels]
        return page.json([label for label in labels if text.casefold() in label.casefold()])
    if kind == "document":
        found = rows(page.store, "list-documents", text=text, limit=12)
        return page.json([shortened(NamedNode(row["document"])) for row in found])
    # what acts may be a place and the other way round: a state is both
    return page.json([row["name"] for row in rows(page.store, "suggestions", text=text)])


def terms(page: Page) -> Response:
    """Prefixes and terms for completion in the editor."""
    found = rows(page.store, "terms")
    return page.json(
        {
            "prefixes": PREFIXES,
            "terms": [
                {
                    "name": shortened(NamedNode(row["term"])),
                    "label": row["label"],
                    "definition": row["definition"],
                    "sort": row["sort"],
                }
                for row in found
            ],
        }
    )


def network(page: Page) -> Response:
    """Actors and the ties between them; the filters are those of the page."""
    return page.json(ties(page, Filters.of(page)).drawing(page))


def world_map(page: Page) -> Response:
    """Places with their positions and numbers of events; the filters are those of the page."""
    return page.json(
        [
            {"iri": place.iri, "name": place.name, "position": place.position, "events": place.counts}
            for place in places(page, Filters.of(page))
        ]
    )


def timeline(page: Page) -> Response:
    """The events that pass the filters of the page: IRI, class and first day."""
    return page.json(rows(page.store, "events", **Filters.of(page).bound(page)))


def _results(answer: object) -> Response:
    return Response(written(answer, "json"), media_type="application/sparql-results+json")  # type: ignore[arg-type]
