"""`/store`: the graphs, read by the SPARQL 1.1 Graph Store HTTP Protocol."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from kg.server.engine import Question
from kg.server.faults import Refused
from kg.server.protocol import iri, parameters
from kg.server.service import Service
from kg.server.sparql import accepted, passed_on, unless_gone

_DEFAULT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class GraphStore:
    """The graphs of a store, read-only."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def answer(self, request: Request) -> Response:
        """The graph named by `?graph=`, the union of all graphs by `?default`, or every graph without either."""
        given = parameters(request.scope["query_string"])
        wanted = [(name, value) for name, value in given if name in ("graph", "default")]
        if len(wanted) > 1:
            raise Refused(400, "one graph at a time: ?graph=IRI or ?default")
        question = Question(None, accepted(request, "application/n-quads"))
        for name, value in wanted:
            if name == "default":
                question = Question(_DEFAULT, accepted(request))
            else:
                question = Question(None, accepted(request), graph=iri(value))
        reply = await unless_gone(request, self._service.ask(question))
        if reply.status == 404:
            reply.body.close()
            raise Refused(404, f"no graph {question.graph}")
        return passed_on(reply)
