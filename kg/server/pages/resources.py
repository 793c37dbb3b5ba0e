"""Every IRI of the base, at the path after it: the page of the thing, or its description in a form of RDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, serialize
from starlette.responses import RedirectResponse, Response

from kg.graph.terms import BASE, ONTOLOGY, PREFIXES
from kg.graph.turtle import to_turtle
from kg.query.results import shortened
from kg.query.saved import with_prefixes
from kg.server.pages import documents, things
from kg.server.pages.graph import Row, page_query, rows
from kg.server.pages.negotiation import HTML, JSON_LD, OFFERED, SHORT, TURTLE, preferred
from kg.server.pages.page import Page
from kg.store.binding import bind

_GRAPHS = f"{BASE}graph/"
_DEPTH = 3
"""Steps from a resource to the parts that its fragments name: report, sentence, trigger."""

Renderer = Callable[[Page, str], Response | None]


def resource(page: Page) -> Response:
    """The answer for the IRI that the request's path stands for."""
    path = page.request.scope["raw_path"].decode("ascii").removeprefix(page.root)
    iri = BASE + path.lstrip("/").partition("?")[0]
    asked = page.text("format")
    if asked and asked not in SHORT:
        return page.problem(f"format: {asked!r} is none of {', '.join(SHORT)}", 400)
    type_ = SHORT[asked] if asked else preferred(page.request.headers.get("accept", ""))
    if type_ is None:
        return page.problem(f"this address answers as {', '.join(OFFERED)}", 406)
    try:
        NamedNode(iri)
    except ValueError:
        return page.problem("there is nothing at this address", 404)
    if type_ != HTML and iri.startswith(_GRAPHS):
        # these may be large: the Graph Store Protocol sends them as they come
        return RedirectResponse(page.address("/store", graph=iri), 303)
    answer = _as_page(page, iri) if type_ == HTML else _as_rdf(page, iri, type_)
    if answer is None:
        return page.problem(f"the store knows nothing of <{iri}>", 404)
    answer.headers["Vary"] = "Accept"
    answer.headers["Link"] = ", ".join(
        f'<{page.address(page.request.url.path.removeprefix(page.root), format=short)}>; rel="alternate"; type="{kind}"'
        for short, kind in (("turtle", TURTLE), ("jsonld", JSON_LD))
    )
    return answer


def _as_page(page: Page, iri: str) -> Response | None:
    segment, _, rest = iri.removeprefix(BASE).partition("/")
    renderers: dict[str, Renderer] = {"document": documents.document, "event": things.event, "report": _report}
    if rest and segment in renderers and (answer := renderers[segment](page, iri)):
        return answer
    if rest and (answer := things.thing(page, iri)):
        return answer
    if iri == ONTOLOGY.value:
        return _ontology(page)
    return _plain(page, iri)


def _report(page: Page, iri: str) -> Response | None:
    """A report is shown where it stands in its document."""
    found = rows(page.store, "report", report=NamedNode(iri))
    return RedirectResponse(page.local(f"{found[0]['document']}#{iri.rsplit('/', 1)[1]}"), 303) if found else None


def _ontology(page: Page) -> Response:
    return page.html("ontology.html", iri=ONTOLOGY.value, terms=rows(page.store, "terms"))


def _plain(page: Page, iri: str) -> Response | None:
    """Everything that is said of a resource, for those without a page of their own."""
    found = rows(page.store, "description", resource=NamedNode(iri))
    if not found:
        return _graph(page, iri)
    names = {row[key]: shortened(NamedNode(row[key])) for row in found for key in ("property", "graph")}
    return page.html("resource.html", iri=iri, rows=found, names=names, short=_short)


def _graph(page: Page, iri: str) -> Response | None:
    """A named graph of which nothing is said, such as that of the world."""
    size = int(rows(page.store, "graph-size", graph=NamedNode(iri))[0]["statements"])
    return page.html("graph.html", iri=iri, statements=size) if size else None


def _short(row: Row) -> str:
    value = row["value"]
    return shortened(NamedNode(value)) if value.startswith(("http://", "https://")) else value


def _as_rdf(page: Page, iri: str, type_: str) -> Response | None:
    triples = described(page, iri)
    if not triples:
        return None
    if type_ == TURTLE:
        text = to_turtle(Quad(t.subject, t.predicate, t.object) for t in triples).encode()
    else:
        form = RdfFormat.JSON_LD if type_ == JSON_LD else RdfFormat.N_TRIPLES
        ordered = sorted(triples, key=str)
        text = serialize(ordered, format=form, prefixes=PREFIXES if form == RdfFormat.JSON_LD else None) or b""
    return Response(text, media_type=f"{type_}; charset=utf-8" if type_ != JSON_LD else type_)


def described(page: Page, iri: str) -> set[Triple]:
    """The named graph that the IRI names, else what is said of the resource and of the parts its fragments name."""
    node = NamedNode(iri)
    graph = _triples(page, "graph", graph=node)
    if graph:
        return graph
    found: set[Triple] = set()
    frontier: set[NamedNode] = {node}
    for _ in range(_DEPTH):
        new = _triples(page, "statements", resource=sorted(frontier, key=str)) - found
        found |= new
        frontier = {t.object for t in new if isinstance(t.object, NamedNode) and t.object.value.startswith(f"{iri}#")}
        if not frontier:
            break
    return found or _terms(page, iri)


def _terms(page: Page, iri: str) -> set[Triple]:
    """The terms of a vocabulary whose namespace is the IRI and a hash."""
    return {
        triple
        for triple in _triples(page, "graph", graph=ONTOLOGY)
        if isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(f"{iri}#")
    }


def _triples(page: Page, query: str, **terms: NamedNode | list[NamedNode]) -> set[Triple]:
    answer = page.store.query(bind(with_prefixes(page_query(query).sparql), terms))
    assert isinstance(answer, Iterable)
    made = set()
    for subject, predicate, value in answer:
        assert isinstance(subject, NamedNode | BlankNode) and isinstance(predicate, NamedNode)
        assert isinstance(value, NamedNode | BlankNode | Literal)
        made.add(Triple(subject, predicate, value))
    return made
