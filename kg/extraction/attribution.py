"""Attribution: whose words or claim a report is, None for the document's own voice."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.language.quotations import subject_of_speech

from .lexicon import Entry, Lexicon
from .phrases import word_forms
from .ud import case_of, is_passive, mark_of

_MAX_CLIMB = 12
_OFFICE = 8  # tokens of an office that the parser may part from the speaker's name
_CLOSING = 9  # tokens from a closing verb of speech to the end of its sentence


def attribution(trigger: Token, entries: dict[int, Entry], lexicon: Lexicon) -> Token | None:
    """The head token of the speaker: of the innermost that-clause or accusation, else of the innermost quotation, else
    "according to".
    """
    speaker = _of_clause(trigger, entries, lexicon)
    if speaker is not None:
        return speaker
    for span in reversed(trigger.doc.spans.get("quotations", ())):
        if span.start <= trigger.i < span.end and span._.speaker is not None:
            token: Token = span._.speaker
            return token
    return _at_the_end(trigger, lexicon) or _according_to(trigger, lexicon)


def _of_clause(trigger: Token, entries: dict[int, Entry], lexicon: Lexicon) -> Token | None:
    token = trigger
    for _ in range(_MAX_CLIMB):
        head = token.head
        speaker = _added(token, trigger, lexicon)
        if speaker is not None:
            return speaker
        if head == token or _is_retort(token, entries, lexicon):
            return None
        if _claims(token, head, entries, lexicon):
            speaker = subject_of_speech(head)
            if speaker is not None and not _is_content(speaker, token):
                return speaker
        accuser = _accuser(token, head, entries)
        if accuser is not None:
            return accuser
        if token.dep_ == "acl" and head.lemma_.lower() in lexicon.speech_nouns and mark_of(token) == "that":
            owner = _claimant(head)
            if owner is not None:
                return owner
        token = head
    return None


def _claimant(noun: Token) -> Token | None:
    """Whose claim or charge it is: "its claim that", "Georgian charges that"."""
    for child in noun.children:
        if child.dep_ == "nmod:poss" or (child.dep_ in ("amod", "compound") and child.ent_type_):
            return child
    return None


def _added(clause: Token, trigger: Token, lexicon: Lexicon) -> Token | None:
    """The subject of a verb of speech added to a clause: "..., the spokesman wrote in a series of tweets.", "the army,
    he says, will leave".
    """
    for verb in clause.children:
        if verb.dep_ != "parataxis" or verb.lemma_.lower() not in lexicon.speech_verbs or verb.pos_ != "VERB":
            continue
        if verb.is_ancestor(trigger) or any(c.dep_ in ("ccomp", "obj", "xcomp") for c in verb.children):
            continue
        speaker = subject_of_speech(verb)
        before = verb.doc[max(verb.left_edge.i - 1, 0)]
        if speaker is not None and verb.left_edge.i > clause.sent.start and before.text not in (";", ":", ".", "—"):
            return speaker
    return None


def _claims(token: Token, head: Token, entries: dict[int, Entry], lexicon: Lexicon) -> bool:
    """Whether a clause is what its governing verb says, not what it asks for, hopes or agrees to do."""
    lemma, dep = head.lemma_.lower(), token.dep_
    entry = entries.get(head.i)
    speaks = head.pos_ == "VERB" and (
        lemma in lexicon.speech_verbs or (entry is not None and entry.content is not None)
    )
    demands = (entry is not None and entry.content == "hypothetical") or lexicon.governor(head) == "hypothetical"
    if not speaks or (demands and not (lemma in lexicon.speech_verbs and _is_stated(token))):
        return False
    if dep == "advcl" and token.i < head.i and head.i + 1 < len(head.doc) and head.nbor().text == ",":
        return True  # "If they attacked, he says, this would mean": the condition is what he says, too
    if dep in ("ccomp", "parataxis") or (dep == "advcl" and mark_of(token) == "that"):
        return not (dep == "ccomp" and _infinitive(token))
    if lemma != "say":
        return False
    # what the parser hangs on "said" by mistake: said takes no object, and no verb beside it without a conjunction
    return dep == "obj" or (dep == "conj" and not any(c.dep_ == "cc" for c in token.children) and token.i > head.i)


def _is_stated(token: Token) -> bool:
    """Whether a clause states a fact to be: "insists that it will not", unlike "demands that they leave"."""
    return token.tag_ in ("VBD", "VBZ") or any(c.dep_ in ("aux", "aux:pass", "cop") for c in token.children)


def _accuser(token: Token, head: Token, entries: dict[int, Entry]) -> Token | None:
    """Whose accusation it is: "accused Moscow of sending tanks", "condemned the police for firing on protesters"."""
    relation = mark_of(token) or case_of(token)
    if relation not in ("of", "for"):
        return None
    verb = head.head if head.dep_ in ("obj", "nsubj:pass") and token.dep_ in ("acl", "nmod", "advcl") else head
    entry = entries.get(verb.i)
    if entry is None or entry.content != "asserted" or token.dep_ not in ("acl", "nmod", "advcl", "obl", "xcomp"):
        return None
    if is_passive(verb):
        return next((c for c in verb.children if c.dep_ == "obl:agent"), None)
    return subject_of_speech(verb)


def _is_retort(token: Token, entries: dict[int, Entry], lexicon: Lexicon) -> bool:
    """ "..., which Russia denied", "a charge Iran denies": another's answer, outside the claim that it hangs on."""
    if token.dep_ != "acl:relcl" or token.i not in entries:
        return False
    answers = token.head.lemma_.lower() in lexicon.answered or any(c.lower_ == "which" for c in token.children)
    return entries[token.i].content == "negated" and answers


def _infinitive(token: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ in ("mark", "aux") for c in token.children) and token.tag_ == "VB"


def _is_content(speaker: Token, content: Token) -> bool:
    return speaker == content or content.is_ancestor(speaker)


def _at_the_end(trigger: Token, lexicon: Lexicon) -> Token | None:
    """The subject of a verb of speech that closes the sentence after a comma: "..., the army said on Friday."."""
    end = trigger.sent.end
    for verb in reversed(trigger.doc[max(trigger.i + 1, end - _CLOSING) : end]):
        if verb.dep_ == "acl:relcl" and verb.head.dep_ != "ROOT":
            continue  # "accused Iran of it, a charge that Iran denies"
        if verb.pos_ == "VERB" and verb.lemma_.lower() in lexicon.speech_verbs:
            subjects = [c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i]
            if any(_set_off(subject.left_edge, trigger) for subject in subjects):
                return subjects[-1]  # of an office and a name, the name
    return None


def _set_off(first: Token, trigger: Token) -> bool:
    """Whether a comma or a closing quotation mark parts the speaker from what is said, with no verb between."""
    for token in reversed(trigger.doc[max(trigger.i + 1, first.i - _OFFICE) : first.i]):
        if token.text in (",", ",”", "”", '"'):
            return True
        if token.pos_ in ("VERB", "AUX"):
            return False
    return False


def _according_to(trigger: Token, lexicon: Lexicon) -> Token | None:
    """The noun of "according to X" or another phrase of `speech.yaml` anywhere in the sentence, outside a quotation."""
    sentence = trigger.sent
    words = _lowered(trigger.doc)[sentence.start : sentence.end]
    for phrase in lexicon.speech_phrases:
        if phrase[0] not in words:
            continue
        for i in range(sentence.start, sentence.end - len(phrase)):
            start = i - sentence.start
            if words[start : start + len(phrase)] == phrase:
                noun = _noun_after(trigger.doc, i, i + len(phrase), sentence.end)
                if noun is not None and noun != trigger and not noun.is_ancestor(trigger):
                    return _owner(noun)
    return None


def _lowered(doc: Doc) -> tuple[str, ...]:
    if "lowered" not in doc.user_data:
        doc.user_data["lowered"] = tuple(word for word, _ in word_forms(doc))
    words: tuple[str, ...] = doc.user_data["lowered"]
    return words


def _noun_after(doc: Doc, start: int, first: int, end: int) -> Token | None:
    for token in doc[first:end]:
        outside = token.head.i < start or token.head.i >= first
        if token.pos_ in ("NOUN", "PROPN", "PRON") and outside and token.dep_ not in (
            "compound", "flat", "amod", "nmod:poss", "det", "nmod:desc",
        ):  # fmt: skip
            return token
        if token.is_punct:
            return None
    return None


def _owner(noun: Token) -> Token:
    """Who gives an account: "according to the Taliban's account" is the Taliban's claim."""
    return next((c for c in noun.children if c.dep_ == "nmod:poss"), noun)
