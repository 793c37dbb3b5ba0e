"""What a document tells of agreements beside their signing, from clusters and tokens to records with their quotes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from kg.model import Commitment, Document, Involvement, Standing

from ..arguments import Resolver
from ..lexicon import Lexicon
from ..quotes import checked, evidence, quote
from ..readings import Reading
from .commitments import commitments
from .drafts import Draft, Obligation, Part, Signing, State
from .involvements import involvements
from .standings import standings


@dataclass(slots=True)
class Account:
    """Obligations, states and parts in the order of the text."""

    obligations: list[Obligation] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


def told(
    drafts: Sequence[Draft],
    signings: Sequence[Signing],
    reading: Reading,
    stipulating: frozenset[int],
    resolver: Resolver,
    lexicon: Lexicon,
) -> Account:
    """What the document says that each agreement obliges to, how it stands, and who else had a part in it."""
    kind = lexicon.data("agreements")["class"]
    if not signings and not any(cluster.type == kind for cluster in resolver.clusters):
        return Account()  # most news is of no agreement, and every word would be looked at three times
    return Account(
        commitments(drafts, signings, resolver, lexicon),
        standings(drafts, reading, stipulating, resolver, lexicon),
        involvements(drafts, signings, reading, stipulating, resolver, lexicon),
    )


def recorded(
    account: Account, document: Document, key_of: Callable[[int], str], reports: Mapping[int, str]
) -> tuple[tuple[Commitment, ...], tuple[Standing, ...], tuple[Involvement, ...]]:
    """The records, each with its quote; `reports` has the ids of the reports by the index of their trigger."""

    def keys(clusters: Sequence[int]) -> tuple[str, ...]:
        return tuple(key_of(i) for i in clusters)

    return (
        tuple(
            Commitment(
                document=document.name,
                agreement=key_of(o.agreement),
                owed_by=keys(o.owed_by),
                owed_to=keys(o.owed_to),
                deed=checked(quote(o.deed), document),
                deadline=o.deadline,
                amounts=o.amounts,
                evidence=evidence(quote(_word(o.trigger)), o.trigger.sent, document),
                report=reports.get(o.trigger.i),
            )
            for o in account.obligations
        ),
        tuple(
            Standing(
                document=document.name,
                agreement=key_of(s.agreement),
                validity=s.validity,
                by=keys(s.by),
                time=s.time,
                said_by=None if s.said_by is None else key_of(s.said_by),
                evidence=evidence(quote(_word(s.trigger)), s.trigger.sent, document),
            )
            for s in account.states
        ),
        tuple(
            Involvement(
                document=document.name,
                agreement=key_of(p.agreement),
                part=p.part,
                entity=key_of(p.entity),
                evidence=evidence(quote(_word(p.trigger)), p.trigger.sent, document),
            )
            for p in account.parts
        ),
    )


def _word(token: Token) -> Span:
    return token.doc[token.i : token.i + 1]
