"""The words of a question, and the statement with holes that they become."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Asks(StrEnum):
    """What a question asks for beside its holes."""

    WHEN = "when"
    WHERE = "where"
    HOW_MANY = "how many"
    HOW_OFTEN = "how often"
    MOST = "most"
    LEAST = "least"
    MORE = "more"
    FIRST = "first"
    LAST = "last"
    WHETHER = "whether"
    SAYS = "says"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question.

    `verbs` are the forms of a verb that it can be (`base`, `participle`, `other`), `noun` whether it can be the head of
    a phrase, `name` whether it stands in a name, `past` its past tense where that is sure, `glued` whether no space
    stands before it, and `event` whether it is a noun for a deed or an agreement.
    """

    text: str
    start: int
    verbs: frozenset[str] = frozenset()
    noun: bool = False
    name: bool = False
    past: str = ""
    glued: bool = False
    event: bool = False

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the statement: a word of the question, or the filler of a hole (`hole`, with the noun asked for)."""

    text: str
    word: Word | None = None
    hole: int | None = None


@dataclass(slots=True)
class Wording:
    """The statement, what its holes ask for (a noun such as `countries`, or ''), and what else is asked.

    `than` holds the words of what is compared with; `unknown` are words that ask what no graph can tell.
    """

    parts: list[Part] = field(default_factory=list)
    holes: list[str] = field(default_factory=list)
    asks: set[Asks] = field(default_factory=set)
    than: list[Word] = field(default_factory=list)
    unknown: list[Word] = field(default_factory=list)

    def text(self) -> tuple[str, list[tuple[int, int, Part]]]:
        """The statement as a sentence, and where in it each part stands."""
        text, spans, before = "", [], None
        for part in self.parts:
            joined = before is not None and part.word is not None and part.hole is None and part.word.glued
            glue = "" if not text or joined or part.text == "," else " "
            shown = part.text
            if part.word is not None and not part.word.start and not part.word.name and part.hole is None:
                shown = shown.lower()
            shown = shown[:1].upper() + shown[1:] if not text else shown
            before = part.word
            spans.append((len(text) + len(glue), len(text) + len(glue) + len(shown), part))
            text += glue + shown
        return text + ".", spans
