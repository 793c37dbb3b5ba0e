"""Fit how model and lexicon are weighed, on documents that neither had seen: python scripts/event_weights.py OUTPUT
TRAINED EVENTS ASIDE

Prints the scores of lexicon, model and both on these documents, and how well the probabilities are calibrated.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from event_arrays import Arrays, pack
from event_network import EventNetwork, restore
from event_reading import Reader
from event_training import label
from event_windows import TYPES
from network import restore as restore_base
from numpy.typing import NDArray
from train import PRETRAINED

from kg.evaluation import calibration_error, reliability
from kg.extraction.learned.features import ATTRIBUTION, DATE, MODALITIES, RELATIONS, ROLES
from kg.extraction.learned.weights import RoleWeights, Weights

NEWS = 3  # how much all news together counts against all documents kept aside: it is what the program is for
Word = tuple[NDArray[np.float32], int, tuple[int, ...], int]  # the model's scores, entry that fires, all entries, gold


@dataclass
class Seen:
    """What a network says of documents that it was not trained on, beside the gold."""

    words: list[Word] = field(default_factory=list)
    modalities: list[tuple[NDArray[np.float32], int, int]] = field(default_factory=list)
    fillers: dict[str, list[Choice]] = field(default_factory=lambda: defaultdict(list))


def main() -> None:
    """Read the command line, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("trained", type=Path, help="what train.py wrote")
    parser.add_argument("events", type=Path, help="what events.py wrote")
    parser.add_argument("aside", type=Path, help="the documents of the corpus that are kept aside")
    parser.add_argument(
        "--news", type=Path, nargs="*", default=(), help="folders of gold that no network was trained on"
    )
    args = parser.parse_args()
    base = restore_base(args.trained)
    corpus, news = Seen(), Seen()
    reader = Reader((PRETRAINED / "vocab.txt").read_text(encoding="utf8").splitlines())
    network = restore(base, args.events)
    for folder, seen in ((args.aside, corpus), *((folder, news) for folder in args.news)):
        documents = ((gold["id"], windows) for gold, windows in reader.folder(folder))
        look(network, Arrays(pack(documents), base.encoder, torch.device("cpu")), seen)
    often = max(1, round(NEWS * len(corpus.words) / len(news.words))) if news.words else 0
    weights = fit(corpus.words + news.words * often)
    words = corpus.words + news.words * often
    weights = with_thresholds(weights, words)
    found = asdict(weights) | {
        "modality": fit_modality(corpus.modalities + news.modalities * often),
        "roles": {name: asdict(fit_role(name, corpus.fillers[name] + news.fillers[name] * often)) for name in ROLES},
    }
    args.output.write_text(json.dumps(found, indent=1) + "\n")
    for title, seen in (("documents kept aside", corpus), ("news", news)):
        if seen.words:
            print(title)
            report(seen.words, weights)


def with_thresholds(weights: Weights, words: list[Word]) -> Weights:
    """The threshold with the best F1; for words with an entry the least that costs no more than a hundredth, so that
    who writes an entry can count on it.
    """

    def score(threshold: float, entry_threshold: float) -> float:
        return event_score(words, replace(weights, threshold=threshold, entry_threshold=entry_threshold))["event"]

    steps = [round(float(step), 2) for step in np.arange(0.1, 0.85, 0.05)]
    best = max(steps, key=lambda t: score(t, t))
    entry = min(t for t in steps if score(best, t) >= score(best, best) - 0.01)
    return replace(weights, threshold=best, entry_threshold=entry)


def look(network: EventNetwork, arrays: Arrays, seen: Seen) -> None:
    """Note what a network says of windows."""
    labels, packed = label(arrays, [([network], list(range(arrays.windows)))]), arrays.packed
    types, modalities = (scores.clamp(min=1e-30).log().numpy() for scores in (labels.type, labels.modality))
    for i in np.flatnonzero(packed["kept"]):
        known = tuple(number for number in range(1, 1 + len(TYPES)) if packed["known"][i] >> number & 1)
        gold = max(0, int(packed["type"][i]))
        if known or gold or types[i][0] < -0.02:
            seen.words.append((types[i], int(packed["fired"][i]), known, gold))
        if gold:
            seen.modalities.append((modalities[i], int(packed["told"][i]), int(packed["modality"][i])))
    words, roles = arrays.word_of_pair.numpy(), labels.roles.float().numpy()
    starts = np.flatnonzero(np.diff(words, prepend=-1))
    for pairs in np.split(np.arange(len(words)), starts)[1:]:
        for name, choice in choices(arrays, pairs, packed["wanted"][words[pairs[0]]], roles):
            seen.fillers[name].append(choice)


def fit_modality(told: list[tuple[NDArray[np.float32], int, int]]) -> tuple[float, float]:
    """The weights of the model's log-probabilities and of what the rules say."""
    model = torch.tensor(np.stack([m for m, _, _ in told]))
    rules = torch.tensor([[float(n == rule) for n in range(len(MODALITIES))] for _, rule, _ in told])
    gold = torch.tensor([g for *_, g in told])
    weights = torch.tensor([1.0, 0.0], requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        value = torch.nn.functional.cross_entropy(weights[0] * model + weights[1] * rules, gold)
        value.backward()
        return value

    optimizer.step(closure)
    best = (weights[0] * model + weights[1] * rules).argmax(1)

    def right(found: torch.Tensor) -> float:
        return round((found == gold).float().mean().item(), 3)

    print(f"modality right: {right(best)}, model {right(model.argmax(1))}, rules {right(rules.argmax(1))}")
    return round(weights[0].item(), 3), round(weights[1].item(), 3)


@dataclass
class Choice:
    """The entities that may fill a role of one event: the model's probability, whether the rules give it the role, and
    whether that is right; `wanted` are right in all.
    """

    options: list[tuple[float, bool, bool]]
    wanted: int


def choices(
    arrays: Arrays, pairs: NDArray[np.int64], wanted: NDArray[np.uint8], chances: NDArray[np.float32]
) -> Iterator[tuple[str, Choice]]:
    """What there is to choose from for each role of one event, from its pairs."""
    packed, group, is_open = arrays.packed, arrays["group"].numpy(), arrays["open"].numpy()
    for number, name in enumerate(ROLES):
        entities: dict[object, list[tuple[float, bool]]] = defaultdict(list)
        for i in pairs:
            if not group[i, number] and is_open[i, number]:
                continue
            wrong = packed["argument" if name == DATE else "cluster"][i]
            key = ("right", group[i, number]) if group[i, number] else ("wrong", wrong)
            ruled = bool(packed["features"][i] >> (len(RELATIONS) + 1 + number) & 1)
            entities[key].append((float(chances[i, number]), ruled))
        options = [
            (1 - math.prod(1 - p for p, _ in found), any(r for _, r in found), key[0] == "right")
            for key, found in entities.items()
        ]
        yield name, Choice(options, int(wanted[number]))


def fit_role(name: str, events: list[Choice]) -> RoleWeights:
    """The weights under which the right entities are likeliest, and the threshold with the best F1, of speakers F2."""
    rows, right = [], []
    for choice in events:
        others = any(ruled for _, ruled, _ in choice.options)
        for chance, ruled, hit in choice.options:
            odds = math.log(max(chance, 1e-6) / max(1 - chance, 1e-6))
            rows.append([odds, float(ruled), float(others and not ruled), 1.0])
            right.append(float(hit))
    told, wanted = torch.tensor(rows), torch.tensor(right)
    weights = torch.tensor([1.0, 0.0, 0.0, 0.0], requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(told @ weights, wanted)
        value.backward()
        return value

    optimizer.step(closure)
    found = RoleWeights(*(round(w, 3) for w in weights.tolist()), 0.5, 0.5)

    def score(threshold: float, ruled_threshold: float) -> float:
        tried = replace(found, threshold=threshold, ruled_threshold=ruled_threshold)
        hits = chosen = 0
        for choice in events:
            others = any(ruled for _, ruled, _ in choice.options)
            scored = [(found.together(p, ruled, others), ruled, hit) for p, ruled, hit in choice.options]
            scored = [max(scored)] if scored and name in (ATTRIBUTION, DATE) else scored
            taken = [hit for chance, ruled, hit in scored if tried.fills(chance, ruled=ruled)]
            hits += sum(taken)
            chosen += len(taken)
        weight = 2 if name == ATTRIBUTION else 1  # a claim told as a fact is worse than a fact told as a claim
        wanted = sum(c.wanted for c in events)
        return (1 + weight**2) * hits / max(1, chosen + weight**2 * wanted)

    steps = [round(float(step), 2) for step in np.arange(0.02, 0.81, 0.03)]
    best = max(steps, key=lambda t: score(t, t))
    # what the rules give stays where that costs no more than a hundredth, as with the lexicon's entries
    least = min(t for t in steps if score(best, t) >= score(best, best) - 0.01)
    rules = sum(r and h for c in events for _, r, h in c.options)
    told_by_rules = sum(r for c in events for _, r, _ in c.options)
    total = sum(c.wanted for c in events)
    alone = 2 * rules / max(1, told_by_rules + total)
    print(f"{name}: F {score(best, least):.3f} at {best} and {least}, by rules alone {alone:.3f}, of {total}")
    return replace(found, threshold=best, ruled_threshold=least)


def fit(words: list[Word]) -> Weights:
    """The weights under which the gold is most likely."""
    model = torch.tensor(np.stack([w[0] for w in words]))
    gold = torch.tensor([w[3] for w in words])
    shapes = torch.zeros(4, len(words), 1 + len(TYPES))  # fired, known, silent, doubted
    for row, (_, fired, known, _) in enumerate(words):
        if fired:
            shapes[0, row, fired] = 1
        else:
            shapes[3 if known else 2, row, 0] = 1
        for other in set(known) - {fired, 0}:
            shapes[1, row, other] = 1
    scale, shifts = torch.ones(1, requires_grad=True), torch.zeros(4, requires_grad=True)
    optimizer = torch.optim.LBFGS([scale, shifts], max_iter=200)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        scores = scale * model + (shifts[:, None, None] * shapes).sum(0)
        value = torch.nn.functional.cross_entropy(scores, gold)
        value.backward()
        return value

    optimizer.step(closure)
    fired, known, silent, doubted = (round(s, 3) for s in shifts.tolist())
    return Weights(round(scale.item(), 3), fired, known, silent, doubted, 0.5, 0.5, (1.0, 0.0), {})


def event_score(words: list[Word], weights: Weights | None) -> dict[str, float]:
    """Detection and event F1, precision and recall, of model and lexicon together; without weights of the lexicon."""
    count: Counter[str] = Counter()
    for model, fired, known, wanted in words:
        best = fired
        if weights is not None:
            chances = weights.together(model, fired, known)
            best = int(chances[1:].argmax()) + 1 if weights.is_event(chances, fired=bool(fired)) else 0
        count["found"] += bool(best)
        count["gold"] += bool(wanted)
        count["any type"] += bool(best and wanted)
        count["event"] += bool(best and best == wanted)
    both = count["found"] + count["gold"]
    return {name: round(2 * count[name] / max(1, both), 3) for name in ("any type", "event")} | {
        "precision": round(count["event"] / max(1, count["found"]), 3),
        "recall": round(count["event"] / max(1, count["gold"]), 3),
    }


def report(words: list[Word], weights: Weights) -> None:
    """Print scores side by side, and the calibration of the probability of event and type."""
    alone = Weights(1.0, 0.0, 0.0, 0.0, 0.0, 0.5, 0.5, (1.0, 0.0), {})
    print("lexicon", event_score(words, None))
    print("model", event_score(words, alone))
    print("both", event_score(words, weights))
    told = []
    for model, fired, known, wanted in words:
        chances = weights.together(model, fired, known)
        if weights.is_event(chances, fired=bool(fired)):
            best = int(chances[1:].argmax()) + 1
            told.append((float(chances[best]), best == wanted))
    bins = reliability(told)
    for b in bins:
        print(f"  told {b.told:.2f}, right {b.right:.2f} ({b.number})")
    print(f"expected calibration error {calibration_error(bins):.3f}")


if __name__ == "__main__":
    main()
