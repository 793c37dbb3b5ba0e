"""Questions in English: `ask` reads one as an event with a hole, makes one SPARQL query of it, and tells the answer.

Nothing is guessed: the reply says how the question was understood, and a question with a word that nothing accounts
for is refused with the nearest saved queries. The language pipeline is loaded with the first question.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kg.graph import list_of
from kg.query.names import Names
from kg.query.reply import Reply, Suggestion
from kg.query.results import shortened
from kg.query.saved import SavedQuery, bound, more, saved_queries
from kg.store import Solutions, Store

if TYPE_CHECKING:
    from kg.query.asking.answering import Answer
    from kg.query.asking.asked import Asked

_NEAREST = 3


def examples() -> list[str]:
    """Questions of each sort that `ask` understands."""
    from kg.query.asking.words import ask_words

    return list(ask_words().data["examples"])


def ask(store: Store, question: str, *, today: date | None = None) -> Reply:
    """The answer to a question in English; `today` is what "last week" counts from (the machine's date if None).

    A question that is not understood is no error: the reply says so. KgError is for a store that cannot be read.
    """
    from kg import language
    from kg.query.asking.asked import NotUnderstood
    from kg.query.asking.reading import read
    from kg.query.asking.rules import by_rule
    from kg.query.asking.vocabulary import Vocabulary
    from kg.query.asking.words import ask_words

    given, question = question, ask_words().reworded(question)
    vocabulary = Vocabulary(language.load(), Names.of_things(store), today or date.today())
    documents = Names.of_documents(store).spot(question)
    things = [
        found
        for found in vocabulary.names.spot(question)
        if not vocabulary.common(found, question)
        and not any(document.start <= found.start < document.end for document in documents)
    ]
    ruled = by_rule(question, things, documents, vocabulary.event_label, vocabulary.known)
    reply = _saved(store, given, *ruled) if ruled is not None else None
    if reply is not None and ruled is not None and (reply.rows or ruled[0].name in ask_words().alone):
        return reply
    try:
        with list_of(store):
            asked = read(question, vocabulary)
        told = _answered(store, given, asked, vocabulary.names)
        return told if reply is None or told.rows else reply
    except NotUnderstood as error:
        return reply or _refused(given, error.words, error.reason, [found.name for found in things])


def _saved(store: Store, question: str, query: SavedQuery, values: dict[str, str]) -> Reply:
    sparql = bound(store, query, values)
    answer = store.query(sparql)
    assert isinstance(answer, Solutions)
    given = ", ".join(f"{name} {value}" for name, value in values.items())
    understood = f"The saved query {query.name} ({query.title.lower()}){' with ' + given if given else ''}."
    number = len(answer)
    sentence = f"{number} {'row' if number == 1 else 'rows'}." if number else "Nothing is told of that."
    rows = tuple(tuple(shortened(term) for term in row) for row in answer)
    note = more(query, values, answer)
    notes = (note,) if note else ()
    return Reply(question, understood, sparql, answer, sentence, columns=answer.variables, rows=rows, notes=notes)


def _answered(store: Store, question: str, asked: Asked, names: Names) -> Reply:
    """The reply of the first reading that finds what is asked for: as asked, or less narrowly, which the notes say."""
    from kg.query.asking.answering import HAPPENED, answer, lacks, only, tellings
    from kg.query.asking.asked import NotUnderstood, Told
    from kg.query.asking.sparql import probe, written
    from kg.query.asking.widening import is_safe, readings

    part: Reply | None = None
    tried: dict[int, tuple[Asked, set[str]]] = {}  # the readings are tried twice; kept so that no id is used anew
    for reading, happened, note in readings(asked):
        if id(reading) not in tried:
            tried[id(reading)] = reading, {row["status"].value for row in _solutions(store, probe(reading))}
        _, statuses = tried[id(reading)]
        if not (statuses & {*HAPPENED} if happened else statuses):
            continue
        sparql = written(reading, happened=happened)
        solutions = _solutions(store, sparql)
        told = only(reading, tellings(solutions), names.kinds)
        if not told:
            continue
        if not is_safe(asked, reading, happened=any(event.status in HAPPENED for event in told)):
            continue
        if part is not None and (lacks(reading, told) or reading.told is Told.SENTENCE):
            continue
        part = _reply(question, reading, sparql, solutions, answer(reading, told), note)
        if not lacks(reading, told):
            break
    if part is not None:
        return part
    if asked.strange or asked.told is Told.SENTENCE:
        verb = [asked.verb[0]] if asked.told is Told.SENTENCE else []
        raise NotUnderstood([*verb, *asked.strange], "no sentence that tells of it has this")
    sparql = written(asked, happened=False)
    return _reply(question, asked, sparql, _solutions(store, sparql), answer(asked, []), "")


def _solutions(store: Store, sparql: str) -> Solutions:
    solutions = store.query(sparql)
    assert isinstance(solutions, Solutions)
    return solutions


def _reply(question: str, reading: Asked, sparql: str, solutions: Solutions, found: Answer, note: str) -> Reply:
    from kg.query.asking.telling import understanding

    return Reply(
        question,
        understanding(reading),
        sparql,
        solutions,
        found.sentence,
        verdict=found.verdict,
        columns=found.table.columns,
        rows=found.table.rows,
        links=found.table.links,
        quotes=found.quotes,
        notes=(note,) if note else (),
    )


def _refused(question: str, words: tuple[str, ...], reason: str, named: list[str]) -> Reply:
    """What was not understood, and the saved queries that come nearest."""
    from kg.query.asking.telling import nearest

    told = ", ".join(f"“{word}”" for word in words)
    problem = f"not understood: {told}{' (' + reason + ')' if reason else ''}"
    suggestions = tuple(
        Suggestion(query.name, query.title, values)
        for query, values in nearest(question, named, saved_queries())[:_NEAREST]
    )
    sentence = f"The question is {problem}."
    return Reply(question, None, None, None, sentence, problem=problem, unknown=words, suggestions=suggestions)
