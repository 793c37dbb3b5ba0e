"""Which documents tell a statement of the world, and in which words."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.actors import actors
from kg.graph.lists import OWN_LIST, list_of
from kg.graph.terms import CD, INFERRED, PREFIXES, RDF, identifier_of, local_name
from kg.known import FILE, is_own
from kg.store import Solutions, Store, Term

_PROLOGUE = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in ("cd", "oa", "prov", "rdf"))
_TEXTS = "?sentence oa:exact ?quote ; oa:hasSource ?document ; oa:start ?start ."
# an event or a prospect in a role: the reports of the event that have an entity of that thing in that role
_ROLE = f"""SELECT DISTINCT ?document ?start ?quote WHERE {{
  VALUES ?event {{ UNDEF }} VALUES ?thing {{ UNDEF }} VALUES ?role {{ UNDEF }}
  ?event cd:toldBy ?report . ?entity cd:refersTo ?thing .
  ?report cd:argument [ cd:role ?role ; cd:entity ?entity ] ; cd:evidence ?sentence . {_TEXTS} }}"""
# anything else of an event or a prospect: all its reports
_EVENT = f"""SELECT DISTINCT ?document ?start ?quote WHERE {{
  VALUES ?event {{ UNDEF }} ?event cd:toldBy/cd:evidence ?sentence . {_TEXTS} }}"""
# for whom someone acts: the reports of the signing that says so
_ACTS_FOR = f"""SELECT DISTINCT ?document ?start ?quote WHERE {{
  VALUES ?person {{ UNDEF }} VALUES ?party {{ UNDEF }}
  ?signer cd:refersTo ?person . ?signed cd:refersTo ?party .
  ?record cd:signature [ cd:signatory ?signer ; cd:onBehalfOf ?signed ] ; prov:wasDerivedFrom/cd:evidence ?sentence .
  {_TEXTS} }}"""
# the class of a thing: the sentences in which an entity that was taken for one takes part
_CLASS = f"""SELECT DISTINCT ?document ?start ?quote WHERE {{
  VALUES ?thing {{ UNDEF }} VALUES ?class {{ UNDEF }} ?entity cd:refersTo ?thing ; cd:entityType ?class .
  ?report cd:argument/cd:entity ?entity ; cd:evidence ?sentence . {_TEXTS} }}"""
_GRAPHS = "SELECT DISTINCT ?graph WHERE { VALUES ?s { UNDEF } VALUES ?o { UNDEF } GRAPH ?graph { ?s ?p ?o } }"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from: a document with its words, or something else that has none.

    `name` is the name of the document, `ontology/actors.ttl` for what the list of known actors says, or the IRI of a
    graph, which for what a list of the user's own says is that of the list.
    """

    name: str
    quote: str | None = None


def sources(store: Store, triple: Triple) -> list[Source]:
    """The words of documents that tell an asserted statement, by document and place in it; else where it stands."""
    s, p, o = triple.subject, triple.predicate, triple.object
    if isinstance(s, NamedNode) and isinstance(o, NamedNode):
        role = Literal(local_name(p)) if "#" in p.value else Literal("")
        found = (
            _told(store, _ROLE, event=s, thing=o, role=role)
            or _told(store, _ROLE, event=o, thing=s)  # an agreement and the event in which it was signed
            or _told(store, _ACTS_FOR, person=s, party=o)
            or (_told(store, _CLASS, thing=s, **{"class": o}) if p == RDF.type else [])
        )
        if found:
            return found
        with list_of(store):
            for said in (p, CD.country):  # a place lies in its country
                if o in actors().nodes(s, said):
                    return [Source(OWN_LIST.value if is_own((s, said, o)) else FILE)]
    if isinstance(s, NamedNode) and (found := _told(store, _EVENT, event=s)):
        return found
    answer = store.query(_GRAPHS.replace("?p", str(p)), {"s": s, "o": o})  # type: ignore[dict-item]
    assert isinstance(answer, Solutions)
    return [Source(name) for name in sorted({row["graph"].value for row in answer} - {INFERRED.value})]


def _told(store: Store, query: str, **bound: Term) -> list[Source]:
    answer = store.query(_PROLOGUE + query, bound)
    assert isinstance(answer, Solutions)
    rows = sorted((row["document"].value, int(row["start"].value), row["quote"].value) for row in answer)
    return [Source(identifier_of(NamedNode(document)), quote) for document, _, quote in rows]
