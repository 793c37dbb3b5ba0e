"""Lists of persons with their offices between the names, which parsers lose: "A, the envoy, his counterpart, B, and
C".
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.language.heads import nominals
from kg.language.mentions import TextMention

from .ud import FINITE

_BETWEEN = ("PUNCT", "CCONJ", "DET", "ADJ", "NOUN", "PROPN", "ADP", "PART", "PRON", "NUM")
_JOINING = (",", "and", "&")
_MAX_OFFICE = 12  # tokens from "the presidents of" to the first of their names
_MAX_GAP = 16  # tokens between two names of a list


def person_lists(doc: Doc, names: list[TextMention]) -> dict[int, tuple[Token, ...]]:
    """The heads of all persons in the list that each name belongs to, by the index of every token of the name."""
    found: dict[int, tuple[Token, ...]] = {}
    ordered = sorted(names, key=lambda m: m.span.start)
    run: list[TextMention] = []
    for mention in ordered:
        if run and not _listed(doc, run[-1], mention):
            _enter(run, found)
            run = []
        run.append(mention)
    _enter(run, found)
    return found


def _enter(run: list[TextMention], found: dict[int, tuple[Token, ...]]) -> None:
    if len(run) > 1:
        heads = tuple(m.head for m in run)
        for mention in run:
            for token in mention.span:
                found[token.i] = heads
        office = office_of(run[0])
        if office is not None:
            found[office.i] = heads


def office_of(first: TextMention) -> Token | None:
    """The plural office right before a list of names: "presidents" of "the presidents of Bosnia and Serbia, A and
    B".
    """
    doc, start = first.head.doc, first.span.start
    if start < 1 or doc[start - 1].text != ",":
        return None
    for token in reversed(doc[max(first.head.sent.start, start - _MAX_OFFICE) : start]):
        if token.pos_ in ("VERB", "AUX"):
            return None
        if token.tag_ in ("NNS", "NNPS") and nominals().type_of(token) == "Person":
            return token
    return None


def _listed(doc: Doc, first: TextMention, second: TextMention) -> bool:
    """Whether only offices and a comma or "and" stand between two names, and the second is no subject of its own."""
    gap = doc[first.span.end : second.span.start]
    if not gap or len(gap) > _MAX_GAP or first.head.sent != second.head.sent:
        return False
    if gap[0].lower_ not in (*_JOINING, "of") or any(
        (t.pos_ not in _BETWEEN and t.nbor(-1).text != "-") or t.lower_ in ("who", "which", "but") for t in gap
    ):
        return False
    last = len(gap) - 1
    while last >= 0 and gap[last].pos_ in ("DET", "ADJ", "NOUN") and gap[last].lower_ not in _JOINING:
        last -= 1
    if last < 0 or gap[last].lower_ not in _JOINING:
        return False
    verb_before = any(t.pos_ == "VERB" for t in doc[first.head.sent.start : first.span.start])
    return not (verb_before and _begins_clause(doc, second))


def _begins_clause(doc: Doc, mention: TextMention) -> bool:
    """Whether a finite verb follows the name at once: then it is a subject, not the next of a list after a verb."""
    following = doc[mention.span.end] if mention.span.end < len(doc) else None
    return following is not None and following.tag_ in FINITE
