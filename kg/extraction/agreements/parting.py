"""What is told of one agreement's signing and is of another's, or of what came before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from kg.language.coreference.clusters import is_definite
from kg.language.mentions import TextMention
from kg.model import Time

from ..arguments import Resolver
from ..ud import is_finite
from .dates import NEWS, times_of
from .drafts import Draft, Signing

DESCRIBING = ("amod", "compound", "nmod", "nmod:poss", "nummod")  # what tells one agreement from others


def part_in_time(found: dict[int, Signing], resolver: Resolver, settings: Mapping[str, Any]) -> None:
    """Part what is told to be signed at times far from each other: it is not one agreement, though its words may be
    the same.
    """
    published = resolver.doc._.published
    for signing in list(found.values()):
        verbs = [d for d in signing.drafts if d.trigger.pos_ == "VERB"]
        times = {id(d): _time(d, signing, resolver) for d in verbs}
        news = max((t.latest for t in times.values() if t is not None), default=published)
        undated = [d for d in verbs if times[id(d)] is None and d.clusters(settings["agreement"])]
        for draft in verbs:
            told, time = _told(draft, signing, resolver), times[id(draft)]
            if time is None or len(resolver.clusters[signing.agreement].mentions) < 2 or not told:
                continue
            heads = {f.token.lemma_ for d in undated for f in d.fillers if f.cluster == signing.agreement}
            another = bool(heads) and told[0].head.lemma_ not in heads and (published - time.latest).days > NEWS
            another = another or (_is_new(draft, verbs, signing, resolver) and (published - time.latest).days > NEWS)
            if another or (news - time.latest).days > NEWS or _on_another_day(draft, signing, resolver, settings):
                _part(draft, told[0], signing, found, resolver)


def _time(draft: Draft, signing: Signing, resolver: Resolver) -> Time | None:
    """When a draft, or else the name of what it says was signed, has it: "the convention of 1911, which was signed"."""
    named = (time for mention in _told(draft, signing, resolver) for time in times_of(mention))
    return draft.time or next(named, None)


def _is_new(draft: Draft, verbs: Sequence[Draft], signing: Signing, resolver: Resolver) -> bool:
    """Whether "an agreement" was told to be signed before one that a year names: "the agreement of 1997"."""
    told = _told(draft, signing, resolver)
    if draft.trigger.tag_ != "VBN" or not any(True for mention in told for _ in times_of(mention)):
        return False
    for other in verbs:
        before = other.trigger.i < draft.trigger.i and other.time is None
        if before and not any(is_definite(m) for m in _told(other, signing, resolver)):
            return True
    return False


def _on_another_day(draft: Draft, signing: Signing, resolver: Resolver, settings: Mapping[str, Any]) -> bool:
    """Whether it tells another day than all others, of what has a name: "The Brin Protocol was signed on Monday"."""
    others = [
        (d.time, m.head.lemma_)
        for d in signing.drafts
        if d is not draft and d.trigger.pos_ == "VERB" and d.time is not None and d.time.precision == "day"
        for m in _told(d, signing, resolver)
        if not _is_preliminary(d, settings)
    ]
    if not others or draft.time is None or draft.time.precision != "day" or _is_preliminary(draft, settings):
        return False
    head = _told(draft, signing, resolver)[0].head
    named = head.text[:1].isupper() and any(c.dep_ in DESCRIBING for c in head.children)
    return named and all(draft.time != time and lemma != head.lemma_ for time, lemma in others)


def part_by_name(found: dict[int, Signing], resolver: Resolver, settings: Mapping[str, Any]) -> None:
    """Part what is signed under two names, as "the Tuna Convention" and "the Kula Bay accord" are no one agreement."""
    for signing in list(found.values()):
        named = [(d, m) for d in signing.drafts for m in _told(d, signing, resolver) if _name(m)]
        first = next(((d, m) for d, m in named if d.trigger.pos_ == "VERB"), None)
        for draft, mention in named:
            if first is None or draft is first[0] or draft.trigger.pos_ != "VERB":
                continue
            others = {w for d, m in named if d is not draft for w in _name(m)}
            if _name(mention).isdisjoint(others) and mention.head.lemma_.lower() != first[1].head.lemma_.lower():
                _part(draft, mention, signing, found, resolver)


def _told(draft: Draft, signing: Signing, resolver: Resolver) -> list[TextMention]:
    """The mention of what a draft says was signed."""
    return [m for f in draft.fillers if f.cluster == signing.agreement for m in resolver.mentions_of(f.token)][:1]


def _name(mention: TextMention) -> set[str]:
    """The words that make an agreement's name beside its noun, in lower case."""
    return {t.lower_ for t in mention.span if t.i < mention.head.i and t.pos_ == "PROPN"}


def _part(draft: Draft, mention: TextMention, signing: Signing, found: dict[int, Signing], resolver: Resolver) -> None:
    index = resolver.part(mention, signing.agreement)
    signing.drafts.remove(draft)
    draft.fillers = [replace(f, cluster=index) if f.cluster == signing.agreement else f for f in draft.fillers]
    found[index] = Signing(index, drafts=[draft])


def join_initialed(found: dict[int, Signing], settings: Mapping[str, Any]) -> None:
    """Give what was only initialed, and is told as no more than "the text", to the one signing that came after."""
    for signing in list(found.values()):
        fillers = [f for d in signing.drafts for f in d.fillers if f.cluster == signing.agreement]
        named = any(c.dep_ in DESCRIBING for f in fillers for c in f.token.children)
        if named or not all(_is_preliminary(d, settings) for d in signing.drafts):
            continue
        days = [d.time.latest for d in signing.drafts if d.time is not None]
        after = [
            other
            for other in found.values()
            if len(proper(other.drafts, settings)) == len(other.drafts)
            and any(d.mode == settings["mode"] and not _is_preliminary(d, settings) for d in other.drafts)
            and all(
                0 <= (d.time.earliest - day).days <= NEWS for d in other.drafts if d.time is not None for day in days
            )
        ]
        if len(after) == 1:
            after[0].drafts += signing.drafts
            del found[signing.agreement]


def proper(drafts: list[Draft], settings: Mapping[str, Any]) -> list[Draft]:
    """The drafts of a signing without those of its initialing, where it was signed after."""
    told = [d for d in drafts if not _is_preliminary(d, settings)]
    signed = any(d.mode == settings["mode"] and d.trigger.pos_ == "VERB" and is_finite(d.trigger) for d in told)
    return told if signed else drafts


def _is_preliminary(draft: Draft, settings: Mapping[str, Any]) -> bool:
    return bool({draft.trigger.lower_, draft.trigger.lemma_.lower()} & {*settings["preliminary"]})
