"""Every main view: nothing that axe-core objects to and nothing too wide, in light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from .conftest import AXE, PATIENCE, Open

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

VIEWS = (
    "/",
    "/ask?q=Who+signed+what+and+when%3F",
    "/ask?q=Who+ate+the+cheese%3F",
    "/queries",
    "/queries/who-signed-what-when",
    "/timeline",
    "/network",
    "/map",
    "/disagreements",
    "/agreements",
    "/actors",
    "/documents",
    "/editor",
    "/about",
    "/ontology",
    "/actor/taliban-unlisted",
    "/agreement/pact",
    "/place/doha-unlisted",
    "/event/strike",
    "/document/doha-talks",
    "/time/2020-02-29",
    "/nothing/of/this/name",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


# one window for all views of a kind: on a busy machine a new one takes longer than the view
@pytest.fixture(scope="module", params=[(1200, "light"), (375, "dark")], ids=["wide-light", "phone-dark"])
def window(browser: Browser, served: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    # axe-core is put into the page, which the page's own policy forbids
    context = browser.new_context(
        viewport={"width": width, "height": 900}, base_url=served, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    yield page
    context.close()


@pytest.mark.parametrize("path", VIEWS)
def test_a_view_is_accessible_and_fits(window: Page, path: str) -> None:
    page = window
    page.goto(path)
    assert page.locator("h1").count() == 1
    assert page.title().endswith("conflict-kg")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    if not AXE.exists():
        pytest.skip("axe-core is not there: run `npm ci` in web/")
    page.add_script_tag(path=AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert [(v["id"], [node["html"][:200] for node in v["nodes"][:3]]) for v in found["violations"]] == []


@pytest.mark.parametrize("path", ["/network", "/map"])
def test_a_drawing_is_there(visit: Open, path: str) -> None:
    page = visit(path)
    drawing = page.locator("figure svg")
    assert drawing.bounding_box() is not None
    assert drawing.locator("a").count() > 0
    assert all(a.get_attribute("aria-label") for a in drawing.locator("a").all())
