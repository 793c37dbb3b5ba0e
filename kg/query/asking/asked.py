"""What a question asks, ready to be written as SPARQL and told in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kg.query.asking.statement import Asks
from kg.query.asking.words import stem


class Reach(StrEnum):
    """How near to an event something named must be: in a role of it, named in its sentence, or in its document."""

    ROLE = "role"
    SENTENCE = "sentence"
    DOCUMENT = "document"


class Told(StrEnum):
    """By what an event is known for the one asked about: its class, that and its deed, the word that tells it, or any
    word of the sentence.
    """

    CLASS = "class"
    DEED = "deed"
    TRIGGER = "trigger"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class Known:
    """Something named in the question: as written, what bears the name (IRI -> its classes, by local name), and the
    names that documents call it by.
    """

    text: str
    bearers: tuple[tuple[str, frozenset[str]], ...]
    names: tuple[str, ...] = ()

    @property
    def iris(self) -> tuple[str, ...]:
        """All that bear the name."""
        return tuple(iri for iri, _ in self.bearers)

    def of(self, classes: frozenset[str]) -> tuple[str, ...]:
        """Those that some document takes for one of these classes; all, where none does."""
        fitting = tuple(iri for iri, kinds in self.bearers if kinds & classes)
        return fitting or self.iris


@dataclass(slots=True)
class Hole:
    """Who or what is asked for: the roles that it may fill, the classes that it may have, and the noun asked with.

    `among` are the only things that it may be ("Hamas or Turkey"); it is `needed` where an event without it is no
    answer.
    """

    noun: str = ""
    roles: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    among: tuple[Known, ...] = ()
    needed: bool = True


@dataclass(slots=True)
class Bound:
    """Something named, and the roles of which it fills one; none where it only has to take part or be spoken of.

    Where it stands farther off and `alone`, the event tells no other in its role.
    """

    known: Known
    roles: tuple[str, ...]
    reach: Reach = Reach.ROLE
    alone: bool = False


@dataclass(slots=True)
class Asked:
    """An event with holes.

    statement  the question as a statement; `spans` says where its holes stand in it
    classes    IRIs of the event classes meant, none for any event; `label` names them
    alike      IRIs of classes that sources use for the same deed
    within     IRIs of classes of which the same sentence must tell an event too ("agreed to release")
    words      words that the sentence or the name of someone in it must have
    strange    words like them that neither the lexicon nor a name accounts for: without them it is another question
    strangers  how near the strange words must stand
    called     word -> IRIs of what has it in its name
    verb       forms of the verb or noun asked with, for what documents tell by it under another class
    deed       words that mean the same deed as the verb, where its class holds others too
    told       by what an event is known for the one asked about
    speaker    whose claim it is, where that is asked for or given
    quantity   the kind of number asked for, such as `killed`
    first, last  the days between which it lies, None where open
    ahead      whether the question is of what is to come or may be
    undated    whether no day may be told, if the document was published in that time
    """

    statement: str
    spans: list[tuple[int, int, int]] = field(default_factory=list)
    asks: set[Asks] = field(default_factory=set)
    classes: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    label: str = "event"
    within: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    holes: list[Hole] = field(default_factory=list)
    bound: list[Bound] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    strangers: Reach = Reach.SENTENCE
    called: dict[str, tuple[str, ...]] = field(default_factory=dict)
    verb: tuple[str, ...] = ()
    deed: tuple[str, ...] = ()
    told: Told = Told.CLASS
    ahead: bool = False
    speaker: Hole | Known | None = None
    quantity: str | None = None
    first: date | None = None
    last: date | None = None
    undated: bool = False
    negated: bool = False

    def stems(self) -> tuple[str, ...]:
        """What words by which the event is told begin with: those of its deed, and in any sentence the verb too."""
        forms = {Told.DEED: self.deed, Told.SENTENCE: (*self.verb, *self.deed)}.get(self.told, self.verb)
        return tuple(dict.fromkeys(stem(form) for form in forms))

    @property
    def whether(self) -> bool:
        """Whether the answer is yes or no."""
        return Asks.WHETHER in self.asks

    @property
    def ranked(self) -> bool:
        """Whether those asked for are counted and compared."""
        return bool(self.asks & {Asks.MOST, Asks.LEAST, Asks.MORE})


class NotUnderstood(Exception):
    """Words of the question that nothing accounts for; `knows` is what was understood of it."""

    def __init__(self, words: list[str], reason: str = "") -> None:
        super().__init__(reason)
        self.words = tuple(dict.fromkeys(words))
        self.reason = reason
