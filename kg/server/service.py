"""What the parts of the server share: the store's place, and reading its current snapshot."""

from __future__ import annotations

from pathlib import Path

from kg.query.saved import with_prefixes
from kg.store import Answer, Store, Term, open_store


class Service:
    """Reading the store that is served. `query` and `store` wait for their answer: call them from `def` endpoints."""

    def __init__(self, store_path: Path) -> None:
        self.store_path = store_path
        self.generation = 1  # grows with every snapshot: what was computed for another number is stale
        self.store: Store = open_store(store_path, read_only=True)

    def query(self, sparql: str, **bindings: Term) -> Answer:
        """Run a query on the current snapshot, with variables bound to terms. KgError for a fault or a time-out.

        The graph's own prefixes need not be declared.
        """
        return self.store.query(with_prefixes(sparql), bindings)
