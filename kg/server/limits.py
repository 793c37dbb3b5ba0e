"""What one request may cost."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of the server; beyond each there is an error that says so."""

    timeout: float = 30
    """Seconds that a query or an update may take."""
    memory: int = 1024 * MIB
    """Bytes of memory of the engine that works on it."""
    request: int = 1 * MIB
    """Bytes of a request's body."""
    answer: int = 256 * MIB
    """Bytes of an answer, which is kept whole before its first byte is sent."""
    at_once: int = 8
    """Queries that run at the same time; others wait for their turn."""
