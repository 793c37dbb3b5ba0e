"""Quotations and who speaks them.

Quoted stretches between curly or straight double marks go to `doc.spans["quotations"]`, each with
`span._.speaker`: the head token of whoever says it, or None. The speaker is the subject of a speech verb that
governs, follows or precedes the quotation in its sentence, else the speaker of the quotation before it in the
same paragraph, else whoever the last sentence before it introduces with a colon.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import srsly
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg import resources

if not Span.has_extension("speaker"):
    Span.set_extension("speaker", default=None)

_MAX_TOKENS = 250  # a quotation mark with no partner within this many tokens opens nothing


@cache
def speech_verbs() -> frozenset[str]:
    """Lemmas of the verbs of speech in `ontology/lexicon/speech.yaml`."""
    data: Any = srsly.read_yaml(resources.folder("ontology") / "lexicon" / "speech.yaml")
    return frozenset(str(verb) for verb in data["verbs"])


@Language.component("quotations")
def quotations(doc: Doc) -> Doc:
    """spaCy component; needs a parse."""
    spans = _quoted(doc)
    before: Span | None = None
    for span in spans:
        speaker = _speaker_in(span.sent, span) or _speaker_in(doc[span.end - 1].sent, span)
        if speaker is None and span.end < len(doc):
            speaker = _speaker_in(doc[span.end].sent, span) if _same_paragraph(doc, span.end - 1, span.end) else None
        if speaker is None and before is not None and _continues(doc, before, span):
            speaker = before._.speaker
        if speaker is None and span.start > 0:
            speaker = _introduced_by(doc, span.start)
        span._.speaker = speaker
        before = span
    doc.spans["quotations"] = [*spans, *_statements(doc)]
    return doc


def _statements(doc: Doc) -> list[Span]:
    """What follows "The minister said:" at the end of a paragraph, without quotation marks: the rest of the text."""
    found: list[Span] = []
    opened: tuple[int, Token] | None = None
    for token in doc:
        if not (token.is_space and "\n" in token.text and token.i > 0 and doc[token.i - 1].text == ":"):
            continue
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        speaker = _introduced_by(doc, token.i)
        if speaker is None or after is None or after.text in ("“", '"'):
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


def _quoted(doc: Doc) -> list[Span]:
    spans, opened = [], None
    for token in doc:
        text = token.text
        if opened is not None and token.i - opened > _MAX_TOKENS:
            opened = None
        if text in ("“", "„") or (text in ('"', "``", "''") and opened is None):
            opened = token.i
        elif text in ("”", '"', "''") and opened is not None:
            if token.i - opened > 1:
                spans.append(doc[opened : token.i + 1])
            opened = None
        elif opened is not None and "\n\n" in text:
            spans.append(doc[opened : token.i])  # a quotation that runs on opens again in the next paragraph
            opened = None
    return spans


def _inside(token: Token, span: Span) -> bool:
    return span.start <= token.i < span.end


def _speaker_in(sentence: Span, quotation: Span) -> Token | None:
    """The subject of the speech verb outside the quotation that is nearest to it in this sentence."""
    best: tuple[int, Token] | None = None
    for token in sentence:
        if token.lemma_.lower() in speech_verbs() and token.pos_ == "VERB" and not _inside(token, quotation):
            subject = subject_of_speech(token)
            if subject is not None and not _inside(subject, quotation):
                distance = min(abs(token.i - quotation.start), abs(token.i - quotation.end))
                if best is None or distance < best[0]:
                    best = (distance, subject)
        if token.lower_ == "according" and not _inside(token, quotation):
            noun = next((t for t in token.head.subtree if t.head == token or t == token.head), None)
            if noun is not None and noun.pos_ in ("NOUN", "PROPN") and best is None:
                best = (abs(token.i - quotation.start), noun)
    return best[1] if best else None


def subject_of_speech(verb: Token) -> Token | None:
    """Who says it: the verb's subject, or the one that it shares with the verb it is coordinated with."""
    for _ in range(6):
        for child in (*verb.children, *(c for a in verb.children if a.dep_ == "aux" for c in a.children)):
            if child.dep_ in ("nsubj", "nsubj:pass"):
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


def _continues(doc: Doc, before: Span, span: Span) -> bool:
    return _same_paragraph(doc, before.end - 1, span.start) or span.start - before.end <= 3


def _introduced_by(doc: Doc, start: int) -> Token | None:
    """The subject of a speech verb whose sentence ends in a colon right before this token."""
    i = start - 1
    while i >= 0 and doc[i].is_space:
        i -= 1
    if i < 0 or doc[i].text != ":":
        return None
    verbs = [t for t in doc[i].sent if t.lemma_.lower() in speech_verbs() and t.pos_ == "VERB"]
    return subject_of_speech(verbs[-1]) if verbs else None
