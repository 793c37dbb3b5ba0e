"""Title and publisher of a plain text, from the way newspapers set it."""

from __future__ import annotations

import re

from kg.documents.dates import is_date_line

_LONGEST_TITLE = 200
_AGENCY = re.compile(r"^[A-Z][^\n()]{2,80}?\((?P<name>[A-Z][\w.& ]{1,40})\)\s*(?:—|–|--|-)\s", re.MULTILINE)


def title_of(text: str) -> str | None:
    """The first line where it is short, no sentence, and set off: by a blank line, a date line or a byline.

    A second short line, a subtitle, may stand between.
    """
    lines = text.lstrip("\n\ufeff ").split("\n", 4)
    first = lines[0].strip()
    if not first or len(first) > _LONGEST_TITLE or first.endswith((".", ",", ";")) or is_date_line(first):
        return None
    if len(lines) == 1:
        return None
    following = [line.strip() for line in lines[1:3]]
    if _sets_off(following[0]):
        return first
    subtitled = len(following) > 1 and len(following[0]) <= _LONGEST_TITLE and _sets_off(following[1])
    return first if subtitled else None


def publisher_of(text: str) -> str | None:
    """The agency in a dateline among the first lines: "KABUL, March 4 (Reuters) - "; None if there is none."""
    match = _AGENCY.search(text[:3000])
    return match["name"].strip() if match else None


def _sets_off(line: str) -> bool:
    return not line or is_date_line(line) or re.match(r"By [A-Z]", line) is not None
