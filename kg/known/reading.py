"""Turtle with the line on which each statement ends."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import IO, cast

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from kg.errors import KgError

Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]


class _Lines(io.RawIOBase):
    """Text that is given line by line, so that the parser has read no further than what it tells of."""

    def __init__(self, text: str) -> None:
        self._lines = text.encode().splitlines(keepends=True)
        self.read_so_far = 0

    def read(self, size: int = -1) -> bytes:  # of any size: what is read on is not told of yet
        if self.read_so_far == len(self._lines):
            return b""
        self.read_so_far += 1
        return self._lines[self.read_so_far - 1]


def parsed(text: str, name: str) -> Iterator[tuple[int, Statement]]:
    """Line and statement. KgError, naming the line, if the text is no Turtle or has a node without an IRI."""
    lines = _Lines(text)
    try:
        for quad in parse(cast(IO[bytes], lines), format=RdfFormat.TURTLE):
            if not isinstance(quad.subject, NamedNode) or isinstance(quad.object, BlankNode):
                raise KgError(f"{name}:{lines.read_so_far}: a node without a name: give it an IRI")
            assert isinstance(quad.object, NamedNode | Literal)  # Turtle 1.1 has no quoted triples
            yield lines.read_so_far, (quad.subject, quad.predicate, quad.object)
    except SyntaxError as error:
        what = re.sub(r"^Parser error at .*?: |\s*\(line \d+\)$", "", str(error))
        raise KgError(f"{name}:{error.lineno or lines.read_so_far}: not Turtle: {what}") from error
