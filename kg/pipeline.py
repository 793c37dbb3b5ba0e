"""The main job: read -> analyse -> extract -> graph -> identify -> reason, document by document into one store."""

from __future__ import annotations

import gc
import multiprocessing
import os
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg import __version__, documents, graph, identity, known, language, reasoning
from kg.documents import Problem
from kg.errors import KgError
from kg.extraction import extract, lexicon
from kg.graph import OWN_LIST, Provenance, list_of, own_list, own_list_quads
from kg.graph.terms import BASE, CD, RDF
from kg.model import Corrections, Document, Extraction
from kg.store import Solutions, open_store
from kg.store.embedded import EmbeddedStore
from kg.store.formats import read_quads
from kg.store.protocol import Store

MAX_CHARACTERS = 1_000_000  # more than any article; a longer text is a collection and must be split
_PER_WORKER = 12  # documents that make a further process worth its start

Progress = Callable[[str, int, int], None]
Before = Mapping[str, Extraction | None]
"""Documents by name as they were before a change, None where there was none."""

_IN_WORLD = f"SELECT (COUNT(DISTINCT ?one) AS ?number) WHERE {{ GRAPH {graph.terms.WORLD} {{ %s }} }}"
_IN_DOCUMENTS = f"SELECT (COUNT(*) AS ?number) WHERE {{ GRAPH ?document {{ ?one {RDF.type} %s }} }}"
_JOINED = f"SELECT (COUNT(*) AS ?number) WHERE {{ GRAPH {graph.terms.WORLD} {{ %s }} }}"
_TOLD_AND_JOINED = (
    (_IN_DOCUMENTS % CD.Report, _JOINED % f"?event {CD.toldBy} ?report"),
    (_IN_DOCUMENTS % CD.Entity, _JOINED % f"?entity {CD.refersTo} ?thing"),
)
_COUNTED = {
    "entities": _IN_WORLD % f"?entity {CD.refersTo} ?one",
    "reports": _IN_WORLD % f"?event {CD.toldBy} ?one",
    "events": _IN_WORLD % f"?one {CD.toldBy} ?report",
    "agreements": _IN_WORLD % f"?entity {CD.refersTo} ?one . ?one {RDF.type} {CD.Agreement}",
}


@dataclass(slots=True)
class Summary:
    """What a build read and found; `seconds` is wall time, the counts are of the whole store after the build.

    `contradictions` are those that the build brought or, where all was inferred anew, all of them.
    """

    documents: int = 0
    words: int = 0
    entities: int = 0
    reports: int = 0
    events: int = 0
    agreements: int = 0
    inferred: int = 0
    contradictions: int = 0
    seconds: float = 0.0
    problems: list[Problem] = field(default_factory=list)


def build(
    paths: Iterable[Path],
    store: Store,
    *,
    published: date | None = None,
    workers: int | None = None,
    model: str | None = None,
    clock: bool = False,
    ontology: Path | None = None,
    rules: Path | None = None,
    actors: Path | None = None,
    corrections: Path | None = None,
    min_confidence: float = 0.0,
    on_progress: Progress = lambda stage, done, total: None,
    on_problem: Callable[[Problem], None] = lambda problem: None,
) -> Summary:
    """Read documents into the store and bring the world and the inferred graph up to date.

    A document that cannot be read or analysed goes to `on_problem` and the rest go on; one that is already in
    the store is replaced. With `clock` the provenance tells when the build ran, and two builds differ in it. `ontology`
    and `rules` are files of a user's own to reason with, now and later (see `kg.reasoning.adopt`); `actors` is a list
    of actors (see `kg.known`) and `corrections` one of who is who, which take the place of what the store kept before.
    Reports of less than `min_confidence` are left out.
    """
    started = time.perf_counter()
    summary = Summary()
    own = own_list(store) if actors is None else known.read(actors)
    reasoning.adopt(store, ontology=ontology, rules=rules)
    if corrections is not None:
        keep_corrections(store, corrections)

    def problem(found: Problem) -> None:
        summary.problems.append(found)
        on_problem(found)

    texts = []
    for document in documents.read(paths, published=published, on_problem=problem):
        if len(document.text) > MAX_CHARACTERS:
            size = f"{len(document.text):,} characters are more than one article"
            problem(Problem(document.name, f"{size}: split it into files of at most {MAX_CHARACTERS:,}"))
        else:
            texts.append(document)
    provenance = _provenance(model, datetime.now(UTC) if clock else None)
    anew = corrections is not None or own != own_list(store)
    before: Before | None = None
    on_progress("documents", 0, len(texts))
    with known.using(own):
        for done, (document, found) in enumerate(_extractions(texts, model, workers), 1):
            if isinstance(found, Extraction):
                quads = graph.document_quads(found.at_least(min_confidence), provenance=provenance)
                if not summary.documents:
                    before = begin(store, [text.name for text in texts], anew=anew)
                store.replace_graph(graph.terms.document(document.name), quads)
                summary.words += len(document.text.split())
                summary.documents += 1
            else:
                problem(Problem(document.name, found))
            on_progress("documents", done, len(texts))
    if summary.documents:
        store.replace_graph(OWN_LIST, own_list_quads(own))
        refresh(store, summary, on_progress, before)
    summary.seconds = time.perf_counter() - started
    return summary


def remove(store: Store, names: Sequence[str]) -> None:
    """Take documents and all that only they told out of the store. KgError, removing nothing, if one is not there."""
    present = {str(g.value) for g in store.graphs()}
    missing = [name for name in names if graph.terms.document(name).value not in present]
    if missing:
        raise KgError(f"no document {', '.join(missing)} in the store: `kg query documents` lists what is there")
    before = begin(store, names)
    for name in names:
        store.remove_graph(graph.terms.document(name))
    refresh(store, Summary(), before=before)


def load(store: Store, quads: Sequence[Quad]) -> reasoning.Outcome:
    """Add quads to their graphs, and infer. Documents added to others become one world with these at the next build."""
    graphs = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode)}
    if all(any(map(_is_document, names)) for names in (graphs, (g.value for g in store.graphs()))):
        begin(store, (), anew=True)
    return reasoning.add(store, quads)


def _is_document(name: str) -> bool:
    return name.startswith(f"{BASE}document/")


def at_least(store: Store, confidence: float) -> Store:
    """A copy in memory without reports of lower confidence, its world resolved anew from the rest."""
    copy = open_store(None)
    told: dict[str, list[Quad]] = defaultdict(list)
    for quad in store.dump():
        assert isinstance(quad.graph_name, NamedNode)  # the program keeps nothing in the default graph
        told[quad.graph_name.value].append(quad)
    for name in sorted(told.keys() - {graph.terms.WORLD.value, graph.terms.INFERRED.value}):
        copy.replace_graph(name, graph.at_least(told[name], confidence))
    refresh(copy, Summary())
    return copy


def keep_corrections(store: Store, file: Path) -> None:
    """Keep the corrections of a Turtle file in the store, in place of those kept before. KgError if it has others."""
    quads = read_quads(file, graph=graph.CORRECTIONS.value)
    graph.corrections_of([(q.subject, q.predicate, q.object) for q in quads], store)
    begin(store, (), anew=True)
    store.replace_graph(graph.CORRECTIONS, quads)


def correct(store: Store, change: Callable[[Corrections], Corrections]) -> None:
    """Change the corrections that a store keeps, and bring the world up to date."""
    changed = change(graph.read_corrections(store))
    begin(store, [], anew=True)
    store.replace_graph(graph.CORRECTIONS, graph.correction_quads(changed))
    refresh(store, Summary())


@contextmanager
def _no_collector() -> Iterator[None]:
    """Millions of small objects without a cycle among them: the collector would look at all of them again and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def begin(store: Store, names: Collection[str], *, anew: bool = False) -> Before | None:
    """Mark the store as one whose documents are being changed, until `refresh` is done.

    What documents of these names tell now, or None where the whole world is to be resolved `anew`: after a change that
    was not ended, by another version of the program, with corrections of the user, and where there are few others.
    """
    if anew or not isinstance(store, EmbeddedStore) or graph.is_pending(store):
        found = None
    else:
        found = _as_they_are(store, names)
    store.replace_graph(graph.PENDING, graph.pending_quads())
    return found


def _as_they_are(store: Store, names: Collection[str]) -> Before | None:
    present = {g.value for g in store.graphs()}
    mine = {name: graph.terms.document(name).value in present for name in names}
    few = len(names) <= identity.MOST * sum(map(_is_document, present))
    if not few or graph.CORRECTIONS.value in present or not reasoning.is_current(store):
        return None
    if any(_number(store, told) != _number(store, joined) for told, joined in _TOLD_AND_JOINED):
        return None  # documents have come or gone by another way
    there = {x.document.name: x for x in graph.read_extractions(store, [name for name, is_ in mine.items() if is_])}
    return {name: there.get(name) for name in names}


@_no_collector()
def refresh(
    store: Store,
    summary: Summary,
    on_progress: Progress = lambda stage, done, total: None,
    before: Before | None = None,
) -> None:
    """Make the world that of the document graphs, and follow up in the inferred graph what changed in it.

    With what the documents that changed told `before` (see `begin`), only what hangs together with them is resolved.
    """
    on_progress("world", 0, 3)
    with list_of(store):
        change = None if before is None else _changed(store, before)
        outcome = _renewed(store, on_progress) if change is None else _applied(store, change, on_progress)
    store.remove_graph(graph.PENDING)
    summary.inferred = reasoning.size(store)
    summary.contradictions = len(outcome.contradictions)
    for name, query in _COUNTED.items():
        setattr(summary, name, _number(store, query))
    on_progress("world", 3, 3)


def _number(store: Store, query: str) -> int:
    answer = store.query(query)
    assert isinstance(answer, Solutions)
    return int(answer.rows[0]["number"].value)


def _renewed(store: Store, on_progress: Progress) -> reasoning.Outcome:
    """The whole world is resolved anew, and what differs from that of the store is written."""
    extractions = graph.read_extractions(store)
    world = identity.resolve(extractions, graph.read_corrections(store))
    on_progress("world", 1, 3)
    quads = graph.world_quads(world, extractions)
    store.replace_graph(graph.terms.ONTOLOGY, graph.ontology_quads())
    on_progress("world", 2, 3)
    return reasoning.replace_graph(store, graph.terms.WORLD, quads)


def _changed(store: Store, before: Before) -> tuple[set[Quad], set[Quad]] | None:
    """The quads that leave the world and those that come; None where the store's world is not what it should be."""
    found = identity.changed_by(store, before)
    if found is None:
        return None
    was, is_ = ((each.whole(), each.extractions) for each in (found.before, found.after))
    gone, come = graph.recounted(store, *graph.changed_quads(was, is_, before))
    gone = graph.Support(store, before, gone, come).unsupported()
    if graph.present(store, gone) != gone:
        return None
    return gone, come - graph.present(store, come)


def _applied(store: Store, change: tuple[set[Quad], set[Quad]], on_progress: Progress) -> reasoning.Outcome:
    on_progress("world", 1, 3)
    store.replace_graph(graph.terms.ONTOLOGY, graph.ontology_quads())
    on_progress("world", 2, 3)
    return reasoning.change_graph(store, graph.terms.WORLD, *change)


def analyse(document: Document, model: str | None = None) -> Extraction:
    """What one document tells, with the pipeline loaded once per process."""
    nlp = language.load(model)
    return extract(language.analyse(nlp, document.text, document.published), document)


def _provenance(model: str | None, ended: datetime | None) -> Provenance:
    meta = language.load(model).meta
    return Provenance(
        __version__, f"{meta['lang']}_{meta['name']} {meta['version']}", lexicon.load().version, ended=ended
    )


def _attempt(document: Document, model: str | None) -> Extraction | str:
    try:
        return analyse(document, model)
    except KgError as error:
        return str(error)
    except Exception as error:  # one document's fault must not end the run for the others
        return f"could not be analysed ({type(error).__name__}: {error}): please report this with the document"


def _extractions(
    texts: Sequence[Document], model: str | None, workers: int | None
) -> Iterator[tuple[Document, Extraction | str]]:
    """Every document with its extraction, or with what went wrong; in any order when several processes work."""
    language.load(model)  # a missing pipeline is the run's fault, not a document's
    processes = workers or min(os.cpu_count() or 1, 1 + len(texts) // _PER_WORKER)
    if processes == 1:
        for document in texts:
            yield document, _attempt(document, model)
        return
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawn, initializer=known.use, initargs=(known.own(),)) as pool:
        waiting = {pool.submit(_attempt, document, model): document for document in texts}
        for future in as_completed(waiting):
            try:
                yield waiting[future], future.result()
            except BrokenProcessPool:
                yield waiting[future], "the process that analysed it died: try it alone with --workers 1"
