"""`kg validate`: the graph against its shapes."""

from __future__ import annotations

import typer

from kg.cli.common import STORE, StoreOption, console

EXAMPLES = """\b
Examples:
  kg validate
  kg validate --store http://127.0.0.1:7878"""


def command(store: StoreOption = STORE) -> None:
    """Check a store against the SHACL shapes. Exit code 1 if there are violations."""
    from kg.query.results import shortened
    from kg.store import open_store
    from kg.validation import validate

    with open_store(store, read_only=True) as opened:
        findings = validate(opened)
    violations = sum(finding.severity == "Violation" for finding in findings)
    if findings:
        from pyoxigraph import NamedNode
        from rich.table import Table

        grid = Table("severity", "node", "path", "message", "graph", header_style="bold")
        for finding in findings:
            path = shortened(NamedNode(finding.path)) if finding.path else ""
            grid.add_row(finding.severity, finding.node, path, finding.message, finding.graph)
        console().print(grid)
    print(f"{violations} violations, {len(findings) - violations} other findings")
    if violations:
        raise typer.Exit(1)
