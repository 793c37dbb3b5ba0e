"""Deep relations: what a predicate's arguments are once the surface of the clause is undone.

`relations(predicate)` reads a UD parse and gives `{relation: [token, ...]}` with the relation names of
`ontology/lexicon/frames.yaml`. Passive, relative and reduced relative clauses, control and raising, adverbial clauses,
coordination of predicates and of arguments, and support verbs ("carried out an attack") all come out alike, so that the
lexicon needs one frame for a word and no list of variants.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

Relations = dict[str, list[Token]]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words whose grammar matters to others' arguments, as lemmas.

    `light` verbs lend their subject to the event noun in their object; `object_control` verbs give theirs to an
    infinitive.
    """

    light: frozenset[str] = frozenset()
    object_control: frozenset[str] = frozenset()


_SUBJECTS = ("nsubj", "csubj")
_PASSIVE_SUBJECTS = ("nsubj:pass", "csubj:pass")
_OBLIQUE = ("obl", "nmod")
_RELATIVE_PRONOUNS = {"who", "whom", "which", "that", "whose", "where", "when"}
_ASKED = ("on", "upon", "for", "to", "of", "with")  # who is asked: "called on them to", "appealed to them to"
_SUBORDINATING = ("after", "before", "since", "as", "until", "than", "when", "while", "because")
_MAX_CLIMB = 8  # bounds the walk up to a shared subject, against parser cycles of control


def is_passive(verb: Token) -> bool:
    """Whether a verb stands in the passive, or is a past participle that modifies a noun."""
    if any(child.dep_ == "aux:pass" for child in verb.children):
        return True
    if any(child.dep_ in ("aux", "cop") for child in verb.children) or verb.tag_ in ("VBD", "VBZ", "VBP", "VBG", "VB"):
        return False
    if verb.dep_ == "acl":
        if any(c.dep_ == "obj" and c.i > verb.i for c in verb.children):
            return False  # "soldiers arrested 100 people": what has an object is no passive participle
        return not _is_main_verb(verb) and verb.head.dep_ != "acl:relcl"
    if any(child.dep_ in _PASSIVE_SUBJECTS for child in verb.children):
        return True
    if verb.dep_ == "conj" and not any(child.dep_ in _SUBJECTS for child in verb.children):
        return verb.head.pos_ == "VERB" and is_passive(verb.head)
    return verb.dep_ in ("amod", "advcl")


def _is_main_verb(verb: Token) -> bool:
    """Whether a clause of the form "Kerry and 16 ministers called for talks." was read as a noun with a participle."""
    noun = verb.head
    ends = [t for t in verb.sent if not t.is_space]
    return (
        noun.dep_ == "ROOT"
        and bool(ends)
        and ends[-1].text in '.”"'
        and not any(c.dep_ == "cop" for c in noun.children)
    )


def is_finite(verb: Token) -> bool:
    """Whether the verb, or an auxiliary of its own, is finite."""
    if verb.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return True
    return any(c.dep_ in ("aux", "aux:pass", "cop") and c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in verb.children)


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
        if child.dep_ == "conj":
            joined = any(c.dep_ == "cc" for c in child.children)
            if closed and not joined:
                continue
            closed = closed or joined
            yield from conjuncts(child)


def is_nominal(token: Token) -> bool:
    """Whether the token heads a noun phrase."""
    return token.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "SYM") or (
        token.pos_ == "ADJ" and token.tag_.startswith("NN")
    )


def relations(predicate: Token, grammar: Grammar = Grammar()) -> Relations:
    """The deep relations of a verb, noun or predicative adjective; `grammar` knows the words that lend or
    control arguments."""
    found: Relations = defaultdict(list)
    if predicate.pos_ in ("VERB", "AUX") or (predicate.pos_ == "ADJ" and predicate.tag_.startswith("VB")):
        _verb(predicate, found, grammar)
        if predicate.tag_ == "VB" and predicate.dep_ == "amod" and not found.get("object"):
            # "promised to free 350 rebels": the parser took the infinitive for an adjective
            found["object"] = [predicate.head]
            above = predicate.head.head
            found["subject"] = [s for s in [_own_subject(above)] if s is not None] if above.pos_ == "VERB" else []
    elif predicate.pos_ == "ADJ":
        _subject_of(predicate, found, grammar)
        _clauses(predicate, found)
        _obliques(predicate, found)
    else:
        _noun(predicate, found, grammar)
    return {name: _expand(tokens) for name, tokens in found.items() if tokens}


def _expand(tokens: list[Token]) -> list[Token]:
    """Coordinated arguments, each once, in the order of the text."""
    every = {t.i: t for token in tokens for t in conjuncts(token) if t == token or is_nominal(t)}
    return [every[i] for i in sorted(every)]


def _verb(verb: Token, found: Relations, grammar: Grammar) -> None:
    passive = is_passive(verb)
    _subject_of(verb, found, grammar)
    for child in verb.children:
        if child.dep_ == "obj":
            found["object"].append(_gap(child))
        elif child.dep_ == "iobj":
            found["indirect"].append(_gap(child))
    _clauses(verb, found)
    _obliques(verb, found)
    _object_phrases(found)
    if passive and "by" in found and "subject" not in found:
        found["subject"] = found.pop("by")
    relative = verb.head
    if verb.dep_ == "acl" and relative.dep_ == "acl:relcl" and is_nominal(relative) and not found.get("subject"):
        # "the agreement that their delegates signed", with the subject read as the clause's head
        found["subject"], found["object"] = [relative], [relative.head]
    if verb.dep_ == "acl:relcl" and not _has_relative_argument(verb):
        # "the deal that they signed", "the deal they signed": the head noun fills the gap
        role = "object" if "object" not in found and not passive else "subject"
        if role == "subject" and passive:
            role = "object"
        if not found.get(role):
            found[role].append(verb.head)
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and "object" not in found and passive == is_passive(verb.head):
        # "signed and ratified the treaty" puts the shared object on the last verb
        last = [c for c in verb.head.children if c.dep_ == "obj" and c.i > verb.i]
        found["object"].extend(last)


def _object_phrases(found: Relations) -> None:
    """Parties that the parser hung on the object: "signed a protocol with Chad", "reached a deal between the two"."""
    for noun in list(found.get("object", ())):
        for child in noun.children:
            if (
                child.dep_ == "nmod"
                and case_of(child) in ("with", "between", "against")
                and case_of(child) not in found
            ):
                found[case_of(child)].append(child)


def _gap(token: Token) -> Token:
    """The head noun that a relative pronoun stands for, or the token itself."""
    if token.lower_ not in _RELATIVE_PRONOUNS or token.tag_ not in ("WP", "WDT", "WP$", "IN", "DT", "WRB"):
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
    for before in (
        token.i - 1,
        token.i - 2,
        token.i - 3,
    ):  # the parser lost the clause: the noun right before stands for it
        if before >= token.sent.start and is_nominal(token.doc[before]):
            noun = token.doc[before]
            return noun.head if noun.dep_ in ("flat", "compound") else noun
    return token


def _has_relative_argument(verb: Token) -> bool:
    return any(
        c.lower_ in _RELATIVE_PRONOUNS and c.dep_.split(":")[0] in ("nsubj", "obj", "obl", "iobj", "advmod", "nmod")
        for c in verb.children
    )


def _own_subject(token: Token) -> Token | None:
    for child in token.children:
        if (
            child.dep_.split(":")[0] in _SUBJECTS
            and child.dep_ not in _PASSIVE_SUBJECTS
            and child.dep_ != "nsubj:outer"
        ):
            return _gap(child)
    return None


def _own_passive_subject(token: Token) -> Token | None:
    for child in token.children:
        if child.dep_ in _PASSIVE_SUBJECTS:
            return _gap(child)
    return None


def _subject_of(predicate: Token, found: Relations, grammar: Grammar) -> None:
    """Fill `subject` (and `object` of a passive) from the clause itself or from the clause that controls it."""
    passive = predicate.pos_ != "ADJ" and is_passive(predicate)
    own = [c for c in predicate.children if c.dep_.split(":")[0] in _SUBJECTS and c.dep_ != "nsubj:outer"]
    own = [c for c in own if c.pos_ not in ("ADV", "INTJ")]
    if own:
        for child in own:  # several, where the parser missed a coordination
            raised = child.dep_ in _PASSIVE_SUBJECTS or passive
            found["object" if raised else "subject"] += [
                *_coordinated_before(predicate, child),
                _after_time(_gap(child)),
            ]
        return
    shared = controller(predicate, grammar)
    if shared is None and not passive:
        shared = _stray_subject(predicate)
    if shared is not None:
        found["object" if passive else "subject"].append(shared)


def _coordinated_before(verb: Token, subject: Token) -> list[Token]:
    """ "after the U.S. and the Taliban signed": the first of two subjects, where the parser took it for an oblique."""
    i = subject.left_edge.i - 1
    conjunction = verb.doc[i] if i > 0 else None
    if conjunction is None or conjunction.dep_ != "cc" or conjunction.head != verb:
        return []
    before = verb.doc[i - 1]
    before = before.head if before.dep_ in ("flat", "compound") else before
    return [before] if is_nominal(before) and case_of(before) in _SUBORDINATING else []


def time_tokens(doc: Doc) -> frozenset[int]:
    """The indexes of all tokens in time expressions, which take part in no event."""
    if "time tokens" not in doc.user_data:
        doc.user_data["time tokens"] = frozenset(t.i for span in doc.spans.get("timex", ()) for t in span)
    found: frozenset[int] = doc.user_data["time tokens"]
    return found


def _after_time(subject: Token) -> Token:
    """ "one day after his counterpart signed": the subject that the parser hung on the time before it."""
    if subject.i in time_tokens(subject.doc):
        for child in subject.children:
            if child.dep_ == "nmod" and case_of(child) in _SUBORDINATING:
                return child
            if child.i < subject.i and is_nominal(child) and child.i not in time_tokens(subject.doc):
                return child  # "the council today agreed": the council was taken for a part of "today"
    return subject


def _stray_subject(verb: Token) -> Token | None:
    """A subject before a finite verb that the parser hung on a word that takes none."""
    if not is_finite(verb):
        return None
    strays = [
        t
        for t in verb.sent
        if t.i < verb.i
        and is_nominal(t)
        and (
            (t.dep_ == "nsubj" and t.head.pos_ not in ("VERB", "AUX", "ADJ", "NOUN", "PROPN")) or t.dep_ == "obl:agent"
        )
        and not case_of(t)
    ]
    return strays[-1] if strays else None


def controller(predicate: Token, grammar: Grammar, climbs: int = _MAX_CLIMB) -> Token | None:
    """The noun that is understood as the subject of a predicate which has none of its own."""
    if climbs == 0:
        return None
    head, dep = predicate.head, predicate.dep_
    if dep == "acl":
        if predicate.tag_ in ("VBN", "VBG", "VBD"):
            return None if head.dep_ == "acl:relcl" and predicate.tag_ == "VBN" else head
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
        return _governing_noun(predicate, grammar) or _subject_or_controller(head, grammar, climbs)
    if dep in ("nmod", "obj", "obl:agent", "nsubj") and predicate.tag_ == "VBG" and head.pos_ == "VERB":
        return _subject_or_controller(head, grammar, climbs)
    return None


def _subject_or_controller(verb: Token, grammar: Grammar, climbs: int) -> Token | None:
    own = _own_passive_subject(verb) or _own_subject(verb)
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
        return _gap(objects[0])
    if (
        predicate.dep_ == "advcl"
        and objects
        and (mark in ("of", "for", "from", "with") or (mark == "to" and head.lemma_.lower() in grammar.object_control))
    ):
        return _gap(objects[0])
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
            return (
                head  # "The minister, a lawyer, criticised it": the parser took the verb for a conjunct of its subject
            )
        return None if not any(c.dep_ == "cop" for c in head.children) else _own_subject(head)
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
    for child in noun.children:
        if child.dep_ == "nmod:poss" or (child.dep_ in _OBLIQUE and case_of(child) in ("by", "of")):
            return child
    if noun.dep_ in ("obj", "obl", "xcomp") and noun.head.pos_ == "VERB":
        return _subject_or_controller(noun.head, grammar, climbs)
    return None


def _obliques(predicate: Token, found: Relations) -> None:
    for child in predicate.children:
        if child.dep_.split(":")[0] in _OBLIQUE and child.dep_ != "nmod:poss":
            preposition = case_of(child)
            if preposition:
                found[preposition].append(_gap(child))
            elif child.dep_ == "obl:agent":
                found["by"].append(child)


def _clauses(predicate: Token, found: Relations) -> None:
    """Complement clauses, under `clause`: "agreed to withdraw", "determined that", "a pledge to leave"."""
    for child in predicate.children:
        if child.dep_ in ("ccomp", "xcomp") or (child.dep_ in ("acl", "advcl") and mark_of(child) in ("to", "that")):
            found["clause"].append(child)


def _noun(noun: Token, found: Relations, grammar: Grammar) -> None:
    _clauses(noun, found)
    for child in noun.children:
        if child.dep_ == "nmod:poss":
            found["possessive"].append(child)
        elif child.dep_ in ("compound", "amod", "nmod", "nmod:desc") and child.i < noun.i and not case_of(child):
            pair = _pair(child)
            if _prefixed(child):
                continue  # "intra-Afghan talks", "anti-Taliban raids": not the doer
            if pair:
                found["reciprocal"].extend(pair)
            else:
                found["modifier"].append(child)
        elif (child.dep_ == "acl" and child.lemma_ in grammar.light) or (
            child.dep_ == "acl:relcl" and child.lemma_ in grammar.light
        ):
            _support(child, found, grammar)
    _obliques(noun, found)
    if (
        noun.dep_ == "conj"
        and is_nominal(noun.head)
        and not any(k in found for k in ("possessive", "modifier", "by", "of"))
    ):
        shared: Relations = defaultdict(list)
        for child in noun.head.children:
            if child.dep_ == "nmod:poss":
                shared["possessive"].append(child)
        for name, tokens in shared.items():
            found[name].extend(tokens)
    governor = noun
    while governor.dep_ == "conj" and is_nominal(governor.head):
        governor = governor.head
    verb = governor.head
    if verb.pos_ != "VERB" or verb.lemma_ not in grammar.light:
        if verb.pos_ == "VERB" and governor.dep_ in ("obl", "obj") and "with" in found and "subject" not in found:
            # "arrived for talks with Hu", "said after a meeting with Lavrov"
            _verb_subject(verb, found, grammar)
        return
    if governor.dep_ == "obj" or (governor.dep_ == "nsubj:pass"):
        _support(verb, found, grammar, event=governor)
    elif governor.dep_ == "obl" and not is_passive(verb):
        _verb_subject(verb, found, grammar)


def _verb_subject(verb: Token, found: Relations, grammar: Grammar) -> None:
    clause: Relations = defaultdict(list)
    _subject_of(verb, clause, grammar)
    if not is_passive(verb):
        found["subject"].extend(t for t in clause.get("subject", ()) if t not in found["subject"])


def _support(verb: Token, found: Relations, grammar: Grammar, *, event: Token | None = None) -> None:
    """Lend a support verb's subject and obliques to the event noun that it carries."""
    clause: Relations = defaultdict(list)
    _verb(verb, clause, grammar)
    carried = {event.i if event is not None else verb.head.i}
    for name, tokens in clause.items():
        if name not in ("object", "clause"):
            found[name].extend(t for t in tokens if t.i not in carried and t not in found[name])


def _prefixed(token: Token) -> bool:
    """Whether a prefix with a hyphen stands before the word."""
    before = token.doc[token.i - 2].lower_ if token.i >= 2 and token.doc[token.i - 1].text == "-" else ""
    return before in ("anti", "intra", "inter", "non", "pro")


def _pair(token: Token) -> list[Token]:
    """The two parties of a hyphenated modifier such as "US-Taliban", or nothing."""
    doc = token.doc
    if token.i >= 2 and doc[token.i - 1].text in "-–/" and is_capital(doc[token.i - 2]) and is_capital(token):
        return [doc[token.i - 2], token]
    if token.i + 2 < len(doc) and doc[token.i + 1].text in "-–/" and is_capital(token) and is_capital(doc[token.i + 2]):
        return [token, doc[token.i + 2]]
    return []


def is_capital(token: Token) -> bool:
    """Whether the word begins with a capital, as the parties of a hyphenated modifier do."""
    return token.text[:1].isupper()
