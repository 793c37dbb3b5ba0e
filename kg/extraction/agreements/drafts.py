"""What is told of one event, and of one signing, before it has its final form: tokens and clusters of the document."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from kg.model import Modality, Quantity, Time

from ..arguments import Filler


@dataclass(slots=True)
class Draft:
    """A report before it has its final form: the trigger, what fills its roles, and the rest that its sentence
    tells.
    """

    trigger: Token
    type: str
    mode: str | None
    fillers: list[Filler]
    modality: Modality
    time: Time | None = None
    about_another: bool = False  # it has an object, which is no agreement: "the one that they signed in 1991"

    def clusters(self, role: str) -> list[int]:
        """The clusters in a role, in the order of the text."""
        return [f.cluster for f in self.fillers if f.role == role]


@dataclass(slots=True)
class Signers:
    """Clusters in the order of the text: who signs, for whom (signer, party), and who only witnesses."""

    signing: dict[int, None] = field(default_factory=dict)
    acts_for: list[tuple[int, int]] = field(default_factory=list)
    witnessing: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Signing:
    """One agreement's signing: clusters of the agreement, its signatories and places, and the drafts drawn on."""

    agreement: int
    signatories: list[int] = field(default_factory=list)
    acts_for: list[tuple[int, int]] = field(default_factory=list)
    time: Time | None = None
    places: list[int] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Obligation:
    """A deed that an agreement obliges to: its trigger and its words, who owes it and to whom, amounts and deadline."""

    agreement: int
    trigger: Token
    deed: Span
    owed_by: tuple[int, ...]
    owed_to: tuple[int, ...]
    deadline: Time | None
    amounts: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class State:
    """How an agreement stands at the word that tells it: a notation such as `broken`, by whom, and on whose word."""

    agreement: int
    trigger: Token
    validity: str
    by: tuple[int, ...]
    time: Time | None
    said_by: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part in an agreement other than signing it, at the word that tells it."""

    agreement: int
    trigger: Token
    part: str
    entity: int
