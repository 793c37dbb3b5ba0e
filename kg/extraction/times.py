"""When: time expressions attached to the event that they date, and passed on only where the grammar ties two events
together.

First each expression finds its host, the nearest verb or event above it. Then an event with no time of its own
takes that of its host clause where it shares its moment: carried by a support verb, coordinated after it, in a
clause with "when" or "as", in a relative clause, or as what somebody went to do. Times told from another event
("a day after the signing") are links.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import timedelta

from spacy.tokens import Doc, Span, Token

from kg.language.datelines import dateline_end
from kg.language.times.values import shifted
from kg.model import Time

from .lexicon import Entry, Lexicon
from .ties import same_moment
from .ud import case_of, mark_of, time_tokens

_MAX_CLIMB = 6
_OTHER_TIME = ("after", "before", "following")
_MAX_ANCHOR = 12  # tokens between "four days after" and the event that it counts from


@dataclass(frozen=True, slots=True)
class Anchored:
    """A time told from another event: the event at `trigger` is `days` and `months` after the one at `anchor` (before,
    if negative).
    """

    trigger: int
    anchor: int
    days: int = 0
    months: int = 0


def times(doc: Doc, entries: dict[int, Entry], lexicon: Lexicon) -> tuple[dict[int, Time], list[Anchored]]:
    """The time of each event that has one told, by the index of its trigger, and those told from another event."""
    hosts: dict[int, Time] = {}
    anchored: list[Anchored] = []
    for span in doc.spans.get("timex", ()):
        host = _host(span, entries)
        if host is None:
            continue
        if span._.time is not None:
            hosts.setdefault(host.i, _with_next(span))
        elif span._.anchored and (span._.offset_days, span._.offset_months) != (None, None):
            anchored += _links(span, host, entries, lexicon)
    found = {i: time for i, time in hosts.items() if i in entries}
    anchors = {link.anchor for link in anchored}
    for i in sorted(entries.keys() - anchors):
        if i not in found:
            time = _shared(doc[i], hosts, entries, lexicon) or _fronted(doc[i], hosts)
            if time is not None:
                found[i] = time
    return found, anchored


def resolve(anchored: Iterable[Anchored], known: dict[int, Time]) -> dict[int, Time]:
    """The times that follow, in either direction, from the day that is known of one of two events."""
    found: dict[int, Time] = {}
    for link in anchored:
        for one, other, sign in ((link.trigger, link.anchor, 1), (link.anchor, link.trigger, -1)):
            told = known.get(other)
            if one not in known and told is not None and told.precision == "day":
                moved = shifted(Time(told.value[:7]) if link.months else told, sign * link.days, sign * link.months)
                if moved is not None:
                    found.setdefault(one, moved)
    return found


def _links(span: Span, host: Token, entries: dict[int, Entry], lexicon: Lexicon) -> list[Anchored]:
    """The events that a time expression counts from one another, with those told in one breath with its anchor."""
    anchor = _anchor(span, entries)
    if anchor is None or (span.start > 0 and span.doc[span.start - 1].lower_ == "for"):
        return []  # "held them for hours before releasing them" tells how long
    while host.i >= span.end and host.head != host and host.i not in entries.keys() - {anchor}:
        if host.i != anchor and host.pos_ in ("VERB", "AUX") and anchor not in _carried(host, entries, lexicon):
            break
        host = host.head  # the parser hung the time on the event that it counts from
    events = [host.i] if host.i in entries else _carried(host, entries, lexicon)
    days, months = span._.offset_days or 0, span._.offset_months or 0
    links = [Anchored(i, anchor, days, months) for i in events if i != anchor]
    told = [c.i for c in span.doc[anchor].children if c.dep_ == "conj" and c.pos_ == "VERB" and c.i in entries]
    return links + [Anchored(link.trigger, i, days, months) for link in links for i in told if i != link.trigger]


def _host(span: Span, entries: dict[int, Entry]) -> Token | None:
    """The nearest verb or event above a time expression; None for a date line or "the first time since"."""
    if _is_date_line(span) or span.end <= dateline_end(span.sent) or _is_first_time(span):
        return None
    if span.root.dep_ == "ROOT":
        # "Last week, 19 organizations called": the parser made the time the root
        verbs = [t for t in span.sent if t.pos_ == "VERB" and t.i >= span.end]
        return verbs[0] if verbs else None
    token = span.root if span.root.dep_ != "det" else span[-1]
    if (
        token.dep_ in ("compound", "nmod:poss", "nummod", "amod")
        and token.head.i not in entries
        and token.head.i >= span.end
    ):
        return None  # "the February agreement", "today's announcement" date no other event
    for _ in range(_MAX_CLIMB):
        head = token.head
        if head == token:
            return None
        since = since_clause(head, span.start)
        if since is not None:
            return since
        if head.i in entries:
            return _object_told(head, span, entries)
        if head.pos_ in ("VERB", "AUX"):
            return head
        token = head
    return None


def since_clause(verb: Token, until: int) -> Token | None:
    """The verb of a clause with "since" that hangs on a verb and stands between it and a later token: "have been killed
    since rebels attacked the town in May" dates the attack.
    """
    clauses = (c for c in verb.children if c.dep_ in ("advcl", "acl") and verb.i < c.i < until)
    return next((c for c in clauses if mark_of(c) == "since"), None)


def is_since(event: Token, time: Token) -> bool:
    """Whether a clause with "since" stands between an event and a time: one of them tells since when something goes
    on, and the other does not happen then.
    """
    above = (event, *event.ancestors)
    inside = next((t for t in above if mark_of(t) == "since"), None)
    if inside is not None:
        return time != inside and not inside.is_ancestor(time)
    return any(since_clause(t, time.i) is not None for t in above)


def is_apart(event: Token, time: Token, entries: Container[int]) -> bool:
    """Whether one of an event and a time stands in a phrase that tells of an earlier or later time, and the other does
    not: "signed on Monday after six months of talks", "the blast came days after the signing on Sunday".
    """
    if time.i < event.i:
        return _phrase(event, time) is not None
    other = _phrase(time, event)
    return other is not None and other.i in entries


def _phrase(token: Token, other: Token) -> Token | None:
    """The head of the phrase with "after" or "before" that holds a word and not the other."""
    for _ in range(_MAX_CLIMB):
        if token == other or token.is_ancestor(other) or token.head == token:
            return None
        if case_of(token) in _OTHER_TIME and not token.like_num:
            return token
        token = token.head
    return None


def _with_next(span: Span) -> Time:
    """The time of an expression, with those that follow it in a list: "in 1994 and 1995", "in April and May"."""
    time: Time = span._.time
    end, last = span.end, time
    for other in span.doc.spans["timex"]:
        if not end < other.start <= end + 2 or span.doc[end : other.start].text not in ("and", "and in", "and on"):
            continue
        # not "embraced him on Thursday and on Friday saw her"
        if other.root.head.i > other.start or other._.time is None:
            continue
        after = last.precision == other._.time.precision and last.latest + timedelta(days=1) == other._.time.earliest
        if last.precision == "interval" or not after:
            break
        end, last = other.end, other._.time
    return time if last is time else Time(f"{time.value}/{last.value}")


def _object_told(verb: Token, span: Span, entries: dict[int, Entry]) -> Token:
    """The event noun between a verb in the present tense and the time: "condemns the attack this morning"."""
    if verb.tag_ in ("VBZ", "VBP"):
        nouns = [t for t in verb.subtree if verb.i < t.i < span.start and t.i in entries and t.pos_ == "NOUN"]
        if nouns:
            return nouns[-1]
    return verb


def _shared(event: Token, hosts: dict[int, Time], entries: dict[int, Entry], lexicon: Lexicon) -> Time | None:
    """The time that an event without its own takes from the clause it is tied to, or from a clause that tells more
    of it.
    """
    if event.pos_ in ("NOUN", "PROPN"):
        for noun in (event, event.head) if event.head.lemma_.lower() in lexicon.parts else (event,):
            for child in noun.children:  # "the blasts that killed 20 on May 7", "a round of talks planned for Friday"
                if child.dep_ in ("acl:relcl", "acl") and child.i in hosts:
                    return hosts[child.i]
        for verb in event.head.children:  # "called for talks to begin on May 10"
            begins = verb.tag_ == "VB" and verb.lemma_.lower() in lexicon.happening and verb.left_edge.i == event.i + 1
            if begins and verb.i in hosts:
                return hosts[verb.i]
    for child in event.children:  # "reached in Paris, and also reached on Monday"; "to disarm and to leave by July"
        alike = child.lemma_ == event.lemma_ or child.tag_ == event.tag_ == "VB"
        if child.dep_ == "conj" and alike and child.i in hosts:
            return hosts[child.i]
    for child in event.children:
        if child.i in hosts and child.dep_ == "xcomp" and child.i not in entries:
            return hosts[child.i]  # "agreed to stop fighting on October 1"
        if child.i in hosts and child.dep_ == "obl" and case_of(child) in ("at", "during"):
            return hosts[child.i]  # "at a meeting in Rome on Sunday they called for"
    for span in event.doc.spans["timex"] if event.dep_ in ("acl", "acl:relcl", "advcl") else ():
        if event.head in span and span._.time is not None:
            return _begun(span._.time, event.doc)  # "Hamas on Tuesday released": the parser hung the verb on the day
    token = event
    for _ in range(_MAX_CLIMB):
        head = token.head
        counted = head.i in time_tokens(event.doc)  # "a week after the signing" is no time of the signing
        if head == token or counted or not same_moment(token, head, entries, lexicon):
            return None
        since = since_clause(head, token.i)
        if since is not None and since.i in hosts:
            return hosts[since.i]  # "killed since rebels stormed the town in May, taking hostages"
        if head.i in hosts:
            when = token.dep_ == "advcl" and any(c.lower_ == "when" for c in token.children)
            return _begun(hosts[head.i], event.doc) if when else hosts[head.i]
        if head.i in entries and head.pos_ in ("NOUN", "PROPN"):
            return None
        token = head
    return None


def _fronted(verb: Token, hosts: dict[int, Time]) -> Time | None:
    """The time before the first of two clauses: "On Thursday the Council met, and Moscow voted for it"."""
    first = verb.head
    if verb.dep_ != "conj" or first.pos_ != "VERB" or verb.tag_ != first.tag_ or first.i not in hosts:
        return None
    subject = next((c for c in first.children if c.dep_.startswith("nsubj")), None)
    for span in verb.doc.spans["timex"]:
        if span.root.head == first and subject is not None and span.end <= subject.left_edge.i:
            return hosts[first.i]
    return None


def _begun(time: Time, doc: Doc) -> Time:
    """When a state began that lasts until the news: "people have died since April, when gunmen seized the town"."""
    first, _, last = time.value.partition("/")
    return Time(first) if last == doc._.published.isoformat() else time


def _carried(verb: Token, entries: dict[int, Entry], lexicon: Lexicon) -> list[int]:
    """Events in the object of a support verb, or the subject of a verb of happening."""
    lemma = verb.lemma_.lower()
    return [
        child.i
        for child in verb.children
        if child.i in entries
        and (
            (child.dep_ in ("obj", "nsubj:pass") and lemma in lexicon.light)
            or (child.dep_ in ("nsubj", "nsubj:pass") and lemma in lexicon.happening)
        )
    ]


def _is_date_line(span: Span) -> bool:
    words = [t for t in span.sent if not t.is_space and not t.is_punct]
    return len(words) <= len(span) + 1 and not any(t.pos_ == "VERB" for t in words)


def _is_first_time(span: Span) -> bool:
    before = span.doc[max(0, span.start - 3) : span.start].text.lower()
    return before.endswith(("first time since", "last time since"))


def _anchor(span: Span, entries: dict[int, Entry]) -> int | None:
    """The event that an anchored expression counts from: "four days after the signing", "a day after they met"."""
    for token in span.doc[span.end : min(span.sent.end, span.end + _MAX_ANCHOR)]:
        if token.i in entries:
            return token.i
    return None
