"""What visitors do: ask, follow a quote, narrow a view, write a query; by mouse, by keyboard, and without scripts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from .conftest import Open

ASKED = "/ask?q=Who+signed+what+and+when%3F"


def test_two_clicks_lead_from_the_start_to_a_quoted_answer_and_its_document(visit: Open) -> None:
    page = visit("/")
    page.get_by_role("link", name="Who signed what and when?").click()
    quote = page.locator("figure.quote").first
    assert "signed the Doha Agreement" in quote.inner_text()
    assert quote.locator("mark").first.inner_text() == "signed"
    quote.locator("cite a").click()
    assert re.search(r"/document/doha-talks#\w+$", page.url)
    assert page.locator(".report:target").count() == 1
    assert page.locator(".text .mark.trigger", has_text="signed").count() > 0


def test_the_keyboard_is_enough_to_ask(visit: Open) -> None:
    page = visit("/timeline")
    page.keyboard.press("/")
    page.wait_for_url("**/ask")
    page.keyboard.press("/")
    page.keyboard.type("Who signed what and when?")
    page.keyboard.press("Enter")
    page.locator(".answer .sentence").wait_for()
    assert "Understood as" in page.locator(".answer").inner_text()


def test_the_first_stop_of_the_keyboard_skips_to_the_content(visit: Open) -> None:
    page = visit("/network")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "actor"


def test_a_question_that_is_not_understood_offers_others(visit: Open) -> None:
    page = visit("/ask?q=Who+ate+the+cheese%3F")
    assert "cheese" in page.get_by_role("alert").inner_text()
    assert page.locator("main a[href*='/queries/'], main .examples a").count() > 0


def test_names_are_suggested_while_one_writes(visit: Open) -> None:
    page = visit("/queries/what-an-actor-did")
    box = page.get_by_label("actor (needed)")
    box.press_sequentially("tali")
    page.locator("datalist option").first.wait_for(state="attached")
    assert "Taliban" in [option.get_attribute("value") for option in page.locator("datalist option").all()]
    box.fill("Taliban")
    page.get_by_role("button", name="Run").click()
    page.locator("article.row").first.wait_for()
    assert "actor=Taliban" in page.url


def test_an_unknown_name_is_told_where_it_was_written(visit: Open) -> None:
    page = visit("/queries/what-an-actor-did?actor=Talibn")
    assert "did you mean Taliban" in page.get_by_role("alert").inner_text()


def test_an_answer_can_be_saved(visit: Open) -> None:
    page = visit("/queries/who-signed-what-when")
    with page.expect_download() as saved:
        page.get_by_role("link", name="CSV").click()
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    assert text.splitlines()[0].startswith("agreement,")


def test_the_timeline_narrows(visit: Open) -> None:
    page = visit("/timeline")
    everything = page.locator("article.card").count()
    page.get_by_label("Kind of event").select_option("signing")
    page.get_by_role("button", name="Filter").click()
    page.wait_for_url("**type=signing**")
    assert 0 < page.locator("article.card").count() < everything
    assert set(page.locator("article.card .kind").all_inner_texts()) == {"signing"}
    page.get_by_role("link", name="Clear").click()
    page.locator(".bars a").first.click()
    assert "from=" in page.url


def test_the_network_shows_who_deals_with_whom(visit: Open) -> None:
    page = visit("/network")
    actor = page.locator("svg a[href='/actor/taliban-unlisted']")
    actor.focus()
    assert page.locator("svg .dimmed").count() == 1
    assert page.locator("svg .node.lit").count() >= 2
    before = page.locator("svg > g").get_attribute("transform")
    page.keyboard.press("+")
    page.wait_for_function(
        "before => document.querySelector('svg > g').getAttribute('transform') !== before", arg=before
    )
    actor.press("Enter")
    page.wait_for_url("**/actor/taliban-unlisted")
    assert page.locator("h1").inner_text() == "Taliban"


def test_the_map_leads_to_places(visit: Open) -> None:
    page = visit("/map")
    assert page.locator("svg .land").count() == 1
    page.get_by_role("button", name="Zoom in").click()
    page.locator("svg a", has=page.locator("title", has_text="Doha")).press("Enter")
    page.wait_for_url("**/place/doha-unlisted")


def test_sources_that_disagree_stand_side_by_side(visit: Open) -> None:
    page = visit("/disagreements?about=number")
    sides = page.locator("article.versus").first.locator("section")
    boxes = [side.bounding_box() for side in sides.all()]
    assert len(boxes) == 2
    assert boxes[0] and boxes[1] and boxes[0]["y"] == boxes[1]["y"] and boxes[0]["x"] < boxes[1]["x"]
    assert "killing 12" in sides.nth(0).inner_text() + sides.nth(1).inner_text()


def test_a_sentence_and_its_reports_point_at_each_other(visit: Open) -> None:
    page = visit("/document/doha-talks")
    page.locator(".sentence.tells").first.hover()
    assert page.locator(".report.lit").count() >= 1
    page.locator(".report a.back").first.click()
    assert page.locator(".sentence:target").count() == 1


def test_the_editor_completes_runs_and_saves(visit: Open) -> None:
    page = visit("/editor")
    editor = page.locator(".cm-content")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT ?paper WHERE { ?paper a cd:Agreem")
    option = page.locator(".cm-tooltip-autocomplete li", has_text="cd:Agreement").first
    option.wait_for()
    page.keyboard.press("Control+Space")
    page.wait_for_timeout(200)  # CodeMirror takes no choice in the first moments of its list, against mistaken keys
    page.keyboard.press("Enter")
    assert "cd:Agreement" in editor.inner_text()
    assert page.locator(".tok-keyword").count() > 0
    page.keyboard.press("Control+Enter")
    page.locator("[data-results] td a").first.wait_for()
    assert page.locator("[data-results] td a").first.get_attribute("href") == "/agreement/pact"
    with page.expect_download() as saved:
        page.get_by_role("button", name="JSON", exact=True).click()
    assert json.loads(Path(saved.value.path()).read_text())["head"]["vars"] == ["paper"]


def test_the_editor_says_what_is_wrong_and_can_be_left_by_keyboard(visit: Open) -> None:
    page = visit("/editor?query=SELECT+nonsense")
    page.get_by_role("button", name="Run").click()
    page.locator(".status-line.error").wait_for()
    page.locator(".cm-content").click()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Run"


@pytest.mark.parametrize("path", ["/", ASKED, "/timeline", "/network", "/map", "/document/doha-talks", "/editor"])
def test_pages_say_the_same_without_scripts(visit: Open, path: str) -> None:
    page = visit(path, java_script_enabled=False)
    assert page.locator("h1").count() == 1
    if path in ("/network", "/map"):
        assert page.locator("tbody tr").count() > 0
    if path == ASKED:
        assert page.locator("figure.quote mark").count() > 0
