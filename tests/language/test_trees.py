"""The best tree over a sentence."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from kg.language.trees import best_tree


def is_tree(heads: tuple[int, ...]) -> bool:
    """Whether all words lead to the root (head 0), which has one dependent."""
    for start in range(1, len(heads) + 1):
        node, steps = start, 0
        while node and steps <= len(heads):
            node, steps = heads[node - 1], steps + 1
        if node:
            return False
    return heads.count(0) == 1


def total(scores: np.ndarray, heads: tuple[int, ...]) -> float:
    return float(sum(scores[word, head] for word, head in enumerate(heads)))


@pytest.mark.parametrize("words", [1, 2, 3, 4, 5])
def test_the_best_of_all_trees_with_its_root(words: int) -> None:
    random = np.random.default_rng(words)
    trees = [heads for heads in product(range(words + 1), repeat=words) if is_tree(heads)]
    for _ in range(40):
        scores = random.normal(size=(words, words + 1)).astype(np.float32)
        found = tuple(int(head) for head in best_tree(scores))
        assert is_tree(found)
        same_root = [heads for heads in trees if heads.index(0) == found.index(0)]
        assert total(scores, found) == pytest.approx(max(total(scores, heads) for heads in same_root), abs=1e-5)


def test_the_highest_heads_where_they_are_a_tree() -> None:
    scores = np.full((4, 5), -5.0, dtype=np.float32)
    wanted = (2, 0, 4, 2)
    for word, head in enumerate(wanted):
        scores[word, head] = 3.0
    assert tuple(best_tree(scores)) == wanted


@pytest.mark.parametrize("seed", range(5))
def test_a_long_sentence_of_noise_is_a_tree(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(250, 251)).astype(np.float32)
    assert is_tree(tuple(int(head) for head in best_tree(scores)))
