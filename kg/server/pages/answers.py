"""Answers of saved queries as the pages show them: rows of facts, and quotes with the words that tell marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from kg.graph import terms
from kg.graph.terms import identifier_of
from kg.query.reply import Quote, Reply
from kg.query.results import shortened, turtle
from kg.server.pages.graph import Row, grouped, rows
from kg.server.pages.marks import Piece, Span, pieces
from kg.server.pages.page import Page
from kg.store import Answer, Solutions

QUOTE, DOCUMENT = "quote", "document"
"""Columns whose names begin so hold a source's words and the document that they stand in."""
MOST_ROWS = 500
"""Rows shown; downloads hold all."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value. `href` leads to what it names or to where it stands; `quote` holds the pieces of a quotation."""

    column: str
    text: str
    href: str | None = None
    quote: list[Piece] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer ready for a template. `rows` leave out cells without a value; `columns` those that are always empty."""

    columns: list[str]
    rows: list[list[Cell]]
    total: int
    yes: bool | None = None
    turtle: str | None = None

    @property
    def quoted(self) -> bool:
        """Whether rows carry quotations."""
        return any(cell.quote for row in self.rows for cell in row)


def shown(page: Page, answer: Answer) -> Shown:
    """The answer for people, its first `MOST_ROWS` rows."""
    if isinstance(answer, bool):
        return Shown([], [], 1, yes=answer)
    if not isinstance(answer, Solutions):
        return Shown([], [], len(answer), turtle=turtle(answer))
    kept = list(answer)[:MOST_ROWS]
    columns = [v for v in answer.variables if any(row[v] is not None for row in kept)]
    quotes = {row[c].value for row in kept for c in columns if _is_quote(c) and isinstance(row[c], Literal)}
    evidence = _evidence(page, quotes)
    made = []
    for row in kept:
        values = {c: row[c] for c in columns if row[c] is not None and shortened(row[c]) != ""}
        made.append([_cell(page, c, values, evidence) for c in values])
    return Shown(columns, made, len(answer))


def table_of(page: Page, reply: Reply) -> Shown:
    """The table of a reply in English, without the quotes, which stand by themselves."""
    kept = [c for c, name in enumerate(reply.columns) if not _is_quote(name) and any(row[c] for row in reply.rows)]
    made = []
    for number, row in enumerate(reply.rows[:MOST_ROWS]):
        links = reply.links[number] if number < len(reply.links) else ()
        hrefs = {c: page.local(iri) for c, iri in enumerate(links) if iri}
        made.append([_told(page, reply.columns[c], row[c], hrefs.get(c)) for c in kept if row[c]])
    return Shown([reply.columns[c] for c in kept], made, len(reply.rows))


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence with the words that tell marked, and where it stands."""

    pieces: list[Piece]
    document: str
    href: str
    published: str
    said_by: str | None


def quotations(page: Page, quotes: Sequence[Quote]) -> list[Quotation]:
    """The quotes of a reply, each with a link to its place in its document."""
    evidence = _evidence(page, {quote.text for quote in quotes})
    made = []
    for quote in quotes:
        document = terms.document(quote.document).value
        reports = [r for r in evidence.get(quote.text, []) if r["document"] == document]
        meant = [r for r in reports if _word(quote.text, _trigger(page, r)) == quote.trigger] or reports
        href = document + (f"#{identifier_of(NamedNode(meant[0]['report']))}" if meant else "")
        made.append(
            Quotation(
                pieces(quote.text, [_trigger(page, report) for report in meant]),
                identifier_of(NamedNode(document)),
                page.local(href),
                quote.published,
                quote.said_by,
            )
        )
    return made


def _word(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _is_quote(column: str) -> bool:
    return column.startswith(QUOTE)


def _evidence(page: Page, quotes: Iterable[str]) -> Mapping[str, list[Row]]:
    """The reports that rest on each quotation."""
    literals = [Literal(quote) for quote in sorted(quotes)]
    return grouped(rows(page.store, "evidence", quote=literals), "quote") if literals else {}


def _cell(page: Page, column: str, row: Mapping[str, object], evidence: Mapping[str, list[Row]]) -> Cell:
    term = row[column]
    text = shortened(term)
    if _is_quote(column):
        reports = _those_meant(evidence.get(text, []), row, column.removeprefix(QUOTE), page)
        spans = [_trigger(page, report) for report in reports]
        href = (
            page.local(f"{reports[0]['document']}#{identifier_of(NamedNode(reports[0]['report']))}")
            if reports
            else None
        )
        return Cell(column, text, href, pieces(text, spans))
    if isinstance(term, NamedNode):
        return Cell(column, text, page.local(term.value))
    return _told(page, column, text)


def _told(page: Page, column: str, text: str, href: str | None = None) -> Cell:
    """A value that is text; where it is the name of a document, it leads to it."""
    if href is None and column.startswith(DOCUMENT) and " " not in text:
        href = page.local(terms.document(text).value)
    return Cell(column, text, href)


def _those_meant(reports: list[Row], row: Mapping[str, object], suffix: str, page: Page) -> list[Row]:
    """Of the reports in a sentence those of the row's document and kind of event, as far as the row names them."""
    document = row.get(f"{DOCUMENT}{suffix}")
    here = [r for r in reports if document is None or shortened(NamedNode(r["document"])) == shortened(document)]
    kind = row.get("what")
    same = [r for r in here if kind is not None and page.vocabulary.get(r["class"]).label == shortened(kind)]
    return same or here


def _trigger(page: Page, report: Row) -> Span:
    start = int(report["start"])
    stance = page.vocabulary.get(report["class"]).stance
    return Span(int(report["triggerStart"]) - start, int(report["triggerEnd"]) - start, stance)
