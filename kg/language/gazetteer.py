"""The component that finds the names of `ontology/actors.ttl` in text and joins them with the entities of the model."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import cache
from typing import NamedTuple

import srsly
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg import resources

from .names import APOSTROPHES, KINDS, Entry, Gazetteer, load, pieces
from .person_names import with_last_names

__all__ = ["KINDS", "Entry", "Finder", "Gazetteer", "Hit", "load", "pieces"]

_CROSSED = frozenset("-/'()\"\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u201c\u201d")
_PLACES = ("State", "Place")


class Hit(NamedTuple):
    """A name found over tokens, end exclusive."""

    start: int
    end: int
    entries: tuple[Entry, ...]


class Finder:
    """The pipeline component: finds names and joins them with the entities that `doc` already has.

    A name that is found decides label and `kb_id_` of its entity. An entity of the model that is longer keeps its
    label, and a person's name stays one. Of several that bear the name (`RSF`) it takes the one that the document also
    names otherwise, or whose state it names; if that leaves several, the entity has no `kb_id_`.
    """

    def __init__(self, labels: dict[str, str]) -> None:
        self.labels = labels

    @property
    def gazetteer(self) -> Gazetteer:
        """That of the list in force, which may be another one for the next document."""
        return load()

    def __call__(self, doc: Doc) -> Doc:
        hits = list(self.find(doc))
        known = _known(hits)
        hits = [hit._replace(entries=fit) for hit in hits if (fit := _in_context(hit.entries, known))]
        named = {i for hit in hits if hit.entries[0].type != "Person" for i in range(hit.start, hit.end)}
        people = _People.of(doc, self.labels["Person"], named)
        headlines = _headlines(doc)
        entity_at = {token.i: entity for entity in self._kept(doc, hits, headlines) for token in entity}
        for hit in sorted(hits, key=lambda hit: hit.entries[0].type != "Person"):  # "Saudi King Abdullah": he first
            inside = list(dict.fromkeys(entity_at[i] for i in range(hit.start, hit.end) if i in entity_at))
            whole = (
                inside[0] if len(inside) == 1 and inside[0].start <= hit.start and hit.end <= inside[0].end else None
            )
            entity = self._entity(doc, hit, known)
            if entity.label_ == self.labels["Person"]:
                accepted = whole is None or _ends(whole, hit, named, whole.label_ == entity.label_)
                accepted = accepted and not self._namesake(doc, hit, entity.kb_id_, people)
            else:
                accepted = whole is None or _same(whole, hit)
                place = entity.label_ in (self.labels["Place"], self.labels["Group"]) and hit.start not in headlines
                accepted = accepted and not (place and _names_a_person(doc, hit, people, whole is not None))
            if accepted and (whole is not None or all(len(e) <= len(entity) for e in inside)):
                for token in (token for other in inside for token in other):
                    del entity_at[token.i]
                entity_at.update((i, entity) for i in range(hit.start, hit.end))
        doc.ents = with_last_names(doc, tuple(dict.fromkeys(entity_at[i] for i in sorted(entity_at))))
        return doc

    def _kept(self, doc: Doc, hits: list[Hit], headlines: Container[int]) -> list[Span]:
        """The model's entities without those that are a name with other words run on (`the Houthis and Iran`)."""
        inside = {i: hit for hit in hits for i in range(hit.start, hit.end)}
        kept = []
        for entity in doc.ents:
            named = [token for token in entity if token.i in inside]
            rest = [token for token in entity if token.i not in inside]
            last = inside.get(entity.end - 1)
            place = entity.label_ == self.labels["Place"] and last is not None and last.entries[0].type in _PLACES
            loose = all(token.is_lower or token.is_punct or token.is_space for token in rest) or (
                entity.start in headlines and entity.label_ != self.labels["Person"]
            )
            qualified = place and len(rest) == 1  # "northern Iraq"
            if not (named and rest and loose) or qualified:
                kept.append(entity)
        return kept

    def _namesake(self, doc: Doc, hit: Hit, iri: str, people: _People) -> bool:
        """Whether a bare surname is only that of others whom the document names in full."""
        full = people.full.get(doc[hit.start].text, ()) if hit.end - hit.start == 1 else ()
        return bool(full) and not any(entry.iri == iri for name in full for entry in self.gazetteer.lookup(name))

    def find(self, doc: Doc) -> Iterator[Hit]:
        """The names in the text, from left to right, the longest first, none inside another."""
        words = [pieces(token.text) for token in doc]
        start = 0
        while start < len(doc):
            hit = self._at(doc, words, start)
            if hit:
                yield hit
            start = hit.end if hit else start + 1

    def _at(self, doc: Doc, words: list[tuple[str, ...]], start: int) -> Hit | None:
        limit = self.gazetteer.longest.get(words[start][0].casefold(), 0) if words[start] else 0
        found: Hit | None = None
        written: tuple[str, ...] = ()
        end = start
        while end < len(doc) and len(written) < limit and (words[end] or _crossed(doc[end])):
            written += words[end]
            end += 1
            if words[end - 1] and (entries := self.gazetteer.named(written)):
                found = Hit(start, end + _closing(doc, start, end), entries)
        return found

    def _entity(self, doc: Doc, hit: Hit, known: Container[str]) -> Span:
        best = _likeliest(hit.entries, known)
        label = "Group" if hit.entries[0].kind in ("adjective", "demonym") else best[0].type
        label = "Organization" if hit.entries[0].kind == "seat" else label
        return Span(doc, hit.start, hit.end, self.labels[label], kb_id=best[0].iri if len(best) == 1 else "")


def _known(hits: list[Hit]) -> frozenset[str]:
    """What a document names beyond doubt, and the states of the places that it so names."""
    sure = [tuple(entry for entry in hit.entries if entry.kind == hit.entries[0].kind) for hit in hits]
    known = [entries[0] for entries in sure if len(entries) == 1 and not entries[0].contextual]
    return frozenset(e.iri for e in known) | {iri for e in known if e.type == "Place" for iri in e.country}


def _in_context(entries: tuple[Entry, ...], known: Container[str]) -> tuple[Entry, ...]:
    """The entries without those whose name others bear too, where the document tells no more of them."""
    return tuple(
        e for e in entries if not e.contextual or any(iri in known for iri in (e.iri, *e.country, *e.acts_for))
    )


def _headlines(doc: Doc) -> frozenset[int]:
    """The tokens of the lines in which every longer word has a capital letter: there no model sees names well."""
    found: list[int] = []
    line: list[Token] = []
    for token in (*doc, None):
        if token is not None and "\n" not in token.text:
            line.append(token)
            continue
        words = [t.text for t in line if t.is_alpha and len(t) > 3]
        if len(words) > 3 and line[-1].text != "." and all(word[0].isupper() for word in words):
            found += [t.i for t in line]
        line = []
    return frozenset(found)


def _likeliest(entries: tuple[Entry, ...], known: Container[str]) -> tuple[Entry, ...]:
    """The entries of the first kind: of these the known ones, else those of a known state or party, else all."""
    first = tuple(entry for entry in entries if entry.kind == entries[0].kind)
    own = tuple(entry for entry in first if entry.iri in known)
    return own or tuple(e for e in first if any(iri in known for iri in (*e.country, *e.acts_for))) or first


def _crossed(token: Token) -> bool:
    """Whether a token without pieces may stand inside a name: hyphens, quotes, brackets, one line break."""
    return token.text in _CROSSED or (token.is_space and token.text.count("\n") < 2)


def _closing(doc: Doc, start: int, end: int) -> int:
    """1 if the token at `end` closes a bracket opened in the name."""
    texts = [token.text for token in doc[start:end]]
    return int(texts.count("(") > texts.count(")") and end < len(doc) and doc[end].text == ")")


def _same(entity: Span, hit: Hit) -> bool:
    """Whether the entity is the name itself, but for an article before and a possessive ending after it."""
    before, after = (
        entity.doc[entity.start : hit.start].text,
        entity.doc[hit.end : entity.end].text.translate(APOSTROPHES),
    )
    return before.casefold() in ("", "the") and after in ("", "'", "'s")


def _ends(entity: Span, hit: Hit, named: Container[int], person: bool) -> bool:
    """Whether a person's name is all of an entity, or its end after titles and other names (`Saudi King Abdullah`)."""
    if _same(entity, hit):
        return True
    titled = all(_is_title(token) or token.i in named for token in entity.doc[entity.start : hit.start])
    return hit.end == entity.end and (titled or (not person and hit.end - hit.start > 1))


class _People(NamedTuple):
    """The persons' names that the model sees in a document."""

    tokens: frozenset[int]
    words: frozenset[str]  # of names of more than one word
    full: dict[str, list[str]]  # last word -> names with a first name before it

    @classmethod
    def of(cls, doc: Doc, label: str, named: Container[int]) -> _People:
        """Collects them; `named` are the tokens in names of others than persons."""
        people = [entity for entity in doc.ents if entity.label_ == label]
        full: dict[str, list[str]] = {}
        for entity in people:
            start = next((t.i for t in entity if not _is_title(t) and t.i not in named), entity.end)
            if start < entity.end - 1:
                full.setdefault(entity[-1].text, []).append(doc[start : entity.end].text)
        words = frozenset(token.text for entity in people if len(entity) > 1 for token in entity)
        return cls(frozenset(token.i for entity in people for token in entity), words, full)


def _names_a_person(doc: Doc, hit: Hit, people: _People, labelled: bool) -> bool:
    """Whether a single word (`Jordan`) names a person: by the model, and by its neighbours or a fuller name."""
    if hit.end - hit.start > 1:
        return False
    before = doc[hit.start - 1] if hit.start else None
    if not labelled:  # a first name that the model found alone
        return hit.start not in people.tokens and hit.start - 1 in people.tokens and hit.start - 2 not in people.tokens
    if hit.start not in people.tokens:
        return False
    after = doc[hit.end] if hit.end < len(doc) else None
    named_after = after is not None and _is_name(after) and not _is_title(after)  # "Saudi King Abdullah"
    if named_after or (before is not None and (_is_name(before) or _is_title(before))):
        return True
    return doc[hit.start].text in people.words


@cache
def _titles() -> frozenset[str]:
    """The words of the titles that stand before persons' names, in lower case, without final dots."""
    titles = srsly.read_yaml(resources.folder("ontology") / "lexicon" / "nominals.yaml")["titles"]
    return frozenset(word for title in titles for word in title.lower().split())


def _is_title(token: Token) -> bool:
    return token.lower_.rstrip(".") in _titles()


def _is_name(token: Token) -> bool:
    """Whether the token is capitalised for being a name or title, not for beginning a sentence."""
    if not token.text[0].isupper() or not token.text.strip(".").isalpha():
        return False
    begins = token.i == 0 or token.is_sent_start or not token.nbor(-1).text[-1].isalnum()
    return not (begins and token.is_stop)


@Language.factory(
    "gazetteer",
    assigns=["doc.ents", "token.ent_iob", "token.ent_type", "token.ent_kb_id"],
    default_config={
        "labels": {
            "State": "LOC",
            "Place": "LOC",
            "Person": "PERSON",
            "Organization": "ORG",
            "InternationalOrganization": "ORG",
            "ArmedGroup": "GROUP",
            "Group": "NORP",
        },
    },
)
def create(nlp: Language, name: str, labels: dict[str, str]) -> Finder:
    """The component; `labels` maps classes to entity labels."""
    return Finder(labels)
