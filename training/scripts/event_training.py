"""Training of event networks: the order of windows, the schedule, hidden word pieces; and labels by networks."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from event_arrays import Arrays, Labels
from event_network import LEAST, EventNetwork, loss
from network import Network, quick
from torch import Tensor
from train import Mean, schedule

from kg.extraction.learned.features import ROLES

MASK = 103  # the piece [MASK] of BERT's vocabulary
INITIAL = 0  # seed of the weights that every run begins with
HIDDEN_SHARE = 0.08  # of word pieces that the event network, but not the parser, is not shown


@dataclass
class Source:
    """Texts to learn from: the windows that may be read, the share of them in an epoch (from 0), and how much the
    annotation counts against teachers' labels.
    """

    arrays: Arrays
    ids: Sequence[int]
    share: Callable[[int], float]
    annotated: float


@dataclass
class Plan:
    """How to learn: `rate` of the encoder (the heads learn at ten times that), `size` of a batch in word pieces."""

    epochs: int
    size: int
    rate: float
    seed: int


def fit(
    base: Network, sources: list[Source], plan: Plan, title: str, start: EventNetwork | None = None
) -> EventNetwork:
    """A network with the running mean of its weights, going on from `start`, which is changed."""
    device = sources[0].arrays.device
    torch.manual_seed(INITIAL)
    network = start or EventNetwork(base).to(device)
    torch.manual_seed(plan.seed)
    encoder = network.encoder
    pretrained = (encoder.layers, encoder.pieces, encoder.positions, encoder.norm)
    slow = {id(p) for part in pretrained for p in part.parameters()}
    learnt = [p for p in network.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in learnt if id(p) in slow], "peak": plan.rate},
        {"params": [p for p in learnt if id(p) not in slow], "peak": 10 * plan.rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    mean, rng, started, step = Mean(network), random.Random(plan.seed), time.perf_counter(), 0
    epochs = [_epoch(sources, number, plan.size, rng) for number in range(plan.epochs)]
    total = sum(map(len, epochs))
    network.train()
    for number, todo in enumerate(epochs, 1):
        sums = torch.zeros((), device=device)
        for source, ids in todo:
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * schedule(step, total)
            batch = source.arrays.batch(ids)
            pieces = batch.inputs[0]
            hidden = (torch.rand(pieces.shape, device=device) < HIDDEN_SHARE) & (pieces > 0)
            batch.inputs = (torch.where(hidden, MASK, pieces), *batch.inputs[1:])
            with quick(device):
                value = loss(network, batch, source.annotated)
            value.backward()
            torch.nn.utils.clip_grad_norm_(learnt, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            mean.update(step, 100)
            step += 1
            sums += value.detach()
        seconds = time.perf_counter() - started
        print(
            f"{title}: epoch {number}, {step} of {total} steps, {seconds:.0f} s, loss {sums / len(todo):.3f}",
            flush=True,
        )
    network.load_state_dict(mean.state)
    return network.eval()


def _epoch(sources: list[Source], number: int, size: int, rng: random.Random) -> list[tuple[Source, list[int]]]:
    found = []
    for source in sources:
        ids, share = list(source.ids), source.share(number)
        ids = ids if share == 1 else rng.sample(ids, round(share * len(ids)))
        found += [(source, part) for part in batches(source.arrays, ids, size, rng)]
    rng.shuffle(found)
    return found


def batches(arrays: Arrays, ids: Sequence[int], size: int, rng: random.Random) -> Iterator[list[int]]:
    """Windows of like length together, about `size` pieces a batch with padding."""
    part: list[int] = []
    for i in sorted(ids, key=lambda i: arrays.pieces_of(i) + rng.random() * 30):
        if part and arrays.pieces_of(i) * (len(part) + 1) > size:
            yield part
            part = []
        part.append(i)
    if part:
        yield part


def label(arrays: Arrays, teachers: list[tuple[list[EventNetwork], list[int]]]) -> Labels:
    """What networks say, the mean of those that read a window. A pair has the annotated type of its event, or else the
    likeliest.
    """
    with torch.no_grad():
        words: dict[str, Tensor] = {}
        for networks, ids in teachers:
            for network in networks:
                for part in batches(arrays, ids, 6000, random.Random(0)):
                    _add_words(arrays, network, part, words, 1 / len(networks))
        chance, likeliest = 1 - words["type"][:, 0], words["type"][:, 1:].argmax(-1) + 1
        annotated = arrays.gold_type > 0
        of_word = arrays.word_of_pair
        chosen = (chance[of_word] > LEAST) | annotated
        of_type = torch.where(annotated, arrays.gold_type, likeliest[of_word])
        roles = torch.zeros(len(of_word), len(ROLES), device=arrays.device)
        for networks, ids in teachers:
            for network in networks:
                for part in batches(arrays, ids, 6000, random.Random(0)):
                    batch, pairs = arrays.batch(part), arrays.pairs(part, chosen, of_type)
                    with quick(arrays.device):
                        _, trigger, argument = network.vectors(batch.base, *batch.inputs)
                    found = network.roles(trigger.float(), argument.float(), pairs).sigmoid()
                    roles[pairs.number] += found / len(networks)
    weight = torch.where(annotated, 1.0, chance[of_word])
    return Labels(words["type"], words["mode"], words["modality"], roles.half(), chosen, of_type, weight)


def _add_words(arrays: Arrays, network: EventNetwork, part: list[int], words: dict[str, Tensor], share: float) -> None:
    batch = arrays.batch(part)
    with quick(arrays.device):
        hidden, _, _ = network.vectors(batch.base, *batch.inputs)
    at = batch.words[batch.kept]
    for name, scores in network.words(hidden.float(), batch.told).items():
        found = scores[batch.kept].softmax(-1)
        if name not in words:
            words[name] = torch.zeros(int(arrays.word_at[-1]), found.shape[-1], device=arrays.device)
        words[name][at] += share * found
