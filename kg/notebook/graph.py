"""A store as people use it in a session."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from kg.notebook.answers import EnglishAnswer, Table, Triples
from kg.query import ask, parse_query, read_query, run, saved_queries, saved_query, unpaged
from kg.query.overview import overview
from kg.store import Solutions, open_store

_NAME = re.compile(r"[\w-]+")


class Graph:
    """The graph in a folder or behind a SPARQL server. It is opened for each question, so builds may go on between."""

    def __init__(self, store: str | Path) -> None:
        self.location = str(store)
        with open_store(store, read_only=True):
            pass  # a store that is not there is told now

    def query(self, query: str | Path, **values: object) -> Table | Triples | bool:
        """The answer of a saved query (by its name, or the path of its file) or of SPARQL, with parameters.

        A parameter whose name is a word of Python takes an underscore: `from_="2020"`. The prefixes of the graph need
        not be declared. KgError for a fault of the query or its parameters.
        """
        if isinstance(query, Path):
            wanted = read_query(query)
        elif _NAME.fullmatch(query):
            wanted = saved_query(query)
        else:
            wanted = parse_query(query, name="query", source="the query")
        given = {name.rstrip("_"): str(value) for name, value in values.items()}
        with open_store(self.location, read_only=True) as store:
            answer = run(store, wanted, unpaged(wanted, given))
        if isinstance(answer, Solutions):
            return Table.of(answer)
        return answer if isinstance(answer, bool) else Triples(answer)

    def ask(self, question: str) -> EnglishAnswer:
        """The answer to a question in English, with how it was understood."""
        with open_store(self.location, read_only=True) as store:
            return EnglishAnswer(ask(store, question))

    def queries(self) -> Table:
        """The saved queries, with what they answer and their parameters; those marked * must be given."""
        rows = []
        for query in saved_queries():
            parameters = ", ".join(f"{p.name}{'*' if p.required else ''}={p.example}" for p in query.parameters)
            rows.append((query.name, query.title, query.description, parameters))
        return Table(("query", "title", "description", "parameters"), rows, rows)

    def overview(self) -> dict[str, int]:
        """What it holds, in numbers."""
        with open_store(self.location, read_only=True) as store:
            return overview(store)

    def __repr__(self) -> str:
        return f"kg.open({self.location!r})"

    def _repr_html_(self) -> str:
        numbers = "".join(f"<tr><th>{escape(n)}</th><td>{v:,}</td></tr>" for n, v in self.overview().items())
        return f"<p><code>{escape(repr(self))}</code></p><table>{numbers}</table>"
