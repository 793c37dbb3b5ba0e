"""The SPARQL 1.1 Protocol on the way in: from an HTTP request to a query or an update with its dataset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode
from starlette.requests import Request

from kg.server.faults import Refused

FORM = "application/x-www-form-urlencoded"
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
_GRAPHS = {"query": ("default-graph-uri", "named-graph-uri"), "update": ("using-graph-uri", "using-named-graph-uri")}
_FIELDS = 1000  # parameters of one request
Parameters = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Operation:
    """What a client asks for; `kind` is `query` or `update`."""

    kind: str
    text: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


async def operation(request: Request, *, most: int) -> Operation | None:
    """The operation of a GET or POST; None for a GET without a query, which asks for the service description.

    Refused where the request breaks the protocol, or its body has more than `most` bytes.
    """
    url = parameters(request.scope["query_string"])
    if request.method != "POST":
        if any(name == "update" for name, _ in url):
            raise Refused(400, "an update must be sent by POST")
        return _of_parameters(url) if any(name == "query" for name, _ in url) else None
    media, _, rest = request.headers.get("Content-Type", "").partition(";")
    media = media.strip().lower()
    if media not in (FORM, QUERY, UPDATE):
        raise Refused(415, f"a POST must be of type {FORM}, {QUERY} or {UPDATE}")
    charset = rest.lower().partition("charset=")[2].strip("\"' ")
    if charset not in ("", "utf-8", "utf8"):
        raise Refused(415, f"the request is in {charset}: SPARQL is sent in UTF-8")
    body = await body_of(request, most=most)
    if media == FORM:
        return _of_parameters(parameters(body))
    return _operation("query" if media == QUERY else "update", _decoded(body), url)


def parameters(encoded: bytes) -> list[tuple[str, str]]:
    """The parameters of a form or of a URL; Refused where they are not in UTF-8, or too many."""
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError as error:
        raise Refused(400, "the parameters are not percent-encoded UTF-8") from error
    except ValueError as error:
        raise Refused(400, f"more than {_FIELDS} parameters") from error


async def body_of(request: Request, *, most: int) -> bytes:
    """The request's body; Refused if it has more than `most` bytes, before more than that is read."""
    refused = Refused(413, f"the request's body is larger than {most:,} bytes", {"Connection": "close"})
    length = request.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > most:
        raise refused
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise refused
    return bytes(body)


def _of_parameters(given: Parameters) -> Operation:
    texts = [(name, value) for name, value in given if name in ("query", "update")]
    if len(texts) != 1:
        raise Refused(400, f"one query or update is needed, and there are {len(texts)}")
    return _operation(*texts[0], given)


def _operation(kind: str, text: str, given: Parameters) -> Operation:
    default, named = (tuple(iri(value) for name, value in given if name == key) for key in _GRAPHS[kind])
    return Operation(kind, text, default, named)


def iri(value: str) -> str:
    """The value itself; Refused where it is not an absolute IRI."""
    try:
        return NamedNode(value).value
    except ValueError as error:
        raise Refused(400, f"{value!r} is not an absolute IRI") from error


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, "the body is not UTF-8") from error
