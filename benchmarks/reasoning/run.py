"""How fast the reasoner is: beside owlrl, at growing sizes, in a store on disk, and for one document more or less.

    python benchmarks/reasoning/run.py                 all of it, about 15 minutes
    python benchmarks/reasoning/run.py --small         sizes up to 10,000 triples, about half a minute

Times are CPU seconds of one process; each measurement has a process of its own, so that its memory is its own. The
tables go to standard output, and the exit code is 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from worlds import document, world  # noqa: E402


def engine(size: int) -> dict[str, Any]:
    """Triples in memory to everything that follows, in memory."""
    from kg.reasoning import check
    from kg.reasoning.inference import closed
    from kg.reasoning.knowledge import Knowledge

    check()  # the ontology is closed once a process
    triples, rules = world(size), Knowledge().rules()
    started = time.process_time()
    inferred = list(closed(rules, triples).triples())
    seconds = time.process_time() - started
    return {"triples": len(triples), "seconds": seconds, "inferred": len(inferred), "digest": _digest(inferred)}


def owlrl(size: int) -> dict[str, Any]:
    """The same with owlrl, on an rdflib graph that is ready to be closed."""
    import owlrl
    from rdflib import OWL, RDF, Graph, Literal

    from kg.graph import ontology_quads
    from kg.reasoning.axioms import is_axiom, oxigraph_term, rdflib_term

    triples, graph = world(size), Graph()
    axioms = [quad.triple for quad in ontology_quads() if is_axiom(quad)]
    for triple in (*axioms, *triples):
        graph.add(tuple(rdflib_term(term) for term in (triple.subject, triple.predicate, triple.object)))
    graph.remove((None, OWL.hasKey, None))
    given = set(triples)
    started = time.process_time()
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
    seconds = time.process_time() - started
    own = {triple.subject for triple in triples} | {t.object for t in triples} - {t.subject for t in axioms}
    inferred = []
    for s, p, o in graph:
        if isinstance(s, Literal) or (p == OWL.sameAs and s == o) or (p == RDF.type and str(o).startswith(str(OWL))):
            continue
        if oxigraph_term(s) in own and "genid" not in str(o):
            from pyoxigraph import Triple

            triple = Triple(oxigraph_term(s), oxigraph_term(p), oxigraph_term(o))
            if triple not in given and not is_axiom(triple):
                inferred.append(triple)
    return {"triples": len(triples), "seconds": seconds, "inferred": len(inferred), "digest": _digest(inferred)}


def store(size: int) -> dict[str, Any]:
    """A store on disk: the inferred graph from nothing, then one document more, and one less."""
    from pyoxigraph import NamedNode, Quad

    from kg.graph import ontology_quads
    from kg.graph.terms import BASE, WORLD
    from kg.reasoning import infer, replace_graph
    from kg.reasoning import size as number_inferred
    from kg.store import open_store

    with tempfile.TemporaryDirectory() as folder, open_store(folder) as opened:
        opened.add(ontology_quads())
        opened.add([Quad(t.subject, t.predicate, t.object, WORLD) for t in world(size)])
        seconds = _timed(lambda: infer(opened))
        inferred = number_inferred(opened)
        name = NamedNode(f"{BASE}graph/extra")
        one = [
            [Quad(t.subject, t.predicate, t.object, name) for t in document(number)] for number in (10**6, 10**6 + 1)
        ]
        replace_graph(opened, name, one[0])
        replace_graph(opened, name, [])  # once, for what is done once a process
        added = _timed(lambda: replace_graph(opened, name, one[1]))
        removed = _timed(lambda: replace_graph(opened, name, []))
        same = number_inferred(opened) == inferred
        return {
            "triples": size,
            "seconds": seconds,
            "add": added,
            "remove": removed,
            "same": same,
            "inferred": inferred,
        }


def _timed(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _digest(triples: list[Any]) -> str:
    import hashlib

    return hashlib.sha256("\n".join(sorted(map(str, triples))).encode()).hexdigest()[:12]


MEASUREMENTS: dict[str, Callable[[int], dict[str, Any]]] = {"engine": engine, "owlrl": owlrl, "store": store}


def measured(name: str, size: int) -> dict[str, Any]:
    """One measurement in a process of its own, with the most memory that it held, in gigabytes."""
    command = [sys.executable, __file__, "--one", name, "--size", str(size)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    print(f"{name} {size:,}: {found['seconds']:.2f} s, {found['memory']:.2f} GB", file=sys.stderr, flush=True)
    return found


def main() -> int:
    """Measure, print the tables, and compare with the targets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="sizes up to 10,000 triples only")
    parser.add_argument("--one", choices=MEASUREMENTS, help=argparse.SUPPRESS)
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        found = MEASUREMENTS[given.one](given.size)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
        print(json.dumps(found | {"memory": memory}))
        return 0
    sizes = (1_000, 10_000) if given.small else (10_000, 100_000, 1_000_000)
    ours = [measured("engine", size) for size in sizes]
    reference = {size: measured("owlrl", size) for size in sizes if size <= 100_000}
    stored = [measured("store", size) for size in sizes]
    print("| triples | inferred | seconds | triples/s | GB | owlrl, seconds | times owlrl | same triples |")
    print("|---|---|---|---|---|---|---|---|")
    for size, row in zip(sizes, ours, strict=True):
        other = reference.get(size)
        beside = ["", "", ""]
        if other:
            alike = "yes" if other["digest"] == row["digest"] else f"NO ({other['inferred']:,})"
            beside = [f"{other['seconds']:.1f}", f"{other['seconds'] / row['seconds']:.0f}", alike]
        cells = [f"{size:,}", f"{row['inferred']:,}", f"{row['seconds']:.2f}", f"{size / row['seconds']:,.0f}"]
        print("| " + " | ".join([*cells, f"{row['memory']:.2f}", *beside]) + " |")
    print()
    print("| triples on disk | closed anew, seconds | GB | one document more, seconds | one less, seconds |")
    print("|---|---|---|---|---|")
    for size, row in zip(sizes, stored, strict=True):
        cells = [
            f"{size:,}",
            f"{row['seconds']:.2f}",
            f"{row['memory']:.2f}",
            f"{row['add']:.3f}",
            f"{row['remove']:.3f}",
        ]
        print("| " + " | ".join(cells) + " |")
    if given.small:
        return 0
    missed = [
        name
        for name, met in {
            "a million triples in 30 s": stored[-1]["seconds"] <= 30,
            "a million triples in 2 GB": max(stored[-1]["memory"], ours[-1]["memory"]) <= 2,
            "80 times owlrl at 100,000": reference[100_000]["seconds"] / ours[1]["seconds"] >= 80,
            "linear growth": ours[-1]["seconds"] / ours[0]["seconds"] <= 150,
            "the same triples as owlrl": all(
                reference[s]["digest"] == r["digest"] for s, r in zip(sizes[:2], ours, strict=False)
            ),
            "nothing left of a document taken out": all(row["same"] for row in stored),
        }.items()
        if not met
    ]
    print("\n" + (f"MISSED: {'; '.join(missed)}" if missed else "All targets are met."))
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
