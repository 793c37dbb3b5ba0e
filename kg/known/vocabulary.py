"""The properties of the list, and what may be said with them."""

from __future__ import annotations

from typing import Final

FILE: Final = "ontology/actors.ttl"
"""The packaged list, as messages call it."""
CD: Final = "https://w3id.org/conflict-diplomacy/ontology#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
PREF_LABEL: Final = f"{SKOS}prefLabel"
ALT_LABEL: Final = f"{SKOS}altLabel"
CAPITAL: Final = f"{CD}capital"
CAPITAL_OF: Final = f"{CD}capitalOf"
TENURE: Final = f"{CD}Tenure"
OFFICE: Final = f"{CD}office"
FROM: Final = f"{CD}from"
REPLACES: Final = "http://purl.org/dc/terms/replaces"
DEPRECATED: Final = "http://www.w3.org/2002/07/owl#deprecated"

NAMES: Final = frozenset(
    (
        PREF_LABEL,
        ALT_LABEL,
        *(f"{CD}{name}" for name in ("adjective", "demonym", "seat", "caseSensitive", "contextual")),
    )
)
LINKS: Final = frozenset(f"{CD}{name}" for name in ("actsFor", "capital", "capitalOf", "country", "held"))
CODES: Final = {f"{CD}iso2": r"[A-Z]{2}", f"{CD}iso3": r"[A-Z]{3}"}
"""Property -> what its codes look like."""
DAYS: Final = frozenset((FROM, f"{CD}until"))
SINGLE: Final = frozenset((TYPE, PREF_LABEL, *CODES))
"""Of these an entry has one."""
OURS: Final = (CD, SKOS)
"""The vocabularies in which a property that the list has not is a slip."""
