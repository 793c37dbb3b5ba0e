"""Quotes: stretches of a document's text as they are kept with what they tell. None stands there unchecked."""

from __future__ import annotations

from spacy.tokens import Span

from kg.errors import KgError
from kg.model import Document, Evidence, Mention


def quote(span: Span) -> Mention:
    """A stretch of tokens."""
    return Mention(span.start_char, span.end_char, span.text)


def evidence(trigger: Mention, sentence: Span, document: Document) -> Evidence:
    """The sentence without white space around it, and the words in it; KgError if they do not stand in the text."""
    start, end = sentence.start, sentence.end
    while start < end and sentence.doc[start].is_space:
        start += 1
    while end > start and sentence.doc[end - 1].is_space:
        end -= 1
    return Evidence(checked(quote(sentence.doc[start:end]), document), checked(trigger, document))


def checked(mention: Mention, document: Document) -> Mention:
    """The mention, if its words stand in the text where it says: no report exists without its quote."""
    if document.text[mention.start : mention.end] != mention.text or not mention.text:
        raise KgError(f"{document.name}: the quote {mention.text[:40]!r} does not stand at {mention.start} of its text")
    return mention
