"""Names as identity compares them: without titles, punctuation, diacritics and case, and by how they sound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from kg.extraction import lexicon
from kg.language.heads import nominals
from kg.model import Entity

Name = tuple[str, ...]

_ARTICLES = frozenset(("the", "a", "an"))
_SOUNDS = (  # ways of writing one sound in names from other scripts
    ("ph", "f"),
    ("kh", "k"),
    ("gh", "g"),
    ("dh", "d"),
    ("sch", "sh"),
    ("ck", "k"),
    ("tch", "ch"),
    ("dj", "j"),
    ("dz", "z"),
    ("ks", "x"),
    ("q", "k"),
    ("c", "k"),
    ("w", "v"),
    ("z", "s"),
)
_SHORTEST = 4  # consonants that a way of writing must keep for two names to be told as one by it
_ALIKE = 0.78


@lru_cache(maxsize=200_000)
def normal(name: str) -> Name:
    """The words of a name, folded; "U.S." and "US" agree, a leading article and possessive endings go."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    plain = re.sub(r"['’]s?\b", " ", plain).replace(".", "")
    words = re.findall(r"[^\W_]+", plain.casefold())
    return tuple(words[1:] if words and words[0] in _ARTICLES else words)


def proper_names(entity: Entity) -> tuple[Name, ...]:
    """The names of an entity that mean the same in every document, folded, in the entity's order.

    A person needs two names after the titles. Anything else must be written as a name, with a word that is no common
    noun in it. "The rebels", "riot police" and "5,000 prisoners" mean someone else in the next document.
    """
    return tuple(dict.fromkeys(name for text in entity.names for name in _proper(entity.type, text)))


def display_names(entity: Entity) -> tuple[str, ...]:
    """The proper names of an entity as written, persons without their titles."""
    found = [" ".join(_untitled(text)) if entity.type == "Person" else text for text in proper_texts(entity)]
    return tuple(dict.fromkeys(found))


def proper_texts(entity: Entity) -> tuple[str, ...]:
    """The names of an entity, as written, that `proper_names` takes."""
    return tuple(text for text in entity.names if any(_proper(entity.type, text)))


@lru_cache(maxsize=200_000)
def _proper(type_: str, text: str) -> tuple[Name, ...]:
    if type_ == "Person":
        name = _untitled(text)
        return (
            (normal(" ".join(name)),) if len([w for w in name if w.casefold() not in _words("particles")]) >= 2 else ()
        )
    words = [w for w in re.findall(r"[^\s,]+", text) if w.casefold() not in _ARTICLES]
    significant = [w for w in words if w.casefold() not in _words("connecting")]
    if not significant or not significant[0][0].isupper():
        return ()
    if type_ == "Agreement" and len(significant) == 1 and _bare(significant[0]) in _words("generic"):
        return ()  # a headline's "Plan"
    if all(w[0].isupper() or w[0].isdigit() for w in significant):
        telling = [w for w in significant if w[0].isupper() and _bare(w) not in _common()]
        several = type_ in ("Group", "ArmedGroup") and any(
            _bare(w) in _common() for w in (significant[0], significant[-1])
        )
        body = _bare(significant[-1]) in _words("bodies") and significant[:-1] == telling
        return (normal(text),) if len(telling) > (several and not body) else ()
    return _institution(significant, text)


def _institution(significant: list[str], text: str) -> tuple[Name, ...]:
    """ "Serbian police" and "Israeli opposition": a name, then one common noun for a body that there is once."""
    *named, head = significant
    body = _bare(head) in _words("bodies")
    return (
        (normal(text),) if body and named and all(w[0].isupper() and _bare(w) not in _common() for w in named) else ()
    )


def _untitled(text: str) -> list[str]:
    """The words of a person's name after the last title, office or other word that is no name.

    Empty where the name is only whom the person belongs to: "an aide of Prime Minister Abiy Ahmed" is not he.
    """
    words = [w.strip("\"“”'‘’()") for w in re.findall(r"[^\s,]+", re.sub(r"['’]s\b", "", text))]
    kept: list[str] = []
    for word in words:
        plain = word.casefold().rstrip(".")
        if plain in ("of", "to", "for", "from", "in", "at", "with"):
            return []
        if not word or (plain in _words("particles") and kept):
            kept += [word] if word else []
        elif not word[0].isupper() or plain in _titles():
            kept = []
        else:
            kept.append(word)
    return kept


@lru_cache
def _words(key: str) -> frozenset[str]:
    return frozenset(lexicon.load().data("identity")[key])


def _bare(word: str) -> str:
    return word.casefold().strip(".'’\"“”")


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    persons = (noun for noun, type_ in nominals().type_of_head.items() if type_ == "Person")
    words = (word for title in nominals().titles for word in title.split())
    return frozenset(w.casefold().rstrip(".") for w in (*persons, *words, *nominals().titles))


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    return frozenset(noun.casefold() for noun in nominals().type_of_head)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    plural = {form for noun in _heads() for form in (noun, f"{noun}s", f"{noun[:-1]}ies")}
    return frozenset(plural) | _words("common")


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """How a folded word sounds whatever its transliteration: "hizbullah" and "hezbollah" agree, and so do "qaeda" and
    "qaida".
    """
    plain = word
    for written, heard in _SOUNDS:
        plain = plain.replace(written, heard)
    first, rest = plain[:1], re.sub(r"[aeiouyh]", "", plain[1:])
    return re.sub(r"(.)\1+", r"\1", first.replace("e", "i").replace("o", "u") + rest)


def sounds(name: Name) -> str:
    """How a name sounds, particles left out; "" where too little is left to tell names apart by it."""
    heard = " ".join(sound(word) for word in name if word not in _words("particles"))
    return heard if len(heard.replace(" ", "")) >= _SHORTEST else ""


def alike(a: Name, b: Name) -> bool:
    """Whether two names are spellings of one: they sound the same, and no word is spelt very differently."""
    first, second = ([w for w in name if w not in _words("particles")] for name in (a, b))
    return len(first) == len(second) and all(
        one == other or (sound(one) == sound(other) and SequenceMatcher(None, one, other).ratio() >= _ALIKE)
        for one, other in zip(first, second, strict=True)
    )


def contains(longer: Name, shorter: Name) -> bool:
    """Whether a person's name is another with names left out in its middle or at its end: "Abdullah bin Zayed" of
    "Abdullah bin Zayed Al Nahyan"; the first name stays, and so do two or more.
    """
    first, second = ([w for w in name if w not in _words("particles")] for name in (longer, shorter))
    if len(second) < 2 or len(first) <= len(second) or first[0] != second[0]:
        return False
    rest = iter(first)
    return all(word in rest for word in second)


def person_keys(name: Name) -> Iterator[str]:
    """What the names of one person may share: the first and the last word, and the first two."""
    words = [sound(w) for w in name if w not in _words("particles")]
    yield f"{words[0]} {words[-1]}"
    if len(words) > 2:
        yield f"{words[0]} {words[1]}"
