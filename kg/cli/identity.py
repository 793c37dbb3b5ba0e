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
  kg identity why report:d3db447a01b038f9                      (the event of a report, as `kg info` names it)
  kg identity same 'Antonio Guterres' 'Mr. Guterres'
  kg identity different document:a#smith document:b#smith      (two that were joined)
  kg identity different actor:john-smith actor:jack-smith      (takes a `same` back; `same` takes it back again)
  kg identity rename 'Sonny Leggett' 'Col. Sonny Leggett'
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
    from pyoxigraph import NamedNode
    from rich.table import Column, Table

    from kg.identity.anchors import anchor
    from kg.model import LISTED
    from kg.query.matches import members, said
    from kg.query.results import shortened
    from kg.query.terms import prefixed, read_node

    of = anchor(store, read_node(store, name))
    found = members(store, of.node)
    bare = "the list of actors has the name" if of.member[0] == LISTED else "told first"
    told_in, taken_for = Column("told in", overflow="fold"), Column("taken for", overflow="fold")
    table = Table(told_in, "as", taken_for, "confidence", "because", title=prefixed(of.node), show_lines=True)
    for member in found:
        partner = "" if member.partner is None else prefixed(member.partner)
        sure = "" if member.confidence is None else f"{member.confidence:.2f}"
        table.add_row(prefixed(member.node), member.words, partner, sure, "\n".join(member.reasons) or bare)
    console().print(table)
    for one, says, other in said(store, [of.node, *(member.node for member in found)]):
        object_ = prefixed(other) if isinstance(other, NamedNode) else other.value
        print(f"You said: {prefixed(one)} {shortened(says)} {object_}")


def _list(store: Store) -> None:
    from kg.graph import correction_quads, read_corrections, to_turtle

    print(to_turtle(correction_quads(read_corrections(store))), end="")
