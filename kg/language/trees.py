"""The best tree over a sentence from the scores of all arcs (Chu and Liu 1965, Edmonds 1967), with one root."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Heads = NDArray[np.int64]


def best_tree(scores: Scores) -> Heads:
    """Heads of a sentence's words from `scores` [words, 1 + words], the root being head 0 and word i being i + 1.

    The best head of every word is nearly always a tree already; only otherwise are cycles contracted.
    """
    words = len(scores)
    square = np.full((words + 1, words + 1), -np.inf, dtype=np.float64)
    square[1:] = scores
    np.fill_diagonal(square, -np.inf)
    heads: Heads = square.argmax(1)
    heads[0] = 0
    if _is_tree(heads):
        return heads[1:]
    # one root: the word that loses least by hanging on it
    others = square[1:, 1:].max(1) if words > 1 else np.zeros(1)
    root = int((square[1:, 0] - np.where(np.isfinite(others), others, 0)).argmax()) + 1
    square[1:, 0] = -np.inf
    square[root, 0] = 0.0
    return _arborescence(square)[1:]


def _is_tree(heads: Heads) -> bool:
    return int((heads[1:] == 0).sum()) == 1 and _cycle(heads) is None


def _cycle(heads: Heads) -> list[int] | None:
    """The nodes of a cycle, None if all lead to node 0."""
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return None


def _arborescence(scores: NDArray[np.float64]) -> Heads:
    """The best heads for a square of scores [dependent, head]; node 0 is the root."""
    heads: Heads = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.array(sorted(cycle))
    outside = np.array([i for i in range(len(heads)) if i not in set(cycle)])
    own = scores[inside, heads[inside]]
    # entering the cycle at a word costs that word's arc within it; the cycle becomes one node, the last
    entering = scores[np.ix_(inside, outside)] - own[:, None]
    leaving = scores[np.ix_(outside, inside)]
    size = len(outside)
    smaller = np.full((size + 1, size + 1), -np.inf)
    smaller[:size, :size] = scores[np.ix_(outside, outside)]
    smaller[size, :size] = entering.max(0)
    smaller[:size, size] = leaving.max(1)
    smaller[0] = -np.inf
    found = _arborescence(smaller)
    for i in range(1, size):
        head = found[i]
        heads[outside[i]] = inside[leaving[i].argmax()] if head == size else outside[head]
    entry = found[size]
    broken = inside[entering[:, entry].argmax()]
    heads[broken] = outside[entry]
    return heads
