"""Read the networks back from a packaged pipeline, so that training goes on from there: python scripts/unpack.py
PIPELINE TRAINED EVENTS

Writes what train.py and names.py (TRAINED) and events.py (EVENTS) wrote, with weights rounded to 8 bits as the pipeline
has them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from event_network import EventNetwork
from event_network import save as save_events
from network import FORM_READERS, Encoder, Forms, Network, save
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn
from train import PRETRAINED

Arrays = dict[str, NDArray]
MIXTURES = ("network.encoder.mixture.0", "network.encoder.mixture.1", "events.mixture")  # in the order of the graph
LAYERS = ("pos", "tag", "morph", "lemma", "ent", "dep")


def main() -> None:
    """Read the command line and write both folders."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pipeline", type=Path, help="what export.py wrote, or the packaged model")
    parser.add_argument("trained", type=Path)
    parser.add_argument("events", type=Path)
    args = parser.parse_args()
    component = args.pipeline / "network"
    weights = {name: torch.from_numpy(np.array(value)) for name, value in weights_of(component / "network.onnx")}
    weights["network.encoder.mixture"] = torch.stack([weights.pop(name) for name in MIXTURES[:2]])
    labels = json.loads((component / "labels.json").read_text(encoding="utf8"))
    with np.load(component / "forms.npz") as arrays:
        weights["network.rel_form"] = torch.from_numpy(arrays["rel_form"].astype(np.float32))
        transitions = torch.from_numpy(arrays["transitions"])
    with np.load(component / "events.npz") as arrays:
        heads = {name: torch.from_numpy(arrays[name].astype(np.float32)) for name in arrays}
    sizes = Encoder.pretrained(PRETRAINED, {layer: len(labels[layer]) for layer in LAYERS})[1]
    network = Network(Encoder(sizes), sizes)
    take(network, part(weights, "network."))
    events = EventNetwork(network)
    take(events, part(weights, "events.") | {k: v for k, v in heads.items() if k in events.state_dict()})
    forms = nn.ModuleList(Forms(sizes.labels["ent"]) for _ in range(FORM_READERS))
    take(forms, part(weights, "forms."))
    save(network, args.trained, network.state_dict())
    torch.save({"forms": forms.state_dict(), "transitions": transitions}, args.trained / "names.pt")
    ours = {layer: found for layer, found in labels.items() if not layer.startswith("event_")}
    (args.trained / "labels.json").write_text(json.dumps(ours, ensure_ascii=False, indent=0), encoding="utf8")
    save_events(events, args.events)


def part(weights: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """The weights of one network, by their names in it."""
    return {name.removeprefix(prefix): value for name, value in weights.items() if name.startswith(prefix)}


def take(network: nn.Module, weights: dict[str, Tensor]) -> None:
    """Fill a network; what the event encoder does not use is in no pipeline."""
    missing, unknown = network.load_state_dict(weights, strict=False)
    unused = {name for name in missing if name.startswith(("encoder.join", "encoder.mixture"))}
    lacking = sorted(set(missing) - (unused if isinstance(network, EventNetwork) else set()))
    assert not lacking and not unknown, f"the pipeline has other weights: lacks {lacking}, has {unknown}"


def weights_of(path: Path) -> Iterator[tuple[str, NDArray]]:
    """Every weight by its name in export.py's `Reading`, in single precision."""
    graph = onnx.load(str(path)).graph
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    named = dict(tensors(graph))
    for name, tensor in named.items():
        value = plain(arrays, tensor)
        if tensor.startswith("onnx::Mul_"):
            yield name, np.log(value.ravel())  # of a softmax, whose result does not tell by how much they were shifted
        else:
            yield name, value.T if tensor.startswith("onnx::MatMul_") else value


def tensors(graph: onnx.GraphProto) -> Iterator[tuple[str, str]]:
    """The name of each weight in export.py's `Reading`, and of its tensor in the file (without what 8 bits add to it).

    The matrix of a linear layer has a number for a name there; the bias that is added to its product tells whose it is.
    """
    stored = {tensor.name for tensor in graph.initializer}
    stems = {name.removesuffix("_quantized") for name in stored if not name.endswith(("_scale", "_zero_point"))}
    yield from ((name, name) for name in sorted(stems) if not name.startswith("onnx::"))
    mixtures = sorted(
        (name for name in stems if name.startswith("onnx::Mul_")), key=lambda name: int(name.split("_")[-1])
    )
    yield from zip(MIXTURES, mixtures, strict=True)
    maker = {name: node for node in graph.node for name in node.output}
    for node in graph.node:
        bias = next((i for i in node.input if node.op_type == "Add" and i.endswith(".bias") and i in stored), None)
        if bias is None:
            continue
        made = maker[next(i for i in node.input if i != bias)]
        while made.op_type in ("Mul", "Cast"):  # what scales a product of 8-bit numbers
            made = maker[made.input[0]]
        if made.op_type in ("MatMul", "MatMulInteger"):
            yield f"{bias.removesuffix('.bias')}.weight", made.input[1].removesuffix("_quantized")


def plain(arrays: Arrays, name: str) -> NDArray:
    """A tensor in single precision."""
    if name in arrays:
        return arrays[name]
    whole = arrays[f"{name}_quantized"].astype(np.float32) - arrays[f"{name}_zero_point"].astype(np.float32)
    return whole * arrays[f"{name}_scale"]


if __name__ == "__main__":
    main()
