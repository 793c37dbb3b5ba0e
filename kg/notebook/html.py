"""The few forms of HTML that answers are shown in. Every text is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_SHOWN = 100  # rows; a notebook keeps in its file what it shows
_QUOTE = "quote"  # columns whose names begin so hold a source's words
_CELL = 'style="text-align:left;vertical-align:top"'


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table; beyond a hundred rows it says how many there are."""
    head = "".join(f'<th scope="col" {_CELL}>{escape(name.replace("_", " "))}</th>' for name in columns)
    body = "".join(
        f"<tr>{''.join(_cell(name, text) for name, text in zip(columns, row, strict=True))}</tr>"
        for row in rows[:_SHOWN]
    )
    whole = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    count = f"{len(rows):,} row{'' if len(rows) == 1 else 's'}"
    return whole + paragraph(f"The first {_SHOWN} of {count}" if len(rows) > _SHOWN else count, small=True)


def heading(text: str) -> str:
    """A sentence that stands out."""
    return f"<p><strong>{escape(text)}</strong></p>" if text else ""


def paragraph(text: str, *, small: bool = False) -> str:
    """A sentence; nothing for an empty one."""
    inner = f"<small>{escape(text)}</small>" if small else escape(text)
    return f"<p>{inner}</p>" if text else ""


def preformatted(text: str) -> str:
    """Text whose lines count."""
    return f"<pre>{escape(text)}</pre>"


def blockquote(text: str, marked: str, source: str) -> str:
    """A source's words with one of them marked, and where they stand."""
    before, found, after = text.partition(marked) if marked else (text, "", "")
    mark = f"<mark>{escape(found)}</mark>" if found else ""
    words = f"<q>{escape(before)}{mark}{escape(after)}</q>"
    return f"<blockquote>{words}<br><small>{escape(source)}</small></blockquote>"


def _cell(column: str, text: str) -> str:
    quoted = column.startswith(_QUOTE) and text
    return f"<td {_CELL}>{f'<q>{escape(text)}</q>' if quoted else escape(text)}</td>"
