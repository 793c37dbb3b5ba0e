"""Names as identity compares them: without titles, punctuation, diacritics and case."""

from __future__ import annotations

import re
import unicodedata

from kg.language.mentions import nominals
from kg.model import Entity

_ARTICLES = frozenset(("the", "a", "an"))
_PREPOSITIONS = frozenset(("of", "to", "for", "from", "in", "at", "with"))


def normal(name: str) -> tuple[str, ...]:
    """The words of a name, folded; "U.S." and "US" agree, a leading article and possessive endings go."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    plain = re.sub(r"['’]s?\b", " ", plain).replace(".", "")
    words = re.findall(r"[^\W_]+", plain.casefold())
    return tuple(words[1:] if words and words[0] in _ARTICLES else words)


def proper_names(entity: Entity) -> tuple[tuple[str, ...], ...]:
    """The names of an entity that mean the same in every document.

    A person needs two capitalised words at the end of the name; anything else one capitalised word that is not
    merely the first of a nominal. "The rebels" and "a spokesman" mean someone else in the next document, and "an aide
    of Prime Minister Abiy Ahmed" is not he.
    """
    found = []
    for name in entity.names:
        words = [w for w in re.findall(r"[^\s,]+", name) if w.casefold() not in _ARTICLES]
        capitals = [w[:1].isupper() for w in words]
        if entity.type == "Person":
            untitled = words[-2].casefold().rstrip(".") not in nominals().titles if len(words) >= 2 else False
            if untitled and all(capitals[-2:]) and _PREPOSITIONS.isdisjoint(words):
                found.append(normal(name))
        elif any(capitals):
            found.append(normal(name))
    return tuple(dict.fromkeys(n for n in found if n))
