"""`kg serve`: the graph over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import STORE

EXAMPLES = """\b
Examples:
  kg serve
  kg serve --store kg-store --port 8080"""


def command(
    store: Annotated[
        Path, typer.Option("--store", "-s", envvar="KG_STORE", metavar="DIR", help="The folder of the store.")
    ] = Path(STORE),
    host: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 opens it to the network.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 8000,
) -> None:
    """Serve the graph: a web page, and SPARQL at /sparql."""
    import uvicorn

    from kg.server.app import create_app

    uvicorn.run(create_app(store), host=host, port=port, log_level="warning")
