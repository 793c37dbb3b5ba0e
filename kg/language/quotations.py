"""Quotations and who speaks them.

Quoted stretches, what follows "The minister said:" without marks, and the turns of an interview go to
`doc.spans["quotations"]` in the order of the text, the longer first, each with `span._.speaker`: the head token of
whoever says it, or None. The speaker is the subject of the verb of speech or the noun of "according to" that is nearest
to the quotation in its sentence or the one after it, else the speaker of the quotation that it goes on from, else
whoever the last sentence before it introduces with a colon. Curly, straight, angled and single marks open quotations;
marks inside one (nested quotations) belong to it. What is reported without marks ("said that ...") is left to the
parse.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import srsly
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg import resources

from .turns import turns

if not Span.has_extension("speaker"):
    Span.set_extension("speaker", default=None)

_MAX_TOKENS = 250  # a quotation mark with no partner within this many tokens opens nothing
_OPENING = {"“": "”", "„": "”“", "«": "»", "‘": "’", "``": "''"}
_EITHER = ('"', "''", "'", "”")  # in careless text a closing mark also opens
_SINGLE = ("'", "’")
_PAUSES = (",", ".", "!", "?", "…", "...", "—", "-")
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
_CHAIN = 6  # verbs between a verb of speech and the one whose subject it shares


class _Quoted(NamedTuple):
    """A quoted stretch; `open` says that the paragraph ended before the quotation did."""

    span: Span
    open: bool


@cache
def speech_verbs() -> frozenset[str]:
    """Lemmas of the verbs of speech in `ontology/lexicon/speech.yaml`."""
    data: Any = srsly.read_yaml(resources.folder("ontology") / "lexicon" / "speech.yaml")
    return frozenset(str(verb) for verb in data["verbs"])


@Language.component("quotations")
def quotations(doc: Doc) -> Doc:
    """spaCy component; needs a parse."""
    quoted = _quoted(doc)
    inside = {i for q in quoted for i in range(q.span.start, q.span.end)}
    before: _Quoted | None = None
    for found in quoted:
        span = found.span
        goes_on = before is not None and _continues(doc, before, span)
        speaker = _speaker_near(doc, span, inside)
        if speaker is None and goes_on and before is not None:
            speaker = before.span._.speaker
        if speaker is None:
            speaker = _introduced_by(doc, span.start)
        span._.speaker = speaker
        if goes_on and before is not None and before.open and before.span._.speaker is None:
            before.span._.speaker = speaker  # told only where the last of its paragraphs ends
        before = found
    spans = [q.span for q in quoted]
    doc.spans["quotations"] = sorted([*spans, *_statements(doc), *turns(doc)], key=lambda s: (s.start, -s.end))
    return doc


def _quoted(doc: Doc) -> list[_Quoted]:
    found: list[_Quoted] = []
    opened: int | None = None
    closing = ""
    for token in doc:
        text = token.text
        if opened is not None and token.i - opened > _MAX_TOKENS:
            opened = None
        if opened is None:
            if _opens(token):
                opened, closing = token.i, _OPENING.get(text, text)
        elif token.is_space and _ends_paragraph(token):
            if closing not in _SINGLE and token.i - opened > 1:
                found.append(_Quoted(doc[opened : token.i], open=True))
            opened = None
        elif text and text in closing and _closes(token):
            if token.i - opened > 1:
                found.append(_Quoted(doc[opened : token.i + 1], open=False))
            opened = None
        elif text in _OPENING and _OPENING[text] == closing:
            opened = token.i  # the mark before it had no partner
    return found


def _opens(token: Token) -> bool:
    if token.text not in _OPENING and token.text not in _EITHER:
        return False
    before = token.nbor(-1) if token.i else None
    free = before is None or bool(before.whitespace_) or before.is_space or before.text[-1:] in "([—–-:"
    after = token.nbor() if token.i + 1 < len(token.doc) else None
    tight = after is not None and not token.whitespace_ and not after.is_space
    if token.text in ("'", "‘") and after is not None and (token.tag_ == "POS" or after.text[:1].isdigit()):
        return False  # "the rebels' leader", "the '90s"
    return tight and (free or token.text in ("“", "„", "«", "``"))


def _closes(token: Token) -> bool:
    """Whether a mark that may close does so: apostrophes only beside a pause."""
    if token.text not in _SINGLE:
        return True
    after = token.nbor() if token.i + 1 < len(token.doc) else None
    return token.nbor(-1).text in _PAUSES or after is None or after.is_space or after.text in _PAUSES


def _ends_paragraph(space: Token) -> bool:
    """Whether a line break ends a paragraph: an empty line, or the next line opens a quotation again."""
    if "\n" not in space.text:
        return False
    after = space.nbor() if space.i + 1 < len(space.doc) else None
    return space.text.count("\n") > 1 or (after is not None and after.text in (*_OPENING, '"') and _opens(after))


def _statements(doc: Doc) -> list[Span]:
    """What follows "The minister said:" at the end of a paragraph, without quotation marks: the rest of the text."""
    found: list[Span] = []
    opened: tuple[int, Token] | None = None
    for token in doc:
        if not (token.is_space and "\n" in token.text and token.i > 0 and doc[token.i - 1].text == ":"):
            continue
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        speaker = _introduced_by(doc, token.i)
        if speaker is None or after is None or after.text in (*_OPENING, '"'):
            continue
        if opened is not None:
            found.append(_speech(doc, opened[0], token.sent.start, opened[1]))
        opened = (after.i, speaker)
    if opened is not None:
        found.append(_speech(doc, opened[0], len(doc), opened[1]))
    return found


def _speech(doc: Doc, start: int, end: int, speaker: Token) -> Span:
    span = doc[start:end]
    span._.speaker = speaker
    return span


def _speaker_near(doc: Doc, span: Span, inside: set[int]) -> Token | None:
    """The speaker told in the sentences in which the quotation begins and ends, or right after it."""
    sentences = [doc[span.start].sent, doc[span.end - 1].sent]
    if span.end < len(doc) and _same_paragraph(doc, span.end - 1, span.end):
        sentences.append(doc[span.end].sent)
    for sentence in dict.fromkeys(sentences):
        speaker = _speaker_in(sentence, span, inside)
        if speaker is not None:
            return speaker
    return None


def _speaker_in(sentence: Span, quotation: Span, inside: set[int]) -> Token | None:
    """The subject of the verb of speech outside quotations that is nearest to this one in a sentence."""
    best: tuple[int, Token] | None = None
    for token in sentence:
        if token.i in inside:
            continue
        speaker = None
        if token.pos_ == "VERB" and token.lemma_.lower() in speech_verbs():
            speaker = subject_of_speech(token)
        elif token.lower_ == "according" and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
            speaker = token.head
        if speaker is not None and speaker.i not in inside:
            distance = min(abs(token.i - quotation.start), abs(token.i - quotation.end))
            if best is None or distance < best[0]:
                best = (distance, speaker)
    return best[1] if best else None


def subject_of_speech(verb: Token) -> Token | None:
    """Who says it: the verb's subject, or the one that it shares with the verb it is coordinated with."""
    for _ in range(_CHAIN):
        children = (*verb.children, *(c for a in verb.children if a.dep_ == "aux" for c in a.children))
        subjects = [c for c in children if c.dep_ in _SUBJECTS]
        if subjects:
            # of two, the parser took one from what is said: "A strike on Monday hit two trucks, the colonel said"
            child = max((c for c in subjects if c.i < verb.i), key=lambda c: c.i, default=subjects[0])
            return child if child.lower_ not in ("who", "which", "that") or verb.dep_ != "acl:relcl" else verb.head
        if verb.dep_ == "acl:relcl" or (verb.dep_ == "acl" and verb.tag_ == "VBG"):
            return verb.head
        if verb.dep_ in ("conj", "advcl", "xcomp", "parataxis") and verb.head.pos_ == "VERB":
            verb = verb.head
        else:
            return None
    return None


def _same_paragraph(doc: Doc, first: int, last: int) -> bool:
    return not any("\n\n" in doc[i].text or "\n\n" in doc[i].whitespace_ for i in range(first, last))


def _continues(doc: Doc, before: _Quoted, span: Span) -> bool:
    return _same_paragraph(doc, before.span.end - 1, span.start) or span.start - before.span.end <= 3


def _introduced_by(doc: Doc, start: int) -> Token | None:
    """The subject of a speech verb whose sentence ends in a colon right before this token."""
    i = start - 1
    while i >= 0 and doc[i].is_space:
        i -= 1
    if i < 0 or doc[i].text != ":":
        return None
    verbs = [t for t in doc[i].sent if t.lemma_.lower() in speech_verbs() and t.pos_ == "VERB"]
    return subject_of_speech(verbs[-1]) if verbs else None
