"""The event network: an encoder of its own, with heads for types, modes, modality and the roles of other words.

The encoder begins as the pretrained model was, not as the parser's became: training on trees costs an encoder much of
what it knows of the meaning of words. It also sees the parser's layers, which stay as they are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from event_reading import ALL_MODES, TYPES, Window
from network import Encoder, Network, mlp, one
from torch import Tensor, nn
from torch.nn import functional
from train import PRETRAINED

from kg.extraction.learned.features import CLASSES, DATE, KINDS, MODALITIES, ROLES, TOLD

HIDDEN, WIDTH = 256, 128  # of the vectors for the word itself, and of those that are compared
DISTANCES = 32
WEIGHTS = {"type": 4.0, "mode": 1.0, "modality": 1.0, "roles": 1.0}
UNSET = -100


class EventNetwork(nn.Module):
    """Reads what `batch_of` gives."""

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

    def vectors(self, base: Tensor, pieces: Tensor, cases: Tensor, gaps: Tensor, first: Tensor, last: Tensor) -> tuple:
        """The vectors of words [batch, words, width] for themselves, as events, and as arguments; `base` holds the
        parser's states [layers, batch, pieces, width].
        """
        states = torch.cat([base, self.encoder.states(pieces, cases, gaps)])
        mixed = (states * self.mixture.softmax(0)[:, None, None, None]).sum(0)
        ends = [mixed.gather(1, i[..., None].expand(-1, -1, mixed.shape[-1])) for i in (first, last)]
        word = self.join(torch.cat(ends, -1))
        return self.hidden(word), self.trigger(word), self.argument(word)

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


@dataclass
class Pairs:
    """Pairs of an event and a word of one batch; one number each, but `told` [pairs, TOLD]."""

    row: Tensor
    event: Tensor
    type: Tensor
    argument: Tensor
    kind: Tensor
    distance: Tensor
    told: Tensor


@dataclass
class Batch:
    """Inputs and what they should give. Of a role, `wrong` [pairs, roles] says which words do not fill it, and `group`
    to which group of right words a pair belongs (0: none).
    """

    inputs: tuple[Tensor, ...]
    modality_told: Tensor
    type: Tensor
    mode: Tensor
    modality: Tensor
    pairs: Pairs
    wrong: Tensor
    group: Tensor
    groups: int


def batch_of(windows: list[Window]) -> Batch:
    """Windows, padded to the longest."""
    pieces, words = max(len(w.pieces) for w in windows), max(len(w.first) for w in windows)

    def padded(rows: list[list[int]], fill: int, length: int) -> Tensor:
        return torch.tensor([row + [fill] * (length - len(row)) for row in rows])

    inputs = tuple(padded([getattr(w, n) for w in windows], 0, pieces) for n in ("pieces", "cases", "gaps"))
    inputs += tuple(padded([getattr(w, n) for w in windows], 0, words) for n in ("first", "last"))
    told = padded([w.modality for w in windows], -1, words)
    types = padded([[0 if k else UNSET for k in w.kept] for w in windows], UNSET, words)
    modes, modalities = torch.full_like(types, UNSET), torch.full_like(types, UNSET)
    rows: list[tuple[int, ...]] = []
    features, wrong, group, groups = [], [], [], 0
    for row, window in enumerate(windows):
        for event in window.events:
            at = row, event.word
            types[at], modes[at], modalities[at] = event.type, event.mode, event.modality
            member = {}
            for number, name in enumerate(ROLES):
                for words_of_group in event.roles[name].groups:
                    groups += 1
                    member |= {(word, number): groups for word in words_of_group}
            for pair in window.pairs[event.word]:
                rows.append((row, event.word, event.type, pair.argument, pair.kind, pair.distance))
                features.append(pair.told)
                groups_of = [member.get((pair.argument, n), 0) for n in range(len(ROLES))]
                is_time = pair.kind // len(CLASSES) == KINDS.index("time")
                group.append([g if is_time == (n == DATE) else 0 for n, g in zip(ROLES, groups_of, strict=True)])
                wrong.append(
                    [
                        is_time == (name == DATE)
                        and not groups_of[n]
                        and pair.argument not in event.roles[name].open
                        and (pair.same_sentence or name == "attribution")
                        for n, name in enumerate(ROLES)
                    ]
                )
    columns = (
        [torch.tensor(column, dtype=torch.long) for column in zip(*rows, strict=True)]
        if rows
        else [torch.zeros(0, dtype=torch.long) for _ in range(6)]
    )
    told_of_pairs = torch.from_numpy(np.stack(features)) if features else torch.zeros(0, TOLD)
    return Batch(
        inputs,
        functional.one_hot(torch.where(told < 0, len(MODALITIES), told), len(MODALITIES) + 1).float(),
        types,
        modes,
        modalities,
        Pairs(*columns, told_of_pairs),
        torch.tensor(wrong).reshape(-1, len(ROLES)).bool(),
        torch.tensor(group).reshape(-1, len(ROLES)).long(),
        groups,
    )


def loss(network: EventNetwork, base: Tensor, batch: Batch) -> dict[str, Tensor]:
    """The loss of every head: of words a mean, of roles the sum over an event's words and groups."""
    hidden, trigger, argument = network.vectors(base, *batch.inputs)

    def of_words(scores: Tensor, wanted: Tensor) -> Tensor:
        return functional.cross_entropy(scores.flatten(0, 1).float(), wanted.flatten(), ignore_index=UNSET)

    found = {"type": of_words(network.event(hidden), batch.type)}
    if (batch.mode != UNSET).any():
        found["mode"] = of_words(network.mode(hidden), batch.mode)
        joined = torch.cat([hidden, batch.modality_told], -1)
        found["modality"] = of_words(network.modality(joined), batch.modality)
    if len(batch.wrong):
        no = -functional.softplus(network.roles(trigger, argument, batch.pairs).float())  # log(1 - p)
        # of a group one word is enough: 1 - p of all of them together
        none = torch.zeros(batch.groups + 1).index_add(0, batch.group.flatten(), no.flatten())[1:]
        none = none[torch.bincount(batch.group.flatten(), minlength=batch.groups + 1)[1:] > 0]
        right = -torch.log(-torch.expm1(none.clamp(max=-1e-6))).sum()
        events = (batch.type > 0).sum()
        found["roles"] = (right - (no * batch.wrong).sum()) / events
    return found


def base_states(base: Network, windows: list[Window]) -> dict[int, Tensor]:
    """The parser's states of every window, by its `id`, in half precision."""
    found = {}
    ordered = sorted(windows, key=lambda w: len(w.pieces))
    for i in range(0, len(ordered), 8):
        part = ordered[i : i + 8]
        batch = batch_of(part)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            states = base.encoder.states(*batch.inputs[:3]).bfloat16()
        found |= {id(w): states[:, row, : len(w.pieces)].clone() for row, w in enumerate(part)}
    return found


def stacked(states: dict[int, Tensor], windows: list[Window]) -> Tensor:
    """The states of some windows as one tensor [layers, windows, pieces, width]."""
    length = max(len(w.pieces) for w in windows)
    rows = [functional.pad(states[id(w)], (0, 0, 0, length - len(w.pieces))) for w in windows]
    return torch.stack(rows, 1)


def save(network: EventNetwork, folder: Path) -> None:
    """The weights."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), folder / "events.pt")


def restore(base: Network, folder: Path) -> EventNetwork:
    """The network that `save` wrote."""
    network = EventNetwork(base)
    network.load_state_dict(torch.load(folder / "events.pt"))
    return network.eval()
