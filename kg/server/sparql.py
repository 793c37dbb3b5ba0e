"""`/sparql`: queries, updates where they are allowed, and the service description."""

from __future__ import annotations

import asyncio
import hmac
import re
from collections.abc import Coroutine, Iterator
from typing import IO

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from kg.server.description import described, service_description
from kg.server.engine import Question, Reply
from kg.server.faults import Refused
from kg.server.keywords import calls, using
from kg.server.limits import MIB
from kg.server.pages.negotiation import HTML, TURTLE, preferred
from kg.server.protocol import Operation, operation
from kg.server.reading import fault
from kg.server.service import Service

_PIECE = 1 << 16  # bytes of a long answer that are sent at a time
_ANYTHING = re.compile(r"\*/\*(\s*;\s*q=[\d.]+)?")
_GONE = 499  # nobody will see it: the status that proxies log for a client that did not wait


class Endpoint:
    """The endpoint. `token` is what an update must bring; None where the store is served read-only."""

    def __init__(self, service: Service, token: str | None) -> None:
        self._service, self._token = service, token

    async def answer(self, request: Request) -> Response:
        """The response to a GET or POST; Refused where there is none."""
        asked = await operation(request, most=self._service.limits.request)
        if asked is None:
            return await self._description(request)
        if asked.kind == "update":
            return await self._update(request, asked)
        _refuse_remote(asked.text)
        question = Question(asked.text, accepted(request), asked.default_graphs, asked.named_graphs)
        reply = await unless_gone(request, self._service.ask(question))
        if reply.status not in (200, 406):
            raise fault(asked.text, reply.status, reply.read())
        return passed_on(reply)

    async def _description(self, request: Request) -> Response:
        if preferred(request.headers.get("Accept", "*/*"), (TURTLE, HTML)) == HTML:
            return RedirectResponse("editor", 303)
        here = str(request.url.replace(query=""))
        quads = await asyncio.to_thread(service_description, self._service, here, writable=self._token is not None)
        return described(request, quads)

    async def _update(self, request: Request, asked: Operation) -> Response:
        if self._token is None:
            raise Refused(403, "this server only reads: it must be started with --writable")
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), self._token.encode()):
            wanted = {"WWW-Authenticate": "Bearer"}
            raise Refused(401, "an update needs the header `Authorization: Bearer TOKEN`", wanted)
        _refuse_remote(asked.text)
        text = using(asked.text, asked.default_graphs, asked.named_graphs)
        if text is None:
            raise Refused(400, "the dataset is set both in the update and in parameters of the request")
        await self._service.update(text)
        return Response(status_code=204)


def accepted(request: Request, triples: str = TURTLE) -> str:
    """The formats that the engine may choose from: where any is welcome, the usual one of each kind of answer."""
    usual = rf"application/sparql-results+json\1, {triples}\1"
    return _ANYTHING.sub(usual, request.headers.get("Accept", "*/*"))


async def unless_gone(request: Request, work: Coroutine[None, None, Reply]) -> Reply:
    """The outcome of the work, which is given up when the client is gone."""
    working = asyncio.ensure_future(work)
    listening = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({working, listening}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise Refused(_GONE, "the client is gone")
        return working.result()
    finally:
        working.cancel()
        listening.cancel()


def passed_on(reply: Reply) -> Response:
    """An engine's reply as the response."""
    headers = {"Vary": "Accept", "X-Content-Type-Options": "nosniff"}
    media = reply.headers.get("Content-Type")
    if reply.size <= MIB:
        return Response(reply.read(), reply.status, headers, media)
    headers["Content-Length"] = str(reply.size)
    return StreamingResponse(_pieces(reply.body), reply.status, headers, media)


def _refuse_remote(text: str) -> None:
    """Refuse what would make this server call others."""
    if word := calls(text):
        raise Refused(403, f"{word} is switched off: this server calls no others")


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _pieces(body: IO[bytes]) -> Iterator[bytes]:
    with body:
        while piece := body.read(_PIECE):
            yield piece
