"""What the packaged list says of its entries elsewhere: ISO 3166, GeoNames, Wikidata."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pycountry
import pytest

from kg import known
from kg.graph.terms import SCHEMA
from kg.pipeline import build
from kg.store import Solutions, open_store

CD = "https://w3id.org/conflict-diplomacy/ontology#"
ACTOR = "https://w3id.org/conflict-diplomacy/actor/"
GONE = {  # they had codes once, of which other states have some now
    f"{ACTOR}{name}"
    for name in (
        "czechoslovakia",
        "east-germany",
        "north-yemen",
        "serbia-and-montenegro",
        "south-yemen",
        "soviet-union",
        "yugoslavia",
        "zaire",
    )
}
GEONAMES, WIKIDATA = r"https://sws\.geonames\.org/[1-9]\d*/", r"http://www\.wikidata\.org/entity/Q[1-9]\d*"


def values(property_: str) -> dict[str, list[str]]:
    """Entry -> what the list says of it."""
    found: dict[str, list[str]] = defaultdict(list)
    for s, p, o in known.statements():
        if p.value == property_:
            found[s.value].append(o.value)
    return found


def states() -> set[str]:
    return {s.value for s, _, o in known.statements() if o.value == f"{CD}State"}


def test_every_state_that_has_codes_of_iso_3166_has_them_here() -> None:
    two, three = values(f"{CD}iso2"), values(f"{CD}iso3")
    assert states() - two.keys() == GONE
    assert states() - three.keys() == GONE | {f"{ACTOR}kosovo"}  # which has XK by use, and no third letter
    for state, codes in three.items():
        (country,) = [pycountry.countries.get(alpha_3=code) for code in codes]
        assert [country.alpha_2] == two[state], state


@pytest.mark.parametrize("property_", ["iso2", "iso3"])
def test_no_two_states_have_one_code(property_: str) -> None:
    counts = Counter(code for codes in values(f"{CD}{property_}").values() for code in codes)
    assert [code for code, number in counts.items() if number > 1] == []


def test_links_are_well_formed_and_of_one_entry_only() -> None:
    links = values(SCHEMA.sameAs.value)
    every = [link for several in links.values() for link in several]
    assert [link for link in every if not re.fullmatch(f"{GEONAMES}|{WIKIDATA}", link)] == []
    assert [link for link, number in Counter(every).items() if number > 1] == []
    for entry, several in links.items():
        assert len({link.split("/")[2] for link in several}) == len(several), entry


def test_every_state_that_is_one_is_linked_to_both() -> None:
    links = values(SCHEMA.sameAs.value)
    for state in states() - GONE:
        assert sorted(link.split("/")[2] for link in links[state]) == ["sws.geonames.org", "www.wikidata.org"], state


@pytest.mark.parametrize(
    ("entry", "link"),
    [
        ("actor/united-states", "https://sws.geonames.org/6252001/"),
        ("actor/united-states", "http://www.wikidata.org/entity/Q30"),
        ("actor/netherlands", "http://www.wikidata.org/entity/Q55"),
        ("actor/georgia", "http://www.wikidata.org/entity/Q230"),
        ("actor/united-nations", "http://www.wikidata.org/entity/Q1065"),
        ("place/washington", "https://sws.geonames.org/4140963/"),
        ("place/doha", "https://sws.geonames.org/290030/"),
        ("place/greenland", "https://sws.geonames.org/3425505/"),
    ],
)
def test_well_known_ones(entry: str, link: str) -> None:
    assert link in values(SCHEMA.sameAs.value)[f"https://w3id.org/conflict-diplomacy/{entry}"]


def test_the_world_has_the_links_of_whom_documents_speak_of(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Talks in Doha\n3 March 2020\n\nFrance and Chad signed an accord in Doha on Monday.\n"
    )
    with open_store(None) as store:
        build([tmp_path / "a.txt"], store)
        answer = store.query(f"SELECT ?o WHERE {{ ?s {SCHEMA.sameAs} ?o }}")
        assert isinstance(answer, Solutions)
        found = {row["o"].value for row in answer}
    assert "http://www.wikidata.org/entity/Q142" in found
    assert "https://sws.geonames.org/290030/" in found
