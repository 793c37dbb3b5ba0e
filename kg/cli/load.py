"""`kg load`: RDF files into the store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer

from kg.cli.common import STORE, OntologyOption, RulesOption, StoreOption, contradictions

EXAMPLES = """\b
Examples:
  kg load background.ttl
  kg load data.trig more.nq --store http://127.0.0.1:7878
  kg load facts.ttl --graph https://example.org/facts"""


def command(
    files: Annotated[
        list[Path], typer.Argument(help="Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD.", metavar="FILES...")
    ],
    store: StoreOption = STORE,
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", help="turtle, trig, ntriples, nquads, rdfxml or jsonld; else by suffix."),
    ] = None,
    graph: Annotated[
        str | None, typer.Option(help="Graph for what stands in none; else one named after the file.")
    ] = None,
    ontology: OntologyOption = None,
    rules: RulesOption = None,
) -> None:
    """Add RDF files to a store, and infer what follows. If one of them is malformed, nothing is added.

    The files are data: axioms in them are not reasoned with. Give those by --ontology.
    """
    from kg import pipeline, reasoning
    from kg.graph.terms import BASE
    from kg.store import open_store
    from kg.store.formats import read_quads

    quads = []
    for file in files:
        quads += read_quads(file, graph=graph or f"{BASE}loaded/{quote(file.stem)}", format=format)
    with open_store(store) as opened:
        reasoning.adopt(opened, ontology=ontology, rules=rules)
        outcome = pipeline.load(opened, quads)
        print(f"Added {len(quads):,} statements from {len(files)} files to {opened.location}")
    contradictions(len(outcome.contradictions))
