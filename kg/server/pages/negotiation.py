"""Content negotiation between the page and the forms of RDF."""

from __future__ import annotations

from collections.abc import Sequence

HTML, TURTLE, JSON_LD, N_TRIPLES = "text/html", "text/turtle", "application/ld+json", "application/n-triples"
OFFERED = (HTML, TURTLE, JSON_LD, N_TRIPLES)
SHORT = {"html": HTML, "turtle": TURTLE, "ttl": TURTLE, "jsonld": JSON_LD, "json": JSON_LD, "nt": N_TRIPLES}
"""What `?format=` takes."""


def preferred(accept: str, offered: Sequence[str] = OFFERED) -> str | None:
    """The offered media type that an `Accept` header likes best, the earlier of equals; None if it likes none."""
    ranges = [_range(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    best: tuple[float, int] | None = None
    for position, type_ in enumerate(offered):
        quality = _quality(type_, ranges)
        if quality > 0 and (best is None or quality > best[0]):
            best = quality, position
    return None if best is None else offered[best[1]]


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (text.strip().lower() for text in part.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return name, max(0.0, min(1.0, float(parameter[2:])))
            except ValueError:
                return name, 0.0
    return name, 1.0


def _quality(type_: str, ranges: list[tuple[str, float]]) -> float:
    """The quality of the most specific range that matches."""
    for pattern in (type_, type_.split("/")[0] + "/*", "*/*"):
        for name, quality in ranges:
            if name == pattern:
                return quality
    return 0.0
