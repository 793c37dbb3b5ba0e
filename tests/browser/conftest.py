"""The page in a real browser, Debian's Chromium driven by Playwright, on `kg serve` with the sample of queries."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from kg.store import open_store

from ..cli.conftest import sample
from ..server.conftest import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
PATIENCE = 180  # seconds that a page may take on a machine that does other work
_NAMES = ("chromium", "chromium-browser", "google-chrome")

Open = Callable[..., "Page"]


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on the sample."""
    folder = tmp_path_factory.mktemp("page") / "kg-store"
    with open_store(folder) as store:
        sample().fill(store)
    with serving(folder) as server:
        httpx.get(f"{server.url}/ask?q=Who+signed+what%3F", timeout=PATIENCE)  # loads the language pipeline
        yield server.url


# Playwright's loop runs in this thread while the browser is open, so it must not outlive this folder's tests
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The browser; without one the tests are skipped."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        pytest.skip("no Chromium: install it (apt-get install chromium) or name one with CHROMIUM=...")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=program, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser, served: str) -> Iterator[Open]:
    """Open a path in a fresh browser context: `visit(path, width=..., **context options)`.

    The test fails if a script of the page failed or the browser had something to complain of.
    """
    contexts: list[Any] = []
    complaints: list[str] = []

    def go(path: str, *, width: int = 1200, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, base_url=served, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda m: m.type in ("error", "warning") and complaints.append(f"{page.url}: {m.text}"))
        page.on(
            "request",
            lambda request: request.url.startswith((served, "blob:", "data:")) or complaints.append(request.url),
        )
        page.goto(path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert [c for c in complaints if "status of 4" not in c] == []
