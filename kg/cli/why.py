"""`kg why`: how a triple follows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.common import STORE, OntologyOption, RulesOption, StoreOption, console

if TYPE_CHECKING:
    from rich.tree import Tree

    from kg.reasoning import Step

EXAMPLES = """\b
Examples:
  kg why 'Doha agreement' party 'United States'
  kg why agreement:doha-agreement cd:party actor:united-states --json
  kg why Doha rdf:type schema:Place --ontology my.ttl   (what would follow)"""
_QUOTES = 3  # as many are shown of a statement; --json has all


def command(
    subject: Annotated[str, typer.Argument(help="A name, prefix:name or <IRI>.", metavar="SUBJECT")],
    predicate: Annotated[str, typer.Argument(help="A property: party, cd:party or <IRI>.", metavar="PREDICATE")],
    term: Annotated[str, typer.Argument(help="As SUBJECT, or a literal: '\"AFG\"'.", metavar="OBJECT")],
    store: StoreOption = STORE,
    ontology: OntologyOption = None,
    rules: RulesOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Show how a triple follows: rule by rule, down to what was asserted and the words that tell it.

    With --ontology or --rules it shows what would follow with them; the store stays as it is.
    """
    from kg.query.terms import read_triple
    from kg.reasoning import why
    from kg.store import open_store

    with open_store(store, read_only=True) as opened:
        step = why(opened, read_triple(opened, subject, predicate, term), ontology=ontology, rules=rules)
    if as_json:
        print(json.dumps(_record(step), indent=1, ensure_ascii=False))
    else:
        console().print(_tree(step))


def _record(step: Step) -> dict[str, Any]:
    record: dict[str, Any] = {"triple": str(step.triple)}
    if step.rule is None:
        return record | {"sources": [{"name": s.name, "quote": s.quote} for s in step.sources]}
    return record | {"rule": step.rule, "premises": [_record(premise) for premise in step.premises]}


def _tree(step: Step) -> Tree:
    from rich.text import Text
    from rich.tree import Tree

    from kg.query.results import shortened

    tree = Tree(Text(" ".join(shortened(t) for t in (step.triple.subject, step.triple.predicate, step.triple.object))))
    if step.rule is not None:
        branch = tree.add(Text(f"by {step.rule} from", style="bold"))
        for premise in step.premises:
            branch.add(_tree(premise))
    for source in step.sources[:_QUOTES]:
        quote = (
            ""
            if source.quote is None
            else f": \N{LEFT DOUBLE QUOTATION MARK}{source.quote}\N{RIGHT DOUBLE QUOTATION MARK}"
        )
        tree.add(Text(f"{source.name}{quote}", style="italic"))
    if len(step.sources) > _QUOTES:
        tree.add(Text(f"and {len(step.sources) - _QUOTES} more"))
    return tree
