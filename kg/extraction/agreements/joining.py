"""What is told of one signing in several places, under several names: the headline's, and what is signed told again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from spacy.tokens import Doc

from kg.language.coreference.clusters import is_definite, is_plural
from kg.language.heads import nominals

from ..arguments import Resolver
from ..lexicon import Lexicon
from .drafts import Draft, Signing
from .parting import DESCRIBING
from .signers import signers_of

_LONGEST = 50  # tokens of a headline


def join_told_again(found: dict[int, Signing], resolver: Resolver, settings: Mapping[str, Any]) -> list[Signing]:
    """Join two signings of one day that are one: nobody who signed the second has a name ("six ministers signed the
    treaty"), or the same signed what no noun calls an agreement. Those that tell more than before.
    """
    grown: list[Signing] = []
    for again in list(found.values()):
        for signing in list(found.values()):
            if (
                signing is not again
                and again.signatories
                and _at_one_time(signing, again)
                and _is_one(signing, again, resolver, settings)
            ):
                signing.drafts += [d for d in again.drafts if d not in signing.drafts]
                signing.drafts.sort(key=lambda d: d.trigger.i)
                del found[again.agreement]
                grown = [*(s for s in grown if s not in (signing, again)), signing]
                break
    return grown


def _at_one_time(signing: Signing, again: Signing) -> bool:
    return again.time is None or signing.time == again.time


def _is_one(signing: Signing, again: Signing, resolver: Resolver, settings: Mapping[str, Any]) -> bool:
    named, further = (_named(s, resolver) for s in (signing, again))
    if any(_is_set_apart(s, resolver) for s in (signing, again)):
        return False
    if named and not further and not _are_called_apart(signing, again, resolver):
        return all(is_plural(m.head) for i in again.signatories for m in resolver.clusters[i].mentions[:1])
    told_so = any(is_definite(m) for m in resolver.clusters[again.agreement].mentions)
    same = told_so or any(d in signing.drafts for d in again.drafts)
    return same and len(further) > 1 and further <= named and not _is_called_so(again, resolver, settings)


def _named(signing: Signing, resolver: Resolver) -> set[int]:
    return {i for i in signing.signatories if resolver.clusters[i].is_named}


def _is_called_so(signing: Signing, resolver: Resolver, settings: Mapping[str, Any]) -> bool:
    """Whether a noun says that it is an agreement: "a pact", unlike "a paper", "the death certificate of the Union"."""
    mentions = resolver.clusters[signing.agreement].mentions
    return any(nominals().type_of(t) == settings["class"] for m in mentions for t in m.span)


def _are_called_apart(one: Signing, other: Signing, resolver: Resolver) -> bool:
    """Whether neither a noun nor what describes it is the same: "a fishing convention", "a memorandum on trade"."""
    heads = [{m.head for m in resolver.clusters[s.agreement].mentions if m.kind != "pronoun"} for s in (one, other)]
    told = [{head.lemma_.lower() for head in some} for some in heads]
    described = [{c.lemma_.lower() for h in some for c in h.children if c.dep_ in DESCRIBING} for some in heads]
    return all(described) and all(a.isdisjoint(b) for a, b in (told, described))


def _is_set_apart(signing: Signing, resolver: Resolver) -> bool:
    """Whether its words say that it is another than the one told before: "a second document"."""
    heads = [m.head for m in resolver.clusters[signing.agreement].mentions]
    return any(c.lower_ in nominals().set_apart for head in heads for c in head.children)


def join_headline(found: dict[int, Signing], drafts: Sequence[Draft], resolver: Resolver, lexicon: Lexicon) -> None:
    """Give what only the headline tells to the first signing of the body that a verb tells: they are one, though its
    words differ. If the body speaks of what the headline names, they are one only if the same sign.
    """
    settings = lexicon.data("agreements")
    title = headline_end(resolver.doc)
    body = [s for s in found.values() if any(d.trigger.i >= title for d in s.drafts)]
    if not body:
        return
    first = min(
        body, key=lambda s: min((d.trigger.pos_ != "VERB", d.trigger.i) for d in s.drafts if d.trigger.i >= title)
    )
    for signing in list(found.values()):
        mentions = resolver.clusters[signing.agreement].mentions
        by_name = any(nominals().type_of(m.head) == settings["class"] for m in mentions)
        told_later = any(m.head.i >= title for m in mentions)
        if signing is first or any(d.trigger.i >= title for d in signing.drafts):
            continue
        alike = False
        if by_name and told_later:
            signers = _signers(first, resolver, lexicon)
            alike = not signers and _is_called_alike(signing, first, title, resolver)
            if not alike and _signers(signing, resolver, lexicon).isdisjoint(signers):
                continue
        first.drafts += signing.drafts
        del found[signing.agreement]
        if alike:
            continue  # "Rivals Sign Accord": "an accord signed on Friday", and not the deal that they are yet to sign
        resolver.unite(signing.agreement, first.agreement)  # "Commanders Sign Plan", "Under the plan"
        for draft in drafts:
            draft.fillers = [
                replace(f, cluster=first.agreement) if f.cluster == signing.agreement else f for f in draft.fillers
            ]


def _is_called_alike(told: Signing, other: Signing, title: int, resolver: Resolver) -> bool:
    """Whether the headline calls an agreement by a noun of the other, by which the body does not call it."""
    heads = [m.head for m in resolver.clusters[told.agreement].mentions]
    within = {h.lemma_.lower() for h in heads if h.i < title}
    return not within.isdisjoint(resolver.clusters[other.agreement].heads) and within.isdisjoint(
        h.lemma_.lower() for h in heads if h.i >= title
    )


def _signers(signing: Signing, resolver: Resolver, lexicon: Lexicon) -> set[int]:
    return {i for draft in signing.drafts for i in signers_of(draft, resolver, lexicon).signing}


def headline_end(doc: Doc) -> int:
    """Where the headline ends: a first line, of one sentence or of several, without a full stop; else 0."""
    end = next((t.i for t in doc[:_LONGEST] if "\n" in t.text), 0)
    words = [t for t in doc[:end] if not t.is_space]
    return end if words and words[-1].text not in (".", "!", "?", "”") else 0
