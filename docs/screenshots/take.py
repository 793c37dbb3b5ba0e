"""Takes the pictures of the documentation: `kg serve` on a store, Chromium, one PNG a view.

kg build seeds --store /tmp/seeds-store && python docs/screenshots/take.py /tmp/seeds-store
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
VIEWS = {
    "start": "/",
    "ask": "/ask?q=Did+Ghani+agree+to+release+prisoners%3F",
    "query": "/queries/who-signed-what-when?actor=Taliban",
    "timeline": "/timeline?from=1990&status=asserted",
    "network": "/network",
    "map": "/map",
    "disagreements": "/disagreements",
    "document": "/document/2020-03-04-us-strikes-taliban-helmand",
    "agreement": "/agreement/agreement-for-bringing-peace-to-afghanistan",
    "editor": "/editor?run",
}
OTHERS = {"phone-dark": ("/timeline?actor=United+States", 390, 800, "dark"), "map-dark": ("/map", 1200, 860, "dark")}


def main() -> None:
    """Take them all."""
    kg = Path(sys.executable).with_name("kg")
    server = subprocess.Popen([kg, "serve", "--store", sys.argv[1], "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        address = server.stdout.readline().split(" at ")[1].split("/ with")[0]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            views = {name: (path, 1200, 860, "light") for name, path in VIEWS.items()} | OTHERS
            for name, (path, width, height, scheme) in views.items():
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
                page.set_default_timeout(300_000)
                page.goto(address + path)
                if name == "editor":
                    page.locator("[data-results] td").first.wait_for()
                if "network" in name or "map" in name:
                    page.locator("figure.drawing").scroll_into_view_if_needed()
                page.screenshot(path=HERE / f"{name}.png")
                page.close()
            browser.close()
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    main()
