"""Who is who: the entries of `ontology/actors.ttl` and the names by which they are looked up.

Names are compared as sequences of pieces: words without accents, apostrophes, hyphens and the dots of abbreviations,
so that `U.S.` is `US` and `Al-Shabab` is `al Shabab`. Letter case does not count, except in acronyms of up to four
letters (`US`, `WHO`) and in names that the data marks as ordinary words (`Turkey`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Doc

from kg.known import per_list, statements

BASE = "https://w3id.org/conflict-diplomacy/"
CD = f"{BASE}ontology#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_KINDS = {  # property of a name -> the kind of that name
    f"{_SKOS}prefLabel": "name",
    f"{_SKOS}altLabel": "name",
    f"{CD}adjective": "adjective",
    f"{CD}demonym": "demonym",
    f"{CD}seat": "seat",
}
_READ = {
    *_KINDS,
    _TYPE,
    *(f"{CD}{name}" for name in ("country", "actsFor", "capitalOf", "caseSensitive", "contextual")),
}
KINDS = ("name", "adjective", "demonym", "capital", "seat")  # where a name has several readings, the first that it has
_ACRONYM_LETTERS = 4
APOSTROPHES = dict.fromkeys(map(ord, "`\u00b4\u02bb\u02bc\u02be\u02bf\u2018\u2019"), "'")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))  # soft hyphens, joiners
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){1,}(?:[^\W\d_]\b\.?|(?!\w))")
_PIECE = re.compile(r"[^\W_]+|[,&]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading of a name: what `iri` is, all that it is called, and the `kind` of the name that was looked up.

    `type` is a class of the ontology without prefix; `names` has the label first; `country` and `acts_for` hold IRIs;
    `contextual` says that others bear the name looked up too, so that the entry is meant only where the context fits.
    """

    iri: str
    type: str
    label: str
    names: tuple[str, ...]
    kind: str = "name"
    country: tuple[str, ...] = ()
    acts_for: tuple[str, ...] = ()
    contextual: bool = False


class _Name(NamedTuple):
    iri: str
    kind: str
    pieces: tuple[str, ...]  # as written
    exact: bool  # letter case counts
    contextual: bool  # others bear it too: it needs context


@dataclass
class Gazetteer:
    """All entries, by IRI and by name."""

    entries: dict[str, Entry] = field(default_factory=dict)
    index: dict[tuple[str, ...], list[_Name]] = field(default_factory=lambda: defaultdict(list))
    longest: dict[str, int] = field(default_factory=dict)  # first piece -> most pieces of a name that begins so

    def add(self, iri: str, kind: str, name: str, *, ordinary: bool, contextual: bool) -> None:
        """Enters one name of an entry; `ordinary` if it is an ordinary word in another letter case."""
        written = pieces(name)
        key = tuple(piece.casefold() for piece in written)
        word = "".join(written)
        acronym = len(word) <= _ACRONYM_LETTERS and not word.istitle() and not word.islower()
        entered = _Name(iri, kind, written, ordinary or acronym, contextual)
        if key and entered not in self.index[key]:
            self.index[key].append(entered)
            self.longest[key[0]] = max(self.longest.get(key[0], 0), len(key))

    def lookup(self, text: str) -> tuple[Entry, ...]:
        """The entries that a text names, read as a whole, the likeliest kind first; empty if none."""
        for candidate in _readings(text):
            if found := self._entries(self._fitting(pieces(candidate))):
                return found
        return ()

    def entries_of(self, doc: Doc) -> tuple[Entry, ...]:
        """The entries that the entities of a document were found to name, each once, in the order of the text."""
        found = dict.fromkeys(entity.kb_id_ for entity in doc.ents)
        return tuple(self.entries[iri] for iri in found if iri in self.entries)

    def named(self, written: tuple[str, ...]) -> tuple[Entry, ...]:
        """As `lookup`, of pieces of running text, where a name that begins with a capital letter must do so."""
        names = self._fitting(written)
        return self._entries(n for n in names if written == n.pieces or _capitalised(written, n.pieces))

    def _fitting(self, written: tuple[str, ...]) -> Iterator[_Name]:
        for name in self.index.get(tuple(piece.casefold() for piece in written), ()):
            upper = "".join(written).isupper() and all(piece.istitle() for piece in name.pieces)
            if not name.exact or upper or written == name.pieces:
                yield name

    def _entries(self, names: Iterable[_Name]) -> tuple[Entry, ...]:
        ordered = sorted(names, key=lambda name: (KINDS.index(name.kind), name.iri))
        found: dict[tuple[str, str], Entry] = {}
        for name in ordered:
            entry = replace(self.entries[name.iri], kind=name.kind, contextual=name.contextual)
            found.setdefault((name.iri, name.kind), entry)
        return tuple(found.values())


def _readings(text: str) -> Iterator[str]:
    """The text itself, then without its leading article and its possessive ending."""
    plain = " ".join(text.translate(APOSTROPHES).split())
    bare = re.sub(r"^the ", "", plain, flags=re.IGNORECASE)
    yield from dict.fromkeys((plain, bare, re.sub(r"'s?$", "", plain), re.sub(r"'s?$", "", bare)))


def _capitalised(written: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return written[0][0].isupper() if name[0][0].isupper() else any(piece[0].isupper() for piece in written)


@lru_cache(maxsize=100_000)
def pieces(text: str) -> tuple[str, ...]:
    """The words of a name, letter case kept: `Al-Qa'ida` -> `("Al", "Qa", "ida")`, `U.S.` -> `("US",)`."""
    plain = text
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(APOSTROPHES | _UNSEEN))
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = _DOTTED.sub(lambda match: match[0].replace(".", ""), plain)
    return tuple(_PIECE.findall(plain))


@per_list
def load() -> Gazetteer:
    """The gazetteer of the list of known actors in force (see `kg.known`)."""
    facts: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, relation, value in statements():
        if relation.value in _READ:
            facts[subject.value][relation.value].append(value.value)
    gazetteer = Gazetteer()
    for iri, values in facts.items():
        if f"{_SKOS}prefLabel" not in values:
            continue
        ordinary, contextual = set(values[f"{CD}caseSensitive"]), set(values[f"{CD}contextual"])
        label = min(values[f"{_SKOS}prefLabel"])
        names = [(kind, name) for relation, kind in _KINDS.items() for name in sorted(values[relation])]
        gazetteer.entries[iri] = Entry(
            iri=iri,
            type=values[_TYPE][0].removeprefix(CD),
            label=label,
            names=tuple(dict.fromkeys((label, *(name for _, name in names)))),
            country=tuple(sorted(values[f"{CD}country"])),
            acts_for=tuple(sorted(values[f"{CD}actsFor"])),
        )
        for kind, name in names:
            said = {"ordinary": name in ordinary, "contextual": name in contextual}
            gazetteer.add(iri, kind, name, **said)
            for state in values[f"{CD}capitalOf"] if kind == "name" else ():
                gazetteer.add(state, "capital", name, **said)
    return gazetteer
