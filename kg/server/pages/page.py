"""One request for a page: the store, what the visitor asked for, and how answers are written."""

from __future__ import annotations

import functools
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from kg import __version__
from kg.errors import KgError
from kg.graph.terms import BASE
from kg.server.faults import Refused
from kg.server.pages.graph import Row, rows
from kg.server.pages.vocabulary import Vocabulary
from kg.store import Store

if TYPE_CHECKING:
    from kg.server.service import Service

_log = logging.getLogger("kg.server")
STATIC = Path(__file__).parents[1] / "static"
_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
)
"""Nothing is loaded from elsewhere. Inline styles are for CodeMirror, which writes its own style sheet."""
_HEADERS = {"Content-Security-Policy": _POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}


class Page:
    """A request with what handlers need to answer it."""

    def __init__(self, request: Request, service: Service) -> None:
        self.request, self._service, self._generation = request, service, service.generation
        self.store: Store = service.store
        self.vocabulary = _vocabulary(service, self._generation)

    def rows(self, query: str, **values: Any) -> list[Row]:
        """The rows of one of the page's queries over all events, kept until the store changes: not to be altered."""
        given = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
        return _rows(self._service, self._generation, query, tuple(sorted(given.items())))

    @property
    def root(self) -> str:
        """The path under which the server is mounted, without a slash at the end."""
        return str(self.request.scope.get("root_path", "")).rstrip("/")

    def text(self, name: str) -> str:
        """A value of the query string, without blanks around it; empty if there is none."""
        return (self.request.query_params.get(name) or "").strip()

    def number(self, name: str, default: int, largest: int) -> int:
        """A whole number of the query string between 1 and `largest`."""
        text = self.text(name)
        return min(max(int(text), 1), largest) if text.isdecimal() else default

    def local(self, iri: str) -> str:
        """The address on this server of an IRI of the base; another IRI as it is."""
        return f"{self.root}/{iri.removeprefix(BASE)}" if iri.startswith(BASE) else iri

    def address(self, path: str, **values: Any) -> str:
        """A path on this server with a query string of the values that are not empty."""
        filled = {name: value for name, value in values.items() if value not in (None, "")}
        return f"{self.root}{path}" + (f"?{urlencode(filled)}" if filled else "")

    def html(
        self, template: str, *, status: int = 200, headers: dict[str, str] | None = None, **context: Any
    ) -> Response:
        """The page that a template makes of the context."""
        text = (
            _environment()
            .get_template(template)
            .render(page=self, root=self.root, path=self.request.url.path, **context)
        )
        return HTMLResponse(text, status, {**_HEADERS, **(headers or {})})

    def json(self, value: Any, *, status: int = 200) -> Response:
        """A value as JSON."""
        return JSONResponse(value, status)

    def problem(self, message: str, status: int) -> Response:
        """A page, or JSON for what the script asks, that says what is wrong in one line."""
        if "/api/" in self.request.url.path:
            return self.json({"error": message}, status=status)
        return self.html("problem.html", status=status, message=message, code=status)


Handler = Callable[[Page], Response]


def endpoint(service: Service, handler: Handler) -> Callable[[Request], Response]:
    """A Starlette endpoint; it runs in a thread, and what a user did wrong is told in one line."""

    @functools.wraps(handler)
    def answer(request: Request) -> Response:
        page = Page(request, service)
        try:
            return handler(page)
        except KgError as error:
            return page.problem(str(error), error.status if isinstance(error, Refused) else 400)
        except Exception:
            _log.exception("%s could not be answered", request.url)
            return page.problem("the server made a mistake; its log says which", 500)

    return answer


@functools.lru_cache(maxsize=12)
def _rows(service: Service, generation: int, query: str, values: tuple[tuple[str, Any], ...]) -> list[Row]:
    given: dict[str, Any] = {name: list(value) if isinstance(value, tuple) else value for name, value in values}
    return rows(service.store, query, **given)


@functools.lru_cache(maxsize=4)
def _vocabulary(service: Service, generation: int) -> Vocabulary:
    """The words of a snapshot's ontology, read once."""
    return Vocabulary.of(service.store)


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["version"] = __version__
    environment.globals["asset"] = _asset
    environment.filters["tojson_script"] = lambda value: json.dumps(value, ensure_ascii=False)
    return environment


@functools.cache
def _asset(name: str) -> str:
    """The name of a built file with its size as a tag, so that a new version is not taken from a browser's cache."""
    return f"static/{name}?v={(STATIC / name).stat().st_size:x}"
