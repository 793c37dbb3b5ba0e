"""The trained component: one network run by onnxruntime that finds sentences, tags, lemmas, trees and names.

Its folder holds `network.onnx` (word pieces in, scores out), `forms.npz` (the biaffine forms that compare words),
`labels.json` and `vocabulary.txt`, and for events `events.npz` (the weights of their heads) and
`examples.json` (what they learnt from). All are written by training/scripts/export.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from . import lemma_rules
from .event_vectors import EventHeads, EventVectors, Examples
from .trees import best_tree
from .windows import Window, cut
from .word_pieces import WordPieces, form_of, gap_of

_LONGEST_SENTENCE = 250  # words; what goes on longer is no sentence (tables, text without full stops)
_BEGINS = -0.5  # the score above which a word begins a sentence; chosen on the development sets
_PARAGRAPH = 3  # the gap that parts paragraphs
_IOB = {"I": 1, "O": 2, "B": 3}
_EVENT_OUTPUTS = {"event_hidden": "hidden", "event_trigger": "trigger", "event_argument": "argument"}
Outputs = dict[str, NDArray[Any]]


@Language.factory("network")
def create(nlp: Language, name: str) -> Network:
    """An empty component; `from_disk` makes it whole."""
    return Network(nlp.vocab)


class Network:
    """The spaCy component."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self._files: dict[str, bytes] = {}
        self._event_heads: EventHeads | None = None

    def __call__(self, doc: Doc) -> Doc:
        words = [token.i for token in doc if not token.is_space]
        if words:
            blocks = list(self._blocks(doc, words))
            found = [outputs for block in blocks for outputs in self._sentences(doc, words, *block)]
            self._write(doc, words, {name: np.concatenate([f[name] for f in found]) for name in found[0]})
            if self._event_heads is not None:
                doc._.event_vectors = self._events(len(doc), words, [outputs for _, outputs in blocks])
        return doc

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:
        """One document after the other: what is found in one does not depend on others."""
        return map(self, docs)

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the files that `from_disk` read."""
        path.mkdir(parents=True, exist_ok=True)
        for name, content in self._files.items():
            (path / name).write_bytes(content)

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> Network:
        """Read the files of a folder."""
        names = ("network.onnx", "forms.npz", "labels.json", "vocabulary.txt")
        self._files = {name: (Path(path) / name).read_bytes() for name in names}
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # documents run side by side, not words
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # the fused form of this pair is slower than its two parts
        self._session = onnxruntime.InferenceSession(
            self._files["network.onnx"],
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],
        )
        self._outputs = [output.name for output in self._session.get_outputs()]
        with np.load(Path(path) / "forms.npz") as forms:
            self._root = forms["root"].astype(np.float32)
            self._root_rel = forms["root_rel"].astype(np.float32)
            self._transitions = forms["transitions"].astype(np.float32)
            form = forms["rel_form"].astype(np.float32)  # [labels, dependent, head]
            self._rel_form = np.ascontiguousarray(form.transpose(1, 0, 2).reshape(form.shape[1], -1))
        self._labels: dict[str, list[str]] = json.loads(self._files["labels.json"])
        if (events := Path(path) / "events.npz").exists():
            self._files |= {name: (Path(path) / name).read_bytes() for name in ("events.npz", "examples.json")}
            with np.load(events) as heads:
                weights = {name: heads[name].astype(np.float32) for name in heads.files}
            types, modes, modalities, roles = (
                tuple(self._labels[f"event_{name}"]) for name in ("type", "mode", "modality", "role")
            )
            examples = json.loads(self._files["examples.json"])
            seen = Examples(
                weights.pop("projection"), weights.pop("examples"), [e[0] for e in examples], [e[1] for e in examples]
            )
            self._event_heads = EventHeads(weights, types, modes, modalities, roles, seen)
        self._pieces = WordPieces(self._files["vocabulary.txt"].decode().splitlines())
        strings, morphology = self.vocab.strings, self.vocab.morphology
        numbers = {name: [strings.add(label) for label in self._labels[name]] for name in ("pos", "tag", "dep")}
        self._numbers = {name: np.array(values, dtype=np.uint64) for name, values in numbers.items()}
        self._numbers["morph"] = np.array([morphology.add(m) for m in self._labels["morph"]], dtype=np.uint64)
        return self

    def _blocks(self, doc: Doc, words: list[int]) -> Iterator[tuple[int, Outputs]]:
        """The network's outputs up to where paragraphs end: the first word (an index in `words`), one row a word."""
        text, tokens = doc.text, [doc[i] for i in words]
        texts = [token.text for token in tokens]
        gaps = np.full(len(words), _PARAGRAPH)
        for i, (before, token) in enumerate(pairwise(tokens), 1):
            gaps[i] = gap_of(text[before.idx + len(before) : token.idx])
        pieces = [self._pieces.of(text) for text in texts]
        forms = [form_of(text) for text in texts]
        cases = [form[-1] for form in forms]
        breaks = [i for i in range(1, len(words)) if gaps[i] == _PARAGRAPH]
        waiting: list[Outputs] = []
        start = 0
        for window in cut([len(p) for p in pieces], breaks):
            part = slice(window.start, window.end)
            waiting.append(self._run(window, pieces[part], cases[part], gaps[part], forms[part]))
            if window.closed:
                yield start, {name: np.concatenate([w[name] for w in waiting]) for name in self._outputs}
                start, waiting = window.keep_to, []

    def _events(self, tokens: int, words: list[int], found: list[Outputs]) -> EventVectors:
        vectors = {}
        for name, ours in _EVENT_OUTPUTS.items():
            rows = np.concatenate([outputs[name] for outputs in found])
            vectors[ours] = np.zeros((tokens, rows.shape[1]), dtype=np.float32)
            vectors[ours][words] = rows
        assert self._event_heads is not None
        return EventVectors(self._event_heads, **vectors)

    def _run(
        self,
        window: Window,
        pieces: list[tuple[int, ...]],
        cases: list[int],
        gaps: NDArray[np.int64],
        forms: list[tuple[int, int, int, int]],
    ) -> Outputs:
        sizes = np.array([len(p) for p in pieces])
        last = sizes.cumsum()
        first = last - sizes + 1
        total = int(last[-1]) + 2
        row = {name: np.zeros((1, total), dtype=np.int64) for name in ("pieces", "cases", "gaps")}
        row["pieces"][0] = [self._pieces.begin, *(p for word in pieces for p in word), self._pieces.end]
        row["cases"][0] = 6
        row["cases"][0, 1:-1] = np.repeat(cases, sizes)
        row["gaps"][0, first] = gaps
        row["gaps"][0, 1] = _PARAGRAPH  # a text began with each window in training
        outputs = self._session.run(
            self._outputs, row | {"first": first[None], "last": last[None], "forms": np.array(forms)[None]}
        )
        kept = slice(window.keep_from - window.start, window.keep_to - window.start)
        return {name: output[0, kept] for name, output in zip(self._outputs, outputs, strict=True)}

    def _sentences(self, doc: Doc, words: list[int], start: int, outputs: Outputs) -> Iterator[Outputs]:
        """What is found of each sentence of a block: labels as numbers, `heads` counted from the text's first word."""
        length = len(outputs["sent"])
        begins = outputs["sent"] > _BEGINS
        for i in range(length):
            told = doc[words[start + i]].is_sent_start
            if told is not None:
                begins[i] = told
        begins[0] = True
        borders = [*np.flatnonzero(begins), length]
        for begin, end in pairwise(borders):
            for first in range(begin, end, _LONGEST_SENTENCE):
                part = slice(first, min(first + _LONGEST_SENTENCE, end))
                sentence = {name: output[part] for name, output in outputs.items() if name not in _EVENT_OUTPUTS}
                heads, rels = self._tree(sentence)
                found = {name: sentence[name] for name in ("pos", "tag", "morph", "lemma")}
                here = np.arange(len(heads))
                heads = np.where(heads == 0, here, heads - 1) + start + first
                yield found | {"heads": heads, "dep": rels, "ent": best_path(sentence["ent"], self._transitions)}

    def _tree(self, sentence: Outputs) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        heads_side = np.concatenate([self._root[None], sentence["arc_head"]])
        heads = best_tree(sentence["arc_dep"] @ heads_side.T)
        one = np.ones((len(heads), 1), dtype=np.float32)
        head = np.concatenate([np.concatenate([self._root_rel[None], sentence["rel_head"]])[heads], one], 1)
        dep = np.concatenate([sentence["rel_dep"], one], 1)
        # [words, labels, width]: the form applied to the dependents, then compared with their heads
        applied = (dep @ self._rel_form).reshape(len(heads), -1, head.shape[1])
        scores = np.einsum("nlh,nh->nl", applied, head)
        root = self._labels["dep"].index("ROOT")
        scores[:, root] = np.where(heads == 0, np.inf, -np.inf)
        return heads, scores.argmax(1)

    def _write(self, doc: Doc, words: list[int], found: Outputs) -> None:
        strings = self.vocab.strings
        place = np.array(words)
        attributes = [HEAD, DEP, TAG, POS, MORPH, LEMMA, ENT_IOB, ENT_TYPE]
        values = np.zeros((len(doc), len(attributes)), dtype=np.uint64)
        space = {"dep": strings.add("dep"), "tag": strings.add("_SP"), "pos": strings.add("SPACE")}
        values[:, 1], values[:, 2], values[:, 3] = space["dep"], space["tag"], space["pos"]
        values[:, 6] = _IOB["O"]
        heads = np.arange(len(doc))
        heads[place] = place[found["heads"]]
        for token in doc:  # white space hangs on the word before it, or on the first word
            if token.is_space:
                heads[token.i] = place[max(int(np.searchsorted(place, token.i)) - 1, 0)]
                values[token.i, 5] = token.orth
        values[:, 0] = (heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
        for column, name in ((1, "dep"), (2, "tag"), (3, "pos"), (4, "morph")):
            values[place, column] = self._numbers[name][found[name]]
        rules = self._labels["lemma"]
        values[place, 5] = [
            strings.add(lemma_rules.apply(rules[rule], doc[i].text))
            for i, rule in zip(words, found["lemma"], strict=True)
        ]
        names = [self._labels["ent"][number].partition("-") for number in found["ent"]]
        values[place, 6] = [_IOB[prefix] for prefix, _, _ in names]
        values[place, 7] = [strings.add(label) if label else 0 for _, _, label in names]
        doc.from_array(attributes, values)  # type: ignore[arg-type]


def best_path(scores: NDArray[np.float32], transitions: NDArray[np.float32]) -> NDArray[np.int64]:
    """The best labels of a sentence [words] for scores [words, labels] and scores of what follows what [labels + 1,
    labels], of which the last row is for the first word (Viterbi).
    """
    total = scores[0] + transitions[-1]
    following = transitions[:-1].T
    steps = []
    for row in scores[1:]:
        paths = total + following
        steps.append(paths.argmax(1))
        total = paths.max(1) + row
    labels = [int(total.argmax())]
    for step in reversed(steps):
        labels.append(int(step[labels[-1]]))
    return np.array(labels[::-1])
