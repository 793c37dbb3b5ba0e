"""Word forms: what a word as written may be a form of, where the trained lemmatiser does not know.

`forms.yaml` has the irregular verbs; regular forms are undone by rule. "cease-fire", which the tokeniser parts,
is joined.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from spacy.tokens import Token

_HYPHENS = ("-", "–", "‑")


class Forms:
    """Candidate lemmas of a token, the lemmatiser's first."""

    def __init__(self, irregular: Mapping[str, list[str]]) -> None:
        self._irregular = {form: lemma for lemma, forms in irregular.items() for form in forms}

    def of(self, token: Token, part: str) -> tuple[str, ...]:
        """The lemmas that a token may have as a `verb`, `noun` or `adjective`, and as the end of a hyphenated word."""
        form = token.lower_
        forms = _undone(token.lemma_.lower(), form, self._irregular.get(form) if part == "verb" else None, part)
        prefix = hyphenated_prefix(token)
        return tuple(dict.fromkeys([*(prefix + f for f in forms), *forms])) if prefix else forms


def hyphenated_prefix(token: Token) -> str:
    """`cease-` for the token "fire" of "cease-fire", else ''."""
    if token.i >= 2:
        hyphen = token.nbor(-1)
        if not hyphen.whitespace_ and hyphen.text in _HYPHENS and not token.nbor(-2).whitespace_:
            return f"{token.nbor(-2).lower_}-"
    return ""


@lru_cache(maxsize=10_000)
def _undone(lemma: str, form: str, irregular: str | None, part: str) -> tuple[str, ...]:
    """The lemmas that a form may have, the lemmatiser's and the irregular one first, each once."""
    if part == "verb":
        return tuple(dict.fromkeys([lemma, *([irregular] if irregular else []), *_verb_stems(form)]))
    return tuple(dict.fromkeys([lemma, form, *_singulars(form)]))


def _verb_stems(form: str) -> list[str]:
    """What a regular verb form may come from: "initialed" -> initial, initiale, initia; "barred" -> bar."""
    if form.endswith("ing") and len(form) > 5:
        stem = form[:-3]
    elif form.endswith("ed") and len(form) > 4:
        stem = form[:-2]
    elif form.endswith("s") and len(form) > 3:
        return [form[:-1], form[:-2]] if form.endswith("es") else [form[:-1]]
    else:
        return []
    doubled = [stem[:-1]] if len(stem) > 2 and stem[-1] == stem[-2] else []
    soft = [stem[:-1] + "y"] if stem.endswith("i") else []
    return [stem, stem + "e", *doubled, *soft]


def _singulars(form: str) -> list[str]:
    if form.endswith("men"):
        return [form[:-3] + "man"]
    if form.endswith("ies"):
        return [form[:-3] + "y", form[:-1]]
    if form.endswith("es"):
        return [form[:-1], form[:-2]]
    return [form[:-1]] if form.endswith("s") and not form.endswith("ss") else []
