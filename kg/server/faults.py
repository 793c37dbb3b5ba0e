"""What a request can be refused with: an HTTP status and one line."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.errors import KgError


class Refused(KgError):
    """A request that gets no answer; `status` is HTTP's."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.headers = status, dict(headers or {})


def overloaded(message: str) -> Refused:
    """The refusal of what asks for more than the limits allow, or comes at a bad time."""
    return Refused(503, message, {"Retry-After": "5"})


async def refusal(request: Request, error: Exception) -> Response:
    """The response to a `Refused`, and to any other fault that a user can mend."""
    assert isinstance(error, KgError)
    status, headers = (error.status, error.headers) if isinstance(error, Refused) else (400, {})
    return PlainTextResponse(f"{error}\n", status, headers)
