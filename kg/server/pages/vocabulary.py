"""The classes of events and the statuses, as the store's ontology has them: their words, and what stands above what."""

from __future__ import annotations

from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kg.errors import KgError
from kg.server.pages.graph import rows
from kg.store import Store


@dataclass(frozen=True, slots=True)
class EventClass:
    """A class of events. `stance` is its quad class in kebab case (`material-conflict`), `event` for what has none."""

    iri: str
    label: str
    notation: str | None
    above: frozenset[str]
    stance: str = "event"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Classes by IRI, notations of statuses by IRI, and the labels of the quad classes by stance."""

    classes: dict[str, EventClass]
    statuses: dict[str, str]
    stances: dict[str, str]
    _by_name: dict[str, str] = field(repr=False)

    @classmethod
    def of(cls, store: Store) -> Vocabulary:
        """Read from the store."""
        labels: dict[str, str] = {}
        notations: dict[str, str | None] = {}
        above: dict[str, set[str]] = {}
        for row in rows(store, "event-classes"):
            labels[row["class"]], notations[row["class"]] = row["label"], row["notation"]
            above.setdefault(row["class"], set()).add(row["above"])
        # the root has no class above it, the quad classes only the root
        quads = {iri: _kebab(iri) for iri, higher in above.items() if len(higher) == _QUAD_DEPTH}
        classes = {
            iri: EventClass(
                iri,
                labels[iri],
                notations[iri],
                frozenset(above[iri]),
                next((quads[q] for q in sorted(above[iri]) if q in quads), "event"),
            )
            for iri in labels
        }
        by_name = {c.label.casefold(): c.iri for c in classes.values()}
        by_name |= {c.notation.casefold(): c.iri for c in classes.values() if c.notation}
        statuses = {row["status"]: row["notation"] for row in rows(store, "statuses")}
        return cls(classes, statuses, {stance: labels[iri] for iri, stance in quads.items()}, by_name)

    def get(self, iri: str) -> EventClass:
        """The class with this IRI; one that the ontology lacks is shown by its local name."""
        return self.classes.get(iri) or EventClass(iri, iri.rsplit("#", 1)[-1], None, frozenset({iri}))

    def below(self, name: str) -> list[NamedNode]:
        """The class that is called so (label, notation or stance) and all below it; KgError if none is."""
        stances = {c.stance: iri for iri, c in self.classes.items() if len(c.above) == _QUAD_DEPTH}
        iri = self._by_name.get(name.strip().casefold()) or stances.get(name)
        if iri is None:
            raise KgError(f"type: no kind of event is called {name!r}")
        return [NamedNode(c.iri) for c in self.classes.values() if iri in c.above]

    def status(self, notation: str) -> list[NamedNode]:
        """The individual of a status; KgError if there is none."""
        found = [NamedNode(iri) for iri, text in self.statuses.items() if text == notation]
        if not found:
            raise KgError(f"status: {notation!r} is none of {', '.join(sorted(self.statuses.values()))}")
        return found

    def choices(self) -> list[tuple[str, list[str]]]:
        """Labels of types and modes, under the label of their quad class, for a form."""
        groups = []
        for stance, label in self.stances.items():
            members = [c.label for c in self.classes.values() if c.stance == stance and c.label != label]
            groups.append((label, sorted(members)))
        return groups


_QUAD_DEPTH = 2  # a quad class and the class of all events


def _kebab(iri: str) -> str:
    name = iri.rsplit("#", 1)[-1]
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")
