"""Running the application in this process until it is told to stop."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn
from starlette.applications import Starlette

from kg.errors import KgError

_WAITING = 128  # connections that may wait to be taken


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there; KgError if that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_WAITING)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise KgError(f"cannot listen at {host}:{port} ({reason}): name another --host or --port") from error


def run(app: Starlette, at: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until a signal comes; `ready` is called once requests are answered. KgError if it cannot be started."""
    config = uvicorn.Config(app, log_level="critical", server_header=False, lifespan="on", timeout_graceful_shutdown=3)
    server = _Server(config, ready)
    with suppress(KeyboardInterrupt, SystemExit):  # the way to stop it, and what it does when it could not start
        server.run(sockets=[at])
    if not server.started:
        raise getattr(app.state, "fault", None) or KgError("the server could not be started")


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # what is wrong before that is told by `run`
            self._ready()
