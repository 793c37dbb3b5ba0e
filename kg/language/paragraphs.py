"""Where sentences begin, as far as the layout says: the parser is told so before it runs."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

_ENDS = ".!?:;…”’\"')]}"


@Language.component("paragraph_breaks")
def paragraph_breaks(doc: Doc) -> Doc:
    """Start a sentence at the first word after an empty line and at the body after a title's single line break.

    None starts within a word, "U.S. Forces–Afghanistan", nor right after one: "In 1973 Edward Heath signed".
    """
    for token in doc[1:]:
        before = doc[token.i - 1]
        inside = not (before.whitespace_ or before.is_space or before.text[-1:] in _ENDS)
        if inside or before.text.isalnum():
            token.is_sent_start = False
    for token in doc[:-1]:
        if token.is_space and "\n" in token.text:
            after = doc[token.i + 1]
            if "\n\n" in token.text or _ends_line(doc, token.i):
                after.is_sent_start = True
    return doc


def _ends_line(doc: Doc, i: int) -> bool:
    """Whether a single line break at token i parts two sentences rather than wraps a long line."""
    if i == 0:
        return True
    line_start = i
    while line_start > 0 and "\n" not in doc[line_start - 1].text:
        line_start -= 1
    short_line = doc[line_start].idx + 100 > doc[i].idx  # a title or date line, not running text
    return short_line or doc[i - 1].text[-1:] in '.!?”"’)'
