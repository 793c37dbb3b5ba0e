"""Reports: each event that a document tells, with who, where, when, how it is told and the words that tell it."""

from __future__ import annotations

import re
import unicodedata

from spacy.tokens import Doc, Span, Token

from kg.language.coreference import Cluster
from kg.model import Argument, Document, Entity, Extraction, Mention, Modality, Report, SigningRecord, Time

from . import agreements, learned, times, triggers
from . import lexicon as lexicons
from .agreements import Draft, Signing
from .arguments import Filler, Resolver
from .lexicon import Entry, Lexicon
from .quantities import counted, quantities
from .quotes import evidence, quote
from .readings import Reading, by_rules
from .sides import is_past, on_its_side

_PERSONS = ("us", "me", "you", "him", "her")  # "they have signed us over": no agreement
_TRIGGER_PARTS = ("compound:prt",)


def extract(doc: Doc, document: Document, lexicon: Lexicon | None = None) -> Extraction:
    """Everything that a parsed document tells. Every quote is checked against the document's text."""
    lexicon = lexicon or lexicons.load()
    resolver = Resolver(doc, lexicon)
    deep, entries = triggers.find(doc, resolver, lexicon)
    agreements.adopt_documents(entries, deep, resolver, lexicon)
    when, anchored = times.times(doc, entries, lexicon)
    stipulating = agreements.stipulating(doc, resolver)
    reading = learned.read(doc, resolver, lexicon, entries, deep, when, stipulating)
    if reading is None:
        reading = by_rules(doc, resolver, lexicon, entries, deep, when, stipulating)
        reading.anchored = anchored
    for i in sorted(stipulating & reading.entries.keys()):
        if reading.entries[i].content is not None:
            reading.drop(i)  # "the deal calls for" is a term of the deal, not somebody's call
    drafts = [_draft(doc[i], reading, resolver) for i in sorted(reading.entries)]
    _lend_actors(drafts, reading)
    for draft in drafts:
        if draft.time is not None:
            draft.time = on_its_side(draft.trigger, draft.time, draft.modality, reading.entries)
    linked = {i for link in reading.anchored for i in (link.trigger, link.anchor)}
    _date(drafts, times.resolve(reading.anchored, reading.time))
    # who signed is drawn from words that the lexicon knows
    known = [draft for draft in drafts if reading.entries[draft.trigger.i].source]
    found = agreements.signings(known, resolver, lexicon)
    agreements.add_signers(drafts, resolver, lexicon)
    signed = {d.trigger.i: s.time for s in found for d in s.drafts if s.time is not None}
    dated = {d.trigger.i: d.time for d in drafts if d.time is not None}
    elsewhere = _told_elsewhere(drafts, linked)
    derived = {**elsewhere, **times.resolve(reading.anchored, {**signed, **elsewhere, **dated})}
    _date(drafts, {i: time for i, time in {**signed, **derived}.items() if i in linked})
    for draft in drafts:
        # "travels to Rome on Friday": what is told of a day to come has not happened
        to_come = draft.time is not None and not is_past(draft.time, document.published)
        if to_come and draft.modality == Modality.ASSERTED and draft.trigger.tag_ not in ("VBD", "VBN"):
            draft.modality = Modality.FUTURE
    for signing in found:
        if signing.time is None:
            times_told = (d.time for d in signing.drafts if d.time is not None)
            signing.time = next((time for time in times_told if is_past(time, document.published)), None)
    keys = _Keys(resolver.clusters)
    reports = [_report(draft, reading, document, resolver, lexicon, keys) for draft in drafts]
    by_trigger = {draft.trigger.i: report for draft, report in zip(drafts, reports, strict=True)}
    records = tuple(_record(signing, document, by_trigger, keys) for signing in found)
    told = agreements.told(drafts, found, reading, stipulating, resolver, lexicon)
    commitments, standings, involvements = agreements.recorded(
        told, document, keys.of, {i: r.id for i, r in by_trigger.items()}
    )
    entities = tuple(_entity(resolver.clusters[i], keys.of(i)) for i in sorted(keys.used))
    return Extraction(document, entities, tuple(reports), records, commitments, standings, involvements)


def _lend_actors(drafts: list[Draft], reading: Reading) -> None:
    """ "An Israeli strike killed five": who struck killed them, where the deed of the subject is of the same type."""
    by_trigger = {draft.trigger.i: draft for draft in drafts}
    for draft in drafts:
        if draft.clusters("actor"):
            continue
        struck = set(draft.clusters("recipient"))
        for subject in reading.deep[draft.trigger.i].get("subject", ()):
            deed = by_trigger.get(subject.i)
            if deed is not None and deed.type == draft.type and deed is not draft:
                draft.fillers += [f for f in deed.fillers if f.role == "actor" and f.cluster not in struck]


def _date(drafts: list[Draft], times_by_trigger: dict[int, Time]) -> None:
    """Date the drafts that have no time of their own."""
    for draft in drafts:
        if draft.time is None:
            draft.time = times_by_trigger.get(draft.trigger.i)


def _told_elsewhere(drafts: list[Draft], linked: set[int]) -> dict[int, Time]:
    """The day of an event that a time links to another (`linked`, by trigger), where another sentence gives it for
    the same deed.
    """
    found: dict[int, Time] = {}
    for draft in drafts:
        if draft.trigger.i not in linked or draft.time is not None:
            continue
        dated = [
            (d, d.time)
            for d in drafts
            if d.time is not None and d.time.precision == "day" and (d.type, d.modality) == (draft.type, draft.modality)
        ]
        deed = (draft.mode, draft.trigger.lemma_)
        same = [time for d, time in dated if (d.mode, d.trigger.lemma_) == deed]
        if not same and _told_again(draft.trigger):
            same = [time for d, time in dated if d.trigger.i < draft.trigger.i]
        if len(set(same)) == 1:
            found[draft.trigger.i] = same[0]
    return found


def _told_again(trigger: Token) -> bool:
    """Whether a definite noun tells an event of which the text has told before: "the seizure came hours after"."""
    return trigger.pos_ == "NOUN" and any(c.dep_ == "det" and c.lower_ in ("the", "this") for c in trigger.children)


def _can_speak(cluster: Cluster) -> bool:
    return cluster.type not in ("Agreement", "Place")


def _draft(token: Token, reading: Reading, resolver: Resolver) -> Draft:
    entry = reading.entries[token.i]
    acting = resolver.lexicon.role_types["actor"]  # before a verb, these act, whatever the parser has made of them
    objects = [t for t in reading.deep[token.i].get("object", ()) if t.i > token.i or resolver.type_of(t) not in acting]
    return Draft(
        trigger=token,
        type=entry.type,
        mode=entry.mode,
        fillers=reading.fillers[token.i],
        modality=reading.modality[token.i],
        time=reading.time.get(token.i),
        about_another=any((t.pos_ != "PRON" or t.lower_ in _PERSONS) and t.lemma_ not in entry.words for t in objects),
    )


def _report(
    draft: Draft,
    reading: Reading,
    document: Document,
    resolver: Resolver,
    lexicon: Lexicon,
    keys: _Keys,
) -> Report:
    entry, deep = reading.entries[draft.trigger.i], reading.deep[draft.trigger.i]
    speaker = reading.speaker.get(draft.trigger.i)
    said_by = (
        [i for i in resolver.clusters_of(speaker) if _can_speak(resolver.clusters[i])] if speaker is not None else []
    )
    term = agreements.term_of(draft.trigger, resolver)
    trigger = _trigger(draft.trigger, entry)
    return Report(
        document=document.name,
        type=draft.type,
        mode=draft.mode,
        arguments=tuple(_argument(f, resolver, keys) for f in draft.fillers),
        time=draft.time,
        modality=draft.modality,
        attribution=_argument(Filler("attribution", speaker, said_by[0]), resolver, keys)
        if speaker is not None and said_by
        else None,
        evidence=evidence(trigger, draft.trigger.sent, document),
        quantities=quantities(draft.trigger, counted(draft.fillers, deep), lexicon),
        term_of=keys.of(term) if term is not None else None,
        confidence=reading.confidence.get(draft.trigger.i),
    )


def _argument(filler: Filler, resolver: Resolver, keys: _Keys) -> Argument:
    span = _words_for(filler, resolver)
    return Argument(filler.role, keys.of(filler.cluster), quote(span))


def _words_for(filler: Filler, resolver: Resolver) -> Span:
    """The mention that the filler's token heads, or the token alone."""
    for mention in resolver.clusters[filler.cluster].mentions:
        if mention.span.start <= filler.token.i < mention.span.end:
            return mention.span
    return filler.token.doc[filler.token.i : filler.token.i + 1]


def _trigger(token: Token, entry: Entry) -> Mention:
    """The trigger's words where they are contiguous, with a verb's particle, and the whole of "cease-fire"."""
    parts = [c.i for c in token.children if c.dep_ in _TRIGGER_PARTS and c.i == token.i + 1]
    words = triggers.other_words(token, entry)
    run = sorted({token.i, *parts, *words})
    if run[-1] - run[0] + 1 != len(run):
        run = sorted({token.i, *parts})
    start = run[0]
    while start >= 2 and token.doc[start - 1].text == "-" and not token.doc[start - 2].whitespace_:
        start -= 2
    return quote(token.doc[start : run[-1] + 1])


class _Keys:
    """Gives each entity that is used a readable key, unique in the document."""

    def __init__(self, clusters: list[Cluster]) -> None:
        self.used: set[int] = set()
        self._keys: dict[int, str] = {}
        taken: dict[str, int] = {}
        for index, cluster in enumerate(clusters):
            names = cluster.names()
            base = slug(names[0]) if names else "entity"
            taken[base] = taken.get(base, 0) + 1
            self._keys[index] = base if taken[base] == 1 else f"{base}-{taken[base]}"

    def of(self, index: int) -> str:
        self.used.add(index)
        return self._keys[index]


def slug(name: str) -> str:
    """A name as the readable last part of an IRI: ASCII, lower case, words joined by hyphens, at most 60 characters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60].strip("-") or "entity"


def _entity(cluster: Cluster, key: str) -> Entity:
    mentions = sorted({quote(m.span) for m in cluster.mentions})
    return Entity(
        key, cluster.type or "Other", cluster.names() or (cluster.mentions[0].text,), tuple(mentions), cluster.known_as
    )


def _record(signing: Signing, document: Document, by_trigger: dict[int, Report], keys: _Keys) -> SigningRecord:
    return SigningRecord(
        document=document.name,
        agreement=keys.of(signing.agreement),
        signatories=tuple(keys.of(i) for i in signing.signatories),
        acts_for=tuple((keys.of(a), keys.of(b)) for a, b in signing.acts_for),
        time=signing.time,
        places=tuple(keys.of(i) for i in signing.places),
        reports=tuple(sorted({by_trigger[d.trigger.i].id for d in signing.drafts})),
    )
