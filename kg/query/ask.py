"""Questions in English: `ask` reads one as an event with a hole, makes one SPARQL query of it, and tells the answer.

Nothing is guessed: the reply says how the question was understood, and a question with a word that nothing accounts
for is refused with the nearest saved queries. The language pipeline is loaded with the first question.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kg.graph import list_of
from kg.query.names import Names
from kg.query.reply import Reply, Suggestion
from kg.query.results import shortened
from kg.query.saved import SavedQuery, bound, more, saved_queries
from kg.store import Solutions, Store

if TYPE_CHECKING:
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

    vocabulary = Vocabulary(language.load(), Names.of_things(store), today or date.today())
    documents = Names.of_documents(store).spot(question)
    things = [
        found
        for found in vocabulary.names.spot(question)
        if not vocabulary.common(found, question)
        and not any(document.start <= found.start < document.end for document in documents)
    ]
    ruled = by_rule(question, things, documents, vocabulary.event_label, vocabulary.known)
    if ruled is not None:
        return _saved(store, question, *ruled)
    try:
        with list_of(store):
            asked = read(question, vocabulary)
        return _answered(store, question, asked)
    except NotUnderstood as error:
        return _refused(question, error.words, error.reason, [found.name for found in things])


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


def _answered(store: Store, question: str, asked: Asked) -> Reply:
    """The reply of the first reading that finds something: as asked, or less narrowly, which the notes then say."""
    from kg.query.asking.answering import HAPPENED, answer, tellings
    from kg.query.asking.asked import NotUnderstood
    from kg.query.asking.sparql import written
    from kg.query.asking.telling import understanding, wider

    first: tuple[str, Solutions] | None = None
    for reading, happened, note in wider(asked):
        sparql = written(reading, happened=happened)
        solutions = store.query(sparql)
        assert isinstance(solutions, Solutions)
        first = first or (sparql, solutions)
        told = tellings(solutions)
        if not told:
            continue
        if asked.whether and reading.words != asked.words and any(e.status in HAPPENED for e in told):
            raise NotUnderstood(list(asked.words), "nothing is told of that with these words")
        if asked.whether and reading.within != asked.within and any(e.status in HAPPENED for e in told):
            continue  # that it happened says nothing of whether somebody agreed to it
        found = answer(reading, told)
        reply = Reply(question, understanding(reading), sparql, solutions, found.sentence)
        return replace(
            reply,
            verdict=found.verdict,
            columns=found.table.columns,
            rows=found.table.rows,
            links=found.table.links,
            quotes=found.quotes,
            notes=(note,) if note else (),
        )
    assert first is not None
    nothing = answer(asked, [])
    return Reply(question, understanding(asked), first[0], first[1], nothing.sentence, verdict=nothing.verdict)


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
