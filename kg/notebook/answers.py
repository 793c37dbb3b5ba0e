"""Answers in a session: rows as Python values, data frames on request, and HTML where a notebook shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Self

from kg.errors import KgError
from kg.notebook.html import blockquote, heading, paragraph, preformatted, table
from kg.notebook.values import values
from kg.query import markdown
from kg.query.reply import Reply
from kg.query.results import shortened, turtle
from kg.store import Solutions

if TYPE_CHECKING:
    import pandas
    import polars
    import rdflib
    from pyoxigraph import Triple


class Table:
    """The rows of a SELECT.

    `columns` has their names. Each row is a tuple of Python values: numbers, booleans, dates and texts, an IRI as its
    text, None where nothing is bound.
    """

    def __init__(self, columns: Sequence[str], rows: Sequence[Sequence[Any]], shown: Sequence[Sequence[str]]) -> None:
        self.columns = tuple(columns)
        self.rows = [tuple(row) for row in rows]
        self._shown = shown

    @classmethod
    def of(cls, answer: Solutions) -> Self:
        """The table of a query's solutions."""
        columns = [values([row[name] for row in answer]) for name in answer.variables]
        shown = [[shortened(row[name]) for name in answer.variables] for row in answer]
        return cls(answer.variables, list(zip(*columns, strict=True)), shown)

    def pandas(self) -> pandas.DataFrame:
        """A pandas frame; days are `datetime64`, and nothing is `NA`. KgError where pandas is missing."""
        try:
            import pandas
        except ImportError as error:
            raise _missing("pandas") from error
        from kg.notebook.frames import pandas_frame

        frame: pandas.DataFrame = pandas_frame(pandas, self.columns, self.rows)
        return frame

    def polars(self) -> polars.DataFrame:
        """A polars frame. KgError where polars is missing."""
        try:
            import polars
        except ImportError as error:
            raise _missing("polars") from error
        from kg.notebook.frames import polars_frame

        frame: polars.DataFrame = polars_frame(polars, self.columns, self.rows)
        return frame

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __repr__(self) -> str:
        return markdown(self.columns, self._shown) if self.rows else "no results"

    def _repr_html_(self) -> str:
        return table(self.columns, self._shown)


class Triples(list["Triple"]):
    """The triples of a CONSTRUCT or DESCRIBE."""

    def turtle(self) -> str:
        """The triples as Turtle."""
        return turtle(self)

    def rdflib(self) -> rdflib.Graph:
        """The triples as a graph of rdflib."""
        import rdflib

        return rdflib.Graph().parse(data=self.turtle(), format="turtle")

    def __repr__(self) -> str:
        return self.turtle()

    def _repr_html_(self) -> str:
        return preformatted(self.turtle())


class EnglishAnswer(Table):
    """The answer to a question in English: its sentence, rows and quotes. `reply` has it with all its parts."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        super().__init__(reply.columns, reply.rows, reply.rows)

    @property
    def sparql(self) -> str | None:
        """The query that the question became; None where it was not understood."""
        return self.reply.sparql

    def __repr__(self) -> str:
        parts = [self.reply.understood or "", self.reply.sentence, *map(str, self.reply.suggestions)]
        rows = f"\n{super().__repr__()}" if self.rows else ""
        return "\n".join(filter(None, parts)) + rows

    def _repr_html_(self) -> str:
        reply = self.reply
        parts = [paragraph(reply.understood or "", small=True), heading(reply.sentence)]
        parts += [paragraph(note, small=True) for note in reply.notes]
        parts += [paragraph(str(suggestion), small=True) for suggestion in reply.suggestions]
        if self.rows:
            parts.append(table(self.columns, self._shown))
        quotes = [
            blockquote(quote.text, quote.trigger, f"{quote.document}, {quote.published}") for quote in reply.quotes
        ]
        return "".join(parts + quotes)


def _missing(library: str) -> KgError:
    return KgError(f"{library} is not installed: pip install {library}")
