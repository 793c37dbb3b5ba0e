"""The start page, questions in English and saved queries."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from threading import Lock, Thread

from starlette.responses import Response

from kg import language
from kg.errors import KgError
from kg.query import SavedQuery, examples, more, run, saved_queries, saved_query, unpaged, written
from kg.query import ask as ask_in_english
from kg.query.parameters import PAGING
from kg.query.reply import Reply
from kg.query.saved import bound
from kg.server.pages.answers import quotations, shown, table_of
from kg.server.pages.events import cards
from kg.server.pages.page import Page
from kg.store import Solutions

_reading = Lock()
"""spaCy promises nothing about several threads in one pipeline, nor about two that import it at the same moment."""
_EXAMPLES, _SIGNINGS = 8, 3
_DOWNLOADS = {"csv": "text/csv", "tsv": "text/tab-separated-values", "json": "application/sparql-results+json"}


def start(page: Page) -> Response:
    """The question box, questions to begin with, and the signings told last."""
    _made_ready()
    signings = [row["event"] for row in page.rows("recent-signings", limit=_SIGNINGS)]
    return page.html(
        "start.html",
        examples=list(dict.fromkeys(examples()))[:_EXAMPLES],
        counts={row["what"]: int(row["number"]) for row in page.rows("counts")},
        signings=cards(page.store, page.vocabulary, signings),
    )


@cache
def _made_ready() -> None:
    """Loads the language pipeline beside the first visit, so that the first question need not wait for it."""
    Thread(target=_pipeline, daemon=True).start()


def _pipeline() -> None:
    with _reading:
        language.load()


def answered(page: Page, question: str) -> Reply:
    """The reply to a question in English; one question at a time."""
    with _reading:
        return ask_in_english(page.store, question)


def ask(page: Page) -> Response:
    """The answer to a question; one that is not understood gets the reason and the nearest saved queries."""
    question = page.text("q")
    if not question:
        return page.html("ask.html", reply=None, question="", examples=examples())
    reply = answered(page, question)
    return page.html(
        "ask.html",
        status=422 if reply.refused else 200,
        reply=reply,
        question=question,
        answer=table_of(page, reply),
        quotations=quotations(page, reply.quotes),
        examples=examples(),
    )


def query_list(page: Page) -> Response:
    """All saved queries."""
    return page.html("queries.html", queries=saved_queries())


def query(page: Page) -> Response:
    """A saved query: its form and, once it is sent, its answer; `format` downloads it."""
    name = page.request.path_params["name"]
    try:
        asked = saved_query(name)
    except KgError as error:
        return page.problem(str(error), 404)
    values = {p.name: text for p in asked.parameters if (text := page.text(p.name))}
    ready = all(p.name in values or p.default is not None for p in asked.parameters if p.required)
    if page.text("format") in _DOWNLOADS:
        return _download(page, asked, values, page.text("format"))
    problem, answer, note, sparql = None, None, None, asked.sparql
    if ready:
        try:
            sparql = bound(page.store, asked, values)
            found = run(page.store, asked, values)
            answer, note = shown(page, found), more(asked, values, found)
        except KgError as error:
            problem = str(error)
    return page.html(
        "query.html",
        status=400 if problem else 200,
        query=asked,
        values=values,
        error=problem,
        answer=answer,
        note=note,
        sparql=sparql,
        formats=list(_DOWNLOADS),
    )


def _download(page: Page, asked: SavedQuery, values: Mapping[str, str], format: str) -> Response:
    restricting = {name: text for name, text in values.items() if asked.parameter(name).type not in PAGING}
    text = written(run(page.store, asked, unpaged(asked, restricting)), format)
    headers = {"Content-Disposition": f'attachment; filename="{asked.name}.{format}"'}
    return Response(text, media_type=_DOWNLOADS[format], headers=headers)


def disagreements(page: Page) -> Response:
    """What sources tell differently, side by side."""
    asked = saved_query("where-sources-disagree")
    values = {name: text for name in ("about", "actor") if (text := page.text(name))}
    problem, pairs = None, []
    try:
        found = run(page.store, asked, values)
        assert isinstance(found, Solutions)
        pairs = [{cell.column: cell for cell in row} for row in shown(page, found).rows]
    except KgError as error:
        problem = str(error)
    return page.html("disagreements.html", status=400 if problem else 200, values=values, error=problem, pairs=pairs)
