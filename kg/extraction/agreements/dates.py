"""When an agreement was signed: from the reports of its signing, from its name, or from elsewhere in the document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spacy.tokens import Span, Token

from kg.language.coreference import Cluster
from kg.language.datelines import DASHES, dateline_end
from kg.language.mentions import TextMention
from kg.model import Modality, Time

from ..sides import is_past
from ..ud import case_of, is_finite, mark_of
from .drafts import Draft, Signing

NEWS = 60  # days after which a signing is no news any more
_DATELINE = 8  # tokens before the day of a dateline
_ELSEWHEN = ("since", "after", "before", "until", "if", "when")  # before a clause that is told to date another
_PERFECT = ("had", "has", "have")
_FRESH = 14  # days after which an event is no news of the week any more
_STORY = 3  # sentences over which a story goes on with the day that it has told
_AT_ONCE = ("after", "following", "during", "at")  # before the occasion of a signing


def day_from_elsewhere(signing: Signing, drafts: Sequence[Draft], settings: Mapping[str, Any]) -> Time | None:
    """When it was signed, where neither a report of the signing nor a name of the agreement tells it."""
    return (
        _agreed_on(signing, drafts, settings)
        or _of_sentence(signing, settings)
        or _of_occasion(signing, drafts)
        or _of_story(signing, drafts)
    )


def day_told(signing: Signing, cluster: Cluster, settings: Mapping[str, Any]) -> Time | None:
    """The finest date that a report of the signing or a name of the agreement gives ("the February 29 agreement").

    A verb comes first: a noun stands in sentences of other events ("a raid on Wednesday, days after the signing").
    Parties that sign on different days make one interval.
    """
    apart = _on_several_days(signing, settings["signatory"])
    if apart is not None:
        return apart
    timed = [(d, d.time) for d in signing.drafts if d.time is not None]
    told = [(d.trigger.pos_ == "VERB", time) for d, time in timed if is_past(time, d.trigger.doc._.published)]
    dates = [time for verb, time in told if verb]
    dates += [time for mention in cluster.mentions for time in times_of(mention)]
    dates += [time for verb, time in told if not verb]
    days = [d for d in dates if d.precision == "day"]
    return next(iter(days or dates), None)


def times_of(mention: TextMention) -> Iterator[Time]:
    """The times in an agreement's name: "the February 29 agreement", "the agreement of 2012"."""
    for span in mention.head.doc.spans.get("timex", ()):
        inside = mention.span.start <= span.start and span.end <= mention.head.i + 1
        dated = span.root.head == mention.head and case_of(span.root) == "of"
        if span._.time is not None and (inside or dated):
            yield span._.time


def _agreed_on(signing: Signing, drafts: Sequence[Draft], settings: Mapping[str, Any]) -> Time | None:
    """The one day on which the document says that two of the signatories agreed, where no sentence dates the
    signing.
    """
    days = {
        draft.time
        for draft in drafts
        if draft.type == settings["type"]
        and draft.modality == Modality.ASSERTED
        and draft.time is not None
        and draft.time.precision == "day"
        and len(set(signing.signatories) & {f.cluster for f in draft.fillers}) > 1
    }
    return days.pop() if len(days) == 1 else None


def _on_several_days(signing: Signing, signatory: str) -> Time | None:
    """From the first to the last day, where others sign each day: "X signed on Friday, one day after Y"."""
    days: dict[Time, set[int]] = defaultdict(set)
    for draft in signing.drafts:
        if draft.time is not None and draft.time.precision == "day" and draft.trigger.pos_ in ("VERB", "AUX"):
            days[draft.time].update(f.cluster for f in draft.fillers if f.role == signatory)
    told = sorted(days, key=lambda t: t.earliest)
    if len(told) < 2 or (told[-1].latest - told[0].earliest).days > NEWS:
        return None
    signers = [days[time] for time in told]
    if any(not one or any(one & other for other in signers[:n]) for n, one in enumerate(signers)):
        return None
    return Time(f"{told[0].value}/{told[-1].value}")


def _of_occasion(signing: Signing, drafts: Sequence[Draft]) -> Time | None:
    """The day of the talks or the visit at which they sign: "signed two accords after the talks". It is that of the
    occasion itself, or the one day that the document gives for events of its type.
    """
    known = {d.trigger.i: d for d in drafts}
    for draft in signing.drafts:
        for child, relation in _circumstances(draft.trigger):
            occasion = known.get(child.i)
            if occasion is None or relation not in _AT_ONCE:
                continue
            if occasion.time is not None and occasion.time.precision == "day":
                return occasion.time
            definite = any(c.dep_ in ("det", "nmod:poss") and c.lower_ not in ("a", "an") for c in child.children)
            same = [d for d in drafts if d.type == occasion.type and d.modality == Modality.ASSERTED]
            days = {d.time for d in same if d.time is not None and d.time.precision == "day"}
            if len(days) == 1 and (definite or relation in ("during", "at")):
                return days.pop()
    return None


def _circumstances(verb: Token) -> Iterator[tuple[Token, str]]:
    """The phrases of a verb, or of its object, with their prepositions; "following the talks" may be read as a
    clause.
    """
    objects = [c for c in verb.children if c.dep_ in ("obj", "nsubj:pass")]
    for child in (*verb.children, *(c for noun in objects for c in noun.children)):
        if child.lower_ == "following" and child.pos_ == "VERB":
            yield from ((c, "following") for c in child.children if c.dep_ == "obj")
        else:
            yield child, case_of(child)


def _of_sentence(signing: Signing, settings: Mapping[str, Any]) -> Time | None:
    """The one day, or else the one time, that a sentence of the signing tells at all."""
    for draft in sorted(signing.drafts, key=lambda d: d.trigger.i):
        sentence = draft.trigger.sent
        inside = [s for s in draft.trigger.doc.spans.get("timex", ()) if sentence.start <= s.start < sentence.end]
        timed = [s for s in inside if not _in_dateline(s) and s._.time is not None]
        dated = [s for s in timed if is_past(s._.time, draft.trigger.doc._.published)]
        own = [s for s in dated if not _of_another(s, draft.trigger)]
        told: set[Time] = {s._.time for s in own or dated if s in own or _is_news(s)}
        days = {time for time in told if time.precision == "day"} or told
        if draft.mode == settings["mode"] and len(days) == 1:
            return days.pop()
    return None


def _of_another(span: Span, trigger: Token) -> bool:
    """Whether a time stands in a clause that tells of something else: "the first since they made peace in 1994"."""
    token = span.root
    while token.head != token and token != trigger and not token.is_ancestor(trigger):
        if token.pos_ in ("VERB", "AUX") and (token.dep_ == "acl:relcl" or mark_of(token) in _ELSEWHEN):
            return True
        token = token.head
    return False


def _is_news(span: Span) -> bool:
    """Whether a time is a day shortly before the news: what the parser hung elsewhere may still be the signing's."""
    time: Time = span._.time
    return time.precision == "day" and 0 <= (span.doc._.published - time.latest).days <= _FRESH


def _of_story(signing: Signing, drafts: Sequence[Draft]) -> Time | None:
    """The day told last before a signing that the story goes on with: "A received B on Monday. They signed a treaty."""
    for signed in signing.drafts:
        verb = signed.trigger
        if verb.pos_ != "VERB" or not is_finite(verb) or any(c.lower_ in _PERFECT for c in verb.children):
            continue
        start = verb.sent.start
        for _ in range(_STORY):
            start = verb.doc[start - 1].sent.start if start > 0 else 0
        before = [d for d in drafts if start <= d.trigger.i < verb.i and d.modality == Modality.ASSERTED]
        days = [d.time for d in before if d.time is not None and d.time.precision == "day"]
        days = days or list(_days_told(verb.doc[start : verb.i], verb))
        told = [day for day in days if 0 <= (verb.doc._.published - day.latest).days <= NEWS]
        if told:
            return told[-1]
    return None


def _days_told(stretch: Span, verb: Token) -> Iterator[Time]:
    """The days that the main clauses of a stretch tell, of whatever: "laid the war to rest on Thursday"."""
    for span in stretch.doc.spans.get("timex", ()):
        time: Time | None = span._.time
        inside = stretch.start <= span.start < stretch.end and not _in_dateline(span) and not _of_another(span, verb)
        if inside and time is not None and time.precision == "day":
            yield time


def _in_dateline(span: Span) -> bool:
    """ "DAKAR, April 28 — The two ...": whether a dash right after a time parts it from the sentence that it opens."""
    after = span.doc[span.end : span.end + 1]
    dashed = bool(after) and after.text in DASHES and span.start - span.sent.start <= _DATELINE
    return dashed or span.end <= dateline_end(span.sent)
