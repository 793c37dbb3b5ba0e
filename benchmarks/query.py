"""How long the saved queries take on a large graph, beside rdflib's in-memory store: python benchmarks/query.py

The graph is that of seeds/ with copies of what its documents tell, until it has the wanted number of statements:
documents, reports, events and agreements are new in each copy, actors, places and times are shared. Every query runs
with its default parameters (those that it needs take their examples), some times on the embedded store and once on
rdflib, where it is given up after a limit.
Times are processor time, which other work on the machine does not lengthen.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import re
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from kg.graph.terms import CD, DCT
from kg.query import run, saved_queries
from kg.query.saved import SavedQuery, bound
from kg.store import Store, open_store

ROOT = Path(__file__).resolve().parents[1]
BASE = re.escape("https://w3id.org/conflict-diplomacy/")
OWN = re.compile(rf"^({BASE}(?:document|report|event|agreement)/[^#]+)")
RUNS = 5


def copied(quads: list[Quad], number: int) -> Iterator[Quad]:
    """The quads with everything that one set of documents tells renamed; those that all copies share stay equal."""

    def named(term: Any) -> Any:
        return NamedNode(OWN.sub(rf"\1-copy{number}", term.value)) if isinstance(term, NamedNode) else term

    for quad in quads:
        subject, term = named(quad.subject), named(quad.object)
        if subject != quad.subject and quad.predicate == DCT.identifier:
            term = Literal(f"{term.value}-copy{number}")
        elif quad.predicate == CD.sortKey:  # no two events share one
            term = Literal(term.value[:8] + hashlib.sha256(subject.value.encode()).hexdigest()[:7])
        yield Quad(subject, quad.predicate, term, named(quad.graph_name))


def fill(store: Store, triples: int) -> None:
    """Put copies of the graph of seeds/ into a store until it has so many quads."""
    from kg.pipeline import build

    with open_store(None) as seeds:
        build(sorted((ROOT / "seeds").glob("*.txt")), seeds, workers=1)
        quads = list(seeds.dump())
    own = [quad for quad, copy in zip(quads, copied(quads, 1), strict=True) if quad != copy]
    copies = max(0, -(-(triples - len(quads)) // len(own)))
    shared = set(quads) - set(own)
    store.add(spoken_of(quad, 1 + copies) if quad in shared else quad for quad in quads)
    for number in range(1, 1 + copies):
        store.add(copied(own, number))


def spoken_of(quad: Quad, times: int) -> Quad:
    """The quad, with the number of documents that speak of a thing so many times as large."""
    if quad.predicate != CD.documentCount:
        return quad
    assert isinstance(quad.object, Literal)
    return Quad(quad.subject, quad.predicate, Literal(times * int(quad.object.value)), quad.graph_name)


def values(query: SavedQuery) -> dict[str, str]:
    """The examples of the parameters that a query needs and that have no default."""
    return {p.name: p.example for p in query.parameters if p.required and p.default is None}


def measured(store: Store, query: SavedQuery) -> tuple[float, int]:
    """Median seconds and number of rows."""
    times, rows = [], 0
    for _ in range(RUNS):
        begun = time.process_time()
        rows = len(run(store, query, values(query)))  # type: ignore[arg-type]
        times.append(time.process_time() - begun)
    return statistics.median(times), rows


def on_rdflib(graph: Any, sparql: str, limit: int) -> float | str:
    """Seconds for one run in a process of its own; words where it fails or passes the limit, in whole seconds."""

    def ask() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        try:
            list(graph.query(sparql))
        except Exception:
            os._exit(1)

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = multiprocessing.get_context("fork").Process(target=ask)
    process.start()
    process.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    taken = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if process.exitcode == 1:
        return "fails"
    return taken if process.exitcode == 0 else f"over {limit} s"


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--limit", type=int, default=60, help="seconds that rdflib is given for a query")
    parser.add_argument("--without-rdflib", action="store_true")
    parser.add_argument("--store", help="a folder to keep the graph in, or that holds it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(options.store or folder)
        filled = place.is_dir() and any(place.iterdir())
        with open_store(str(place)) as store:
            if not filled:
                fill(store, options.triples)
            number = sum(1 for _ in store.query("SELECT ?s { GRAPH ?g { ?s ?p ?o } }"))  # type: ignore[union-attr]
            print(f"{number:,} triples; median of {RUNS} runs, milliseconds\n")
            graph = None if options.without_rdflib else in_rdflib(store)
            print("| query | rows | embedded store | rdflib in memory | ratio |\n|---|---|---|---|---|")
            slowest = 0.0
            for query in saved_queries():
                ours, rows = measured(store, query)
                slowest = max(slowest, ours)
                theirs, ratio = "", ""
                if graph is not None:
                    taken = on_rdflib(graph, bound(store, query, values(query)), options.limit)
                    theirs = taken if isinstance(taken, str) else f"{taken * 1000:,.0f}"
                    ratio = "" if isinstance(taken, str) else f"{taken / ours:,.0f}"
                print(f"| `{query.name}` | {rows:,} | {ours * 1000:.1f} | {theirs} | {ratio} |", flush=True)
            print(f"\nslowest: {slowest * 1000:.0f} ms")


def in_rdflib(store: Store) -> Any:
    """The same quads in rdflib's in-memory store, asked as the union of its graphs."""
    from rdflib import Dataset

    graph = Dataset(default_union=True)
    graph.parse(data=(serialize(store.dump(), format=RdfFormat.N_QUADS) or b"").decode(), format="nquads")
    return graph


if __name__ == "__main__":
    main()
