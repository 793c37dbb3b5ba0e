"""`kg serve` beside the bare `oxigraph` server, and while queries run away.

    .venv/bin/python benchmarks/server.py [--store kg-store] [--times 60] [--runaways 4]

Each light query goes to the bare server, then to `kg serve`, then to `kg serve` while one and several five-way cross
products run there. Figures are ratios of the medians of a round of light queries, in wall time.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.query import saved_query
from kg.query.saved import bound
from kg.server.process import program
from kg.store import open_store
from kg.store.snapshot import snapshot

RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
QUERIES = ("who-signed-what-when", "documents", "where-sources-disagree")


def ask(url: str, query: str) -> float:
    """Seconds until the whole answer is there."""
    body = urllib.parse.urlencode({"query": query}).encode()
    begun = time.perf_counter()
    with urllib.request.urlopen(urllib.request.Request(url, body, {"Accept": "text/csv"})) as answer:
        answer.read()
    return time.perf_counter() - begun


@contextmanager
def run(command: list[str], ready: str) -> Iterator[str]:
    """A server from its start to its end; yields the address that it tells in its line with `ready`."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    try:
        line = next(line for line in process.stdout if ready in line)
        yield line[line.index("http://") :].split()[0].rstrip("/")
    finally:
        process.terminate()
        process.wait()


@contextmanager
def runaways(url: str, number: int) -> Iterator[None]:
    """So many cross products running at the server, each started again when it is stopped."""
    end = threading.Event()

    def go() -> None:
        while not end.is_set():
            try:
                ask(url, RUNAWAY)
            except (urllib.error.HTTPError, OSError):
                continue

    threads = [threading.Thread(target=go, daemon=True) for _ in range(number)]
    for thread in threads:
        thread.start()
    time.sleep(3)  # the first seconds, before a query makes way for others, are measured as the rest is
    try:
        yield
    finally:
        end.set()


def main() -> None:
    """Run the servers, and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--store", type=Path, default=Path("kg-store"))
    parser.add_argument("--times", type=int, default=60, help="rounds of the light queries")
    parser.add_argument("--runaways", type=int, default=4)
    parser.add_argument("--timeout", type=float, default=20, help="seconds after which a runaway is stopped")
    options = parser.parse_args()
    with open_store(options.store, read_only=True) as store:
        queries = [bound(store, saved_query(name), {}) for name in QUERIES]
        triples = len(store.inner)  # type: ignore[attr-defined]
    kg = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--store", str(options.store)]
    with TemporaryDirectory() as folder:
        snapshot(options.store, Path(folder) / "copy")
        bare = [program(), "serve-read-only", "-l", f"{folder}/copy", "-b", "127.0.0.1:17878", "--union-default-graph"]
        with (
            run(bare, "Listening") as engine,
            run([*kg, "--port", "0", "--timeout", str(options.timeout)], "Serving") as quiet,
            run([*kg, "--port", "0", "--timeout", str(options.timeout)], "Serving") as troubled,
        ):
            sides = {"oxigraph alone": f"{engine}/query", "kg serve": f"{quiet}/sparql"}
            print(f"{triples:,} triples; {', '.join(QUERIES)}; {options.times} rounds")
            report("kg serve beside oxigraph alone", measure(sides, queries, options.times))
            sides = {"without": f"{quiet}/sparql", "with": f"{troubled}/sparql"}
            for number in (1, options.runaways):
                # both servers share the machine, so the quiet one is measured before and after, not meanwhile
                before = measure({"without": sides["without"]}, queries, options.times)["without"]
                with runaways(sides["with"], number):
                    during = measure({"with": sides["with"]}, queries, options.times)["with"]
                report(f"with {number} running away beside without", {"without": before, "with": during})


def measure(sides: dict[str, str], queries: list[str], times: int) -> dict[str, list[float]]:
    """The seconds of each round on each side."""
    taken: dict[str, list[float]] = {side: [] for side in sides}
    for url in sides.values():
        for query in queries:
            ask(url, query)
    for _ in range(times):
        for side, url in sides.items():
            taken[side].append(sum(ask(url, query) for query in queries))
    return taken


def report(title: str, taken: dict[str, list[float]]) -> None:
    """Print the second side as a multiple of the first."""
    (first, base), (second, other) = taken.items()
    ratio = statistics.median(other) / statistics.median(base)
    milliseconds = {name: 1000 * statistics.median(t) for name, t in ((first, base), (second, other))}
    told = ", ".join(f"{name} {value:.1f} ms" for name, value in milliseconds.items())
    print(f"{title}: {ratio:.2f} times ({told} a round)")


if __name__ == "__main__":
    main()
