"""The list of known actors: `ontology/actors.ttl`, and what a file of a user's own adds to it or puts in its place.

The text of the user's file is in force within `using`. What is made of the list is kept for each list apart
(`per_list`), so that stores with different lists can be worked on in one process.

>>> with using('<urn:zor> <http://www.w3.org/2004/02/skos/core#prefLabel> "Zor Front" .'):
...     [o.value for s, _, o in statements() if s.value == "urn:zor"]
['Zor Front']
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple

from kg.errors import KgError
from kg.resources import folder

from .checks import checked
from .merging import merged
from .reading import Statement, parsed
from .vocabulary import FILE, REPLACES

__all__ = ["FILE", "Statement", "is_own", "own", "per_list", "read", "replaced", "statements", "use", "using"]

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
_own: ContextVar[str] = ContextVar("own", default="")


def read(path: Path) -> str:
    """The text of a user's file, for `using`. KgError, naming file and line, if it cannot be used."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise KgError(f"{path}: cannot be read ({(error.strerror or str(error)).lower()})") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise KgError(f"{path}:{line}: not UTF-8: save the file in that encoding") from error
    checked(_packaged(), list(parsed(text, str(path))), str(path))
    return text


@contextmanager
def using(text: str) -> Iterator[None]:
    """Within this, the list has what the text of a user's file says; "" stands for the packaged list alone."""
    token = _own.set(text)
    try:
        yield
    finally:
        _own.reset(token)


def use(text: str) -> None:
    """As `using`, from now on: for a process that another one starts."""
    _own.set(text)


def own() -> str:
    """The text of the user's file in force."""
    return _own.get()


def per_list(function: Callable[[*Ts], T]) -> Callable[[*Ts], T]:
    """As `functools.cache`, for each list by itself; takes arguments by their position."""

    @cache
    def kept(own: str, *args: Any) -> T:
        return function(*args)

    @wraps(function)
    def asked(*args: *Ts) -> T:
        given: tuple[Any, ...] = args
        return kept(_own.get(), *given)

    return asked


@per_list
def statements() -> tuple[Statement, ...]:
    """All that the list in force says."""
    return merged(_packaged(), _added())


@per_list
def replaced() -> dict[str, str]:
    """Entry of the packaged list -> the entry of the user's that takes its place."""
    return {o.value: s.value for s, p, o in _added() if p.value == REPLACES and s != o}


def is_own(statement: Statement) -> bool:
    """Whether the user's file says so."""
    return statement in _added()


@per_list
def _added() -> tuple[Statement, ...]:
    return tuple(statement for _, statement in parsed(_own.get(), "the store's list of actors"))


@cache
def _packaged() -> tuple[Statement, ...]:
    path = folder("ontology") / "actors.ttl"
    return tuple(statement for _, statement in parsed(path.read_text(encoding="utf-8"), FILE))
