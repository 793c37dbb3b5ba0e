"""Words of a UD parse: voice, finiteness, case and mark, coordination, and what is no phrase of its own."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

_SUBJECTS = ("nsubj", "csubj")
FINITE = ("VBD", "VBZ", "VBP", "MD")  # Penn tags of verbs that have a tense, and of modals
PASSIVE_SUBJECTS = ("nsubj:pass", "csubj:pass")
RELATIVE_PRONOUNS = {"who", "whom", "which", "that", "whose", "where", "when"}


def is_passive(verb: Token) -> bool:
    """Whether a verb stands in the passive, or is a past participle that modifies a noun."""
    if any(child.dep_ == "aux:pass" for child in verb.children):
        return True
    if any(child.dep_ in ("nsubj", "csubj") for child in verb.children):
        return False  # "Norway mediated between the two": a past that was tagged as a participle
    reduced = verb.dep_ == "acl" and verb.tag_ == "VBD"  # "an agreement reached on Monday": taggers take it for a past
    if any(child.dep_ in ("aux", "cop") for child in verb.children):
        return False
    if verb.tag_ in ("VBD", "VBZ", "VBP", "VBG", "VB") and not reduced:
        return False
    if verb.tag_ == "VBN" and any(c.dep_ == "obl" and case_of(c) in ("between", "by") for c in verb.children):
        return not any(c.dep_ == "obj" for c in verb.children)  # "a deal reached between A and B"
    if verb.dep_ == "acl":
        if any(c.dep_ == "obj" and c.i > verb.i for c in verb.children):
            return False  # "soldiers arrested 100 people": what has an object is no passive participle
        return verb.head.dep_ != "acl:relcl"
    if any(child.dep_ in PASSIVE_SUBJECTS for child in verb.children):
        return True
    if verb.dep_ == "conj" and not any(child.dep_ in _SUBJECTS for child in verb.children):
        return verb.head.pos_ == "VERB" and is_passive(verb.head)
    return verb.dep_ in ("amod", "advcl")


def is_finite(verb: Token) -> bool:
    """Whether the verb, or an auxiliary of its own, is finite."""
    if verb.tag_ in FINITE:
        return True
    return any(c.dep_ in ("aux", "aux:pass", "cop") and c.tag_ in FINITE for c in verb.children)


def case_of(token: Token) -> str:
    """The preposition of a noun phrase, in lower case; a fixed sequence is named by its first word; '' if it has
    none.
    """
    for child in token.children:
        if child.dep_ == "case" and child.tag_ != "POS":
            return child.lower_
    return ""


def mark_of(token: Token) -> str:
    """The subordinating word of a clause, in lower case; '' if it has none."""
    for child in token.children:
        if child.dep_ == "mark":
            return child.lower_
    return ""


def conjuncts(token: Token) -> Iterator[Token]:
    """A token and everything coordinated with it, itself first.

    What follows the conjunct that has the conjunction is an apposition: "the army and the ELN, the last
    guerrilla force".
    """
    yield token
    closed = False
    for child in token.children:
        if child.dep_ == "conj" or (child.dep_ == "appos" and _joined_late(child)):
            joined = any(c.dep_ == "cc" for c in child.children)
            if closed and not joined:
                continue
            closed = closed or joined
            yield from conjuncts(child)


def _joined_late(apposition: Token) -> bool:
    """ "Between the minister, X, and rebel leader Y": taken for an apposition by the parser, though "and" opens it."""
    first = apposition.left_edge
    return first.dep_ == "cc" and first.lower_ == "and" and first.head in (apposition, *apposition.lefts)


def is_nominal(token: Token) -> bool:
    """Whether the token heads a noun phrase."""
    return token.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "SYM") or (
        token.pos_ == "ADJ" and token.tag_.startswith("NN")
    )


def time_tokens(doc: Doc) -> frozenset[int]:
    """The indexes of all tokens in time expressions, which take part in no event."""
    if "time tokens" not in doc.user_data:
        doc.user_data["time tokens"] = frozenset(t.i for span in doc.spans.get("timex", ()) for t in span)
    found: frozenset[int] = doc.user_data["time tokens"]
    return found


def is_capital(token: Token) -> bool:
    """Whether the word begins with a capital, as the parties of a hyphenated modifier do."""
    return token.text[:1].isupper()
