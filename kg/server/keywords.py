"""The keywords of a query or update, as against the same words in strings, comments, IRIs and names.

The text need not be correct: the engine parses it. What matters is that no keyword goes unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_CALLS = ("SERVICE", "LOAD")
_WORD = re.compile(r"\w+")
_TOKEN = re.compile(  # possessive throughout: the time is linear in the text
    r"""
    (?P<skip>
        <[^<>"{}|^`\x00-\x20]*+>                             # an IRI
      | \"{3}(?:(?:\"\"?)?(?:[^\"\\]|\\.))*+\"{3}
      | '{3}(?:(?:''?)?(?:[^'\\]|\\.))*+'{3}
      | \"(?:[^\"\\\n\r]|\\.)*+\"
      | '(?:[^'\\\n\r]|\\.)*+'
      | \#[^\n\r]*+                                          # a comment
      | [?$]\w++                                             # a variable
      | @[a-zA-Z]++(?:-[a-zA-Z0-9]++)*+                      # the language of a string
    )
    | (?P<words>\w[\w.-]*+)?(?P<name>:(?:[\w.:-]|%[0-9a-fA-F]{2}|\\.)*+)  # a prefixed name
    | (?P<bare>\w[\w.-]*+)
    | (?P<mark>[{}])
    """,
    re.VERBOSE | re.DOTALL,
)


def tokens(sparql: str) -> Iterator[tuple[str, int, int]]:
    """Each word (in capitals) and brace that is not part of something else: text, start, and depth of braces there."""
    depth = 0
    for match in _TOKEN.finditer(sparql):
        if match["bare"]:
            for word in _WORD.finditer(match["bare"]):
                yield word[0].upper(), match.start() + word.start(), depth
        elif match["mark"] == "{":
            yield "{", match.start(), depth
            depth += 1
        elif match["mark"] == "}":
            depth -= 1
            yield "}", match.start(), depth


def sets_dataset(query: str) -> bool:
    """Whether a query says FROM."""
    return any(text.startswith("FROM") for text, _, _ in tokens(query))


def calls(text: str) -> str | None:
    """The word by which a query or update would make the engine call another server; None if it has none.

    The engine's parser asks for no space after a keyword (`SERVICE:a`, `SERVICESILENT<a>`), so the word is looked for
    inside of words and prefixes too: rather a prefix of that name is refused than a call let through.
    """
    words = {word for match in _TOKEN.finditer(text) if (word := (match["bare"] or match["words"] or "").upper())}
    return next((call for call in _CALLS if any(call in word for word in words)), None)


def using(update: str, default: Sequence[str], named: Sequence[str]) -> str | None:
    """The update with the dataset of its patterns set; None if it sets one itself, which is a conflict."""
    if not default and not named:
        return update
    places, before = [], ""
    for text, start, depth in tokens(update):
        if depth == 0 and text in ("USING", "WITH"):
            return None
        if depth == 0 and text == "WHERE" and before == "DELETE":
            return None  # the short form has no place for a dataset
        if depth == 0 and text == "WHERE":
            places.append(start)
        before = text
    clauses = "".join([*(f"USING <{iri}> " for iri in default), *(f"USING NAMED <{iri}> " for iri in named)])
    for place in reversed(places):
        update = update[:place] + clauses + update[place:]
    return update
