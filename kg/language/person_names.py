"""Persons that the model half saw: titles are no names, what follows a title is one, and a last name stays a
person's.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from .heads import nominals
from .mentions import is_title

_PERSON = "PERSON"
_MAX_NAME = 4  # words of a name that a title may introduce


@Language.component("person_names")
def person_names(doc: Doc) -> Doc:
    """spaCy component; mends `doc.ents` before the gazetteer reads them.

    What the recogniser found, titles and all, stays in `doc.spans["names"]`.
    """
    doc.spans["names"] = list(doc.ents)
    kept = [_without_titles(ent) for ent in doc.ents if not _is_only_title(ent)]
    kept = [_told_by_office(ent) for ent in _joined([part for ent in kept for part in _parted(ent)])]
    covered = {t.i for ent in kept for t in ent}
    for token in doc[:-1]:
        if token.text[:1].isupper() and token.i + 1 not in covered and is_title(token):
            name = _name_after(token, covered)
            if name is not None:
                kept.append(name)
                covered |= {t.i for t in name}
    doc.ents = with_last_names(doc, kept)
    return doc


def with_last_names(doc: Doc, entities: Sequence[Span]) -> tuple[Span, ...]:
    """The entities, with the last names of persons, whatever the model sees in them, and with names in a list of
    persons: "Venezuela's Hugo Chavez and Argentina's Nestor Kirchner".
    """
    people = {t.i for ent in entities if ent.label_ == _PERSON and len(ent) > 1 for t in ent}
    listed = [Span(doc, e.start, e.end, _PERSON) if _is_listed(e) and e.root.head.i in people else e for e in entities]
    known = {ent[-1].text for ent in listed if ent.label_ == _PERSON and (len(ent) > 1 or _is_addressed(ent))}
    covered = {t.i for ent in listed for t in ent}
    mended = [
        Span(doc, ent.start, ent.end, _PERSON) if len(ent) == 1 and ent.text in known and not ent.kb_id_ else ent
        for ent in listed
    ]
    mended += [
        Span(doc, t.i, t.i + 1, _PERSON) for t in doc if t.text in known and t.pos_ == "PROPN" and t.i not in covered
    ]
    return tuple(sorted(mended, key=lambda e: e.start))


def _is_addressed(ent: Span) -> bool:
    """Whether a title stands before a name: "Mr. Aziz"."""
    return ent.start > ent.sent.start and is_title(ent.doc[ent.start - 1])


def _is_listed(ent: Span) -> bool:
    """Whether a name that the gazetteer does not know is made like a person's, and stands second in a list."""
    flat = len(ent) > 1 and all(t.pos_ == "PROPN" and (t == ent.root or t.dep_ == "flat") for t in ent)
    return flat and not ent.kb_id_ and ent.label_ in ("LOC", "ORG") and ent.root.dep_ == "conj"


def _parted(ent: Span) -> list[Span]:
    """ "Sabena and Masrin" as two names, where the model sees one; what the gazetteer knows becomes one again."""
    if len(ent) != 3 or ent[1].lower_ not in ("and", ",") or any(t.pos_ != "PROPN" for t in (ent[0], ent[2])):
        return [ent]
    alone = {e[0].text: e.label_ for e in ent.doc.ents if len(e) == 1} | {
        e[-1].text: _PERSON for e in ent.doc.ents if e.label_ == _PERSON and len(e) == 2
    }
    if ent.label_ in ("LOC", _PERSON) or any(ent[i].text in alone for i in (0, 2)):
        return [Span(ent.doc, ent[i].i, ent[i].i + 1, alone.get(ent[i].text, ent.label_)) for i in (0, 2)]
    return [ent]


def _joined(entities: list[Span]) -> list[Span]:
    """A first and a last name as one where the parser sees one name: "Vernon" and the country "Jordan"."""
    joined: list[Span] = []
    for ent in entities:
        first = joined[-1] if joined else None
        if (
            first is not None
            and (len(first), len(ent), first.end, first.label_) == (1, 1, ent.start, _PERSON)
            and ent[0].dep_ == "flat"
            and ent[0].head == first[0]
        ):
            joined[-1] = Span(ent.doc, first.start, ent.end, _PERSON)
        else:
            joined.append(ent)
    return joined


def _told_by_office(ent: Span) -> Span:
    """A name of two words or more is a person's, whatever the model sees, where an office stands after it between
    commas: "Musa al-Amin, the Omani minister, and"; but "Nord Holdings, the owner of the ship" is a company.
    """
    after = ent.doc[ent.end : ent.end + 2]
    named = len(ent) > 1 and ent.label_ in ("ORG", "LOC") and ent[0].pos_ == ent[-1].pos_ == "PROPN"
    if not named or len(after) < 2 or after[0].text != ",":
        return ent
    offices = (c for c in ent.root.children if c.dep_ == "appos" and c.tag_ == "NN" and c.left_edge in after)
    told = any(c.lower_ in nominals().titles for c in offices)
    return Span(ent.doc, ent.start, ent.end, _PERSON) if told else ent


def _is_only_title(ent: Span) -> bool:
    """Whether a "person" is an office, or the first word of one: "the Foreign Minister", "Prime" before "Minister"."""
    if ent.label_ != _PERSON:
        return False
    after = ent.doc[ent.end].lower_ if ent.end < len(ent.doc) else ""
    return all(is_title(t) for t in ent) or f"{ent.text.lower()} {after}" in nominals().titles


def _without_titles(ent: Span) -> Span:
    """A person's name without the titles before it, which may have made the model see something else: "Army Col. Sonny
    Leggett".
    """
    start = ent.start
    while start < ent.end - 1 and is_title(ent.doc[start]):
        start += 1
    rest = ent.doc[start : ent.end]
    named = len(rest) <= _MAX_NAME and all(t.pos_ == "PROPN" and t.text[:1].isupper() for t in rest)
    if start > ent.start and named and (len(rest) > 1 or ent.label_ == _PERSON):  # "General Motors" is no person
        return Span(ent.doc, start, ent.end, _PERSON)
    return ent


def _name_after(title: Token, covered: set[int]) -> Span | None:
    """The run of two or more capitalised words right after a title that no entity covers."""
    doc, end = title.doc, title.i + 1
    while (
        end < len(doc)
        and end - title.i <= _MAX_NAME
        and end not in covered
        and doc[end].pos_ == "PROPN"
        and doc[end].text[:1].isupper()
        and (end > title.i + 1 or not is_title(doc[end]))
        and doc[end].is_sent_start is not True
    ):
        end += 1
    return Span(doc, title.i + 1, end, _PERSON) if end - title.i > 2 else None
