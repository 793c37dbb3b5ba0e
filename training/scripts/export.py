"""Write the trained network as the spaCy pipeline that the program loads: ONNX with 8-bit weights, no torch."""

from __future__ import annotations

import argparse
import math
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import spacy
import torch
from network import ARC, Network, one, restore
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizer import english
from torch import Tensor, nn
from train import PRETRAINED

from kg.language import network as runtime  # noqa: F401 (registers the component)

INPUTS = ("pieces", "cases", "gaps", "first", "last")
OUTPUTS = ("sent", "pos", "tag", "morph", "lemma", "ent", "arc_dep", "arc_head", "rel_dep", "rel_head")


class Reading(nn.Module):
    """The network as the program runs it: decisions where a word decides alone, scores where it does not."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        scores = self.network(*inputs)
        found = {name: scores[name].argmax(-1) for name in ("pos", "tag", "morph", "lemma")}
        found["sent"] = scores["sent"][..., 1] - scores["sent"][..., 0]
        found["ent"] = scores["ent"]
        found["arc_dep"] = one(scores["arc_dep"]) @ self.network.arc_form / math.sqrt(ARC)
        found["arc_head"] = scores["arc_head"][:, 1:]
        found["rel_dep"], found["rel_head"] = scores["rel_dep"], scores["rel_head"][:, 1:]
        return tuple(found[name] for name in OUTPUTS)


def main() -> None:
    """Read the command line and write the pipeline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path, help="what train.py wrote")
    parser.add_argument("output", type=Path, help="folder of the spaCy pipeline, replaced")
    parser.add_argument("--float", action="store_true", help="without 8-bit weights, to measure what they cost")
    parser.add_argument("--keep", nargs="*", default=[], help="parts of names of matrices that stay in float")
    args = parser.parse_args()
    network = restore(args.trained)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        component = folder / "network"
        component.mkdir()
        to_onnx(network, folder / "float.onnx")
        if args.float:
            shutil.copy(folder / "float.onnx", component / "network.onnx")
        else:
            quantize(folder / "float.onnx", component / "network.onnx", args.keep)
        with torch.no_grad():
            forms = {
                "root": network.arc_head(network.root).numpy(),
                "root_rel": network.rel_head(network.root).numpy(),
                "rel_form": network.rel_form.numpy().astype(np.float16),
                "transitions": network.transitions.numpy(),
            }
        np.savez(component / "forms.npz", **forms)
        shutil.copy(args.trained / "labels.json", component)
        shutil.copy(PRETRAINED / "vocab.txt", component / "vocabulary.txt")
        nlp = english()
        nlp.add_pipe("network").from_disk(component)
        shutil.rmtree(args.output, ignore_errors=True)
        nlp.to_disk(args.output)
    spacy.load(args.output)
    size = sum(f.stat().st_size for f in args.output.rglob("*") if f.is_file()) / 1e6
    print(f"{args.output}: {size:.1f} MB")


def to_onnx(network: Network, path: Path) -> None:
    """The network in single precision, for texts of any length."""
    pieces, words = torch.arange(1, 9)[None], torch.tensor([[1, 3, 5]])
    example = (pieces, pieces % 3, pieces % 2, words, words + 1)
    axes = {name: {1: "pieces"} for name in INPUTS[:3]} | {name: {1: "words"} for name in (*INPUTS[3:], *OUTPUTS)}
    torch.onnx.export(
        Reading(network).eval(),
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def quantize(source: Path, target: Path, keep: list[str]) -> None:
    """8-bit weights, one scale a column; matrices named in `keep` stay in float."""
    model = onnx.load(str(source))
    nodes = [n.name for n in model.graph.node if n.op_type in ("MatMul", "Gather") and any(k in n.name for k in keep)]
    quantize_dynamic(
        str(source),
        str(target),
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
        reduce_range=False,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=nodes,
        extra_options={"MatMulConstBOnly": True},
    )


if __name__ == "__main__":
    main()
