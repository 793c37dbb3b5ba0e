"""How fast the web page is on 10,000 events, beside a page that asks the store nothing.

    python benchmarks/page.py STORE

STORE is a built store (`kg build seeds`). Its documents and events are copied under new names into a store of their own
until there are 10,000 events, which `kg serve` then serves on loopback. Prints for each view the median time to its
HTML, as a multiple of `/about` of the same run too, and the longest task of the browser's main thread while it loads.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
import pyoxigraph as ox
from playwright.sync_api import sync_playwright

from kg.graph.terms import BASE, CD
from kg.store import open_store

EVENTS, ROUNDS = 10_000, 5
BASELINE = "/about"
VIEWS = (BASELINE, "/", "/timeline", "/network", "/map", "/agreements", "/actors", "/documents", "/queries")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
LONG_TASKS = """new PerformanceObserver(list => list.getEntries().forEach(
  entry => (window.long ??= []).push(entry.duration)))
  .observe({entryTypes: ["longtask"]})"""
_RENAMED = re.compile(rf"<{re.escape(BASE)}(document|event|report)/([^#>:]+)")


def copied(source: Path, folder: Path) -> int:
    """Fill a store with copies of another until it has enough events; their number."""
    with open_store(source, read_only=True) as store:
        lines = [f"{quad} .\n" for quad in store.dump()]
    own = [line for line in lines if _RENAMED.search(line)]
    events = len({line.split(" ", 1)[0] for line in lines if CD.status.value in line})
    times = -(-EVENTS // events)
    made = ox.Store(str(folder))
    for number in range(times):
        text = "".join(_RENAMED.sub(rf"<{BASE}\1/\2-{number}", line) for line in own) if number else "".join(lines)
        made.bulk_load(text.encode(), format=ox.RdfFormat.N_QUADS)
    made.optimize()
    return times * events


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "store"
        events = copied(Path(sys.argv[1]), folder)
        kg = Path(sys.executable).with_name("kg")
        server = subprocess.Popen([kg, "serve", "--store", folder, "--port", "0"], stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split(" at ")[1].split("/ with")[0]
            html = measured(address)
            tasks = longest_tasks(address)
        finally:
            server.terminate()
            server.wait(20)
    print(f"{events:,} events, median of {ROUNDS}")
    print(f"{'view':<14}{'HTML, ms':>10}{'x /about':>10}{'longest task, ms':>18}")
    for view in VIEWS:
        print(f"{view:<14}{html[view]:>10.0f}{html[view] / html[BASELINE]:>10.1f}{tasks[view]:>18.0f}")


def measured(address: str) -> dict[str, float]:
    """Median milliseconds to the whole HTML of each view; the views take turns."""
    times: dict[str, list[float]] = {view: [] for view in VIEWS}
    with httpx.Client(base_url=address, timeout=300) as client:
        for number in range(ROUNDS + 1):
            for view in VIEWS:
                started = time.perf_counter()
                client.get(view).raise_for_status()
                if number:  # the first round fills caches
                    times[view].append((time.perf_counter() - started) * 1000)
    return {view: statistics.median(taken) for view, taken in times.items()}


def longest_tasks(address: str) -> dict[str, float]:
    """Milliseconds of the longest task that each view gives the browser's main thread; 0 if none is over 50."""
    found = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for view in VIEWS:
            page = browser.new_page()
            page.set_default_timeout(300_000)
            page.add_init_script(LONG_TASKS)
            page.goto(address + view)
            page.wait_for_timeout(1000)
            found[view] = max(page.evaluate("window.long ?? []"), default=0.0)
            page.close()
        browser.close()
    return found


if __name__ == "__main__":
    main()
