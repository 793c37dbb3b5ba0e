"""What a check finds: one fault, the statements it lies in, and the documents and words that they come from."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Triple

from kg.reasoning import Source


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    `severity` is `Violation`, `Warning` or `Info`; `node` and `graph` are IRIs, and so is `path`, empty for a fault of
    the node as a whole; `message` is a sentence. `rule` is the SHACL constraint (`MinCount`) or the OWL 2 RL rule
    (`cax-dw`). `triples` are the statements at fault, none where one is missing; `sources` the documents with the
    words that tell them.
    """

    severity: str
    node: str
    path: str
    message: str
    graph: str
    rule: str
    triples: tuple[Triple, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def order(self) -> tuple[object, ...]:
        """By graph, node, path and message."""
        return self.graph, self.node, self.path, self.message, self.rule, tuple(map(str, self.triples))
