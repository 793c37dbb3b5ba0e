"""Reading RDF files."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode

from kg.errors import KgError
from kg.store.formats import SUFFIXES, read_quads

GRAPH = "https://example.org/graph"
SAMPLES = {
    ".ttl": "<urn:s> <urn:p> 'o' .",
    ".trig": "<urn:s> <urn:p> 'o' .",
    ".nt": '<urn:s> <urn:p> "o" .',
    ".nq": '<urn:s> <urn:p> "o" .',
    ".rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
    '<rdf:Description rdf:about="urn:s"><u:p>o</u:p></rdf:Description></rdf:RDF>',
    ".jsonld": '{"@id": "urn:s", "urn:p": "o"}',
}
SAMPLES |= {".owl": SAMPLES[".rdf"], ".xml": SAMPLES[".rdf"], ".json": SAMPLES[".jsonld"]}


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text)
    return folder / name


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format(tmp_path: Path, suffix: str) -> None:
    (quad,) = read_quads(written(tmp_path, "x" + suffix, SAMPLES[suffix]), graph=GRAPH)
    assert str(quad) == f'<urn:s> <urn:p> "o" <{GRAPH}>'


def test_named_graphs_are_kept(tmp_path: Path) -> None:
    (quad,) = read_quads(written(tmp_path, "x.trig", "<urn:g> { <urn:s> <urn:p> 1 }"), graph=GRAPH)
    assert quad.graph_name == NamedNode("urn:g")


def test_the_format_can_be_said(tmp_path: Path) -> None:
    assert len(read_quads(written(tmp_path, "x.dat", SAMPLES[".ttl"]), graph=GRAPH, format="turtle")) == 1
    with pytest.raises(KgError, match=r"x\.dat: unknown suffix; say --format turtle\|trig"):
        read_quads(tmp_path / "x.dat", graph=GRAPH)
    with pytest.raises(KgError, match="unknown format 'n3'"):
        read_quads(tmp_path / "x.dat", graph=GRAPH, format="n3")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "x.ttl",
            "<urn:s> <urn:p> 1 .\n<urn:s> d:e 1 .",
            r"x\.ttl:2: not Turtle: The prefix d: has not been declared$",
        ),
        ("x.nq", "<urn:s> <urn:p> .\n", r"x\.nq:1: not N-Quads: "),
        ("x.jsonld", '{\n"a" 1}', r"x\.jsonld:2: not JSON-LD: "),
        ("x.jsonld", '{"@context": "https://schema.org/", "name": "x"}', "write the context into the file"),
        ("x.rdf", "<a>\n<b></a>", r"x\.rdf: not RDF/XML: "),
    ],
)
def test_a_malformed_file(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(KgError, match=message) as caught:
        read_quads(written(tmp_path, name, text), graph=GRAPH)
    assert "\n" not in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"none\.ttl: cannot be read \(no such file"):
        read_quads(tmp_path / "none.ttl", graph=GRAPH)


def test_blank_nodes_of_two_files_never_meet_and_are_the_same_each_time(tmp_path: Path) -> None:
    one = written(tmp_path, "one.ttl", "_:x <urn:p> [ <urn:q> _:x ] .")
    two = written(tmp_path, "two.ttl", "_:x <urn:p> [ <urn:q> 2 ] .")
    first, again, other = (read_quads(path, graph=GRAPH) for path in (one, one, two))
    assert [str(quad) for quad in first] == [str(quad) for quad in again]
    blank = [
        {t.value for q in quads for t in (q.subject, q.object) if isinstance(t, BlankNode)} for quads in (first, other)
    ]
    assert [len(labels) for labels in blank] == [2, 2]
    assert not blank[0] & blank[1]


def test_relative_iris_are_resolved_against_the_graph(tmp_path: Path) -> None:
    (quad,) = read_quads(written(tmp_path, "x.ttl", "<#s> <urn:p> 1 ."), graph=GRAPH)
    assert quad.subject == NamedNode(GRAPH + "#s")
