"""`kg identity`: who is who, and corrections of it."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import STORE, StoreOption, console
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.store import Store

EXAMPLES = """\b
Examples:
  kg identity why Leggett                                      (what was joined, and why)
  kg identity same 'Antonio Guterres' 'Mr. Guterres'
  kg identity different document:a#smith document:b#smith      (two that were joined)
  kg identity rename 'Sonny Leggett' 'Col. Sonny Leggett'
  kg identity why event:2020-03-04-airstrike-4e3539d4
  kg identity list > corrections.ttl                           (later: kg build ... --corrections)"""
_NUMBER = {"same": 2, "different": 2, "rename": 2, "why": 1, "list": 0}


class Action(StrEnum):
    """What to do."""

    same = "same"
    different = "different"
    rename = "rename"
    why = "why"
    list = "list"


def command(
    action: Annotated[Action, typer.Argument(help="same, different, rename, why or list.")],
    names: Annotated[
        list[str] | None, typer.Argument(help="Names, prefix:name or <IRI>.", metavar="[NAMES]...")
    ] = None,
    store: StoreOption = STORE,
) -> None:
    """Tell why documents are taken to speak of one thing or event, or say that they do or do not, now and later."""
    from kg.store import open_store

    given = names or []
    if len(given) != _NUMBER[action.value]:
        raise KgError(f"kg identity {action.value} takes {_NUMBER[action.value]} names, and {len(given)} were given")
    reading = action in (Action.why, Action.list)
    with open_store(store, read_only=reading, create=False) as opened:
        if action == Action.why:
            _why(opened, given[0])
        elif action == Action.list:
            _list(opened)
        else:
            _correct(opened, action, given)


def _correct(store: Store, action: Action, given: list[str]) -> None:
    from kg import pipeline
    from kg.identity import anchors
    from kg.query.terms import read_node

    one = anchors.anchor(store, read_node(store, given[0]))
    if action == Action.rename:
        pipeline.correct(store, partial(anchors.rename, one=one, name=given[1]))
        print(f"{given[0]} is now called {given[1]}")
        return
    other = anchors.anchor(store, read_node(store, given[1]))
    change = anchors.same if action == Action.same else anchors.different
    pipeline.correct(store, partial(change, one=one, other=other))
    print(f"{given[0]} and {given[1]} are {'the same' if action == Action.same else 'not the same'} from now on")


def _why(store: Store, name: str) -> None:
    from rich.table import Column, Table

    from kg.identity.anchors import anchor
    from kg.query.matches import members
    from kg.query.terms import prefixed, read_node

    found = members(store, anchor(store, read_node(store, name)).node)
    table = Table(Column("told in", overflow="fold"), "as", Column("taken for", overflow="fold"), show_lines=True)
    table.add_column("confidence")
    table.add_column("because")
    for member in found:
        partner = "" if member.partner is None else prefixed(member.partner)
        sure = "" if member.confidence is None else f"{member.confidence:.2f}"
        table.add_row(prefixed(member.node), member.words, partner, sure, "\n".join(member.reasons))
    console().print(table)


def _list(store: Store) -> None:
    from kg.graph import correction_quads, read_corrections, to_turtle

    print(to_turtle(correction_quads(read_corrections(store))), end="")
