"""Write the trained network as the spaCy pipeline that the program loads: ONNX with 8-bit weights, no torch."""

from __future__ import annotations

import argparse
import json
import math
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import spacy
import torch
from event_arrays import Arrays
from event_network import EventNetwork
from event_network import restore as restore_events
from event_windows import ALL_MODES, TYPES
from network import ARC, FORM_READERS, Forms, Network, one, restore
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizer import english
from torch import Tensor, nn
from train import PRETRAINED
from unpack import tensors

from kg.extraction.learned.features import MODALITIES, ROLES
from kg.language import network as runtime  # noqa: F401 (registers the component)
from kg.language.word_pieces import FORMS

INPUTS = ("pieces", "cases", "gaps", "first", "last", "forms")
# these matrices of the parser stay in float: of all six kinds they cost the least (2.6 MB) for what they bring (0.15
# UAS on EWT); those of the event encoder, which runs after it, are called `mixed_1` and do not
FLOATS = ("/mixed/",)
OUTPUTS = ("sent", "pos", "tag", "morph", "lemma", "ent", "arc_dep", "arc_head", "rel_dep", "rel_head")
AROUND, DIMENSIONS = 7, 48  # words on each side of an example, and what is kept of its vector
MOST = 1000  # examples of a type: what is most like an event has been seen by then, and each costs space
EVENT_OUTPUTS = ("event_hidden", "event_trigger", "event_argument")


class Reading(nn.Module):
    """The network as the program runs it: decisions where a word decides alone, scores where it does not."""

    def __init__(self, network: Network, forms: nn.ModuleList, events: EventNetwork) -> None:
        super().__init__()
        self.network, self.forms, self.events = network, forms, events

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        *inputs, forms = inputs
        states = self.network.encoder.states(*inputs[:3])
        scores = self.network.scores(states, *inputs[3:])
        found = {name: scores[name].argmax(-1) for name in ("pos", "tag", "morph", "lemma")}
        found["sent"] = scores["sent"][..., 1] - scores["sent"][..., 0]
        readings = [scores["ent"], *(reader(forms) for reader in self.forms)]
        found["ent"] = torch.stack(readings).mean(0)
        found["arc_dep"] = one(scores["arc_dep"]) @ self.network.arc_form / math.sqrt(ARC)
        found["arc_head"] = scores["arc_head"][:, 1:]
        found["rel_dep"], found["rel_head"] = scores["rel_dep"], scores["rel_head"][:, 1:]
        found |= dict(zip(EVENT_OUTPUTS, self.events.vectors(states, *inputs), strict=True))
        return tuple(found[name] for name in (*OUTPUTS, *EVENT_OUTPUTS))


def main() -> None:
    """Read the command line and write the pipeline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path, help="what train.py wrote")
    parser.add_argument("events", type=Path, help="what events.py wrote")
    parser.add_argument("texts", type=Path, help="what event_texts.py wrote")
    parser.add_argument("corpus", type=Path, help="the event corpus")
    parser.add_argument("output", type=Path, help="folder of the spaCy pipeline, replaced")
    parser.add_argument("--float", action="store_true", help="without 8-bit weights, to measure what they cost")
    parser.add_argument("--parser", type=Path, help="a pipeline whose parser stays bit for bit as it is")
    parser.add_argument("--keep", nargs="*", default=FLOATS, help="parts of names of matrices that stay in float")
    args = parser.parse_args()
    if args.float and args.parser:
        parser.error("--parser has 8-bit weights: leave --float out")
    network = restore(args.trained)
    names = torch.load(args.trained / "names.pt")
    forms = nn.ModuleList(Forms(network.sizes.labels["ent"]) for _ in range(FORM_READERS))
    forms.load_state_dict(names["forms"])
    events = restore_events(network, args.events)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        component = folder / "network"
        component.mkdir()
        to_onnx(Reading(network, forms, events), folder / "float.onnx")
        if args.float:
            shutil.copy(folder / "float.onnx", component / "network.onnx")
        else:
            quantize(folder / "float.onnx", component / "network.onnx", args.keep)
        with torch.no_grad():
            arrays = {
                "root": network.arc_head(network.root).numpy(),
                "root_rel": network.rel_head(network.root).numpy(),
                "rel_form": network.rel_form.numpy().astype(np.float16),
                "transitions": names["transitions"].numpy(),
            }
        np.savez(component / "forms.npz", **arrays)
        if args.parser:
            keep_parser(args.parser / "network", component)
        own = Arrays.load(args.texts / "own.npz", network.encoder, torch.device("cpu"))
        known, vectors = examples(events, own, args.corpus)
        np.savez(component / "events.npz", **events.heads(), **vectors)
        (component / "examples.json").write_text(json.dumps(known, ensure_ascii=False, indent=0), encoding="utf8")
        labels = json.loads((args.trained / "labels.json").read_text(encoding="utf8")) | {
            "event_type": TYPES,
            "event_mode": ALL_MODES,
            "event_modality": MODALITIES,
            "event_role": ROLES,
        }
        (component / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=0), encoding="utf8")
        shutil.copy(PRETRAINED / "vocab.txt", component / "vocabulary.txt")
        nlp = english()
        nlp.add_pipe("network").from_disk(component)
        shutil.rmtree(args.output, ignore_errors=True)
        nlp.to_disk(args.output)
    spacy.load(args.output)
    size = sum(f.stat().st_size for f in args.output.rglob("*") if f.is_file()) / 1e6
    print(f"{args.output}: {size:.1f} MB")


@torch.no_grad()
def examples(events: EventNetwork, own: Arrays, corpus: Path) -> tuple[list[tuple[str, str]], dict[str, np.ndarray]]:
    """Events of the corpus, as their type and the words around them, and their vectors in few dimensions."""
    known, vectors = [], []
    told: Counter[int] = Counter()
    for window in range(own.windows):
        start, end = own.word_at[window : window + 2]
        types, offsets = (own.packed[name][start:end] for name in ("type", "offset"))
        wanted = []
        for word in np.flatnonzero(types > 0):
            told[int(types[word])] += 1
            wanted += [word] if told[int(types[word])] <= MOST else []
        if not wanted:
            continue
        text = (corpus / f"{own.names[own.document[window]]}.txt").read_text(encoding="utf-8")
        batch = own.batch([window])
        hidden, _, _ = events.vectors(batch.base.float(), *batch.inputs)
        for word in wanted:
            last = offsets[min(len(offsets), word + AROUND + 1) - 1]
            stop = text.find(" ", last)
            around = text[offsets[max(0, word - AROUND)] : stop if stop > 0 else len(text)]
            known.append((TYPES[types[word] - 1], " ".join(around.split())))
            vectors.append(hidden[0, word].numpy())
    rows = np.stack(vectors)
    _, _, directions = np.linalg.svd(rows - rows.mean(0), full_matrices=False)
    projection = directions[:DIMENSIONS].T
    return known, {
        "projection": projection.astype(np.float16),
        "examples": (rows @ projection).astype(np.float16),
    }


def to_onnx(reading: Reading, path: Path) -> None:
    """The network in single precision, for texts of any length."""
    pieces, words = torch.arange(1, 9)[None], torch.tensor([[1, 3, 5]])
    example = (pieces, pieces % 3, pieces % 2, words, words + 1, torch.zeros(1, 3, len(FORMS), dtype=torch.int64))
    outputs = (*OUTPUTS, *EVENT_OUTPUTS)
    axes = {name: {1: "pieces"} for name in INPUTS[:3]} | {name: {1: "words"} for name in (*INPUTS[3:], *outputs)}
    torch.onnx.export(
        reading.eval(),
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=list(outputs),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def quantize(source: Path, target: Path, keep: Sequence[str]) -> None:
    """8-bit weights, one scale a column; matrices named in `keep` stay in float. The weights are unsigned: products of
    signed ones overflow on processors without VNNI, which then read a text otherwise than those with it.
    """
    model = onnx.load(str(source))
    nodes = [n.name for n in model.graph.node if n.op_type in ("MatMul", "Gather") and any(k in n.name for k in keep)]
    quantize_dynamic(
        str(source),
        str(target),
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
        reduce_range=False,
        weight_type=QuantType.QUInt8,
        nodes_to_exclude=nodes,
        extra_options={"MatMulConstBOnly": True},
    )


def keep_parser(source: Path, target: Path) -> None:
    """Put the parser of one exported network into another: weights read back and rounded again differ a bit."""
    old, new = (onnx.load(str(folder / "network.onnx")) for folder in (source, target))
    names = {tensor: name for name, tensor in tensors(new.graph) if not name.startswith("events.")}
    before, stored = dict(tensors(old.graph)), {tensor.name: tensor for tensor in old.graph.initializer}
    for tensor in new.graph.initializer:
        stem = re.sub("_(quantized|scale|zero_point)$", "", tensor.name)
        if stem in names:
            kept = stored[before[names[stem]] + tensor.name.removeprefix(stem)]
            assert kept.dims == tensor.dims, f"{names[stem]} has another form in {source}"
            name = tensor.name
            tensor.CopyFrom(kept)
            tensor.name = name
    onnx.save(new, str(target / "network.onnx"))
    shutil.copy(source / "forms.npz", target / "forms.npz")


if __name__ == "__main__":
    main()
