"""A document's page: its text with the events marked, and a card for each report.

The graph holds the sentences that tell events and the words that name someone, with their offsets, and no more of a
text. The page puts these together and shows where something is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode
from starlette.responses import Response

from kg.graph.terms import identifier_of
from kg.server.pages.graph import Row, grouped, rows, rows_of
from kg.server.pages.marks import Piece, Span, pieces
from kg.server.pages.page import Page


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text between two gaps; `start` is its offset in the document."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or what stands between sentences that tell events; `reports` are the ids of those it tells."""

    start: int
    pieces: list[Piece]
    reports: list[str]


@dataclass(frozen=True, slots=True)
class Report:
    """A report as its card shows it."""

    id: str
    iri: str
    what: str
    stance: str
    modality: str
    speaker: str | None
    date: str | None
    sentence: int
    arguments: list[Row]
    event: str | None


def document(page: Page, iri: str) -> Response | None:
    """The document's page; None if there is no such document."""
    node = NamedNode(iri)
    known = rows(page.store, "document", document=node)
    if not known:
        return None
    told = rows(page.store, "document-reports", document=node)
    mentions = rows(page.store, "document-mentions", document=node)
    stretches = stretches_of(_known_words(known[0]["title"], told, mentions))
    return page.html(
        "document.html",
        iri=iri,
        about=known[0],
        paragraphs=_joined(list(_paragraphs(page, stretch, told, mentions)) for stretch in stretches),
        reports=_reports(page, node, told),
        names=_names(mentions),
    )


def stretches_of(words: Iterable[tuple[int, str]]) -> list[Stretch]:
    """Words with their offsets joined into stretches of text wherever they touch or overlap."""
    made: list[Stretch] = []
    for start, text in sorted(words, key=lambda item: (item[0], -len(item[1]))):
        if made and start <= (end := made[-1].start + len(made[-1].text)):
            made[-1] = Stretch(made[-1].start, made[-1].text + text[max(0, end - start) :])
        else:
            made.append(Stretch(start, text))
    return made


def _known_words(title: str, told: list[Row], mentions: list[Row]) -> Iterable[tuple[int, str]]:
    """The words that the graph holds, and the title where it stands at the beginning of the text."""
    inside = [row for row in mentions if int(row["end"]) <= len(title)]
    if inside and all(title[int(row["start"]) : int(row["end"])] == row["text"] for row in inside):
        yield 0, title
    for row in told:
        start, before = int(row["start"]), row["prefix"] or ""
        yield start - len(before), before + row["quote"] + (row["suffix"] or "")
    for row in mentions:
        yield int(row["start"]), row["text"]


def _paragraphs(page: Page, stretch: Stretch, told: list[Row], mentions: list[Row]) -> Iterable[list[Sentence]]:
    """The paragraphs of a stretch, each a row of sentences with their marks."""
    sentences = {(int(row["start"]), int(row["end"])): row for row in told}
    position = stretch.start
    for text in stretch.text.split("\n\n"):
        end = position + len(text)
        if text.strip():
            cuts = _cuts(position, end, sorted(sentences))
            yield [
                _sentence(page, a, stretch.text[a - stretch.start : b - stretch.start], told, mentions) for a, b in cuts
            ]
        position = end + 2


def _joined(stretches: Iterable[list[list[Sentence]]]) -> list[list[Sentence | None]]:
    """The paragraphs of all stretches; None stands where something is left out."""
    joined: list[list[Sentence | None]] = []
    for paragraphs in stretches:
        if joined and paragraphs:
            joined[-1] += [None, *paragraphs[0]]
            paragraphs = paragraphs[1:]
        joined += [list(paragraph) for paragraph in paragraphs]
    return joined


def _cuts(start: int, end: int, sentences: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretch from `start` to `end` cut at the sentences within it."""
    cut, position = [], start
    for a, b in sentences:
        if position <= a and b <= end:
            if a > position:
                cut.append((position, a))
            cut.append((a, b))
            position = b
    return [*cut, (position, end)] if position < end else cut


def _sentence(page: Page, start: int, text: str, told: list[Row], mentions: list[Row]) -> Sentence:
    end = start + len(text)
    here = [row for row in told if start <= int(row["triggerStart"]) < end]
    spans = [
        Span(
            int(row["triggerStart"]) - start,
            int(row["triggerEnd"]) - start,
            f"trigger {page.vocabulary.get(row['class']).stance}",
            f"#{_id(row)}",
            page.vocabulary.get(row["class"]).label,
        )
        for row in here
    ]
    spans += [
        Span(int(row["start"]) - start, int(row["end"]) - start, "name", page.local(row["thing"]), row["name"])
        for row in mentions
        if start <= int(row["start"]) and int(row["end"]) <= end
    ]
    whole = [row for row in here if int(row["start"]) == start]
    return Sentence(start, pieces(text, spans), list(dict.fromkeys(_id(row) for row in whole)))


def _id(row: Row) -> str:
    return identifier_of(NamedNode(row["report"]))


def _reports(page: Page, node: NamedNode, told: list[Row]) -> list[Report]:
    arguments = grouped(rows(page.store, "document-arguments", document=node), "report")
    events = {
        r["report"]: r["event"] for r in rows_of(page.store, "events-of-reports", "report", (r["report"] for r in told))
    }
    made = []
    for iri, several in grouped(told, "report").items():
        row, kind = several[0], page.vocabulary.get(several[0]["class"])
        made.append(
            Report(
                id=_id(row),
                iri=iri,
                what=kind.label,
                stance=kind.stance,
                modality=page.vocabulary.statuses.get(row["modality"], ""),
                speaker=", ".join(sorted({r["speaker"] for r in several if r["speaker"]})) or None,
                date=row["date"],
                sentence=int(row["start"]),
                arguments=[a for a in arguments.get(iri, []) if a["role"] != "attribution"],
                event=events.get(iri),
            )
        )
    return made


def _names(mentions: list[Row]) -> list[tuple[str, str, int]]:
    """IRI, name and number of mentions of all that the document names, those named most first."""
    things = grouped(mentions, "thing")
    return sorted(((iri, m[0]["name"], len(m)) for iri, m in things.items()), key=lambda t: (-t[2], t[1], t[0]))
