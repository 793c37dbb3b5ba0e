"""Attribution: whose words or claim a report is, None for the document's own voice."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.language.quotations import subject_of_speech

from .lexicon import Entry, Lexicon
from .relations import mark_of

_MAX_CLIMB = 12


def attribution(trigger: Token, entries: dict[int, Entry], lexicon: Lexicon) -> Token | None:
    """The head token of the speaker: of the innermost that-clause or accusation, else of the quotation, else "according to"."""
    speaker = _of_clause(trigger, entries, lexicon)
    if speaker is not None:
        return speaker
    for span in trigger.doc.spans.get("quotations", ()):
        if span.start <= trigger.i < span.end and span._.speaker is not None:
            token: Token = span._.speaker
            return token
    return _according_to(trigger, lexicon)


def _of_clause(trigger: Token, entries: dict[int, Entry], lexicon: Lexicon) -> Token | None:
    token = trigger
    for _ in range(_MAX_CLIMB):
        head, dep = token.head, token.dep_
        if head is token:
            return None
        speaks = head.pos_ == "VERB" and (head.lemma_.lower() in lexicon.speech_verbs or _communicates(head, entries))
        if speaks and (dep in ("ccomp", "parataxis") or (dep == "advcl" and _accused(token, head, entries))):
            if dep == "ccomp" and _infinitive(token):
                token = head
                continue
            speaker = subject_of_speech(head)
            if speaker is not None and not _is_content(speaker, token):
                return speaker
        if dep == "acl" and head.lemma_.lower() in lexicon.speech_nouns and not _infinitive(token) and mark_of(token) == "that":
            owner = next((c for c in head.children if c.dep_ == "nmod:poss"), None)
            if owner is not None:
                return owner
        # "The deal failed, officials said": the verb of speech hangs on its content
        for child in token.children:
            if child.dep_ == "parataxis" and child.lemma_.lower() in lexicon.speech_verbs and child.pos_ == "VERB":
                speaker = subject_of_speech(child)
                if speaker is not None and speaker.head == child:
                    return speaker
        token = head
    return None


def _communicates(head: Token, entries: dict[int, Entry]) -> bool:
    entry = entries.get(head.i)
    return entry is not None and entry.content is not None


def _accused(token: Token, head: Token, entries: dict[int, Entry]) -> bool:
    """"accused Moscow of sending tanks": the deed is the accuser's claim."""
    entry = entries.get(head.i)
    return entry is not None and entry.content == "asserted" and mark_of(token) in ("of", "for")


def _infinitive(token: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ in ("mark", "aux") for c in token.children) and token.tag_ == "VB"


def _is_content(speaker: Token, content: Token) -> bool:
    return speaker == content or content.is_ancestor(speaker)


def _according_to(trigger: Token, lexicon: Lexicon) -> Token | None:
    """The noun of "according to X" or another phrase of `speech.yaml` anywhere in the sentence, outside a quotation."""
    sentence = trigger.sent
    for phrase in lexicon.speech_phrases:
        for i in range(sentence.start, sentence.end - len(phrase)):
            if tuple(t.lower_ for t in trigger.doc[i : i + len(phrase)]) == phrase:
                noun = _noun_after(trigger.doc, i, i + len(phrase), sentence.end)
                if noun is not None and noun != trigger and not noun.is_ancestor(trigger):
                    return _owner(noun)
    return None


def _noun_after(doc: Doc, start: int, first: int, end: int) -> Token | None:
    for token in doc[first:end]:
        if token.pos_ in ("NOUN", "PROPN", "PRON") and (token.head.i < start or token.head.i >= first) and token.dep_ not in (
            "compound", "flat", "amod", "nmod:poss", "det", "nmod:desc",
        ):  # fmt: skip
            return token
        if token.is_punct:
            return None
    return None


def _owner(noun: Token) -> Token:
    """Who gives an account: "according to the Taliban's account" is the Taliban's claim."""
    return next((c for c in noun.children if c.dep_ == "nmod:poss"), noun)
