"""The event network: an encoder of its own, with heads for types, modes, modality and the roles of other words.

The encoder begins as the pretrained model was, not as the parser's became: training on trees costs an encoder much of
what it knows of the meaning of words. It also sees the parser's layers, which stay as they are.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import torch
from event_arrays import UNSET, Batch, Pairs
from event_windows import ALL_MODES, TYPES
from network import Encoder, Network, mlp, one
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, one_hot, softplus
from train import PRETRAINED

from kg.extraction.learned.features import CLASSES, KINDS, MODALITIES, ROLES, TOLD

HIDDEN, WIDTH = 256, 128  # of the vectors for the word itself, and of those that are compared
DISTANCES = 32
WEIGHTS = {"type": 4.0, "mode": 1.0, "modality": 1.0, "roles": 1.0}
LEAST = 0.1  # of the chance of an event, that its labels count


class EventNetwork(nn.Module):
    """Reads the batches of `event_arrays`."""

    def __init__(self, base: Network) -> None:
        super().__init__()
        sizes = base.sizes
        self.encoder, _ = Encoder.pretrained(PRETRAINED, sizes.labels)
        self.mixture = nn.Parameter(torch.zeros(2 * sizes.layers))
        self.join = nn.Linear(2 * sizes.width, sizes.width)
        with torch.no_grad():  # at first the mean of both pieces
            self.join.weight.copy_(torch.cat([torch.eye(sizes.width) / 2] * 2, 1))
            self.join.bias.zero_()
        for unused in (self.encoder.mixture, *self.encoder.join.parameters()):
            unused.requires_grad_(False)
        self.hidden = mlp(sizes.width, HIDDEN)
        self.trigger, self.argument = mlp(sizes.width, WIDTH), mlp(sizes.width, WIDTH)
        self.event = nn.Linear(HIDDEN, 1 + len(TYPES))
        self.mode = nn.Linear(HIDDEN, 1 + len(ALL_MODES))
        self.modality = nn.Linear(HIDDEN + len(MODALITIES) + 1, len(MODALITIES))
        self.form = nn.Parameter(torch.zeros(len(ROLES), WIDTH + 1, WIDTH + 1))
        nn.init.xavier_uniform_(self.form)
        self.of_type = nn.Embedding(1 + len(TYPES), WIDTH)
        self.distance = nn.Embedding(DISTANCES, len(ROLES))
        self.kind = nn.Embedding(len(KINDS) * len(CLASSES), len(ROLES))
        for table in (self.of_type, self.distance, self.kind):
            nn.init.zeros_(table.weight)
        self.told = nn.Parameter(torch.zeros(TOLD, WIDTH))
        self.told_bias = nn.Parameter(torch.zeros(TOLD, len(ROLES)))
        self.bias = nn.Parameter(torch.full((len(ROLES),), -2.0))

    def vectors(
        self, base: Tensor, pieces: Tensor, cases: Tensor, gaps: Tensor, first: Tensor, last: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """The vectors of words [batch, words, width] for themselves, as events, and as arguments; `base` holds the
        parser's states [layers, batch, pieces, width].
        """
        states = torch.cat([base, self.encoder.states(pieces, cases, gaps)])
        mixed = (states * self.mixture.softmax(0)[:, None, None, None]).sum(0)
        ends = [mixed.gather(1, i[..., None].expand(-1, -1, mixed.shape[-1])) for i in (first, last)]
        word = self.join(torch.cat(ends, -1))
        return self.hidden(word), self.trigger(word), self.argument(word)

    def words(self, hidden: Tensor, told: Tensor) -> dict[str, Tensor]:
        """Scores [batch, words, labels] of single words; `told` is what the rules say of modality, or -1."""
        rules = one_hot(torch.where(told < 0, len(MODALITIES), told), len(MODALITIES) + 1).float()
        modality = self.modality(torch.cat([hidden, rules], -1))
        return {"type": self.event(hidden).float(), "mode": self.mode(hidden).float(), "modality": modality.float()}

    def roles(self, trigger: Tensor, argument: Tensor, pairs: Pairs) -> Tensor:
        """Scores [pairs, roles]."""
        left = one(trigger[pairs.row, pairs.event] + self.of_type(pairs.type))
        right = one(argument[pairs.row, pairs.argument] + pairs.told @ self.told)
        scores = torch.einsum("nd,rde,ne->nr", left, self.form, right) / math.sqrt(WIDTH)
        return scores + self.distance(pairs.distance) + self.kind(pairs.kind) + pairs.told @ self.told_bias + self.bias

    def heads(self) -> dict[str, np.ndarray]:
        """The weights that the program's own arithmetic needs, by name."""
        names = ("event", "mode", "modality", "form", "of_type", "distance", "kind", "told", "told_bias", "bias")
        state = {k: v for k, v in self.state_dict().items() if k.split(".")[0] in names}
        return {name: value.float().numpy().astype(np.float16) for name, value in state.items()}


def loss(network: EventNetwork, batch: Batch, annotated: float) -> Tensor:
    """The weighed loss of all heads: by the annotation, as far as `annotated` says, and else by teachers' labels."""
    hidden, trigger, argument = network.vectors(batch.base, *batch.inputs)
    scores = network.words(hidden, batch.told)
    total = torch.zeros((), device=hidden.device)
    if annotated:
        total = total + annotated * _by_annotation(network, batch, scores, trigger, argument)
    if annotated < 1:
        total = total + (1 - annotated) * _by_labels(network, batch, scores, trigger, argument)
    return total


def _by_annotation(
    network: EventNetwork, batch: Batch, scores: dict[str, Tensor], trigger: Tensor, argument: Tensor
) -> Tensor:
    """Of words a mean, of roles the sum over an event's words and groups."""

    def of_words(name: str) -> Tensor:
        return WEIGHTS[name] * cross_entropy(scores[name].flatten(0, 1), wanted[name].flatten(), ignore_index=UNSET)

    wanted = {"type": batch.type, "mode": batch.mode, "modality": batch.modality}
    events = (batch.type > 0).sum()
    if not events:
        return of_words("type")
    no = -softplus(network.roles(trigger, argument, batch.pairs).float())  # log(1 - p)
    # of a group one word is enough: 1 - p of all of them together
    group = batch.group.flatten()
    none = torch.zeros(batch.groups + 1, device=no.device).index_add(0, group, no.flatten())[1:]
    real = torch.bincount(group, minlength=batch.groups + 1)[1:] > 0
    right = -torch.log(-torch.expm1(none.clamp(max=-1e-6))) * real
    return sum(map(of_words, wanted)) + WEIGHTS["roles"] * (right.sum() - (no * batch.wrong).sum()) / events


def _by_labels(
    network: EventNetwork, batch: Batch, scores: dict[str, Tensor], trigger: Tensor, argument: Tensor
) -> Tensor:
    """Cross entropy with what teachers say, of words that may be no event as far as they may be one."""
    labels, pairs = batch.labels, batch.labelled
    assert labels is not None and pairs is not None
    words = batch.words[batch.kept]
    told = {"type": labels.type[words], "mode": labels.mode[words], "modality": labels.modality[words]}
    chance = 1 - told["type"][:, 0]
    chance = chance * (chance > LEAST)
    events = chance.sum().clamp(min=1e-3)
    total = 0.0
    for name, wanted in told.items():
        of_words = -(wanted * scores[name][batch.kept].log_softmax(-1)).sum(-1)
        total += WEIGHTS[name] * (of_words.mean() if name == "type" else (of_words * chance).sum() / events)
    found, right = network.roles(trigger, argument, pairs).float(), labels.roles[pairs.number].float()
    each = binary_cross_entropy_with_logits(found, right, reduction="none") * batch.may
    return total + WEIGHTS["roles"] * (each.sum(1) * labels.weight[pairs.number]).sum() / events


def save(network: EventNetwork, folder: Path) -> None:
    """The weights."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), folder / "events.pt")


def restore(base: Network, folder: Path) -> EventNetwork:
    """The network that `save` wrote."""
    network = EventNetwork(base)
    network.load_state_dict(torch.load(folder / "events.pt"))
    return network.eval()
