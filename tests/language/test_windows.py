"""Texts cut into windows."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from kg.language.windows import LONGEST, MARGIN, cut


@pytest.mark.parametrize("seed", range(30))
def test_every_word_is_kept_once_and_no_paragraph_is_cut_that_fits(seed: int) -> None:
    rng = random.Random(seed)
    sizes = [rng.choice([1, 1, 1, 2, 3, 12]) for _ in range(rng.randrange(1, 900))]
    breaks = sorted(rng.sample(range(1, len(sizes)), min(len(sizes) - 1, rng.choice([0, 2, 20]))))
    windows = list(cut(sizes, breaks))
    kept = [word for w in windows for word in range(w.keep_from, w.keep_to)]
    assert kept == list(range(len(sizes)))
    for w in windows:
        assert w.start <= w.keep_from < w.keep_to <= w.end
        assert sum(sizes[w.start : w.end]) <= LONGEST
        assert w.closed == (w.keep_to in {*breaks, len(sizes)})
    borders = [0, *breaks, len(sizes)]
    for begin, end in pairwise(borders):
        if sum(sizes[begin:end]) <= LONGEST:
            assert any(w.start <= begin and end <= w.end for w in windows)


def test_words_of_a_long_paragraph_have_context_on_both_sides() -> None:
    windows = list(cut([1] * 1000, []))
    for before, after in pairwise(windows):
        assert before.end - before.keep_to == MARGIN
        assert after.keep_from - after.start == MARGIN


def test_no_words_no_windows() -> None:
    assert list(cut([], [])) == []
