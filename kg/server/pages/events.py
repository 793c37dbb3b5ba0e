"""Events as the pages show them: what, who, when, where, and who tells so in which words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.server.pages.graph import Row, grouped, rows_of
from kg.server.pages.marks import Piece, Span, pieces
from kg.server.pages.vocabulary import EventClass, Vocabulary
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Told:
    """One report of an event: its document, its sentence cut at the trigger, and on whose word it is told."""

    report: str
    document: str
    title: str
    publisher: str | None
    published: str
    modality: str
    speaker: str | None
    date: str | None
    quote: list[Piece]


@dataclass(frozen=True, slots=True)
class Card:
    """An event. `roles` gives (IRI, name) pairs by role."""

    iri: str
    label: str
    type: EventClass
    status: str
    date: str | None
    roles: dict[str, list[tuple[str, str]]]
    told: list[Told]

    @property
    def documents(self) -> int:
        """How many documents tell of it."""
        return len({told.document for told in self.told})

    @property
    def best(self) -> Told | None:
        """The report to quote: one told as the event is, in the source's own voice, with a date; then the oldest."""
        ranked = sorted(
            self.told, key=lambda t: (t.modality != self.status, t.speaker is not None, not t.date, t.published)
        )
        return ranked[0] if ranked else None


def cards(store: Store, vocabulary: Vocabulary, iris: Iterable[str]) -> list[Card]:
    """The events with these IRIs, in their order."""
    wanted = list(dict.fromkeys(iris))
    if not wanted:
        return []
    core = {row["event"]: row for row in rows_of(store, "event-core", "event", wanted)}
    roles = grouped(rows_of(store, "event-roles", "event", wanted), "event")
    told = grouped(rows_of(store, "event-told", "event", wanted), "event")
    return [_card(vocabulary, core[iri], roles.get(iri, []), told.get(iri, [])) for iri in wanted if iri in core]


def _card(vocabulary: Vocabulary, core: Row, roles: list[Row], told: list[Row]) -> Card:
    by_role: dict[str, list[tuple[str, str]]] = {}
    for row in roles:
        by_role.setdefault(row["role"], []).append((row["thing"], row["name"]))
    kind = vocabulary.get(core["class"])
    return Card(
        iri=core["event"],
        label=core["label"],
        type=kind,
        status=vocabulary.statuses.get(core["status"], ""),
        date=core["date"],
        roles=by_role,
        told=[_told(vocabulary, several, kind.stance) for several in grouped(told, "report").values()],
    )


def _told(vocabulary: Vocabulary, several: list[Row], stance: str) -> Told:
    """One report; its rows differ in the speaker only."""
    row = several[0]
    start = int(row["start"])
    trigger = Span(int(row["triggerStart"]) - start, int(row["triggerEnd"]) - start, stance)
    return Told(
        report=row["report"],
        document=row["document"],
        title=row["title"],
        publisher=row["publisher"],
        published=row["published"],
        modality=vocabulary.statuses.get(row["modality"], ""),
        speaker=", ".join(sorted({r["speaker"] for r in several if r["speaker"]})) or None,
        date=row["date"],
        quote=pieces(row["quote"], [trigger]),
    )
