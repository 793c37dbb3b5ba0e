"""What a statement's verb tells: the event of the lexicon that it asks about, or the word that sentences must have."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction import lexicon as lexicons
from kg.extraction.relations import relations
from kg.query.asking.asked import Told
from kg.query.asking.parsed import Parsed


class Predicated(Parsed):
    """A parsed statement whose event can be found."""

    def _by_root(self, main: Token | None, unknown: list[str]) -> None:
        """Ask sentences where the verb is strange and the event known only its object: "who witnessed the signing"."""
        root, _ = self._top()
        if main is None or main == root or root.pos_ != "VERB" or root.text not in unknown or self.out.whether:
            return
        out = self.out
        out.told, out.verb, out.label = Told.SENTENCE, self._forms(root), f"“{root.lower_}”"
        out.words += [main.lower_] if self.hole_at(main) is None else []
        out.classes = out.alike = ()
        for hole in out.holes:
            hole.needed = False

    def _tellable(self, main: Token | None) -> bool:
        """Whether a sentence may tell what is asked though some of its words are strange; else the verb is marked."""
        if main is not None or self.out.speaker is not None or self._is_any_event():
            return True
        root, _ = self._top()
        if root.pos_ != "VERB" or self.out.whether or self.out.ranked:
            return False
        self.out.told, self.out.verb = Told.SENTENCE, self._forms(root)
        self.out.label = f"“{root.lower_}”"
        return True

    def _forms(self, token: Token) -> tuple[str, ...]:
        return tuple(dict.fromkeys((token.lower_, token.lemma_.lower())))

    def _main(self) -> Token | None:
        """The event asked about: of those in the statement, the one nearest to its top."""
        topics = [i for i in self.entries if self._is_topic(self.doc[i])]
        for i in topics:
            del self.entries[i]
        if not self.entries and not topics and not self._is_any_event():
            self._by_word()
        if not self.entries:
            return None
        return min((self.doc[i] for i in self.entries), key=lambda t: (len(list(t.ancestors)), t.i))

    def _is_topic(self, token: Token) -> bool:
        """Whether an event is only what something is said about: "what did Iran say about the accusation"."""
        root, _ = self._top()
        above = [t for t in (token, *token.ancestors) if root.is_ancestor(t)]
        about = any(self._preposition(t, "") in self.known["topics"] for t in above)
        return about and root.lemma_.lower() in self.known["saying"]

    def _by_word(self) -> None:
        """Take the verb for an event that it can name, where its context or the parse rules that out."""
        root = next((t for t in self.doc if t.dep_ == "ROOT"), None)
        verbs = [
            t for t in self.doc if (part := self.part_at(t)) is not None and part.word is not None and part.word.verbs
        ]
        tokens = [t for t in dict.fromkeys([*([root] if root in verbs else []), *verbs]) if t is not None]
        for whole in (True, False):
            for token in tokens:
                if token.lemma_.lower() in self.known["saying"] | self.known["doing"]:
                    continue
                forms = {token.lower_, *self.lexicon.forms.of(token, "verb")}
                found = [e for e in self.lexicon.entries() if e.part == "verb" and e.words[0] in forms]
                fitting = [e for e in found if e.frame != lexicons.NO_EVENT and (not whole or self._has(token, e))]
                if fitting and (whole or not any(len(e.words) == 1 for e in found)):
                    best = max(fitting, key=lambda e: (len(e.words) if whole else -len(e.words), not e.when))
                    self.entries[token.i] = best
                    self.deep[token.i] = relations(token, self.lexicon.grammar)
                    return
