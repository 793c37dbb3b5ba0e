"""The ASGI application."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette

from kg.server import pages
from kg.server.service import Service


def create_app(store_path: Path) -> Starlette:
    """The server of one store."""
    service = Service(store_path)
    return Starlette(routes=[*pages.routes(service)])
