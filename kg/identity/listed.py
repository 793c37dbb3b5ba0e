"""Who of the list of known actors an entity is: by its own words, by a spelling that the list lacks, or by its office.

Each answer depends on the entity, its document and the list alone, so that no other document changes it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.graph.actors import actors
from kg.graph.terms import CD
from kg.known import per_list, replaced
from kg.language import gazetteer
from kg.model import Argument, Entity, Extraction

from .names import Name, alike, normal, proper_names, proper_texts, sounds

_BY_NAME, _BY_SPELLING, _BY_OFFICE = 0.95, 0.8, 0.85
_GENERIC = frozenset(("a", "an", "no", "any", "every", "each", "former", "next", "future", "first", "another"))


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the list (its IRI), and why it is meant; no reasons where the document's own words say so."""

    iri: str
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()


def links(extraction: Extraction) -> dict[str, Link]:
    """Entity key -> the entry that the entity is, for those that are one."""
    found: dict[str, Link] = {}
    generic = _generic(extraction)
    for entity in extraction.entities:
        if entity.known_as is not None:
            found[entity.key] = Link(replaced().get(entity.known_as, entity.known_as))
            continue
        link = _by_name(entity) or _by_spelling(entity)
        if link is None and entity.key not in generic:
            link = _by_office(entity, extraction.document.published)
        if link is not None:
            found[entity.key] = link
    return found


def _by_name(entity: Entity) -> Link | None:
    for text, name in zip(proper_texts(entity), proper_names(entity), strict=False):
        for candidate in dict.fromkeys((" ".join(name), text)):
            entries = [
                e
                for e in gazetteer.load().lookup(candidate)
                if e.kind == "name" and not e.contextual and e.type == entity.type
            ]
            if len({e.iri for e in entries}) == 1 and _tells(name):
                return Link(entries[0].iri, _BY_NAME, (f"the list has the name “{text}”",))
    return None


def _by_spelling(entity: Entity) -> Link | None:
    for name in proper_names(entity):
        near = {
            iri: listed
            for listed, iri in _by_sound().get((entity.type, sounds(name)), ())
            if alike(name, listed) and len(name) == len(listed)
        }
        if len(near) == 1:
            ((iri, listed),) = near.items()
            return Link(iri, _BY_SPELLING, (f"“{' '.join(name)}” is a spelling of “{' '.join(listed)}”",))
    return None


def _tells(name: Name) -> bool:
    return len("".join(name)) > 2


@per_list
def _by_sound() -> dict[tuple[str, str], list[tuple[Name, str]]]:
    found: dict[tuple[str, str], list[tuple[Name, str]]] = defaultdict(list)
    for iri, entry in sorted(gazetteer.load().entries.items()):
        for text in entry.names:
            name = normal(text)
            if entry.type != "Person" or len(name) > 1:
                found[entry.type, sounds(name)].append((name, iri))
    found = defaultdict(list, {key: names for key, names in found.items() if key[1]})
    return found


# --- offices -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Tenure:
    holder: str
    begun: date
    ended: date

    def covers(self, day: date) -> bool:
        return self.begun <= day <= self.ended


def _by_office(entity: Entity, day: date) -> Link | None:
    """Who held the office that the entity is called by on the day: "the US president" is Trump in March 2020."""
    if entity.type != "Person" or proper_names(entity):
        return None
    for name in entity.names:
        office = _office(name)
        holders = {t.holder for t in _tenures().get(office, ()) if t.covers(day)} if office else set()
        if len(holders) == 1:
            return Link(holders.pop(), _BY_OFFICE, (f"“{name}” on {day}",))
    return None


def _office(text: str) -> tuple[str, Name] | None:
    """What it is the office of (an IRI) and the office: "U.S. Secretary of State", "President of the United States"."""
    words = re.sub(r"['’]s\b", "", text).split()
    for length in range(min(4, len(words) - 1), 0, -1):
        of = _body(" ".join(words[:length]))
        if of is not None:
            return of, normal(" ".join(words[length:]))
    for at, word in enumerate(words):
        if word == "of" and (of := _body(" ".join(words[at + 1 :]))) is not None:
            return of, normal(" ".join(words[:at]))
    return None


def _body(text: str) -> str | None:
    entries = gazetteer.load().lookup(text)
    found = {e.iri for e in entries if e.type in ("State", "InternationalOrganization", "Organization", "ArmedGroup")}
    return found.pop() if len(found) == 1 else None


@per_list
def _tenures() -> dict[tuple[str, Name], list[_Tenure]]:
    found: dict[tuple[str, Name], list[_Tenure]] = defaultdict(list)
    view = actors()
    for node in sorted(view.instances(CD.Tenure), key=str):
        office, begun = view.text(node, CD.office), view.text(node, CD["from"])
        holders = view.subjects(CD.held, node)
        told = _office(office) if office else None
        if told is None or begun is None or not holders:
            continue
        ended = view.text(node, CD.until)
        tenure = _Tenure(holders[0].value, date.fromisoformat(begun), date.fromisoformat(ended) if ended else date.max)
        found[told].append(tenure)
    return found


def body_before(text: str) -> str | None:
    """The state or body (an IRI) that stands before an office or a name: "Turkish Defense Minister Hulusi Akar"."""
    told = _office(text)
    return told[0] if told is not None and told[1] else None


def _generic(extraction: Extraction) -> frozenset[str]:
    """The entities that the sentences speak of as one of many: "the first time a U.S. president had spoken"."""
    found = set()
    for report in extraction.reports:
        sentence = report.evidence.sentence
        for argument in _arguments(report.arguments, report.attribution):
            before = sentence.text[: max(0, argument.mention.start - sentence.start)].casefold().split()
            first = argument.mention.text.casefold().split()[:1]
            if (before and before[-1] in _GENERIC) or (first and first[0] in _GENERIC):
                found.add(argument.entity)
    return frozenset(found)


def _arguments(arguments: tuple[Argument, ...], attribution: Argument | None) -> Iterator[Argument]:
    yield from arguments
    if attribution is not None:
        yield attribution
