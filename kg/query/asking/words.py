"""The words by which questions are asked, from `queries/ask.yaml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import srsly

from kg.resources import folder


@dataclass(frozen=True, slots=True)
class AskWords:
    """The file's lists, by key; phrases are matched as rows of words in lower case."""

    data: dict[str, Any]

    def __getitem__(self, key: str) -> frozenset[str]:
        return frozenset(self.data[key])

    @property
    def alone(self) -> frozenset[str]:
        """Saved queries whose empty answer is one: questions about the sources themselves."""
        return frozenset(rule["query"] for rule in self.data["rules"] if rule.get("alone"))

    def phrase_at(self, key: str, words: Sequence[str], at: int) -> int:
        """How many words the longest phrase of a list takes that begins here; 0 if none does."""
        lengths = [
            len(parts)
            for phrase in self.data[key]
            if tuple(words[at : at + len(parts := phrase.split())]) == tuple(parts)
        ]
        return max(lengths, default=0)

    def group_of(self, key: str, word: str) -> str | None:
        """The name of the group of a table, such as `auxiliaries`, that holds the word."""
        return next((name for name, members in self.data[key].items() if word in members), None)

    def reworded(self, question: str) -> str:
        """The question in the words of one that is understood, by `rewordings`, each tried once and in order."""
        for rule in self.data["rewordings"]:
            question = re.sub(rf"(?i)\b(?:{rule['from']})", rule["to"], question, count=1)
        return question.strip()


@cache
def ask_words() -> AskWords:
    """The packaged words."""
    return AskWords(srsly.read_yaml(folder("queries") / "ask.yaml"))


def kind_of(noun: Sequence[str] | str, known: AskWords) -> str | None:
    """The class that a noun phrase asks for, by its head; None for a noun of no known kind."""
    words = noun.lower().split() if isinstance(noun, str) else [word.lower() for word in noun]
    for length in (2, 1):
        phrase = " ".join(words[-length:])
        for form in singulars(phrase):
            for kind, nouns in known.data["kinds"].items():
                if form in nouns:
                    return str(kind)
    return None


def singulars(phrase: str) -> tuple[str, ...]:
    """What a noun may be the plural of, the noun itself first."""
    forms = [phrase]
    if phrase.endswith("men"):
        forms.append(phrase[:-3] + "man")
    if phrase.endswith("ies"):
        forms.append(phrase[:-3] + "y")
    if phrase.endswith("es"):
        forms.append(phrase[:-2])
    if phrase.endswith("s"):
        forms.append(phrase[:-1])
    return tuple(forms)


def stem(word: str) -> str:
    """What the forms of a word have in common, roughly: "prisoners" -> prisoner, "cities" -> cit."""
    lower = word.lower()
    for ending in ("ies", "ing", "ed", "es", "s", "y", "e"):
        if lower.endswith(ending) and len(lower) - len(ending) > 3:
            return lower[: -len(ending)]
    return lower
