"""The answer to a question in English, as one value: how it was understood, the SPARQL, the answer and its quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.store import Solutions


@dataclass(frozen=True, slots=True)
class Quote:
    """The words that an answer rests on.

    `start` and `end` are the sentence's offsets in the document's text, in characters; `trigger` is the word in it that
    names the event; `said_by` is whose claim it is, None for the document's own voice.
    """

    text: str
    document: str
    published: str
    start: int
    end: int
    trigger: str = ""
    said_by: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A saved query that may answer instead, with parameters that the question gives."""

    query: str
    title: str
    values: dict[str, str]

    def __str__(self) -> str:
        return " ".join(["kg query", self.query, *(f"-p '{name}={value}'" for name, value in self.values.items())])


@dataclass(frozen=True, slots=True)
class Reply:
    """What `ask` answers. Either `problem` says what was not understood, or the other fields hold the answer.

    understood   how the question was read, as a sentence; None where it was not
    sparql       the one query that it became
    bindings     that query's solutions, as RDF terms
    verdict      of a yes-or-no question: yes, claimed, disputed, no, demanded, planned or unknown; else None
    sentence     the answer as a sentence, or the refusal
    columns      the table's headings; `rows` holds as many texts each
    links        for each row the IRI of each cell's thing, document or event, None where a cell has none
    quotes       what the answer rests on, without repetition, in the order of the rows
    notes        what the reader should know of how the answer was found
    unknown      the words that were not understood
    suggestions  the nearest saved queries, where the question was refused
    """

    question: str
    understood: str | None
    sparql: str | None
    bindings: Solutions | None
    sentence: str
    verdict: str | None = None
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    links: tuple[tuple[str | None, ...], ...] = ()
    quotes: tuple[Quote, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str | None = None
    unknown: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the question was not understood."""
        return self.problem is not None

    def as_json(self) -> dict[str, Any]:
        """The reply as JSON values, without the bindings."""
        return {
            "question": self.question,
            "understood": self.understood,
            "sparql": self.sparql,
            "verdict": self.verdict,
            "sentence": self.sentence,
            "columns": list(self.columns),
            "rows": [list(row) for row in self.rows],
            "links": [list(row) for row in self.links],
            "quotes": [{name: getattr(quote, name) for name in Quote.__slots__} for quote in self.quotes],
            "notes": list(self.notes),
            "problem": self.problem,
            "unknown": list(self.unknown),
            "suggestions": [
                {"query": s.query, "title": s.title, "values": s.values, "command": str(s)} for s in self.suggestions
            ],
        }
