"""Windows as flat arrays on one device, from which batches are cut without a loop over words or pairs.

Words and pairs are numbered through all windows. Texts without annotation have the pairs of every word that might tell
an event, annotated ones those of the words that do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from event_windows import Window
from network import Encoder, quick
from numpy.typing import NDArray
from torch import Tensor

from kg.extraction.learned.features import ATTRIBUTION, CLASSES, DATE, KINDS, ROLES, TOLD

UNSET = -100
BITS = 1 << np.arange(TOLD, dtype=np.int64)
OF_PIECES = ("pieces", "cases", "gaps")
OF_WORDS = ("first", "last", "kept", "told", "type", "mode", "modality", "fired", "offset")
OF_PAIRS = ("event", "argument", "kind", "distance", "cluster", "features", "open")
Packed = dict[str, NDArray]


def pack(documents: Iterable[tuple[str, list[Window]]], *, everything: bool = False) -> Packed:
    """The windows of documents, for `Arrays`; `everything` keeps the pairs of every word."""
    rows: dict[str, list[NDArray]] = {name: [] for name in (*OF_PIECES, *OF_WORDS, *OF_PAIRS)}
    rows |= {name: [] for name in ("known", "wanted", "group", "pairs", "document")}
    names = []
    for number, (name, windows) in enumerate(documents):
        names.append(name)
        for window in windows:
            _pack(window, rows, everything=everything)
            rows["document"].append(np.array([number], np.int32))
    packed = {name: np.concatenate(found) for name, found in rows.items() if found}
    packed["group_pair"], packed["group_role"] = (i.astype(np.uint32) for i in np.nonzero(packed["group"]))
    packed["group"] = packed["group"][packed["group_pair"], packed["group_role"]]
    sizes = {name: np.array([len(row) for row in rows[name]], np.int32) for name in ("pieces", "first")}
    return packed | {"of_pieces": sizes["pieces"], "of_words": sizes["first"], "names": np.array(names)}


def _pack(window: Window, rows: dict[str, list[NDArray]], *, everything: bool) -> None:
    words = len(window.first)
    types = np.where(window.kept, 0, UNSET).astype(np.int16)
    modes, modalities = np.full(words, UNSET, np.int16), np.full(words, UNSET, np.int16)
    wanted = np.zeros((words, len(ROLES)), np.uint8)
    events = {event.word: event for event in window.events}
    for word, event in events.items():
        types[word], modes[word], modalities[word] = event.type, event.mode, event.modality
        wanted[word] = [len(event.roles[name].groups) for name in ROLES]
    groups = pairs = 0
    for word in sorted(window.pairs if everything else events):
        found = window.pairs.get(word, [])
        if not found:
            continue
        pairs += len(found)
        member, left = {}, [set[int]() for _ in ROLES]
        if word in events:
            for number, name in enumerate(ROLES):
                left[number] = events[word].roles[name].open
                for group in events[word].roles[name].groups:
                    groups += 1
                    member |= {(i, number): groups for i in group}
        table = np.array([(word, p.argument, p.kind, p.distance) for p in found], np.uint8)
        may = np.array([_may(p.kind, same_sentence=p.same_sentence) for p in found])
        right_kind = np.array([_may(p.kind, same_sentence=True) for p in found])
        group = np.array([[member.get((p.argument, n), 0) for n in range(len(ROLES))] for p in found], np.int16)
        is_open = np.array([[p.argument in left[n] for n in range(len(ROLES))] for p in found])
        for name, column in zip(("event", "argument", "kind", "distance"), table.T, strict=True):
            rows[name].append(column)
        rows["cluster"].append(np.array([p.cluster for p in found], np.int16))
        rows["features"].append((np.stack([p.told for p in found]).astype(np.int64) @ BITS).astype(np.uint32))
        rows["open"].append(np.packbits(~may | is_open, axis=1)[:, 0])
        rows["group"].append(group * right_kind)
    for name in (*OF_PIECES, "first", "last"):
        rows[name].append(np.array(getattr(window, name), np.uint16))
    for name, values in (("type", types), ("mode", modes), ("modality", modalities), ("wanted", wanted)):
        rows[name].append(values)
    rows["kept"].append(np.array(window.kept))
    rows["told"].append(np.array(window.modality, np.int8))
    rows["fired"].append(np.array(window.fired, np.uint8))
    rows["known"].append(np.array([sum(1 << t for t in known) for known in window.known], np.uint32))
    rows["offset"].append(np.array(window.offsets, np.uint32))
    rows["pairs"].append(np.array([pairs], np.int32))


def _may(kind: int, *, same_sentence: bool) -> list[bool]:
    is_time = kind // len(CLASSES) == KINDS.index("time")
    return [is_time == (name == DATE) and (same_sentence or name == ATTRIBUTION) for name in ROLES]


@dataclass
class Pairs:
    """Pairs of an event and a word of one batch; one number each, but `told` [pairs, TOLD]. `number` is the place in
    the arrays.
    """

    number: Tensor
    row: Tensor
    event: Tensor
    type: Tensor
    argument: Tensor
    kind: Tensor
    distance: Tensor
    told: Tensor


@dataclass
class Labels:
    """What teachers say: probabilities of words [words, labels], and of `chosen` pairs [pairs, roles] under the types
    `of_type`; `weight` is how likely the pair's event is.
    """

    type: Tensor
    mode: Tensor
    modality: Tensor
    roles: Tensor
    chosen: Tensor
    of_type: Tensor
    weight: Tensor


@dataclass
class Batch:
    """Windows, padded to the longest: inputs and what they should give. `words` are the places of its words [batch,
    words] in the arrays. Of a role, `wrong` [pairs, roles] says which words do not fill it, and `group` to which group
    of right words a pair belongs (0: none). Of `labelled` pairs `may` [pairs, roles] says which count.
    """

    base: Tensor
    inputs: tuple[Tensor, ...]
    words: Tensor
    kept: Tensor
    told: Tensor
    type: Tensor
    mode: Tensor
    modality: Tensor
    pairs: Pairs
    wrong: Tensor
    group: Tensor
    groups: int
    labels: Labels | None = None
    labelled: Pairs | None = None
    may: Tensor | None = None


class Arrays:
    """Packed windows on a device, with the states of the parser's encoder, in half precision."""

    def __init__(self, packed: Packed, base: Encoder, device: torch.device) -> None:
        self.device, self.packed = device, packed
        self.windows = len(packed["of_pieces"])
        self.names: list[str] = packed["names"].tolist()
        self.document: NDArray[np.int32] = packed["document"]
        self.piece_at, self.word_at, self.pair_at = (
            np.concatenate([[0], np.cumsum(packed[name], dtype=np.int64)])
            for name in ("of_pieces", "of_words", "pairs")
        )
        groups = np.zeros((int(self.pair_at[-1]), len(ROLES)), np.int16)
        groups[packed["group_pair"], packed["group_role"]] = packed["group"]
        spans = zip(self.pair_at, self.pair_at[1:], strict=False)
        self._groups_of = np.array([groups[start:end].max(initial=0) for start, end in spans])
        self._on = {name: self._tensor(packed[name]) for name in (*OF_PIECES, *OF_WORDS, *OF_PAIRS)}
        self._on["group"] = self._tensor(groups)
        self._on["open"] = (self._on["open"][:, None] >> torch.arange(7, 7 - len(ROLES), -1, device=device)) & 1
        window_of = np.repeat(np.arange(self.windows), packed["pairs"])
        self.word_of_pair = self._on["event"] + self._tensor(self.word_at[window_of])
        self.gold_type = self._on["type"][self.word_of_pair].clamp(min=0)
        self.labels: Labels | None = None
        self._states = self._read(base.to(device).eval())

    @classmethod
    def load(cls, path: Path, base: Encoder, device: torch.device) -> Arrays:
        """From a file of `pack`'s arrays."""
        with np.load(path) as packed:
            return cls(dict(packed), base, device)

    def __getitem__(self, name: str) -> Tensor:
        """One number for each piece, word or pair."""
        return self._on[name]

    def pieces_of(self, window: int) -> int:
        """Its length."""
        return int(self.packed["of_pieces"][window])

    def batch(self, ids: Sequence[int]) -> Batch:
        """Some windows, with the pairs of annotated events and those that teachers labelled."""
        at, real = self._grid(self.piece_at, ids)
        words, present = self._grid(self.word_at, ids)
        inputs = tuple(self[name][at] * real for name in OF_PIECES)
        inputs += tuple(self[name][words] * present for name in ("first", "last"))
        wanted = (torch.where(present, self[name][words], UNSET) for name in ("type", "mode", "modality"))
        pairs = self.pairs(ids, self.gold_type > 0, self.gold_type)
        before = np.concatenate([[0], np.cumsum(self._groups_of[list(ids)])])
        group = self["group"][pairs.number]
        group = torch.where(group > 0, group + self._tensor(before[:-1])[pairs.row][:, None], 0)
        batch = Batch(
            self._states[:, at],
            inputs,
            words,
            present & self["kept"][words].bool(),
            torch.where(present, self["told"][words], -1),
            *wanted,
            pairs,
            (group == 0) & (self["open"][pairs.number] == 0),
            group,
            int(before[-1]),
        )
        if self.labels is not None:
            batch.labels, batch.labelled = self.labels, self.pairs(ids, self.labels.chosen, self.labels.of_type)
            batch.may = self["open"][batch.labelled.number] == 0
        return batch

    def pairs(self, ids: Sequence[int], chosen: Tensor, of_type: Tensor) -> Pairs:
        """The `chosen` pairs of some windows, of events of the types `of_type`."""
        spans = [np.arange(self.pair_at[i], self.pair_at[i + 1]) for i in ids]
        number = self._tensor(np.concatenate(spans))
        row = self._tensor(np.repeat(np.arange(len(ids)), [len(span) for span in spans]))
        wanted = chosen[number]
        number, row = number[wanted], row[wanted]
        told = (self["features"][number][:, None] >> torch.arange(TOLD, device=self.device)) & 1
        places = (self[name][number] for name in ("argument", "kind", "distance"))
        return Pairs(number, row, self["event"][number], of_type[number], *places, told.float())

    def _grid(self, starts: NDArray[np.int64], ids: Sequence[int]) -> tuple[Tensor, Tensor]:
        """The numbers [windows, longest] of what some windows hold, and which of them are real."""
        first, length = starts[list(ids)], (starts[1:] - starts[:-1])[list(ids)]
        steps = torch.arange(int(length.max()), device=self.device)
        real = steps < self._tensor(length)[:, None]
        return (self._tensor(first)[:, None] + steps).clamp(max=int(starts[-1]) - 1), real

    def _tensor(self, values: NDArray) -> Tensor:
        return torch.from_numpy(values.astype(np.int64)).to(self.device)

    @torch.no_grad()
    def _read(self, base: Encoder) -> Tensor:
        states = torch.empty(
            len(base.layers), int(self.piece_at[-1]), base.norm.weight.numel(), dtype=torch.bfloat16, device=self.device
        )
        order = sorted(range(self.windows), key=self.pieces_of)
        for start in range(0, self.windows, 32):
            at, real = self._grid(self.piece_at, order[start : start + 32])
            with quick(self.device):
                found = base.states(*(self[name][at] * real for name in OF_PIECES)).bfloat16()
            states[:, at[real]] = found[:, real]
        return states
