#!/usr/bin/env python3
"""Fit the weights of identity to half of the gold: python benchmarks/identity_weights.py --keep FILE [--half 2]

Prints, for reports of one document and of two, the weights of `ontology/lexicon/identity.yaml` that a logistic
regression finds on the pairs of one half of `tests/identity/gold`, drawn towards those in the file (a Gaussian prior).
`HELD` are those that few pairs of the gold can tell and that keep recurrent events apart; they stay as they are. A sum
of weights less its threshold is so a log-odds, and what identity calls its confidence is calibrated:
`benchmarks/identity_gold.py` shows how well, on either half.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from identity_gold import Item, analysed, events, halves

from kg import identity
from kg.identity.accounts import accounts, told_after
from kg.identity.events import comparison, keys
from kg.identity.groups import blocks
from kg.identity.scores import compare, data, threshold
from kg.identity.told import Told, World, merged, one
from kg.model import Corrections, Extraction, Member

HELD = {
    "document": ("other deed", "denied", "next day", "other recipient", "other agreement", "set apart"),
    "event": (
        "other deed", "denied", "same mode", "neither dated", "same story", "same word", "next day", "long time",
        "other actor", "other recipient", "other agreement", "published apart", "long before", "set apart",
        "other term",
    ),
}  # fmt: skip
FREE, FIRM, FIXED = 0.1, 3.0, 1000.0  # how hard a threshold within a document, one across them, and a weight is held


def main() -> None:
    """Analyse or read the documents, fit both tables and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", type=int, choices=(1, 2), default=2)
    parser.add_argument("--keep", type=Path, metavar="FILE", help="as in identity_gold.py")
    args = parser.parse_args()
    names = {name for name, half in halves().items() if half == args.half}
    extractions = analysed(None, args.keep)
    resolved = identity.resolve(extractions)
    meant = {member: item for item, member in events(extractions, resolved, names).members.items()}
    told = [x for x in extractions if x.document.name in names]
    world = World(resolved.things)
    for table, pairs in (("document", list(within(told, world, meant))), ("event", list(across(told, world, meant)))):
        weights, even = fit(table, pairs)
        print(f"# {len(pairs)} pairs, {sum(right for _, right in pairs)} of them one event\n{table}:")
        print("\n".join(f"  {name}: {value:.1f}" for name, value in weights.items()))
        print(f"# threshold {even:.1f}")


def within(
    extractions: Iterable[Extraction], world: World, meant: dict[Member, Item]
) -> Iterator[tuple[list[str], bool]]:
    """Pairs of a report and what the gold says was told before it in the document."""
    for extraction in extractions:
        document, before = extraction.document, dict[tuple[str, bool], Told]()
        for report in sorted(extraction.reports, key=lambda r: (r.evidence.trigger.start, r.id)):
            item = meant.get((document.name, report.id))
            if item is None:
                continue
            single = one(report, document.published, world)
            for (cluster, _), earlier in before.items():
                score = compare(earlier, single, world, within=True)
                if score is not None:
                    told_after(earlier, single, list(before.values()), score)
                    yield score.weights, cluster == item.cluster
            key = item.cluster, single.happened
            before[key] = merged([before[key], single]) if key in before else single


def across(
    extractions: Iterable[Extraction], world: World, meant: dict[Member, Item]
) -> Iterator[tuple[list[str], bool]]:
    """Pairs of what two documents tell, as far as the gold knows both."""
    told = sorted((t for x in extractions for t in accounts(x, world, Corrections())[0]), key=lambda t: t.order)
    clusters = {id(t): Counter(meant[i].cluster for i in t.ids if i in meant).most_common(1) for t in told}
    seen: set[tuple[int, int]] = set()
    for several in blocks((key, t) for t in told for key in keys(t)).values():
        for a, b in combinations(several, 2):
            first, second = clusters[id(a)], clusters[id(b)]
            if a.document == b.document or not first or not second or (id(a), id(b)) in seen:
                continue
            seen.add((id(a), id(b)))
            score = comparison(a, b, world)
            if score is not None and score.bound:
                yield score.weights, first[0][0] == second[0][0]


def fit(table: str, pairs: Sequence[tuple[list[str], bool]]) -> tuple[dict[str, float], float]:
    """The likeliest weights and threshold, by Newton's method."""
    given: dict[str, Any] = data()["weights"][table]
    names = list(given)
    at = {name: n for n, name in enumerate(names)}
    counts, right = np.zeros((len(pairs), len(names) + 1)), np.array([float(label) for _, label in pairs])
    counts[:, -1] = 1
    for row, (weights, _) in enumerate(pairs):
        for name in weights:
            counts[row, at[name]] += 1
    prior = np.array([*(given[name] for name in names), -threshold(table)])
    pull = np.ones(len(prior))
    pull[[at[name] for name in HELD[table]]] = FIXED
    pull[-1] = FREE if table == "document" else FIRM
    found = prior.copy()
    for _ in range(50):
        likely = 1 / (1 + np.exp(-counts @ found))
        slope = counts.T @ (likely - right) + pull * (found - prior)
        found -= np.linalg.solve((counts.T * (likely * (1 - likely))) @ counts + np.diag(pull), slope)
    return {name: float(found[n]) for name, n in at.items()}, float(-found[-1])


if __name__ == "__main__":
    main()
