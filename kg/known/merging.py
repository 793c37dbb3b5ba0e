"""The packaged list and a user's made one: the user's extends, and where it says so takes the place of ours."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode

from .reading import Statement
from .vocabulary import ALT_LABEL, CAPITAL, CAPITAL_OF, DEPRECATED, PREF_LABEL, REPLACES, SINGLE


def merged(packaged: tuple[Statement, ...], own: Iterable[Statement]) -> tuple[Statement, ...]:
    """What both say, less what the user's puts something else in the place of.

    Of a name that is preferred, a class and a code an entry has one, so the user's counts, and our name stays as
    another name. `dct:replaces` and `owl:deprecated` take away all that ours says of an entry.
    """
    own = tuple(own)
    if not own:
        return packaged
    instead = {o: s for s, p, o in own if p.value == REPLACES}
    gone = {s for s, p, o in own if p.value == DEPRECATED and o.value == "true"}
    said = {(s, p) for s, p, _ in own if p.value in SINGLE}
    found = []
    for s, p, o in packaged:
        if s in gone or s in instead or o in gone:
            continue
        if (s, p) in said:
            if p.value != PREF_LABEL:
                continue
            p = NamedNode(ALT_LABEL)
        found.append((s, p, instead.get(o, o)))
    found += [statement for statement in own if statement[1].value not in (REPLACES, DEPRECATED)]
    found += [(o, NamedNode(CAPITAL_OF), s) for s, p, o in own if p.value == CAPITAL and isinstance(o, NamedNode)]
    return tuple(dict.fromkeys(found))
