"""Deep relations: what a predicate's arguments are once the surface of the clause is undone.

`relations(predicate)` reads a UD parse and gives `{relation: [token, ...]}` with the relation names of
`ontology/lexicon/frames.yaml`. Passive, relative and reduced relative clauses, control and raising, adverbial clauses,
coordination of predicates and of arguments, and support verbs ("carried out an attack") all come out alike, so that the
lexicon needs one frame for a word and no list of variants.
"""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Token

from .subjects import Grammar, gap, own_subject, subjects
from .ud import RELATIVE_PRONOUNS, case_of, conjuncts, is_capital, is_finite, is_nominal, is_passive, mark_of

Relations = dict[str, list[Token]]

_OBLIQUE = ("obl", "nmod")
OWNER, DOER = "owner", "doer"  # the relations that `owners` and `doers` give, in frames
_OWNED = ("object", "on", "against")
_OWNING = ("of", "with", "against")
_ACCOMPANYING = ("along", "together", "alongside")  # "X, along with Y, attacked": both did


def relations(predicate: Token, grammar: Grammar) -> Relations:
    """The deep relations of a verb, noun or predicative adjective; `grammar` knows the words that lend or
    control arguments. They are kept with the document, and nobody changes them."""
    kept: tuple[Grammar, dict[int, Relations]] | None = predicate.doc.user_data.get("relations")
    if kept is None or kept[0] is not grammar:
        kept = predicate.doc.user_data["relations"] = (grammar, {})
    if predicate.i not in kept[1]:
        kept[1][predicate.i] = _relations(predicate, grammar)
    return kept[1][predicate.i]


def _relations(predicate: Token, grammar: Grammar) -> Relations:
    found: Relations = defaultdict(list)
    if predicate.pos_ in ("VERB", "AUX") or (predicate.pos_ == "ADJ" and predicate.tag_.startswith("VB")):
        _verb(predicate, found, grammar)
        if predicate.tag_ == "VB" and predicate.dep_ == "amod" and not found.get("object"):
            # "promised to free 350 rebels": the parser took the infinitive for an adjective
            found["object"] = [predicate.head]
            above = predicate.head.head
            found["subject"] = [s for s in [own_subject(above)] if s is not None] if above.pos_ == "VERB" else []
    elif predicate.pos_ == "ADJ":
        for relation, token in subjects(predicate, grammar):
            found[relation].append(token)
        _clauses(predicate, found)
        _obliques(predicate, found)
    else:
        _noun(predicate, found, grammar)
    return {name: _expand(tokens) for name, tokens in found.items() if tokens}


def owners(found: Relations) -> list[Token]:
    """Whose the object is, or with or against whom: "froze Iranian assets", "renewed a ban on trade with Cuba"."""
    owning: list[Token] = []
    for name in _OWNED:
        for noun in found.get(name, ()):
            for child in noun.children:
                before = child.dep_ in ("compound", "amod") and child.i < noun.i and bool(child.ent_type_)
                phrase = child.dep_ == "nmod" and case_of(child) in _OWNING
                if child.dep_ == "nmod:poss" or (before and not _prefixed(child)) or phrase:
                    owning.append(gap(child))
    return _expand(owning)


def doers(found: Relations) -> list[Token]:
    """Who acts in the clause that a verb governs: "demanded that Russia withdraw its troops"."""
    acting = [c for clause in found.get("clause", ()) for c in clause.children if c.dep_ == "nsubj"]
    return _expand(acting)


def _expand(tokens: list[Token]) -> list[Token]:
    """Coordinated arguments, each once, in the order of the text."""
    every = {t.i: t for token in tokens for t in conjuncts(token) if t == token or is_nominal(t) or _is_land(t)}
    return [every[i] for i in sorted(every) if len(every) == 1 or not _excluded(every[i])]


def _is_land(token: Token) -> bool:
    """The second adjective of "U.S. and British strikes", "with Americans and Japanese"."""
    return token.dep_ == "conj" and is_capital(token) and not any(c.dep_ == "nummod" for c in token.children)


def _excluded(token: Token) -> bool:
    """ "Not by the presidents but by envoys": the first of the two did not."""
    return any(c.lower_ == "not" and c.dep_ in ("advmod", "cc:preconj", "cc") and c.i < token.i for c in token.children)


def _verb(verb: Token, found: Relations, grammar: Grammar) -> None:
    passive = is_passive(verb)
    for relation, token in subjects(verb, grammar):
        found[relation].append(token)
    for child in verb.children:
        if child.dep_ == "obj":
            found["object"].append(gap(child))
        elif child.dep_ == "iobj":
            found["indirect"].append(gap(child))
    _clauses(verb, found)
    _obliques(verb, found)
    _object_phrases(found)
    if passive and "by" in found and "subject" not in found:
        found["subject"] = found.pop("by")
    relative = verb.head
    if verb.dep_ == "acl" and relative.dep_ == "acl:relcl" and is_nominal(relative) and not found.get("subject"):
        # "the agreement that their delegates signed", with the subject read as the clause's head
        before = verb.doc[max(relative.left_edge.i - 1, 0)]
        found["subject"], found["object"] = [relative], [before if is_nominal(before) else relative.head]
    if _is_relative(verb) and not _has_relative_argument(verb):
        # "the deal that they signed", "the deal they signed": the head noun fills the gap
        role = "object" if passive or "object" not in found else "subject"
        if not found.get(role):
            found[role].append(verb.head)
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and "object" not in found and passive == is_passive(verb.head):
        # "signed and ratified the treaty" puts the shared object on the last verb
        last = [c for c in verb.head.children if c.dep_ == "obj" and c.i > verb.i]
        found["object"].extend(last)


def _is_relative(verb: Token) -> bool:
    """Whether a clause describes the noun that it hangs on; one with its own subject does so under either name."""
    if verb.dep_ == "acl":
        return is_nominal(verb.head) and is_finite(verb) and own_subject(verb) is not None
    return verb.dep_ == "acl:relcl"


def _object_phrases(found: Relations) -> None:
    """Parties that the parser hung on the object: "signed a protocol with Chad", "reached a deal between the two"."""
    for noun in list(found.get("object", ())):
        for child in noun.children:
            if (
                child.dep_ == "nmod"
                and case_of(child) in ("with", "between", "against", "on", "to")
                and case_of(child) not in found
            ):
                found[case_of(child)].append(child)


def _has_relative_argument(verb: Token) -> bool:
    return any(
        c.lower_ in RELATIVE_PRONOUNS and c.dep_.split(":")[0] in ("nsubj", "obj", "obl", "iobj", "advmod", "nmod")
        for c in verb.children
    )


def _obliques(predicate: Token, found: Relations) -> None:
    for child in predicate.children:
        if child.dep_.split(":")[0] in _OBLIQUE and child.dep_ != "nmod:poss":
            preposition = case_of(child)
            if preposition in _ACCOMPANYING and child.i < predicate.i and predicate.pos_ == "VERB":
                found["object" if is_passive(predicate) else "subject"].append(child)
            elif preposition in _ACCOMPANYING:
                found["with"].append(child)
            elif preposition:
                found[preposition].append(gap(child))
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
                # "Palestinian rocket attacks": the parser hangs the first on the second
                found["modifier"] += [c for c in child.children if c.ent_type_ and c.dep_ in ("amod", "compound")]
        elif child.dep_ in ("acl", "acl:relcl") and child.lemma_ in grammar.light:
            _support(child, found, grammar)
    _obliques(noun, found)
    _strayed_phrases(noun, found)
    if (
        noun.dep_ == "conj"
        and is_nominal(noun.head)
        and not any(k in found for k in ("possessive", "modifier", "by", "of"))
    ):
        found["possessive"] += [c for c in noun.head.children if c.dep_ == "nmod:poss"]
    governor = _told_through(noun, grammar)
    verb = governor.head
    if _claims(verb, governor, grammar):
        if not _is_denied(verb, grammar):
            _verb_subject(verb, found, grammar)
        return
    if verb.pos_ != "VERB" or verb.lemma_ not in grammar.light:
        together = governor.dep_ in ("obl", "obj") and "with" in found  # "said after a meeting with Lavrov"
        goes = governor.dep_ == "obl" and case_of(governor) in ("on", "for") and verb.lemma_ in grammar.going
        if verb.pos_ == "VERB" and (together or goes) and "subject" not in found:
            _verb_subject(verb, found, grammar)
        return
    named = any(c.dep_ == "xcomp" and c.pos_ != "VERB" for c in verb.children)  # "called the strikes a crime"
    if governor.dep_ in ("obj", "nsubj:pass") and not named:
        _support(verb, found, grammar, event=governor)
    elif _is_phrase_of(governor, grammar) and not is_passive(verb) and not _negated(verb):
        _verb_subject(verb, found, grammar)  # "took part in the talks", but not who "did not take part in the signing"


def _told_through(noun: Token, grammar: Grammar) -> Token:
    """The noun through which an event is told: "two days of talks", "responsibility for the blast"."""
    while noun.dep_ == "conj" and is_nominal(noun.head):
        noun = noun.head
    above, case = noun.head, case_of(noun)
    measured = case == "of" and above.lemma_.lower() in grammar.measures
    claimed = case == "for" and _claims(above.head, above, grammar)
    return above if noun.dep_ == "nmod" and is_nominal(above) and (measured or claimed) else noun


def _is_phrase_of(governor: Token, grammar: Grammar) -> bool:
    """Whether a verb's phrase tells what its subject does: "began two days of talks", not "fell after days of it"."""
    if governor.lemma_.lower() in grammar.measures:
        return governor.dep_ in ("obl", "obl:unmarked") and case_of(governor) in ("", "in")
    return governor.dep_ == "obl"


def _claims(verb: Token, noun: Token, grammar: Grammar) -> bool:
    return noun.dep_ == "obj" and (verb.lemma_.lower(), noun.lemma_.lower()) in grammar.claiming


def _is_denied(verb: Token, grammar: Grammar) -> bool:
    """Whether nobody says so: "no group has claimed", "refused to claim", "may claim", "if they claim"."""
    subject = [c for s in verb.children if s.dep_ == "nsubj" for c in (s, *s.children)]
    words = {t.lower_ for t in (*verb.children, *subject)}
    unsaid = any(t.tag_ == "MD" or (t.dep_ == "mark" and verb.dep_ == "advcl") for t in verb.children)
    return unsaid or verb.tag_ == "VB" or not words.isdisjoint(grammar.negators)


def _negated(verb: Token) -> bool:
    return any("Neg" in child.morph.get("Polarity", []) for child in verb.children)


def _strayed_phrases(noun: Token, found: Relations) -> None:
    """Parties and matter that the parser hung deeper: "the signing in Doha of the agreement between A and B"."""
    if "of" not in found:
        for name in ("in", "at"):
            for token in found.get(name, ()):
                found["of"] += [
                    c for c in token.children if c.dep_ == "nmod" and case_of(c) == "of" and not c.ent_type_
                ]
    if "between" not in found:
        deeper = [t for t in noun.subtree if t.i > noun.i and case_of(t) == "between" and len(list(conjuncts(t))) > 1]
        found["between"] += [t for t in deeper[:1] if not _is_anothers(t, noun)]


def _is_anothers(phrase: Token, noun: Token) -> bool:
    """Whether a phrase is of a noun in a relative clause: "pacts that promote ties between the two companies"."""
    clauses = (a for a in phrase.ancestors if a.dep_ == "acl:relcl" and noun.is_ancestor(a))
    return phrase.head.pos_ == "NOUN" and any(clauses)


def _verb_subject(verb: Token, found: Relations, grammar: Grammar) -> None:
    if not is_passive(verb):
        told = [t for relation, t in subjects(verb, grammar) if relation == "subject"]
        found["subject"].extend(t for t in told if t not in found["subject"])


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
