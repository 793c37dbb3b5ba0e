"""The words of a question as the lexicon knows them: which can be verbs, nouns and names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from spacy.language import Language
from spacy.tokens import Token

from kg.extraction import lexicon as lexicons
from kg.extraction.lexicon import Lexicon
from kg.graph.ontology import ontology
from kg.graph.terms import RDFS
from kg.language.heads import nominals
from kg.query.asking.asked import Known
from kg.query.asking.statement import Word
from kg.query.asking.words import AskWords, ask_words, singulars
from kg.query.names import Found, Names


class Vocabulary:
    """What words are in questions put to one store's names; `today` is what "last week" counts from."""

    def __init__(self, nlp: Language, names: Names, today: date) -> None:
        self.nlp = nlp
        self.names = names
        self.today = today
        self.lexicon: Lexicon = lexicons.load()
        self.known: AskWords = ask_words()
        self._verbs = frozenset(
            [e.head for e in self.lexicon.entries() if e.part == "verb"]
            + [w.split()[0] for g in self.lexicon.data("governors")["entries"] for w in _list(g.get("verb", []))]
            + [*self.lexicon.light, *self.lexicon.happening, *self.lexicon.speech_verbs, *self.known.data["verbs"]]
            + [verb.split()[0] for verb in (*self.known["doing"], *self.known["happening"])]
        )
        self._deeds = frozenset(
            [e.head for e in self.lexicon.entries() if e.part == "noun" and e.frame != lexicons.NO_EVENT]
            + list(self.known.data["kinds"]["Agreement"])
        )
        self._nouns = frozenset(
            [e.head for e in self.lexicon.entries() if e.part == "noun"]
            + [noun.split()[-1] for nouns in self.known.data["kinds"].values() for noun in nouns]
            + list(nominals().type_of_head)
        )

    def known_as(self, text: str, bearers: Mapping[str, frozenset[str]]) -> Known:
        """What a name of the question stands for, with all the names that documents call it by."""
        return Known(text, tuple(bearers.items()), self.names.of(bearers))

    def event_label(self, noun: str) -> str | None:
        """The label of the event class that a noun names where nothing else tells; None if it names none."""
        for form in singulars(noun.lower()):
            found = [
                entry
                for entry in self.lexicon.entries()
                if entry.part == "noun" and entry.words == (form,) and entry.frame != lexicons.NO_EVENT
            ]
            if found:
                entry = min(found, key=lambda e: len(e.when))
                return ontology().text(ontology().event_class(entry.type, entry.mode), RDFS.label)
        return None

    def words(self, question: str) -> tuple[list[Word], list[Found]]:
        """The question's words, and the names among them."""
        found = [f for f in self.names.spot(question) if not self.common(f, question)]
        words: list[Word] = []
        glued = False
        for token in self.nlp.make_doc(question):
            name = any(f.start <= token.idx < f.end for f in found)
            capital = token.text[:1].isupper() and token.idx > 0
            other = None if name or self._in_phrase(token) else self.known.data["verbs"].get(token.lower_)
            text = other or token.text
            verbs = (
                frozenset()
                if name or capital
                else self._verb_forms(token) | ({"base"} if text != token.text else set())
            )
            noun = not name and any(form in self._nouns for form in singulars(token.lower_))
            event = noun and any(form in self._deeds for form in singulars(token.lower_))
            past = self._past(text.lower()) if "base" in verbs else ""
            if not token.is_space:
                words.append(Word(text, token.idx, verbs, noun, name, past, glued, event))
            glued = not token.whitespace_ and not token.is_space
        return words, found

    def _in_phrase(self, token: Token) -> bool:
        """Whether a word belongs with its neighbour: "go-between", "let go"."""
        before = token.doc[token.i - 1].lower_ if token.i else ""
        after = token.doc[token.i + 1].text if token.i + 1 < len(token.doc) else ""
        return before in self.known["letting"] or after in ("-", "–")

    def common(self, found: Found, text: str) -> bool:
        """Whether a name is a common noun as the text writes it: documents call things `sources` and `two sides`."""
        if not self.names.is_proper(found.name):
            return bool(self.names.find(found.name))  # a part of a longer name is none by itself
        words = found.name.split()
        if len(words) == 1 and found.name.islower() and found.kinds == {"Agreement"}:
            return True  # "made peace", though a document has an agreement named Peace
        if len(words) > 1 or (found.name[:1].isupper() and text[: found.start].strip()):
            return False
        word = words[0].lower()
        return word in self.known["passing"] or any(f in self._nouns or f in self._verbs for f in singulars(word))

    def _verb_forms(self, token: Token) -> frozenset[str]:
        form, found = token.lower_, set()
        others = [f for f in self.lexicon.forms.of(token, "verb") if f != form]
        if form in self._verbs:
            found.add("base")
        if any(f in self._verbs for f in others):
            found.add("participle" if not form.endswith("s") or form.endswith("ss") else "other")
        elif form in self._verbs and not form.endswith(("e", "y")) and form[-1:] in "td":
            found.add("participle")  # put, cut, shed
        if form == "done":
            found.add("participle")
        return (
            frozenset(found)
            if self.known.group_of("auxiliaries", form) in (None, "perfect") or form == "do"
            else frozenset()
        )

    def _past(self, verb: str) -> str:
        """The past tense of a verb of the lexicon; '' where its form is not sure."""
        irregular = self.lexicon.data("forms")["verbs"].get(verb)
        if irregular:
            return str(irregular[0]) if not irregular[0].endswith(("en", "ing")) else ""
        if verb.endswith("e"):
            return f"{verb}d"
        if verb.endswith("y") and verb[-2] not in "aeou":
            return f"{verb[:-1]}ied"
        short = (
            len(verb) < 5 and verb[-1] not in "aeiouwxy" and verb[-2] in "aeiou" and verb[-3:-2] not in tuple("aeiou")
        )
        return "" if short or verb in self.known["doing"] else f"{verb}ed"


def _list(value: object) -> list[str]:
    return [str(v) for v in value] if isinstance(value, (list, tuple)) else [str(value)]
