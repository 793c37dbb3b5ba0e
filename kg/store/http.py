"""HTTP to a SPARQL server: credentials, and one line for everything that can go wrong."""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from urllib.parse import unquote, urlsplit, urlunsplit

from kg.errors import KgError
from kg.store.errors import first_line

TIMEOUT = 60  # seconds without an answer


@dataclass(frozen=True, slots=True)
class Address:
    """A server's URL without credentials, and the credentials, from the URL or else from the environment."""

    url: str
    user: str | None
    password: str | None

    @classmethod
    def parse(cls, location: str) -> Address:
        parts = urlsplit(location)
        host = parts.netloc.rpartition("@")[2]
        url = urlunsplit((parts.scheme, host, parts.path.rstrip("/"), parts.query, ""))
        user, password = parts.username, parts.password
        if user is None:
            return cls(url, os.environ.get("KG_STORE_USER"), os.environ.get("KG_STORE_PASSWORD"))
        return cls(url, unquote(user), unquote(password or ""))


class Http:
    """Requests with one address's credentials."""

    def __init__(self, address: Address, *, timeout: float = TIMEOUT) -> None:
        self._address, self._timeout = address, timeout
        handlers: list[urllib.request.BaseHandler] = []
        if address.user is not None:
            passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
            passwords.add_password(None, address.url, address.user, address.password or "")
            handlers = [urllib.request.HTTPDigestAuthHandler(passwords), urllib.request.HTTPBasicAuthHandler(passwords)]
        self._opener = urllib.request.build_opener(*handlers)

    def request(
        self, method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[bytes, Message]:
        """The body and headers of the answer; `NotThere` on 404 and 405, other faults a plain `KgError`."""
        request = urllib.request.Request(url, data=body, headers=dict(headers or {}), method=method)
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                return response.read(), response.headers
        except (OSError, ValueError) as error:
            raise fault(self._address.url, error) from error


class NotThere(KgError):
    """The server has nothing at this path."""


def fault(url: str, error: Exception) -> KgError:
    """The error for a request that failed, from urllib's exception or SPARQLWrapper's."""
    if isinstance(error, urllib.error.HTTPError):
        return status_fault(url, error.code, error.read().decode("utf-8", "replace"))
    if isinstance(error, TimeoutError) or isinstance(getattr(error, "reason", None), TimeoutError):
        return KgError(f"store {url} gave no answer in time: ask for less, or raise the server's limit")
    reason = getattr(error, "reason", error)
    text = getattr(reason, "strerror", None) or str(reason)
    return KgError(f"store {url} cannot be reached ({text.lower()}): start the server or correct --store")


def status_fault(url: str, status: int, body: str) -> KgError:
    """The error for an HTTP status."""
    if status in (401, 403):
        return KgError(
            f"store {url} refuses: set KG_STORE_USER and KG_STORE_PASSWORD, or say http://USER:PASSWORD@HOST"
        )
    if status in (404, 405):
        return NotThere(f"store {url} has no such service (HTTP {status}): correct --store")
    return KgError(f"store {url} answers HTTP {status}: {first_line(body)}")
