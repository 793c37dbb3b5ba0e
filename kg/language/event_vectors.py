"""What the event network says of the words of one document: vectors from the encoder, and the small heads on them.

The encoder runs with the rest of the network (`network.onnx`); its vectors stand in `doc._.event_vectors`, one row a
token. The heads are here, in numpy, since they also weigh what grammar and lexicon say, which is known only later.
Without such a network (another spaCy pipeline) the extension is None.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

Floats = NDArray[np.float32]

if not Doc.has_extension("event_vectors"):
    Doc.set_extension("event_vectors", default=None)


@dataclass(frozen=True, slots=True)
class EventHeads:
    """The weights of the heads, by name, as training/scripts/event_network.py names them; labels in their order."""

    weights: Mapping[str, Floats]
    types: tuple[str, ...]
    modes: tuple[str, ...]
    modalities: tuple[str, ...]
    roles: tuple[str, ...]
    examples: Examples


@dataclass(frozen=True, slots=True)
class Examples:
    """The events that the model learnt from: `vectors` [events, width] of their words, projected by `projection`, and
    the `words` around each with its type.
    """

    projection: Floats
    vectors: Floats
    types: Sequence[str]
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class Example:
    """An event that the model learnt from, and how alike it is (a cosine)."""

    type: str
    words: str
    likeness: float


@dataclass(frozen=True, slots=True)
class EventVectors:
    """The vectors of a document [tokens, width]: `hidden` for the word itself, `trigger` and `argument` to be
    compared.
    """

    heads: EventHeads
    hidden: Floats
    trigger: Floats
    argument: Floats

    def types(self) -> Floats:
        """Log-probabilities [tokens, 1 + types] that a word is no event, or one of each type."""
        w = self.heads.weights
        return _log_softmax(self.hidden @ w["event.weight"].T + w["event.bias"])

    def most_alike(self, word: int, kind: str) -> Example:
        """The training example of a type that is most like a word."""
        examples = self.heads.examples
        here = [n for n, name in enumerate(examples.types) if name == kind]
        vector = self.hidden[word] @ examples.projection
        rows = examples.vectors[here].astype(np.float32)
        alike = rows @ vector / (np.linalg.norm(rows, axis=1) * np.linalg.norm(vector) + 1e-9)
        best = int(alike.argmax())
        return Example(kind, examples.words[here[best]], round(float(alike[best]), 2))

    def modes(self, words: Sequence[int]) -> Floats:
        """Probabilities [words, 1 + modes] of no mode and of each."""
        w = self.heads.weights
        return np.exp(_log_softmax(self.hidden[words] @ w["mode.weight"].T + w["mode.bias"]))

    def modalities(self, words: Sequence[int], told: Floats) -> Floats:
        """Probabilities [words, modalities]; `told` [words, modalities + 1] is what the rules say, the last for
        nothing.
        """
        w = self.heads.weights
        joined = np.concatenate([self.hidden[words], told], 1)
        return np.exp(_log_softmax(joined @ w["modality.weight"].T + w["modality.bias"]))

    def roles(
        self,
        triggers: Sequence[int],
        types: Sequence[int],
        events: Sequence[int],
        arguments: Sequence[int],
        kinds: Sequence[int],
        distances: Sequence[int],
        told: Floats,
    ) -> Floats:
        """Probabilities [pairs, roles] that a word fills a role of an event.

        Of each event: the trigger's token and its type (an index into the heads' types, from 1). Of each pair: the
        event, the argument's token, its kind and distance as numbers (`kg.extraction.learned.features`), and what
        grammar and rules say [pairs, features]. The pairs of an event stand together.
        """
        w = self.heads.weights
        form = w["form"]
        trigger = _one(self.trigger[triggers] + w["of_type.weight"][types])
        argument = _one(self.argument[arguments] + told @ w["told"])
        applied = (trigger @ form.transpose(1, 0, 2).reshape(form.shape[1], -1)).reshape(len(trigger), len(form), -1)
        starts = np.flatnonzero(np.diff(events, prepend=-1)).tolist()
        blocks = np.split(argument, starts[1:])
        scores = np.concatenate([b @ applied[events[at]].T for at, b in zip(starts, blocks, strict=True)])
        scores = scores / math.sqrt(self.trigger.shape[1])
        scores = scores + w["distance.weight"][distances] + w["kind.weight"][kinds] + told @ w["told_bias"] + w["bias"]
        found: Floats = 1 / (1 + np.exp(-scores))
        return found


def _one(rows: Floats) -> Floats:
    """Rows with a constant appended, for the linear terms of the form."""
    return np.concatenate([rows, np.ones((len(rows), 1), dtype=np.float32)], 1)


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(-1, keepdims=True)
    found: Floats = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return found
