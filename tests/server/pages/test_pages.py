"""What the pages say, without a browser."""

from __future__ import annotations

import re

import httpx
import pytest

from kg.server.pages.documents import Stretch, stretches_of
from kg.server.pages.marks import Piece, Span, pieces
from kg.server.pages.places import known_position

NAMES = "ask queries timeline network map disagreements agreements actors documents editor about"
PAGES = ("/", *(f"/{name}" for name in NAMES.split()))


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_loaded_from_elsewhere(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    loaded = re.findall(r'<(?:script|link|img|iframe)\b[^>]*?\b(?:src|href)="([^"]*)"', answer.text)
    assert loaded
    for address in loaded:
        assert client.get(address).status_code == 200


def test_what_a_document_says_is_shown_as_text(client: httpx.Client) -> None:
    answer = client.get("/document/helmand-again")
    assert "A “second” look; at Helmand" in answer.text
    answer = client.get("/ask", params={"q": "<script>alert(1)</script>"})
    assert "<script>alert" not in answer.text


def test_a_document_marks_the_words_that_tell(client: httpx.Client) -> None:
    text = client.get("/document/doha-talks").text
    marked = re.findall(r'<a class="mark trigger ([\w-]+)" href="#(\w+)"[^>]*>(\w+)</a>', text)
    assert ("verbal-cooperation", "signed") in {(stance, word) for stance, _, word in marked}
    assert ("material-cooperation", "withdraw") in {(stance, word) for stance, _, word in marked}
    assert all(f'id="{report}"' in text for _, report, _ in marked)


def test_filters_mean_the_same_everywhere(client: httpx.Client) -> None:
    assert {row["day"] for row in client.get("/api/timeline?type=signing").json()} == {"2020-02-29"}
    assert len(client.get("/api/timeline").json()) > len(client.get("/api/timeline?status=asserted").json()) > 0
    assert len(client.get("/api/timeline?actor=Taliban&from=2020-03-01").json()) < len(
        client.get("/api/timeline?actor=Taliban").json()
    )
    strikes = client.get("/api/network?type=material+conflict&status=asserted").json()
    assert {link["stance"] for link in strikes["links"]} == {"material-conflict"}
    assert {place["name"] for place in client.get("/api/map?type=signing").json()} == {"Doha"}
    for path in ("/timeline", "/network", "/map"):
        assert client.get(f"{path}?type=nonsense").status_code == 400
        assert "nonsense" in client.get(f"{path}?type=nonsense").text
        assert client.get(f"{path}?from=yesterday").status_code == 400


def test_the_network_tells_who_acted_on_whom(client: httpx.Client) -> None:
    drawing = client.get("/api/network").json()
    names = [node["name"] for node in drawing["nodes"]]
    ties = {(names[link["source"]], link["way"], names[link["target"]]) for link in drawing["links"]}
    assert ("Taliban", "on", "United States") in ties
    assert any(way == "with" and {one, other} == {"Taliban", "United States"} for one, way, other in ties)


def test_an_agreement_tells_how_it_was_signed(client: httpx.Client) -> None:
    text = client.get("/agreement/pact").text
    assert "Abdul Ghani Baradar (for Taliban)" in text
    assert "Talks in Doha" in text


def test_answers_as_json(client: httpx.Client) -> None:
    answer = client.get("/api/queries/who-signed-what-when", params={"actor": "Taliban"}).json()
    assert answer["results"]["bindings"]
    assert client.get("/api/queries/no-such-query").status_code == 404
    refused = client.get("/api/queries/who-signed-what-when", params={"actor": "Talibn"})
    assert refused.status_code == 400
    assert "did you mean Taliban" in refused.json()["error"]
    assert "Taliban" in client.get("/api/names?q=tali&kind=actor").json()
    assert {"cd:Agreement", "cd:actor"} <= {term["name"] for term in client.get("/api/terms").json()["terms"]}


def test_marks_are_cut_where_they_begin_and_end() -> None:
    inner, outer = Span(4, 7, "name"), Span(0, 11, "trigger")
    assert pieces("the Taliban", [outer, inner, Span(5, 99, "beyond")]) == [
        Piece("the "),
        Piece("Tal", inner),
        Piece("iban"),
    ]


def test_words_that_touch_are_one_stretch() -> None:
    found = stretches_of([(30, "on"), (0, "The US"), (4, "US left"), (11, " Kabul"), (5, "S")])
    assert found == [Stretch(0, "The US left Kabul"), Stretch(30, "on")]


def test_positions_of_towns_and_states() -> None:
    assert known_position("Doha", "QA") == pytest.approx((25.3, 51.5), abs=0.2)
    assert known_position("Lomé", "TG") == known_position("Lome", "TG") is not None
    assert known_position("Kumanovo", None) == known_position("Kumanovo", "MK") is not None
    assert known_position("Paris", "FR") is not None
    assert known_position("Birmingham", None) is None  # of England or of Alabama
    assert known_position("no such town", "FR") is None
    assert known_position("Qatar", None, state="QA") is not None
