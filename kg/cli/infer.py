"""`kg infer`: what follows from the graph, closed anew."""

from __future__ import annotations

from kg.cli.common import STORE, OntologyOption, RulesOption, StoreOption, contradictions

EXAMPLES = """\b
Examples:
  kg infer --ontology my.ttl           (my.ttl is kept in the store for later)
  kg infer --rules my.rq
  kg infer                             (after the store was changed by other means)"""


def command(
    store: StoreOption = STORE,
    ontology: OntologyOption = None,
    rules: RulesOption = None,
) -> None:
    """Infer anew all that follows from a store. `build`, `load` and `remove` do this where something changed."""
    from kg import reasoning
    from kg.store import open_store

    with open_store(store, create=False) as opened:
        outcome = reasoning.infer(opened, ontology=ontology, rules=rules)
        print(f"Inferred {outcome.added:,} triples in {opened.location}")
    contradictions(len(outcome.contradictions))
