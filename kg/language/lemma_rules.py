"""Lemmas as rules on the word: a letter case, how many letters to cut from the end, and what to add.

`signed` -> `sign` is `l2`, `Baltics` -> `Baltic` is `k1`, `went` -> `go` is `l4go`, `OBAMA` -> `Obama` is `t0`. What is
added begins with no digit; a rule with one (`4k` -> `4000`) leaves the word as it is.
"""

from __future__ import annotations

from collections.abc import Callable

_CASES: dict[str, Callable[[str], str]] = {"l": str.lower, "k": str, "t": str.title}


def rule_of(word: str, lemma: str) -> str:
    """The rule that makes the lemma of the word: the letter case that leaves the shortest change."""
    rules = []
    for preference, (case, change) in enumerate(_CASES.items()):
        base = change(word)
        kept = next(
            (i for i, (a, b) in enumerate(zip(base, lemma, strict=False)) if a != b), min(len(base), len(lemma))
        )
        rules.append((len(base) + len(lemma) - 2 * kept, preference, f"{case}{len(base) - kept}{lemma[kept:]}"))
    return min(rules)[2]


def apply(rule: str, word: str) -> str:
    """The lemma of a word; the word itself where the rule would leave nothing."""
    base = _CASES[rule[0]](word)
    digits = next((i for i in range(1, len(rule)) if not rule[i].isdigit()), len(rule))
    cut = int(rule[1:digits])
    return base[: len(base) - cut] + rule[digits:] or word
