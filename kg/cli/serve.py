"""`kg serve`: the graph over HTTP."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import STORE
from kg.errors import KgError

EXAMPLES = """\b
Examples:
  kg serve
  kg serve --store kg-store --port 8080 --timeout 10
  KG_SERVE_TOKEN=secret kg serve --writable
  curl 'http://127.0.0.1:8000/sparql' --data-urlencode 'query=ASK { ?s ?p ?o }'"""
TOKEN = "KG_SERVE_TOKEN"


def command(
    store: Annotated[
        str, typer.Option("--store", "-s", envvar="KG_STORE", metavar="DIR", help="The folder of the store.")
    ] = STORE,
    host: Annotated[str, typer.Option(help="The address to listen at; 0.0.0.0 opens it to the network.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen at; 0 takes a free one.")] = 8000,
    writable: Annotated[bool, typer.Option("--writable", help=f"Allow updates with a token ({TOKEN}).")] = False,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that a query may take.")] = 30,
    memory: Annotated[int, typer.Option(min=256, help="MiB of memory that a query may take.")] = 1024,
    at_once: Annotated[int, typer.Option(min=1, help="Queries that may run at the same time.")] = 8,
    largest_request: Annotated[int, typer.Option(min=1, help="KiB of a request's body.")] = 1024,
    largest_answer: Annotated[int, typer.Option(min=1, help="MiB of an answer.")] = 256,
    cors: Annotated[list[str], typer.Option(metavar="ORIGIN", help="Web pages that may read; * for any.")] = ["*"],  # noqa: B006
) -> None:
    """Serve the graph: a web page, and SPARQL at /sparql.

    It serves a copy, and takes a new one whenever the store has changed. It only reads, and listens to this machine
    alone, unless told otherwise.
    """
    if "://" in store:
        raise KgError(f"{store} is served already: name the folder of a store with --store")
    from kg.server.app import create_app
    from kg.server.limits import MIB, Limits
    from kg.server.run import listening, run

    token = (os.environ.get(TOKEN) or secrets.token_urlsafe(24)) if writable else None
    limits = Limits(timeout, memory * MIB, largest_request * 1024, largest_answer * MIB, at_once)
    socket = listening(host, port)
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{socket.getsockname()[1]}"

    def ready() -> None:
        print(f"Serving {store} at {address}/ with SPARQL at {address}/sparql (stop with Ctrl-C)", flush=True)
        if token and TOKEN not in os.environ:
            print(f"Updates need the header  Authorization: Bearer {token}", flush=True)
        if host not in ("127.0.0.1", "localhost", "::1"):
            print("kg: whoever reaches this machine can read the store", file=sys.stderr)

    run(create_app(Path(store), limits=limits, token=token, origins=cors), socket, ready)
