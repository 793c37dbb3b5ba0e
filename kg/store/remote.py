"""The store behind a SPARQL 1.1 server: queries and updates by SPARQLWrapper, graphs by the Graph Store Protocol."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from email.message import Message
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.errors import KgError
from kg.store.binding import bind
from kg.store.closing import Closing
from kg.store.embedded import materialised, quad_key
from kg.store.errors import is_update, malformed
from kg.store.http import TIMEOUT, Address, Http, NotThere, fault, status_fault
from kg.store.protocol import Answer, Solutions, Substitutions
from kg.store.servers import DIALECTS, PARTIAL_HEADER, ROW_LIMIT_HEADER, Dialect, named

_TURTLE = {"Content-Type": "text/turtle"}
_STATUS = {"QueryBadFormed": 400, "Unauthorized": 401, "EndPointNotFound": 404, "URITooLong": 414}


class RemoteStore(Closing):
    """A server at `http(s)://[USER:PASSWORD@]HOST[:PORT][/PATH]`: the server's own address, or that of its queries."""

    def __init__(self, location: str, *, read_only: bool = False, timeout: float = TIMEOUT) -> None:
        self._address = Address.parse(location)
        self.location = self._address.url
        self._read_only, self._timeout = read_only, timeout
        self._http = Http(self._address, timeout=timeout)
        self._dialect, self._base = self._discovered()

    def add(self, quads: Iterable[ox.Quad]) -> None:
        quads = list(quads)
        if self._dialect.takes_quads and quads:
            body = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
            self._write("POST", None, body, {"Content-Type": "application/n-quads"})
            return
        by_graph: defaultdict[ox.NamedNode | ox.BlankNode | ox.DefaultGraph, list[ox.Quad]] = defaultdict(list)
        for quad in quads:
            by_graph[quad.graph_name].append(quad)
        if ox.DefaultGraph() in by_graph:
            raise KgError(f"store {self.location} ({self._dialect.name}) has no unnamed graph: name one with --graph")
        for graph, members in by_graph.items():
            self._write("POST", graph, _turtle(members), _TURTLE)

    def replace_graph(self, graph: ox.NamedNode | str, quads: Iterable[ox.Quad]) -> None:
        name = ox.NamedNode(graph) if isinstance(graph, str) else graph
        body = _turtle(quads)
        if body:
            self._write("PUT", name, body, _TURTLE)
        else:
            self.remove_graph(name)

    def remove_graph(self, graph: ox.NamedNode | str) -> None:
        try:
            self._write("DELETE", ox.NamedNode(graph) if isinstance(graph, str) else graph, None, {})
        except NotThere:
            return  # removing what is not there is no fault

    def query(self, sparql: str, substitutions: Substitutions | None = None) -> Answer:
        if is_update(sparql):
            raise KgError("this is an update, and a query only reads: give a SELECT, ASK, CONSTRUCT or DESCRIBE")
        bound = bind(sparql, substitutions)
        graph_wanted = _checked(bound, sparql)
        body, headers = self._sparql(bound, "turtle" if graph_wanted else "json")
        try:
            answer: Answer
            if graph_wanted:
                answer = [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.TURTLE)]
            else:
                answer = materialised(ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON))
        except SyntaxError as error:
            raise KgError(f"store {self.location} broke off its answer (a time limit?): ask for less") from error
        self._refuse_if_cut(answer, headers)
        return answer

    def update(self, sparql: str) -> None:
        self._refuse_if_reading(self._dialect.update)
        self._sparql(sparql, None)

    def graphs(self) -> list[ox.NamedNode]:
        answer = self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        assert isinstance(answer, Solutions)
        own = self._dialect.own_graphs or ("\0",)
        names = (row["g"] for row in answer if isinstance(row["g"], ox.NamedNode))
        return sorted((name for name in names if not name.value.startswith(own)), key=lambda name: name.value)

    def dump(self) -> Iterator[ox.Quad]:
        if self._dialect.takes_quads and self._dialect.graphs:
            url = self._base + self._dialect.graphs
            body, _ = self._http.request("GET", url, headers={"Accept": "application/n-quads"})
            return iter(sorted(ox.parse(body, format=ox.RdfFormat.N_QUADS), key=quad_key))
        return iter(sorted((quad for graph in self.graphs() for quad in self.read(graph)), key=quad_key))

    def close(self) -> None:
        """Nothing is held between requests."""

    def _discovered(self) -> tuple[Dialect, str]:
        """The server's dialect and base URL, by asking: the URL may be the server's or that of its queries."""
        url = self._address.url
        for dialect in DIALECTS:
            base = url.removesuffix(dialect.query)
            try:
                _, headers = self._http.request("GET", f"{base}{dialect.query}?{urlencode({'query': 'ASK { }'})}")
            except NotThere:
                continue
            found = named(headers.get("Server", ""))
            if found is dialect:
                return dialect, base
        try:
            self._http.request("GET", f"{url}?{urlencode({'query': 'ASK { }'})}")
        except NotThere as error:
            raise KgError(f"no SPARQL service at {url}: correct --store") from error
        return Dialect("this server", "", None, None, None), url

    def _sparql(self, text: str, form: str | None) -> tuple[bytes, Message]:
        """Send a query (`form` is the answer's format) or an update (`form` is None)."""
        import SPARQLWrapper as sparqlwrapper

        dialect, base = self._dialect, self._base
        service = sparqlwrapper.SPARQLWrapper(base + dialect.query, updateEndpoint=base + (dialect.update or ""))
        service.setQuery(text)
        service.setMethod(sparqlwrapper.POST)
        service.setTimeout(int(self._timeout))
        service.setOnlyConneg(True)
        if form:
            service.queryType = sparqlwrapper.CONSTRUCT if form == "turtle" else sparqlwrapper.SELECT
            service.setReturnFormat(form)
            if dialect.union_parameter:
                service.addParameter(dialect.union_parameter, "")
        else:
            service.queryType = sparqlwrapper.INSERT  # its own guess at the kind fails on some prologues
        if self._address.user is not None and (form is None or not dialect.digest):
            service.setHTTPAuth(sparqlwrapper.DIGEST if dialect.digest else sparqlwrapper.BASIC)
            service.setCredentials(self._address.user, self._address.password or "")
        try:
            response: Any = service.query().response
            return response.read(), response.headers
        except sparqlwrapper.SPARQLExceptions.SPARQLWrapperException as error:
            body = str(error).partition("Response:")[2].strip().removeprefix("b'").removeprefix('b"')
            body = body.replace("\\n", "\n").rstrip("'\"")
            raise status_fault(self.location, _STATUS.get(type(error).__name__, 500), body) from error
        except OSError as error:
            raise fault(self.location, error) from error

    def _refuse_if_cut(self, answer: Answer, headers: Message) -> None:
        limit = headers.get(ROW_LIMIT_HEADER, "")
        cut = limit.isdigit() and not isinstance(answer, bool) and len(answer) >= int(limit)
        if cut or headers.get(PARTIAL_HEADER):
            raise KgError(
                f"store {self.location} cut the answer short ({limit or 'time'} limit): add a LIMIT or raise it"
            )

    def _refuse_if_reading(self, path: str | None) -> str:
        if self._read_only:
            raise KgError(f"store {self.location} is open for reading only")
        if path is None:
            raise KgError(f"store {self.location} can only be queried: give an Oxigraph or Virtuoso server to write to")
        return path

    def _write(self, method: str, graph: Any, body: bytes | None, headers: dict[str, str]) -> None:
        url = self._base + self._refuse_if_reading(self._dialect.graphs)
        if isinstance(graph, ox.NamedNode):
            url += "?" + urlencode({self._dialect.graph_parameter: graph.value})
        elif graph is not None:
            url += "?default"
        self._http.request(method, url, body, headers)

    def read(self, graph: ox.NamedNode) -> Iterator[ox.Quad]:
        """The statements of one graph, none if it is not there; not cut by a limit of rows if the server can do so."""
        if self._dialect.graphs_read is None:
            answer = self.query(f"SELECT ?s ?p ?o WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
            assert isinstance(answer, Solutions)
            yield from (ox.Quad(row[0], row[1], row[2], graph) for row in answer)
            return
        url = f"{self._base}{self._dialect.graphs_read}?{urlencode({self._dialect.graph_parameter: graph.value})}"
        try:
            body, _ = self._http.request("GET", url, headers={"Accept": "text/turtle"})
        except NotThere:
            return
        for quad in ox.parse(body, format=ox.RdfFormat.TURTLE):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _turtle(quads: Iterable[ox.Quad]) -> bytes:
    """The quads' triples as N-Triples, which is Turtle, sorted."""
    return "".join(sorted({f"{quad.triple} .\n" for quad in quads})).encode()


def _checked(sparql: str, shown: str) -> bool:
    """Parse the query here, so that faults read alike for every store; whether it asks for triples."""
    try:
        return isinstance(ox.Store().query(sparql), ox.QueryTriples)
    except SyntaxError as error:
        raise malformed(shown, error) from error
