"""A statement parsed by the language pipeline: what stands where in it, and which of its words are accounted for."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from kg.extraction import lexicon as lexicons
from kg.extraction import triggers
from kg.extraction.arguments import Resolver
from kg.extraction.lexicon import Entry, Slot
from kg.extraction.relations import Relations
from kg.graph.ontology import ontology
from kg.graph.terms import RDFS
from kg.language import analyse
from kg.language.heads import nominals
from kg.query.asking.asked import Asked, Hole, Known
from kg.query.asking.statement import Part, Wording
from kg.query.asking.vocabulary import Vocabulary
from kg.query.asking.words import kind_of, singulars
from kg.query.names import Found

_SHARE = 2  # half of the words for a deed make it one of parties alike
_FEW = 3  # so many may share a last name for it to be understood


class Parsed:
    """One statement with its names, holes and events; `done` holds the indexes of the tokens accounted for."""

    def __init__(self, vocabulary: Vocabulary, wording: Wording) -> None:
        self.vocabulary, self.wording, self.known, self.lexicon = (
            vocabulary,
            wording,
            vocabulary.known,
            vocabulary.lexicon,
        )
        self.text, spans = wording.text()
        self.doc: Doc = analyse(vocabulary.nlp, self.text, vocabulary.today)
        self.parts = [(start, end, part) for start, end, part in spans]
        self.names = [
            f
            for f in vocabulary.names.spot(self.text)
            if not vocabulary.common(f, self.text)
            and not any(p.hole is not None and s <= f.start < e for s, e, p in self.parts)
        ]
        self.resolver = Resolver(self.doc, self.lexicon)
        deep, entries = triggers.find(self.doc, self.resolver, self.lexicon)
        self.entries: dict[int, Entry] = {i: e for i, e in entries.items() if self.name_at(self.doc[i]) is None}
        self.deep: dict[int, Relations] = {i: deep[i] for i in self.entries}
        self.done: set[int] = set()
        self.out_type = ""
        self.out = Asked(self.text.rstrip("."), [(s, e, p.hole) for s, e, p in self.parts if p.hole is not None])
        self.out.asks = set(wording.asks)
        self.out.holes = [self._hole(noun) for noun in wording.holes]

    # --- what stands where

    def part_at(self, token: Token) -> Part | None:
        return next((p for s, e, p in self.parts if s <= token.idx < e), None)

    def hole_at(self, token: Token) -> int | None:
        part = self.part_at(token)
        return part.hole if part is not None else None

    def name_at(self, token: Token) -> Found | None:
        return next((f for f in self.names if f.start <= token.idx < f.end), None)

    def known_at(self, token: Token) -> Known | None:
        """What a token names: of the store, or, where no document speaks of it, of the list of known actors."""
        found = self.name_at(token)
        if found is not None:
            return self.vocabulary.known_as(found.name, found.bearers)
        if self._capital(token) and 0 < len(bearers := self.vocabulary.names.holding(token.text)) <= _FEW:
            # a last name that documents give with first name or title
            return self.vocabulary.known_as(token.text, bearers)
        for mention in self.resolver.mentions_of(token):
            cluster = next(c for c in self.resolver.clusters if mention in c.mentions)
            if cluster.known_as is not None and any(c.isupper() for c in mention.text):
                self.done |= {t.i for t in mention.span}
                return self.vocabulary.known_as(mention.text, {cluster.known_as: frozenset((cluster.type,))})
        return None

    def _hole(self, noun: str) -> Hole:
        kind = kind_of(noun, self.known) if noun else None
        if kind in (None, "any", "time"):
            return Hole(noun, (), ())
        return Hole(noun, (), (kind,))

    def _capital(self, token: Token) -> bool:
        """Whether the question writes the word with a capital letter that does not only begin it."""
        part = self.part_at(token)
        word = part.word if part is not None else None
        return word is not None and word.start > 0 and word.text[:1].isupper()

    # --- words accounted for

    def _told(self, trigger: Token, entry: Entry) -> None:
        """Mark a trigger's own words, and the support verb that carries a noun."""
        self.done |= {trigger.i, *triggers.other_words(trigger, entry)}
        self.done |= {c.i for c in trigger.children if c.dep_ in ("compound:prt", "aux", "aux:pass", "cop", "mark")}
        self.done |= {t.i for t in trigger.subtree if t.lower_ in entry.words}
        verb = trigger.head
        while verb.i not in self.done:
            lemma = verb.lemma_.lower()
            carries = lemma in self.lexicon.light or lemma in self.lexicon.happening or self.lexicon.governor(verb)
            if not (verb.pos_ in ("VERB", "AUX") and carries) and lemma not in self.lexicon.parts:
                break
            self.done |= {verb.i, *(c.i for c in verb.children if c.dep_ == "compound:prt")}
            verb = verb.head

    def _taken(self, token: Token) -> None:
        """Mark the name that a token belongs to."""
        span = self.name_at(token)
        self.done.add(token.i)
        if span is not None:
            self.done |= {t.i for t in self.doc if span.start <= t.idx < span.end}

    def _is_title(self, token: Token) -> bool:
        following = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        return token.lower_ in nominals().titles and following is not None and self.name_at(following) is not None

    def _unknown(self) -> list[str]:
        """The words that nothing has accounted for."""
        left = []
        for token in self.doc:
            if token.i in self.done or token.is_punct or token.is_space or self.hole_at(token) is not None:
                continue
            forms = {token.lower_, token.lemma_.lower(), *singulars(token.lower_)}
            if forms & (self.known["passing"] | self.known["negators"]) or token.pos_ in (
                "ADP",
                "DET",
                "PART",
                "CCONJ",
                "AUX",
            ):
                continue
            if token.text in ("'s", "’s") or self._is_title(token):
                continue
            left.append(token.text)
        return left

    def _preposition(self, head: Token, default: str) -> str:
        return next((c.lower_ for c in head.children if c.dep_ == "case" and c.tag_ != "POS"), default)

    def _classes(self, entry: Entry) -> tuple[tuple[str, ...], str]:
        """The classes of an entry, with the modes that sources use for one deed, and their name."""
        modes = [entry.mode]
        for group in self.lexicon.data("identity")["same_deed"]:
            if entry.mode in group:
                modes += [mode for mode in group if mode != entry.mode]
        pairs = [(entry.type, mode) for mode in modes if (entry.type, mode) in ontology().event_classes]
        nodes = [ontology().event_class(*pair) for pair in pairs]
        return tuple(node.value for node in nodes), ontology().text(nodes[0], RDFS.label) or entry.type.lower()

    def _is_reciprocal(self, entry: Entry) -> bool:
        """Whether deeds of this type and mode are mostly told of parties alike ("met", "spoke by telephone")."""
        alike = [
            e
            for e in self.lexicon.entries()
            if (e.type, e.mode) == (entry.type, entry.mode) and e.frame != lexicons.NO_EVENT
        ]
        return sum(_parties_alike(self.lexicon.frame(e)) for e in alike) * _SHARE >= len(alike)

    def _has(self, token: Token, entry: Entry) -> bool:
        """Whether the words that belong to an entry's verb stand after it."""
        after = {form for t in self.doc[token.i + 1 :] for form in (t.lower_, t.lemma_.lower())}
        return all(word in after for word in entry.words[1:])

    def _top(self) -> tuple[Token, str]:
        """The statement's root, and it with its object: "take place"."""
        root = next((t for t in self.doc if t.dep_ == "ROOT"), self.doc[0])
        return root, f"{root.lemma_.lower()} {' '.join(c.lower_ for c in root.children if c.dep_ == 'obj')}".strip()

    def _is_any_event(self) -> bool:
        root, phrase = self._top()
        return root.lemma_.lower() in self.known["doing"] or bool(
            {phrase, root.lemma_.lower()} & self.known["happening"]
        )


def _parties_alike(frame: Iterable[Slot]) -> bool:
    """Whether a frame has no other side: whoever stands with the doer does it too."""
    slots = {slot.role: slot for slot in frame}
    actor = slots.get("actor")
    return "recipient" not in slots and actor is not None and any("with" in names for names in actor.alternatives)
