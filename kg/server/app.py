"""The ASGI application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import KgError
from kg.server import pages
from kg.server.description import described, void
from kg.server.faults import refusal
from kg.server.graphs import GraphStore
from kg.server.limits import Limits
from kg.server.service import Service
from kg.server.sparql import Endpoint


def create_app(
    store_path: Path, *, limits: Limits | None = None, token: str | None = None, origins: Sequence[str] = ("*",)
) -> Starlette:
    """The server of one store, which opens with the application's lifespan; it may then fail with a KgError.

    With a `token` whoever brings it may update the store. Scripts of web pages from `origins` may read the answers.
    """
    service = Service(store_path, limits or Limits())

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        try:
            async with service:
                yield
        except KgError as error:
            app.state.fault = error  # what runs the application may tell it better than by a traceback
            raise

    async def void_document(request: Request) -> Response:
        endpoint, dump = (str(request.url_for(name)) for name in ("sparql", "store"))
        return described(request, await asyncio.to_thread(void, service, endpoint, dump))

    async def well_known(request: Request) -> Response:
        return RedirectResponse(request.url_for("void"), 303)

    routes: list[BaseRoute] = [
        Route("/sparql", Endpoint(service, token).answer, methods=["GET", "POST"], name="sparql"),
        Route("/store", GraphStore(service).answer, name="store"),
        Route("/void", void_document, name="void"),
        Route("/.well-known/void", well_known),
        *pages.routes(service),
    ]
    cors = Middleware(
        CORSMiddleware, allow_origins=origins, allow_methods=["GET", "HEAD", "POST"], allow_headers=["*"], max_age=3600
    )
    return Starlette(routes=routes, middleware=[cors], exception_handlers={KgError: refusal}, lifespan=lifespan)
