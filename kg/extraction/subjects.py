"""Subjects: who is understood to do it, where the clause itself does not say.

A relative pronoun stands for its noun, an infinitive or participle has the subject or object of what governs it, a
coordinated predicate that of the first; and a few misreadings of the parser are put right.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kg.language.heads import nominals

from .ud import PASSIVE_SUBJECTS, RELATIVE_PRONOUNS, case_of, is_finite, is_nominal, is_passive, mark_of


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words whose grammar matters to others' arguments, as lemmas.

    `light` verbs lend their subject to the event noun in their object, verbs of `going` to what one goes on or for,
    `hitting` verbs their object to the one that is their subject; `object_control` verbs give theirs to an infinitive,
    and so do nouns for `demands`; who issues `statements` says what they say. An event is told through `measures` ("a
    round of talks"). Who does what `claiming` says, a verb with its noun, did it ("claimed responsibility for the
    blast"), unless one of the `negators` stands there.
    """

    light: frozenset[str] = frozenset()
    hitting: frozenset[str] = frozenset()
    object_control: frozenset[str] = frozenset()
    statements: frozenset[str] = frozenset()
    demands: frozenset[str] = frozenset()
    going: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    claiming: frozenset[tuple[str, str]] = frozenset()
    negators: frozenset[str] = frozenset()


_SUBJECTS = ("nsubj", "csubj")
_OBLIQUE = ("obl", "nmod")
_ASKED = ("on", "upon", "for", "to", "of", "with")  # who is asked: "called on them to", "appealed to them to"
_SUBORDINATING = ("after", "before", "since", "as", "until", "than", "when", "while", "because")
_MAX_CLIMB = 8  # bounds the walk up to a shared subject, against parser cycles of control


def gap(token: Token) -> Token:
    """The head noun that a relative pronoun stands for, or the token itself."""
    if token.lower_ not in RELATIVE_PRONOUNS or token.tag_ not in ("WP", "WDT", "WP$", "IN", "DT", "WRB"):
        return token
    clause = token.head
    for _ in range(_MAX_CLIMB):
        if clause.dep_ == "acl:relcl":
            return clause.head
        if clause.dep_ not in ("conj", "xcomp", "ccomp", "aux", "cop"):
            break
        clause = clause.head
    if token.tag_ not in ("WP", "WDT"):
        return token
    for before in (token.i - 1, token.i - 2, token.i - 3):
        # the parser lost the clause: the noun right before stands for it
        if before >= token.sent.start and is_nominal(token.doc[before]):
            noun = token.doc[before]
            return noun.head if noun.dep_ in ("flat", "compound") else noun
    return token


def own_subject(token: Token) -> Token | None:
    """The subject that a clause itself has, not counting that of a passive."""
    for child in token.children:
        if child.dep_.split(":")[0] in _SUBJECTS and child.dep_ not in PASSIVE_SUBJECTS and child.dep_ != "nsubj:outer":
            return gap(child)
    return None


def _own_passive_subject(token: Token) -> Token | None:
    for child in token.children:
        if child.dep_ in PASSIVE_SUBJECTS:
            return gap(child)
    return None


def subjects(predicate: Token, grammar: Grammar) -> list[tuple[str, Token]]:
    """The subjects of a clause or of the clause that controls it, each as `subject`, or as `object` in the passive."""
    passive = predicate.pos_ != "ADJ" and is_passive(predicate)
    below = [*predicate.children, *(c for a in predicate.children if a.dep_ == "aux" for c in a.children)]
    own = [c for c in below if c.dep_.split(":")[0] in _SUBJECTS and c.dep_ != "nsubj:outer"]
    own = [c for c in own if c.pos_ not in ("ADV", "INTJ")]
    if own:
        found = []
        for child in own:  # several, where the parser missed a coordination
            relation = "object" if child.dep_ in PASSIVE_SUBJECTS or passive else "subject"
            found += [(relation, t) for t in (*_coordinated_before(predicate, child), gap(child))]
        return found
    shared = _lost_to_speech(predicate) or controller(predicate, grammar) or _beside_oblique(predicate)
    return [] if shared is None else [("object" if passive else "subject", shared)]


def _lost_to_speech(verb: Token) -> Token | None:
    """ "Chad has granted asylum, an envoy said": the first subject, which the parser hung on the verb of speech."""
    if verb.dep_ != "ccomp" or verb.i > verb.head.i or not is_finite(verb):
        return None
    told = [c for c in verb.head.children if c.dep_.split(":")[0] == "nsubj"]
    before = [c for c in told if c.i < verb.i]
    return gap(before[-1]) if before and len(before) < len(told) else None


def _beside_oblique(verb: Token) -> Token | None:
    """ "Before the announcement Anna Keller signed": the name before a verb, which the parser took for an apposition
    of the phrase that opens the sentence, though no comma parts them.
    """
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or is_passive(verb):
        return None
    for phrase in verb.children:
        if phrase.i < verb.i and phrase.dep_.split(":")[0] == "obl":
            for name in phrase.children:
                before = verb.doc[max(name.left_edge.i - 1, 0)]
                if name.dep_ == "appos" and name.ent_type_ and name.i > phrase.i and not before.is_punct:
                    return name
    return None


def _coordinated_before(verb: Token, subject: Token) -> list[Token]:
    """ "after the U.S. and the Taliban signed": the first of two subjects, where the parser took it for an oblique."""
    i = subject.left_edge.i - 1
    conjunction = verb.doc[i] if i > 0 else None
    if conjunction is None or conjunction.dep_ != "cc" or conjunction.head != verb:
        return []
    before = verb.doc[i - 1]
    before = before.head if before.dep_ in ("flat", "compound") else before
    return [before] if is_nominal(before) and case_of(before) in _SUBORDINATING else []


def controller(predicate: Token, grammar: Grammar, climbs: int = _MAX_CLIMB) -> Token | None:
    """The noun that is understood as the subject of a predicate which has none of its own."""
    if climbs == 0:
        return None
    head, dep = predicate.head, predicate.dep_
    if dep == "acl":
        accused = _accused(predicate) if predicate.tag_ == "VBG" else None
        if accused is not None:
            return accused
        if predicate.tag_ == "VBG" and head.lemma_.lower() in grammar.statements and head.dep_ == "obj":
            return _subject_or_controller(head.head, grammar, climbs)  # "issued a declaration demanding"
        if predicate.tag_ == "VBG" and mark_of(predicate) and head.pos_ == "NOUN" and not nominals().type_of(head):
            return _noun_controller(head, grammar, climbs)  # "claimed responsibility for bombing"
        if predicate.tag_ in ("VBN", "VBG", "VBD"):
            return None if head.dep_ == "acl:relcl" and predicate.tag_ == "VBN" else head
        first = head.head if head.dep_ == "conj" else head
        if first.dep_ == "ROOT" and first.ent_type_:
            return first  # the headline "US, Cuba to Restore Ties"
        if any(c.dep_ == "cop" for c in head.children):
            return own_subject(head)  # "was the first to sign", "is the only country to agree"
        return _noun_controller(head, grammar, climbs)  # "its pledge to withdraw"
    if dep == "amod":
        return head
    if dep == "conj":
        return _shared_subject(predicate, grammar, climbs)
    if dep in ("xcomp", "advcl", "ccomp", "obl", "parataxis"):
        if dep == "ccomp" and mark_of(predicate) not in ("to", ""):
            return None
        if dep in ("ccomp", "parataxis") and is_finite(predicate):
            return None
        described = _noun_before(predicate) if dep == "advcl" and predicate.tag_ == "VBN" else None
        return described or _governing_noun(predicate, grammar) or _subject_or_controller(head, grammar, climbs)
    if dep in ("nmod", "obj", "obl:agent", "nsubj") and predicate.tag_ == "VBG" and head.pos_ == "VERB":
        return _subject_or_controller(head, grammar, climbs)
    return None


def _accused(participle: Token) -> Token | None:
    """ "Accused the army of planning attacks": the parser hung the participle on the noun after it."""
    verb = participle.head.head
    if mark_of(participle) != "of" or verb.pos_ != "VERB":
        return None
    objects = [c for c in verb.children if c.dep_ == "obj" and c.i < participle.i and c != participle.head]
    return gap(objects[0]) if objects else None


def _noun_before(participle: Token) -> Token | None:
    """ "In the Act of Montevideo, signed in 1979, both agreed": what a participle right after a phrase describes."""
    start = participle.left_edge.i
    for phrase in participle.head.children:
        right = (
            phrase.dep_.split(":")[0] == "obl"
            and not phrase.ent_type_
            and phrase.right_edge.i in (start - 1, start - 2)
        )
        if right and participle.doc[start - 1].text == "," and participle.head.i > participle.i:
            return phrase
    return None


def _subject_or_controller(verb: Token, grammar: Grammar, climbs: int) -> Token | None:
    own = _own_passive_subject(verb) or own_subject(verb)
    if own is not None:
        return own
    if verb.dep_ == "acl:relcl":
        return verb.head  # the relative pronoun was lost or left out
    return controller(verb, grammar, climbs - 1)


def _governing_noun(predicate: Token, grammar: Grammar) -> Token | None:
    """The object that controls an infinitive or gerund: "urged Syria to leave", "accused it of sending", "called on
    it to".
    """
    head, mark = predicate.head, mark_of(predicate)
    objects = [c for c in head.children if c.dep_ in ("obj", "iobj") and c.i < predicate.i]
    if predicate.dep_ == "xcomp" and objects:
        return gap(objects[0])
    if (
        predicate.dep_ == "advcl"
        and objects
        and (mark in ("of", "for", "from", "with") or (mark == "to" and head.lemma_.lower() in grammar.object_control))
    ):
        return gap(objects[0])
    if mark == "to" and not objects and head.lemma_.lower() in grammar.object_control:
        asked = [c for c in head.children if c.dep_ == "obl" and case_of(c) in _ASKED and c.i < predicate.i]
        if asked:
            return asked[0]
    return None


def _shared_subject(predicate: Token, grammar: Grammar, climbs: int) -> Token | None:
    """The subject of the clause that a predicate is coordinated with."""
    head = predicate.head
    if head.pos_ not in ("VERB", "AUX", "ADJ"):
        if predicate.tag_ in ("VBD", "VBZ", "VBP") and is_nominal(head):
            if head.dep_ in ("obj", "obl", "obl:unmarked") and is_finite(head.head) and head.i > head.head.i:
                # "threatened force, stopped deliveries": the parser hung the second verb on the object of the first
                return _subject_or_controller(head.head, grammar, climbs)
            # "The minister, a lawyer, criticised it": the parser took the verb for a conjunct of its subject
            return head
        return None if not any(c.dep_ == "cop" for c in head.children) else own_subject(head)
    if predicate.tag_ in ("VBD", "VBN") and not is_finite(head) and head.tag_ in ("VBG", "VB"):
        # "condemned them for firing and called for restraint": a finite verb shares the subject of a finite one
        above = head
        for _ in range(_MAX_CLIMB):
            if above.head == above or is_finite(above):
                break
            above = above.head
        if is_finite(above) and above.pos_ == "VERB":
            return _subject_or_controller(above, grammar, climbs)
    return _subject_or_controller(head, grammar, climbs)


def _noun_controller(noun: Token, grammar: Grammar, climbs: int) -> Token | None:
    """Who pledges, plans or refuses in "its pledge to", "a plan by X to", "X made a pledge to"."""
    if noun.lemma_.lower() in grammar.demands:
        return _asked(noun, grammar, climbs)
    for child in noun.children:
        if child.dep_ == "nmod:poss" or (child.dep_ in _OBLIQUE and case_of(child) in ("by", "of")):
            return child
    for child in noun.children:
        if child.dep_ in ("compound", "amod") and (child.ent_type_ or nominals().type_of(child)):
            return child  # "US efforts to", "the government decision to"
    if noun.dep_ in ("obj", "obl", "xcomp") and noun.head.pos_ == "VERB":
        return _subject_or_controller(noun.head, grammar, climbs)
    return None


def _asked(noun: Token, grammar: Grammar, climbs: int) -> Token | None:
    """Who is to do it in "its call on Russia to", or who answers: "rejected a Russian demand to"."""
    for child in noun.children:
        if child.dep_ in _OBLIQUE and case_of(child) in _ASKED:
            return child
    verb = noun.head
    own = any(c.dep_ == "nmod:poss" and c.pos_ == "PRON" for c in noun.children)
    if noun.dep_ != "obj" or verb.pos_ != "VERB" or verb.lemma_.lower() in grammar.light or own:
        return None
    return _subject_or_controller(verb, grammar, climbs)
