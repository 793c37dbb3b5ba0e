"""Stores of named graphs: in memory, in a folder, or behind a SPARQL 1.1 server.

>>> from pyoxigraph import NamedNode, Quad
>>> with open_store(None) as store:
...     store.add([Quad(NamedNode("urn:s"), NamedNode("urn:p"), NamedNode("urn:o"), NamedNode("urn:graph"))])
...     store.query("ASK { ?s ?p <urn:o> }")
True
"""

from __future__ import annotations

from pathlib import Path

from kg.store.protocol import Answer, Solutions, Store, Substitutions, Term

__all__ = ["Answer", "Solutions", "Store", "Substitutions", "Term", "open_store"]


def open_store(location: str | Path | None, *, read_only: bool = False, create: bool = True) -> Store:
    """The store at a folder, an http(s) URL or, for None, in memory.

    `create` makes the folder when it is not there; with `read_only` it must be. KgError when it cannot be opened.
    """
    if isinstance(location, str) and location.startswith(("http://", "https://")):
        from kg.store.remote import RemoteStore

        return RemoteStore(location, read_only=read_only)
    from kg.store.embedded import EmbeddedStore

    return EmbeddedStore(None if location is None else Path(location), read_only=read_only, create=create)
