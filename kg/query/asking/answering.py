"""What the solutions of a question's query say: a sentence, a table, and the quotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from kg.query.asking.asked import Asked, Hole, Told
from kg.query.asking.sparql import roles_shown
from kg.query.asking.statement import Asks
from kg.query.asking.words import singulars, stem
from kg.query.reply import Quote
from kg.store import Solutions

HAPPENED = ("asserted", "claimed")
"""Statuses of what some source tells as having happened."""
_LISTED = 8  # names told in a sentence before "and others"
_PEOPLE = {"actor": "actors", "recipient": "recipients", "object": "agreement", "place": "place"}


@dataclass(slots=True)
class Telling:
    """One event as the solutions tell it: role -> (IRI, name) of its fillers, and report -> its quote."""

    iri: str
    what: str
    status: str
    date: str
    fillers: dict[str, dict[str, str]] = field(default_factory=dict)
    quotes: dict[str, Quote] = field(default_factory=dict)
    modalities: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, None] = field(default_factory=dict)

    def names(self, roles: Iterable[str], without: frozenset[str] = frozenset()) -> dict[str, str]:
        """IRI -> name of those in some roles, but for some IRIs."""
        found = {iri: name for role in roles for iri, name in self.fillers.get(role, {}).items()}
        return {iri: name for iri, name in found.items() if iri not in without}


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, rows of as many texts, and for each the IRI of what its text names."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    links: tuple[tuple[str | None, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The parts of a reply that the solutions give."""

    sentence: str
    table: Table = field(default_factory=Table)
    quotes: tuple[Quote, ...] = ()
    verdict: str | None = None


def tellings(solutions: Solutions) -> list[Telling]:
    """The events, in the order of the solutions."""
    found: dict[str, Telling] = {}
    for row in solutions:
        texts = {name: str(row[name].value) for name in solutions.variables if row[name] is not None}
        iri = texts["event"]
        told = found.setdefault(iri, Telling(iri, texts["what"], texts["status"], texts.get("date", "")))
        if "role" in texts:
            told.fillers.setdefault(texts["role"].rpartition("#")[2], {})[texts["thing"]] = texts["name"]
        report = texts["report"]
        told.modalities[report] = texts["modality"]
        if "number" in texts:
            told.numbers[texts["number"]] = None
        told.quotes.setdefault(
            report,
            Quote(
                texts["quote"],
                texts["document"].rpartition("/")[2],
                texts["published"],
                int(texts["start"]),
                int(texts["end"]),
                texts["trigger"],
                texts.get("speaker"),
            ),
        )
    return list(found.values())


def only(asked: Asked, told: list[Telling], kinds: Callable[[str], frozenset[str]]) -> list[Telling]:
    """The events with those alone in the roles asked for that are of the class asked for, where some are."""
    for hole in asked.holes:
        if len(hole.classes) != 1 or sum(bool(set(hole.roles) & set(other.roles)) for other in asked.holes) > 1:
            continue
        for event in told:
            for role in set(hole.roles) & set(event.fillers):
                fitting = {i: name for i, name in event.fillers[role].items() if hole.classes[0] in kinds(i)}
                event.fillers[role] = fitting or event.fillers[role]
    ends = [event.date for event in told if event.date]
    if ends and asked.asks & {Asks.FIRST, Asks.LAST}:
        end = min(ends) if Asks.FIRST in asked.asks else max(ends)
        return [event for event in told if event.date == end]
    return told


def lacks(asked: Asked, told: Sequence[Telling]) -> bool:
    """Whether the events tell no day, place or number where that is asked for; a sentence may do so in any words."""
    return asked.told is not Told.SENTENCE and (
        (Asks.WHEN in asked.asks and not any(event.date for event in told))
        or (Asks.WHERE in asked.asks and not any(event.names(["place"]) for event in told))
        or (asked.quantity is not None and not any(event.numbers for event in told))
    )


def answer(asked: Asked, told: list[Telling]) -> Answer:
    """The answer; `told` may be empty."""
    if Asks.MORE in asked.asks or asked.ranked:
        return _compared(asked, told)
    if asked.whether:
        return _whether(asked, told)
    if not told:
        return Answer("Nothing is told of that.")
    if asked.told is Told.SENTENCE:
        return _passages(asked, told)
    table = _table(asked, told)
    if asked.quantity is not None:
        sentence = _numbers(asked, told)
    elif Asks.HOW_MANY in asked.asks or Asks.HOW_OFTEN in asked.asks:
        sentence = _count(asked, told)
    else:
        sentence = _sentence(asked, told)
    return Answer(sentence, table, _quotes(told, asked))


# --- tables


def _table(asked: Asked, told: Sequence[Telling]) -> Table:
    """Columns, rows and links: what is asked for first, then what else is told of each event."""
    shown = list(roles_shown(asked))
    roles = [*shown, *(role for role in _PEOPLE if role not in shown)]
    columns = [*(_PEOPLE[role] for role in roles)]
    lead = ["number"] if asked.quantity is not None else ["said by"] if isinstance(asked.speaker, Hole) else []
    heads = (
        [*lead, "date", "what", *columns]
        if _dates(asked)
        else [*lead, *columns[: len(shown)], "date", "what", *columns[len(shown) :]]
    )
    rows: list[tuple[str, ...]] = []
    links: list[tuple[str | None, ...]] = []
    for event in told:
        cells: dict[str, tuple[str, str | None]] = {
            "date": (event.date, None),
            "what": (event.what, event.iri),
            "number": ("; ".join(event.numbers), None),
            "said by": ("; ".join(dict.fromkeys(q.said_by for q in event.quotes.values() if q.said_by)), None),
            "status": (event.status, None),
            "document": ("; ".join(dict.fromkeys(q.document for q in event.quotes.values())), None),
            "quote": (_best(event, asked).text, None),
        }
        for role in roles:
            names = event.names([role])
            cells[_PEOPLE[role]] = ("; ".join(sorted(names.values())), next(iter(names)) if len(names) == 1 else None)
        order = [*heads, "status", "document", "quote"]
        rows.append(tuple(cells[head][0] for head in order))
        links.append(tuple(cells[head][1] for head in order))
    order = [*heads, "status", "document", "quote"]
    kept = [i for i in range(len(order)) if any(row[i] for row in rows)]
    return Table(
        tuple(order[i] for i in kept),
        tuple(tuple(row[i] for i in kept) for row in rows),
        tuple(tuple(link[i] for i in kept) for link in links),
    )


def _dates(asked: Asked) -> bool:
    return Asks.WHEN in asked.asks or not roles_shown(asked)


def _best(event: Telling, asked: Asked | None = None) -> Quote:
    """The quote shown: that with most of what is named in the question; a plain statement before a claim, before a
    denial; then the oldest.
    """
    wanted: list[tuple[str, ...]] = []
    if asked is not None:
        wanted = [(*bound.known.names, bound.known.text) for bound in asked.bound]
        wanted += [(stem(word), stem(word).capitalize(), word) for word in (*asked.words, *asked.strange)]

    def rank(report: str) -> tuple[int, bool, bool, str, str]:
        quote = event.quotes[report]
        named = sum(any(name in quote.text for name in names) for names in wanted)
        return -named, event.modalities[report] != "asserted", quote.said_by is not None, quote.published, report

    return event.quotes[min(event.quotes, key=rank)]


def _quotes(told: Iterable[Telling], asked: Asked | None = None) -> tuple[Quote, ...]:
    seen: dict[tuple[str, int], Quote] = {}
    for event in told:
        best = _best(event, asked)
        for quote in (best, *(q for q in event.quotes.values() if q is not best)):
            seen.setdefault((quote.document, quote.start), quote)
    return tuple(seen.values())


def _passages(asked: Asked, told: Sequence[Telling]) -> Answer:
    """What sentences say, where no event is told as it was asked for."""
    begins = re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, asked.stems()))})")
    said = [quote for quote in _quotes(told, asked) if begins.search(quote.text.lower())]
    quotes = said or list(_quotes(told, asked))
    rows = tuple((quote.published, quote.document, quote.text) for quote in quotes)
    table = Table(("published", "document", "quote"), rows, tuple((None, None, None) for _ in rows))
    more = f" and {len(quotes) - 1} more" if len(quotes) > 1 else ""
    return Answer(f"“{quotes[0].text}”{more}", table, tuple(quotes))


# --- sentences


def _sentence(asked: Asked, told: Sequence[Telling]) -> str:
    """The statement with its holes filled, where one event answers; a list, where several do."""
    happened = [event for event in told if event.status in HAPPENED]
    lead = "" if happened else f"Nothing is told as having happened; as {_STATUS.get(told[0].status, told[0].status)}: "
    told = happened or told
    if isinstance(asked.speaker, Hole):
        names = list(dict.fromkeys(q.said_by for e in told for q in e.quotes.values() if q.said_by))
        return f"{lead}{_listed(names)}."
    if len(told) == 1:
        return f"{lead}{_filled(asked, told[0])}"
    constants = _constants(asked)
    roles = roles_shown(asked)
    if Asks.WHEN in asked.asks:
        days = sorted({event.date for event in told if event.date})
        return f"{lead}{_listed(days) or 'No day is told'}." if days else f"{lead}No day is told of it."
    if roles:
        names = list(dict.fromkeys(n for e in told for n in sorted(e.names(roles, constants).values())))
        if names:
            return f"{lead}{_listed(names)}."
    return f"{lead}{len(told)} events are told, the first: {_cited(asked, told[0])}"


def _filled(asked: Asked, event: Telling) -> str:
    """The statement with names for its holes, and the day and place where they are told."""
    text, constants = asked.statement, _constants(asked)
    for start, end, number in sorted(asked.spans, reverse=True):
        roles = [role for role in asked.holes[number].roles if role in _PEOPLE]
        names = sorted(event.names(roles, constants).values())
        if not names:
            return _cited(asked, event)
        text = text[:start] + _listed(names) + text[end:]
    extra = []
    if Asks.WHERE in asked.asks:
        places = sorted(event.names(["place"]).values())
        extra.append(f"in {_listed(places)}" if places else "the place is not told")
    if Asks.WHEN in asked.asks:
        extra.append(event.date or "the day is not told")
    elif event.date:
        extra.append(event.date)
    claim = "" if event.status != "claimed" else ", as is claimed"
    return f"{text}{' (' + ', '.join(extra) + ')' if extra else ''}{claim}."


def _cited(asked: Asked, event: Telling) -> str:
    quote = _best(event, asked)
    return f"“{quote.text}”{f' ({event.date})' if event.date else ''}"


def _numbers(asked: Asked, told: Sequence[Telling]) -> str:
    counted = [event for event in told if event.numbers]
    parts = [f"{' or '.join(event.numbers)}{' (' + event.date + ')' if event.date else ''}" for event in counted]
    return f"{asked.quantity}: {_listed(parts)}.".capitalize() if parts else "No number is told."


def _count(asked: Asked, told: Sequence[Telling]) -> str:
    happened = [event for event in told if event.status in HAPPENED] or list(told)
    hole = next((h for h in asked.holes if h.noun), None)
    roles = [role for role in (hole.roles if hole else ()) if role in _PEOPLE]
    if roles and hole is not None:
        names = {iri for event in happened for iri in event.names(roles, _constants(asked))}
        unnamed = sum(not event.names(roles) for event in happened)
        number = len(names) + unnamed
        noun = hole.noun if number != 1 else singulars(hole.noun)[-1]
        return f"{number} {noun}, in {len(happened)} events." if number != len(happened) else f"{number} {noun}."
    return f"{len(happened)} {hole.noun if hole else ('time' if len(happened) == 1 else 'times')}."


_STATUS = {
    "negated": "denied",
    "future": "planned",
    "hypothetical": "demanded or possible",
    "claimed": "claimed",
    "asserted": "told",
}
_VERDICTS = {"asserted": "yes", "claimed": "claimed", "negated": "no", "future": "planned", "hypothetical": "demanded"}


def _whether(asked: Asked, told: Sequence[Telling]) -> Answer:
    """Yes, no, or what is told instead."""
    verdict = _verdict(told)
    deciding = [event for event in told if _VERDICTS.get(event.status) == verdict] or list(told)
    table = _table(asked, told) if told else Table()
    said = (
        asked.statement[:1].lower() + asked.statement[1:]
        if asked.statement.startswith(("The ", "There "))
        else asked.statement
    )
    sentence = {
        "yes": f"Yes: it is told that {said}",
        "claimed": f"It is claimed, but no source says in its own voice, that {said}",
        "disputed": f"The sources differ on whether {said}",
        "no": f"No: it is told that this did not happen ({said})",
        "planned": f"Not as far as is told: it is only planned or promised that {said}",
        "demanded": f"Not as far as is told: it is only demanded, possible or a condition that {said}",
        "unknown": f"Nothing is told of whether {said}",
    }[verdict]
    when = next((event.date for event in deciding if event.date), "")
    voices = list(dict.fromkeys(q.said_by for e in deciding for q in e.quotes.values() if q.said_by))
    if verdict in ("claimed", "no", "disputed") and voices:
        sentence += f", according to {_listed(voices)}"
    sentence += f" ({when})." if when and verdict in ("yes", "claimed") else "."
    return Answer(sentence, table, _quotes([*deciding, *(e for e in told if e not in deciding)], asked), verdict)


def _verdict(told: Sequence[Telling]) -> str:
    statuses = {event.status for event in told}
    modalities = {modality for event in told for modality in event.modalities.values()}
    if "asserted" in statuses:
        return "disputed" if "negated" in modalities else "yes"
    if "claimed" in statuses:
        return "disputed" if "negated" in modalities else "claimed"
    return next((v for s, v in _VERDICTS.items() if s in statuses and s not in HAPPENED), "unknown")


def _compared(asked: Asked, told: Sequence[Telling]) -> Answer:
    """Those asked for, with the number of events of each, in falling order (rising for the least)."""
    happened = [event for event in told if event.status in HAPPENED]
    roles = roles_shown(asked)[:1] if asked.holes else ("place",)
    if asked.holes and asked.holes[0].roles:
        roles = tuple(role for role in asked.holes[0].roles if role in _PEOPLE) or ("actor",)
    if Asks.WHERE in asked.asks:
        roles = ("place",)
    hole = asked.holes[0] if asked.holes else Hole()
    among = {iri for known in hole.among for iri in known.iris}
    counted: dict[str, list[Telling]] = {}
    names: dict[str, str] = {}
    for event in happened:
        for iri, name in event.names(roles, _constants(asked)).items():
            if not among or iri in among:
                counted.setdefault(iri, []).append(event)
                names[iri] = name
    least = Asks.LEAST in asked.asks
    order = sorted(counted, key=lambda iri: (len(counted[iri]) if least else -len(counted[iri]), names[iri]))
    rows = tuple((names[iri], str(len(counted[iri])), _best(counted[iri][0]).text) for iri in order)
    links = tuple((iri, None, None) for iri in order)
    columns = (_PEOPLE[roles[0]] if roles else "actors", "events", "quote")
    quotes = _quotes(event for iri in order[:3] for event in counted[iri])
    if asked.whether and hole.among:
        first = max((len(counted.get(iri, ())) for iri in hole.among[0].iris), default=0)
        others = max((len(counted.get(i, ())) for known in hole.among[1:] for i in known.iris), default=0)
        verdict = "yes" if first > others else "no"
        other = _listed([known.text for known in hole.among[1:]])
        sentence = f"{verdict.capitalize()}: {hole.among[0].text} {first}, {other} {others}."
        return Answer(sentence, Table(columns, rows, links), quotes, verdict)
    if not order:
        return Answer("Nothing is told of that.")
    top = len(counted[order[0]])
    first_names = [names[iri] for iri in order if len(counted[iri]) == top]
    sentence = f"{_listed(first_names)}: {top} {'event' if top == 1 else 'events'}."
    return Answer(sentence, Table(columns, rows, links), quotes)


def _constants(asked: Asked) -> frozenset[str]:
    return frozenset(iri for bound in asked.bound if bound.roles for iri in bound.known.iris)


def _listed(names: Sequence[str]) -> str:
    """ "A, B and C"; a long list is cut."""
    if len(names) > _LISTED:
        return f"{', '.join(names[:_LISTED])} and {len(names) - _LISTED} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
