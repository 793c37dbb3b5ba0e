"""The saved queries described in Markdown, as the documentation has them."""

from __future__ import annotations

from collections.abc import Iterable

from kg.query.executables import form
from kg.query.results import markdown
from kg.query.saved import SavedQuery


def listing(queries: Iterable[SavedQuery]) -> str:
    """A section for each query: what it answers, its parameters, and how to run it."""
    return "\n".join(map(_section, queries))


def _section(query: SavedQuery) -> str:
    lines = [f"### `{query.name}`\n", f"**{query.title}.** {query.description}"]
    lines[-1] += f" Tags: {', '.join(query.tags)}.\n" if query.tags else "\n"
    if query.parameters:
        rows = [
            [f"`{p.name}`{'*' if p.required else ''}", p.type, p.default or "", f"`{p.example}`", p.description]
            for p in query.parameters
        ]
        lines.append(markdown(["parameter", "type", "default", "example", "meaning"], rows))
    given = "".join(f" -p '{p.name}={p.example}'" for p in query.parameters if p.required) or "".join(
        f" -p '{p.name}={p.example}'" for p in query.parameters[:1]
    )
    turtle = " --format turtle" if form(query) == "CONSTRUCT" else ""
    lines.append(f"```\nkg query {query.name}{given}{turtle}\n```\n")
    return "\n".join(lines)
