"""Mentions: every name, nominal and pronoun of a parsed document that can take part in an event.

Names come from `doc.ents` (the model's names, corrected by the gazetteer); nominals are noun phrases, typed by the head
nouns of `ontology/lexicon/nominals.yaml`; pronouns are left for coreference to resolve.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from .datelines import dateline_end
from .gazetteer import Gazetteer
from .heads import nominals
from .lands import Lands, case_of, stands_for_government

PRONOUN_CLASSES = {
    "he": "person", "him": "person", "his": "person", "himself": "person",
    "she": "person", "her": "person", "hers": "person", "herself": "person",
    "it": "thing", "its": "thing", "itself": "thing",
    "they": "several", "them": "several", "their": "several", "theirs": "several", "themselves": "several",
    "i": "speaker", "me": "speaker", "my": "speaker",
    "we": "speaker", "us": "speaker", "our": "speaker", "ours": "speaker",
    "who": "relative", "which": "relative", "that": "relative", "whom": "relative", "whose": "relative",
}  # fmt: skip
_PREMODIFIERS = ("amod", "compound", "nummod", "nmod", "nmod:desc", "nmod:poss", "flat", "det", "advmod")
_OF_PHRASE = 8  # words of an of-phrase that still belongs to a nominal's name
_CONNECTING = frozenset(("for", "of", "on", "to", "the", "and", "in", "a"))
_OF_PEOPLE = ("Group", "ArmedGroup", "State")  # classes of nouns that may as well be said of one person
_BOUNDS = ("advmod", "nmod", "obl", "case", "amod")  # what the parser makes of "at least", "more than"
_ACTING = ("nsubj", "nsubj:pass", "obl:agent")
_TITLE_WORDS = 5  # at most so many words between a title and what follows it: "Secretary-General of the Arab League"
_TITLE_ADJECTIVES = frozenset(("former", "acting", "outgoing", "interim", "deputy", "assistant", "then"))
_WHERE = frozenset(("at", "in", "inside", "outside", "near", "around", "on"))
_LABEL_TYPES = {"PERSON": "Person", "ORG": "Organization", "LOC": "Place", "NORP": "Group", "GROUP": "ArmedGroup"}


@dataclass(slots=True)
class TextMention:
    """A mention in a spaCy document: `kind` is `name`, `nominal` or `pronoun`; `type` a class of the ontology or
    None.
    """

    span: Span
    head: Token
    kind: str
    type: str | None
    known_as: str | None = None
    land: str | None = None  # the name of a state that no list knows
    bare: Span | None = None  # a person's name without titles
    modifiers: list[TextMention] = field(default_factory=list)
    several: bool = False  # whether it stands for several entities, and so names none of them
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = self.span.text  # asked for again and again, and spaCy joins it anew each time

    @property
    def bare_text(self) -> str:
        """The text; of a person's name what is left without titles."""
        return self.bare.text if self.bare is not None else self.text

    @property
    def full_text(self) -> str:
        """A nominal with the short of-phrase that says whose or which: "supporters of Uribe"."""
        if self.kind == "nominal":
            prepositions = ("of", "on", "for") if self.type == "Agreement" else ("of", "in", "from", "throughout")
            for child in self.head.children:
                if child.dep_ == "nmod" and child.i > self.head.i and case_of(child) in prepositions:
                    clauses = [t.left_edge.i for t in child.subtree if t.dep_ in ("acl:relcl", "acl")]
                    end = min([child.right_edge.i, *(i - 1 for i in clauses)])
                    while self.head.doc[end].is_punct:
                        end -= 1
                    if end - self.head.i <= _OF_PHRASE and end > self.head.i:
                        return self.head.doc[self.span.start : end + 1].text
        return self.text


def find_mentions(doc: Doc, gazetteer: Gazetteer) -> list[TextMention]:
    """All mentions in the order of the text; the gazetteer says what the entries are that names are linked to."""
    covered: dict[int, TextMention] = {}
    mentions: list[TextMention] = []
    lands = Lands.of(doc, gazetteer)
    for ent in lands.names(doc):
        mention = _name(ent, gazetteer, lands)
        if mention is not None:
            mentions.append(mention)
            for token in mention.span:
                covered[token.i] = mention
    for token in doc:
        if token.i in covered and covered[token.i].head.i == token.i:
            continue
        if token.lower_ in PRONOUN_CLASSES and (token.pos_ in ("PRON", "DET") or token.tag_ in ("WP", "WDT")):
            mentions.append(TextMention(doc[token.i : token.i + 1], token, "pronoun", None))
        elif _counts_people(token):
            kind = "Person" if token.lower_ == "one" else "Group"
            mentions.append(TextMention(_with_bound(token), token, "nominal", kind))
        elif token.lower_ in ("two", "both") and token.dep_ in ("nsubj", "nsubj:pass", "obj", "obl"):
            mentions.append(TextMention(doc[token.i : token.i + 1], token, "nominal", None))  # "the two signed"
        elif (
            token.pos_ in ("NOUN", "PROPN")
            and token.i not in covered
            and token.dep_ not in ("compound", "flat", "goeswith")
        ):
            mentions.append(_nominal(token))
        elif _does_it(token) and token.i not in covered:
            mentions.append(TextMention(doc[token.i : token.i + 1], token, "nominal", nominals().any_type_of(token)))
    mentions.sort(key=lambda m: (m.span.start, -m.span.end))
    _attach_modifiers(mentions)
    _settle_persons(mentions)
    return mentions


def _name(ent: Span, gazetteer: Gazetteer, lands: Lands) -> TextMention | None:
    land = lands.named_by(ent)
    if land is not None:
        return TextMention(ent, ent.root, "name", "State", land=land)
    entry = gazetteer.entries.get(ent.kb_id_)
    kind, known_as = (entry.type, entry.iri) if entry else (_LABEL_TYPES.get(ent.label_), None)
    head_type = nominals().type_of(ent.root) or nominals().type_of(ent[0])
    if entry is None and head_type == "Agreement" and ent.label_ in ("ART", "ORG", "EVENT"):
        if not _ends_sentence(ent.root):
            return None  # in a headline the model takes "Rebels Sign Deal" for a name; the noun alone will do
        kind = "Agreement"
    if kind is None:
        return None
    span = _with_title(ent) if kind == "Person" else ent
    if kind in ("State", "Place") and ent.label_ == "NORP" and ent[-1].tag_ in ("NNS", "NNPS"):
        kind, known_as = "Group", None  # "Afghans" are people, not the state
    if entry is not None and _says_where(ent.root) and any(e.kind == "seat" for e in gazetteer.lookup(ent.text)):
        kind, known_as = "Place", None  # "in a ceremony at the White House"
    if kind == "State" and ent.root.dep_ == "compound" and ent.root.head.lemma_.lower() in nominals().waters:
        kind, known_as = "Place", None  # "the Jordan and Yarmouk rivers"
    if kind == "Place" and ent.start >= dateline_end(ent.sent) and stands_for_government(ent.root):
        state = next((e for e in gazetteer.lookup(ent.text) if e.kind == "capital"), None)
        if state is not None:
            kind, known_as = "State", state.iri
    return TextMention(span, span.root, "name", kind, known_as, bare=ent if len(ent) < len(span) else None)


def _with_title(ent: Span) -> Span:
    """A person's name with the titles before it: "Afghan President Ashraf Ghani", "Secretary of State Mike Pompeo"."""
    doc, start = ent.doc, ent.start
    first = start
    while first > ent.sent.start:
        token = doc[first - 1]
        if token.ent_type_ == "PERSON" or token.ent_iob_ == "I":
            break  # "President Santos and Rodrigo Londono" are two, "U.S. Forces-Afghanistan" no part of a name
        if is_title(token):
            first -= 1
            start = first
        elif (
            token.lower_ in ("of", "for", "and", "the", "&")
            and ent.sent.start < first - 1
            and first < ent.start  # "the secretary and Abadi" are two
            and not (start == first and ent.start <= token.head.i < ent.end)  # so are "an adviser of President Abadi"
            and start - first < _TITLE_WORDS
        ):
            first -= 1  # inside "Secretary of State": kept only if a title stands further left
        elif token.text[:1].isupper() and token.pos_ in ("PROPN", "ADJ", "NOUN", "X") and start - first < _TITLE_WORDS:
            first -= 1
            if start < ent.start and token.dep_ != "nsubj" and start == first + 1:
                start = first  # the state or office before a title: "Afghan President"
        elif token.lower_ in _TITLE_ADJECTIVES and start < ent.start and start == first:
            first -= 1
            start = first
        else:
            break
    return doc[start : ent.end]


def is_title(token: Token) -> bool:
    """Whether a word is a title or office that stands before a person's name."""
    words = nominals()
    plain = token.lower_.rstrip(".")
    named = plain in words.titles or words.type_of(token) == "Person"
    return named and token.pos_ in ("NOUN", "PROPN", "ADJ") and token.tag_ not in ("NNS", "NNPS")


def _counts_people(token: Token) -> bool:
    """Whether a number stands for people to whom something is done: "killed at least 30", but not "fired 30"."""
    definite = any(c.dep_ == "det" for c in token.children)
    done = token.dep_ in ("obj", "nsubj:pass") and token.head.lemma_.lower() in nominals().counted
    return token.pos_ == "NUM" and done and not (token.ent_type_ or definite)


def _with_bound(token: Token) -> Span:
    """A number with what bounds it: "at least 30", "more than 100"."""
    return token.doc[min((c.left_edge.i for c in token.lefts if c.dep_ in _BOUNDS), default=token.i) : token.i + 1]


def _does_it(token: Token) -> bool:
    """Whether a word says whose deed a noun tells: "rebel attacks", but not "rebel leaders", which names them."""
    words, deed = nominals(), token.head
    return (
        token.dep_ in ("compound", "amod")
        and token.lemma_.lower() in words.deeds_of
        and deed.pos_ == "NOUN"
        and token.i + 1 == deed.i
        and words.any_type_of(deed) is None
    )


def _nominal(head: Token) -> TextMention:
    start = min((c.left_edge.i for c in head.lefts if c.dep_ in _PREMODIFIERS), default=head.i)
    while (
        start < head.i
        and not _bounds(head.doc[start])
        and (head.doc[start].pos_ in ("DET", "ADP", "PUNCT", "CCONJ", "SCONJ", "PRON", "ADV", "AUX", "PART"))
    ):
        start += 1
    kind = nominals().any_type_of(head)
    if kind == "Agreement" and head.text[:1].isupper() and head.i > head.sent.start and _ends_sentence(head):
        return TextMention(_named_agreement(head, start), head, "name", kind)
    if kind is None and head.lower_ in nominals().crowds and head.dep_ in _ACTING:
        kind = "Group"  # "thousands marched"
    if kind == "Person" and head.tag_ in ("NNS", "NNPS"):
        kind = "Group"  # "NATO leaders"
    if kind == "ArmedGroup" and any(c.dep_ == "amod" and c.lower_ in nominals().captive for c in head.children):
        kind = "Group"  # "imprisoned fighters"
    return TextMention(head.doc[start : head.i + 1], head, "nominal", kind)


def _bounds(token: Token) -> bool:
    """Whether "at least", "at most" begins here."""
    return token.pos_ == "ADP" and token.nbor().tag_ in ("JJS", "RBS")


def _named_agreement(head: Token, start: int) -> Span:
    """The full name of an agreement: "Agreement for Bringing Peace to Afghanistan", "Comprehensive Peace Accord"."""
    doc, end = head.doc, head.i + 1
    while start < head.i and not doc[start].text[:1].isupper():
        start += 1
    for i in range(start, head.i):
        if doc[i].text in "“\"‘'":
            start = i + 1
    ahead = end
    while ahead < head.sent.end and (doc[ahead].text[:1].isupper() or doc[ahead].lower_ in _CONNECTING):
        ahead += 1
        if doc[ahead - 1].text[:1].isupper():
            end = ahead
    return doc[start:end]


def _ends_sentence(head: Token) -> bool:
    """Whether the word's sentence ends as running text does; in a headline capitals say nothing."""
    last = [t for t in head.sent if not t.is_space][-1]
    return last.text in (".", "?", "!", "”", '"', ".”")


def _attach_modifiers(mentions: Iterable[TextMention]) -> None:
    """Give each nominal the names that stand in its phrase: "US forces", "Kabul's army", "the government of Iraq"."""
    by_token = {t.i: m for m in mentions if m.kind == "name" for t in m.span}
    for mention in mentions:
        if mention.kind != "nominal":
            continue
        for child in mention.head.children:
            before = child.i < mention.head.i and child.dep_ in ("compound", "amod", "nmod", "nmod:poss", "nmod:desc")
            if before or (child.dep_ == "nmod" and case_of(child) in ("of", "in", "from", "for")):
                name = by_token.get(child.i)
                if name is not None and name not in mention.modifiers and not _is_linked(name.span):
                    mention.modifiers.append(name)


def _settle_persons(mentions: Iterable[TextMention]) -> None:
    """Make one person of a noun for people or fighters that has a person's name in apposition: "a settler, Ana Lima",
    "the warlord Ana Lima", "her ally Ana Lima".
    """
    mentions = list(mentions)
    persons = {m.head.i for m in mentions if m.kind == "name" and m.type == "Person"}
    after = {m.span.start - 1 for m in mentions if m.kind == "name" and m.type == "Person"}
    for mention in mentions:
        head = mention.head
        beside = head.i in after or any(c.i in persons for c in head.children if c.dep_ in ("appos", "flat"))
        if beside and mention.kind == "nominal" and mention.type in _OF_PEOPLE and head.tag_ == "NN":
            mention.type = "Person"


def _is_linked(name: Span) -> bool:
    """Whether the name only says to whom somebody is close: "al-Qaida-linked militants", "pro-Assad forces"."""
    doc, end = name.doc, name.end
    before = doc[name.start - 1] if name.start else None
    if before is not None and before.text == "-" and not before.whitespace_ and not doc[before.i - 1].whitespace_:
        return True
    return end + 1 < len(doc) and doc[end].text == "-" and doc[end + 1].lower_ in nominals().linking


def _says_where(token: Token) -> bool:
    """Whether a name stands as a place: "at the White House", "on the lawn of the White House"."""
    case = case_of(token)
    part = case == "of" and case_of(token.head) in _WHERE and nominals().type_of(token.head) is None
    return case in _WHERE or part or (case == "to" and token.head.lemma_.lower() in nominals().going)
