"""Train the readers of names, each with what follows what (a conditional random field): the head on the finished
encoder, and two that see the forms of the words alone. Their mean is right where one of them errs by itself.

Nothing else changes: the encoder is as training left it, and so are the trees.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

import torch
from batches import UNSET, Example, batches, encode, tensors, texts_of_epoch
from network import FORM_READERS, NEVER, Forms, Network, quick, restore, save
from reading import read
from torch import Tensor, nn
from train import PRETRAINED, actors_by_label, schedule

from kg.language.word_pieces import WordPieces


class Transitions(nn.Module):
    """Scores of label after label [before, after]; the last row is that of a sentence's first word."""

    def __init__(self, labels: list[str]) -> None:
        super().__init__()
        never = [[after.startswith("I-") and before[2:] != after[2:] for after in labels] for before in [*labels, "O"]]
        self.register_buffer("never", torch.tensor(never).float() * NEVER)
        self.learnt = nn.Parameter(torch.zeros(len(labels) + 1, len(labels)))

    def scores(self) -> Tensor:
        """[before, after], with what cannot follow."""
        return self.learnt + self.never

    def loss(self, emissions: Tensor, wanted: Tensor, sentence: Tensor) -> Tensor:
        """The mean negative log likelihood a word: `emissions` [batch, words, labels], the others [batch, words]."""
        scores, known = self.scores(), wanted != UNSET
        gold = wanted.clamp(min=0)
        new = torch.ones_like(known)
        new[:, 1:] = sentence[:, 1:] != sentence[:, :-1]
        before = torch.full_like(gold, len(scores) - 1)
        before[:, 1:] = torch.where(new[:, 1:], before[:, 1:], gold[:, :-1])
        right = emissions.gather(2, gold[..., None])[..., 0] + scores[before, gold]
        alpha = scores[-1] + emissions[:, 0]
        for i in range(1, emissions.shape[1]):
            inside = torch.logsumexp(alpha[:, :, None] + scores[:-1], 1)
            begun = torch.logsumexp(alpha, 1, keepdim=True) + scores[-1]
            stepped = torch.where(new[:, i, None], begun, inside) + emissions[:, i]
            alpha = torch.where(known[:, i, None], stepped, alpha)
        return (torch.logsumexp(alpha, 1) - (right * known).sum(1)).sum() / known.sum()


def main() -> None:
    """Read the command line and tune."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("trained", type=Path, help="what train.py wrote")
    parser.add_argument("output", type=Path)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=5e-4)
    parser.add_argument("--size", type=int, default=2000, help="word pieces of a batch")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    network = restore(args.trained)
    labels = json.loads((args.trained / "labels.json").read_text(encoding="utf8"))
    numbers = {layer: {label: i for i, label in enumerate(found)} for layer, found in labels.items()}
    word_pieces = WordPieces((PRETRAINED / "vocab.txt").read_text(encoding="utf8").splitlines())
    corpora = {"ner-gmb": read(args.corpora, "train")["ner-gmb"]}
    transitions, actors = Transitions(labels["ent"]), actors_by_label()
    encoder = network.encoder
    parameters = [
        *transitions.parameters(),
        *network.names.parameters(),
        *encoder.join[1].parameters(),
        encoder.mixture,
    ]

    def texts(epoch: int, kind: str) -> list[list[Example]]:
        rng = random.Random(f"{args.seed}-{epoch}-{kind}")
        found = texts_of_epoch(corpora, actors, f"{args.seed}-{epoch}-{kind}-texts")
        return batches((encode(text, word_pieces, numbers, rng) for text in found), args.size, rng)

    network.names.train()
    fit("head", parameters, args.epochs, args.rate, texts, partial(head_loss, network, transitions))
    readers = nn.ModuleList(Forms(len(labels["ent"])) for _ in range(FORM_READERS))
    follow = [transitions]
    for number, reader in enumerate(readers):
        follow.append(Transitions(labels["ent"]))
        own = [*reader.parameters(), *follow[-1].parameters()]
        loss = partial(forms_loss, reader, follow[-1])
        fit(f"forms {number + 1}", own, 4 * args.epochs, 4 * args.rate, texts, loss)
    save(network, args.output, network.state_dict())
    mean = torch.stack([one.scores() for one in follow]).mean(0).detach()
    torch.save({"forms": readers.state_dict(), "transitions": mean}, args.output / "names.pt")
    (args.output / "labels.json").write_text((args.trained / "labels.json").read_text(encoding="utf8"), encoding="utf8")


def fit(
    name: str,
    parameters: list[nn.Parameter],
    epochs: int,
    rate: float,
    texts: Callable[[int, str], list[list[Example]]],
    loss_of: Callable[[list[Example]], Tensor],
) -> None:
    """Fit the parameters, epoch by epoch."""
    optimizer = torch.optim.AdamW(parameters, lr=rate, weight_decay=0.0)
    step = total = 0
    for epoch in range(epochs):
        todo = texts(epoch, name)
        total = total or epochs * len(todo)
        mean = 0.0
        for batch in todo:
            for group in optimizer.param_groups:
                group["lr"] = rate * schedule(step, total)
            loss = loss_of(batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            mean += loss.item() / len(todo)
        print(f"{name}, epoch {epoch + 1}: loss {mean:.4f}", flush=True)


def head_loss(network: Network, transitions: Transitions, batch: list[Example]) -> Tensor:
    """The loss of the head on the encoder."""
    inputs, wanted = tensors(batch)
    return transitions.loss(emissions(network, inputs), wanted["ent"], wanted["sentence"])


def forms_loss(forms: Forms, transitions: Transitions, batch: list[Example]) -> Tensor:
    """The loss of the reader of forms; a tenth of the words is hidden from it."""
    _, wanted = tensors(batch)
    seen = wanted["forms"] * (torch.rand(*wanted["forms"].shape[:2], 1) > 0.1)
    return transitions.loss(forms(seen), wanted["ent"], wanted["sentence"])


def emissions(network: Network, inputs: tuple[Tensor, ...]) -> Tensor:
    """Scores of the labels of names [batch, words, labels]; the encoder's layers learn nothing."""
    pieces, cases, gaps, first, last = inputs
    with torch.no_grad(), quick(torch.device("cpu")):
        states = network.encoder.states(pieces, cases, gaps)
    scores: Tensor = network.names(network.encoder.vectors(states.float(), 1, first, last))
    return scores


if __name__ == "__main__":
    main()
