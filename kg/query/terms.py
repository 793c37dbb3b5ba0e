"""The terms of one triple as people write them on a command line."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import KgError
from kg.graph.terms import PREFIXES, RDF
from kg.query.names import Names
from kg.store import Store, Term

_PROLOGUE = "".join(f"@prefix {prefix}: <{iri}> . " for prefix, iri in PREFIXES.items())


def read_triple(store: Store, subject: str, predicate: str, term: str) -> Triple:
    """The triple; KgError if a word is no term.

    A subject or object is a name of something in the store, `prefix:name` or `<IRI>`, an object also a literal as
    Turtle writes it. A predicate may be a bare `party` (for `cd:party`) or `a`.
    """
    property_ = RDF.type if predicate == "a" else _term(predicate if ":" in predicate else f"cd:{predicate}")
    node = _thing(store, subject)
    if not isinstance(property_, NamedNode):
        raise KgError(f"{predicate!r} is no property: write party, cd:party or <IRI>")
    if not isinstance(node, NamedNode):
        raise KgError(f"{subject!r} is a literal, and a subject is none: write a name, prefix:name or <IRI>")
    return Triple(node, property_, _thing(store, term))


def read_node(store: Store, text: str) -> NamedNode:
    """The IRI of something: a name of something in the store, `prefix:name` or `<IRI>`. KgError if it is none."""
    node = _thing(store, text)
    if not isinstance(node, NamedNode):
        raise KgError(f"{text!r} is a literal: write a name, prefix:name or <IRI>")
    return node


def prefixed(node: NamedNode) -> str:
    """An IRI as `read_node` reads it: `report:81f304b8e165b9ef`, or `<IRI>` where no prefix of ours fits."""
    for prefix, namespace in PREFIXES.items():
        if node.value.startswith(namespace):
            return f"{prefix}:{node.value.removeprefix(namespace)}"
    return str(node)


def _thing(store: Store, text: str) -> Term:
    if text.startswith(("<", '"')) or text.partition(":")[0] in PREFIXES:
        return _term(text)
    if text.startswith(("http://", "https://", "urn:")):
        return _term(f"<{text}>")
    names = Names.of_things(store)
    found = names.find(text)
    if len(found) == 1:
        return NamedNode(found[0])
    if found:
        raise KgError(f"{len(found)} things are called {text!r}: write one of {', '.join(f'<{iri}>' for iri in found)}")
    near = names.near(text)
    hint = f"did you mean {' or '.join(near)}?" if near else "write prefix:name or <IRI>"
    raise KgError(f"nothing in the store is called {text!r}: {hint}")


def _term(text: str) -> Term:
    try:
        (quad,) = parse(f"{_PROLOGUE}<urn:s> <urn:p> {_escaped(text)} .".encode(), format=RdfFormat.TURTLE)
    except (SyntaxError, ValueError) as error:
        raise KgError(f"{text!r} is no term: write a name, prefix:name, <IRI> or a quoted literal") from error
    assert isinstance(quad, Quad) and isinstance(quad.object, NamedNode | Literal)
    return quad.object


def _escaped(text: str) -> str:
    """A prefixed name with its slashes and fragments as Turtle wants them: as a whole IRI."""
    prefix, colon, name = text.partition(":")
    return f"<{PREFIXES[prefix]}{name}>" if colon and prefix in PREFIXES else text
