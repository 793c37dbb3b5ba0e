"""Whether the clause around a time expression looks back or ahead, by its nearest verb or auxiliary.

The words of the lexicon decide; where a tagger has run, its tags tell the finite verbs that the lists do not hold.
"""

from __future__ import annotations

from enum import Enum

from spacy.tokens import Doc

from kg.language.times.lexicon import word_set


class Tense(Enum):
    """Which way a clause looks from the day it was published."""

    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"


_GOVERNOR_REACH = 9
_SENTENCE_REACH = 60
_NOUNS = 3  # after a time, up to the end of the phrase that it stands in
_AFTER = ("after", "following")


def tense_at(doc: Doc, start: int, end: int) -> Tense:
    """The tense that tokens `start` to `end` stand in.

    The nearest verb to the left within the clause decides, then the nearest to the right, then any to the left.
    """
    left, right = _sentence(doc, start, end)
    # "Saturday's attack" hangs on a noun: an infinitive near it ("want to mourn the dead of") says nothing of its time
    possessive = any(token.lower_ in {"'s", "’s"} for token in doc[end - 1 : end + 1])
    clause = _clause_start(doc, left, start)
    if _described(doc, end, right):
        return Tense.PAST
    infinitive = afterwards = False
    for index in range(start - 1, clause - 1, -1):
        afterwards = afterwards or doc[index].lower_ in _AFTER
        if _is_infinitive(doc, index):
            if possessive or afterwards:  # "agreed to reopen it, following a meeting on Friday"
                continue
            infinitive = True
        if found := _marker(doc, index, start):
            return found
    for index in range(end, right):
        if found := _marker(doc, index, right):
            return found
    for index in range(clause - 1, left - 1, -1):
        if found := _marker(doc, index, start):
            return found
    # a sentence with no verb but an infinitive is a headline: "Leaders to meet Friday"
    return Tense.FUTURE if infinitive else Tense.UNKNOWN


def _described(doc: Doc, end: int, right: int) -> bool:
    """Whether a past follows the noun that a time stands before: "is to try them for the May 7 bombing that killed"."""
    noun = end
    while noun < min(right, end + _NOUNS) and doc[noun].tag_ in {"NN", "NNS"}:
        noun += 1
    return end < noun < right - 1 and doc[noun].lower_ in {"that", "which"} and doc[noun + 1].tag_ == "VBD"


def _sentence(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The sentence around the tokens, as far as a verb may lie from its time."""
    parsed = doc[min(end, len(doc) - 1)].is_sent_start is not None
    left, right = start, end
    while left > max(start - _SENTENCE_REACH, 0) and not _begins_sentence(doc, left, parsed):
        left -= 1
    while right < min(end + _SENTENCE_REACH, len(doc)) and not _begins_sentence(doc, right, parsed):
        right += 1
    return left, right


def _begins_sentence(doc: Doc, index: int, parsed: bool) -> bool:
    return doc[index].is_sent_start is True if parsed else _ends_sentence(doc, index - 1)


def _ends_sentence(doc: Doc, index: int) -> bool:
    return doc[index].text in {".", "!", "?"} or doc[index].text.count("\n") > 1


def _clause_start(doc: Doc, left: int, start: int) -> int:
    """The first token of the clause: after the last boundary, or an "and" that the expression follows directly."""
    for index in range(start - 1, left - 1, -1):
        word = doc[index].lower_
        if word in word_set("tense", "boundaries"):
            return index + 1
        if word == "and" and start - index <= 3 and not any(_is_verb(doc, i) for i in range(index + 1, start)):
            return index + 1
    return left


def _marker(doc: Doc, index: int, limit: int) -> Tense | None:
    """The tense that one token tells, None where it tells none; `limit` is where the expression begins."""
    token = doc[index]
    word = token.lower_
    if word in word_set("tense", "future"):
        return None if token.text[0].isupper() and word in {"may", "will"} and index > 0 else Tense.FUTURE
    if word in word_set("tense", "conditional"):
        perfect = _lower(doc, index + 1) in word_set("tense", "have") and any(
            _is_verb(doc, i) or _lower(doc, i) == "been" for i in range(index + 2, min(index + 4, len(doc)))
        )
        return Tense.PAST if perfect else Tense.FUTURE
    if word in word_set("tense", "be_past") or word in word_set("tense", "be_present"):
        if _plans(doc, index, limit):
            return Tense.FUTURE
        return Tense.PAST if word in word_set("tense", "be_past") else Tense.UNKNOWN
    if word in word_set("tense", "have"):
        if _lower(doc, index - 1) in word_set("tense", "future") | word_set("tense", "conditional"):
            return None  # the modal decides
        if _is_infinitive(doc, index + 1):
            return Tense.FUTURE
        reach = range(index + 1, min(index + 5, limit, len(doc)))
        return Tense.PAST if any(_is_verb(doc, i) or _lower(doc, i) == "been" for i in reach) else Tense.UNKNOWN
    if word in word_set("tense", "past"):
        return Tense.PAST
    if _is_infinitive(doc, index):
        # "the talks to be held", "promised to meet"
        return Tense.FUTURE if _lower(doc, index + 1) == "be" or _has_governor(doc, index) else None
    if word in word_set("tense", "timetable") or f"{word} {_lower(doc, index + 1)}" in word_set("tense", "timetable"):
        return (
            None
            if token.tag_ in {"NN", "NNS", "VB", "JJ"} or (not token.tag_ and not word.endswith("s"))
            else Tense.FUTURE
        )
    if _is_verb(doc, index):
        return _past_form(doc, index)
    return Tense.UNKNOWN if token.tag_ in {"VBZ", "VBP"} else None


def _past_form(doc: Doc, index: int) -> Tense | None:
    """A past tense or a participle: what auxiliaries stand before it decide, else it looks back."""
    if doc[index].tag_ == "VBD":
        return Tense.PAST
    for before in range(index - 1, max(index - 6, -1), -1):
        word = doc[before].lower_
        auxiliary = (
            word in word_set("tense", "adverbs")
            or word.endswith("ly")
            or word in word_set("tense", "scheduled")
            or _is_infinitive(doc, before)
        )
        if not _is_verb(doc, before) and (found := _marker(doc, before, index)):
            return found
        if not auxiliary:
            break
    # "talks planned for Friday" does not say whether they were held
    return None if doc[index].lower_ in word_set("tense", "scheduled") else Tense.PAST


def _is_verb(doc: Doc, index: int) -> bool:
    """Whether a token has the form of a past tense or past participle."""
    token = doc[index]
    word = token.lower_
    if token.tag_:
        return token.tag_ in {"VBD", "VBN"} and word not in word_set("tense", "not_past")
    if _lower(doc, index - 1) in word_set("tense", "articles"):  # "a classified briefing"
        return False
    regular = word.endswith("ed") and len(word) > 4 and token.is_lower and word not in word_set("tense", "not_past")
    return regular or word in word_set("tense", "irregular")


def _plans(doc: Doc, index: int, limit: int) -> bool:
    """Whether a form of "be" begins "is to", "are expected to", "were scheduled for"."""
    after = index + 1
    while _lower(doc, after) in word_set("tense", "adverbs") or _lower(doc, after).endswith("ly"):
        if _lower(doc, after) in word_set("tense", "scheduled"):
            break
        after += 1
    if _is_infinitive(doc, after):
        return True
    return _lower(doc, after) in word_set("tense", "scheduled") and (
        after + 1 >= limit or _lower(doc, after + 1) in {"to", "for", "on", "by", "in", "at"}
    )


def _is_infinitive(doc: Doc, index: int) -> bool:
    """Whether the token is a "to" before a verb."""
    if _lower(doc, index) != "to" or index + 1 >= len(doc):
        return False
    verb = doc[index + 1]
    if verb.tag_:
        return verb.tag_ in {"VB", "RB"}
    plural = verb.lower_.endswith("s") and not verb.lower_.endswith(("ss", "us"))
    return verb.is_alpha and verb.is_lower and not plural and verb.lower_ not in word_set("tense", "articles")


def _has_governor(doc: Doc, index: int) -> bool:
    """Whether a word before an infinitive sets it ahead: promised to, called on them to."""
    stems = tuple(word_set("tense", "governors"))
    return any(token.lower_.startswith(stems) for token in doc[max(index - _GOVERNOR_REACH, 0) : index])


def _lower(doc: Doc, index: int) -> str:
    return str(doc[index].lower_) if 0 <= index < len(doc) else ""
