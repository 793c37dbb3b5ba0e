"""The network: a small pretrained encoder (BERT's form) with heads for sentences, tags, lemmas, trees and names."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from kg.language.word_pieces import CASES, FORMS, GAPS

ARC, REL, TAG = 256, 96, 256  # widths of the heads
NEVER = -1e4
FORM_READERS = 2  # of names, beside the head on the encoder


@dataclass
class Sizes:
    """The form of the encoder, and how many labels each head has."""

    pieces: int
    labels: dict[str, int]
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512


class Dropout(nn.Module):
    """Dropout with one mask for all words of a text (Gal and Ghahramani 2016): as good, and random numbers are dear."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[-1], device=x.device) >= self.share
        return x * (kept.to(x.dtype) / (1 - self.share))


class Layer(nn.Module):
    """One transformer block, normalised after each half as BERT's are."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.heads = sizes.heads
        self.qkv = nn.Linear(sizes.width, 3 * sizes.width)
        self.mixed = nn.Linear(sizes.width, sizes.width)
        self.norm1 = nn.LayerNorm(sizes.width, eps=1e-12)
        self.up = nn.Linear(sizes.width, sizes.inner)
        self.down = nn.Linear(sizes.inner, sizes.width)
        self.norm2 = nn.LayerNorm(sizes.width, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        mixed = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + self.dropout(self.mixed(mixed)))
        return self.norm2(x + self.dropout(self.down(nn.functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Pieces -> one vector a word: a learnt mixture of all layers, of a word's first and last piece."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(sizes.pieces, sizes.width)
        self.positions = nn.Embedding(sizes.positions, sizes.width)
        self.cases = nn.Embedding(CASES, sizes.width)
        self.gaps = nn.Embedding(GAPS, sizes.width)
        self.norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(sizes, dropout) for _ in range(sizes.layers))
        self.mixture = nn.Parameter(torch.zeros(2, sizes.layers))
        self.join = nn.ModuleList(nn.Linear(2 * sizes.width, sizes.width) for _ in range(2))
        self.dropout = Dropout(dropout)
        for table in (self.cases, self.gaps):
            nn.init.zeros_(table.weight)
        for join in self.join:  # at first the mean of both pieces
            with torch.no_grad():
                join.weight.copy_(torch.cat([torch.eye(sizes.width) / 2] * 2, 1))
                join.bias.zero_()

    def states(self, pieces: Tensor, cases: Tensor, gaps: Tensor) -> Tensor:
        """The output of every layer [layers, batch, pieces, width] of inputs [batch, pieces]."""
        where = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.pieces(pieces) + self.positions(where) + self.cases(cases) + self.gaps(gaps)
        x = self.dropout(self.norm(x))
        bias = ((pieces == 0).float() * NEVER)[:, None, None, :]
        states = []
        for layer in self.layers:
            x = layer(x, bias)
            states.append(x)
        return torch.stack(states)

    def vectors(self, states: Tensor, which: int, first: Tensor, last: Tensor) -> Tensor:
        """One vector a word for grammar (0) or for names (1); `first` and `last` [batch, words] are a word's pieces."""
        mixed = (states * self.mixture[which].softmax(0)[:, None, None, None]).sum(0)
        ends = [mixed.gather(1, i[..., None].expand(-1, -1, mixed.shape[-1])) for i in (first, last)]
        joined: Tensor = self.join[which](torch.cat(ends, -1))
        return joined

    @classmethod
    def pretrained(cls, folder: Path, labels: dict[str, int]) -> tuple[Encoder, Sizes]:
        """The encoder with the weights of a BERT model in a folder (config.json, model.safetensors)."""
        config = json.loads((folder / "config.json").read_text())
        sizes = Sizes(
            config["vocab_size"],
            labels,
            config["hidden_size"],
            config["num_hidden_layers"],
            config["num_attention_heads"],
            config["intermediate_size"],
            config["max_position_embeddings"],
        )
        encoder, w = cls(sizes), load_file(str(folder / "model.safetensors"))
        kind = w["embeddings.token_type_embeddings.weight"][0]
        state = {
            "pieces.weight": w["embeddings.word_embeddings.weight"],
            "positions.weight": w["embeddings.position_embeddings.weight"] + kind,
            "norm.weight": w["embeddings.LayerNorm.weight"],
            "norm.bias": w["embeddings.LayerNorm.bias"],
        }
        for i in range(sizes.layers):
            for part in ("weight", "bias"):
                at = f"encoder.layer.{i}."
                qkv = [w[f"{at}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                state[f"layers.{i}.qkv.{part}"] = torch.cat(qkv)
                for ours, theirs in (
                    ("mixed", "attention.output.dense"),
                    ("norm1", "attention.output.LayerNorm"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm2", "output.LayerNorm"),
                ):
                    state[f"layers.{i}.{ours}.{part}"] = w[f"{at}{theirs}.{part}"]
        missing, unexpected = encoder.load_state_dict(state, strict=False)
        assert not unexpected and all(m.split(".")[0] in ("cases", "gaps", "mixture", "join") for m in missing)
        return encoder, sizes


def mlp(width: int, out: int, dropout: float = 0.3) -> nn.Sequential:
    """One hidden layer of a head."""
    return nn.Sequential(Dropout(dropout), nn.Linear(width, out), nn.GELU(), Dropout(dropout))


class Network(nn.Module):
    """The encoder and all heads; trees are scored with two biaffine forms (Dozat and Manning 2017)."""

    def __init__(self, encoder: Encoder, sizes: Sizes) -> None:
        super().__init__()
        self.sizes, self.encoder = sizes, encoder
        width, labels = sizes.width, sizes.labels
        self.tag_hidden = mlp(width, TAG)
        self.tags = nn.ModuleDict({name: nn.Linear(TAG, labels[name]) for name in ("pos", "tag", "morph", "lemma")})
        self.sent = nn.Sequential(mlp(width, 64), nn.Linear(64, 2))
        self.names = nn.Sequential(mlp(width, TAG), nn.Linear(TAG, labels["ent"]))
        self.arc_dep, self.arc_head = mlp(width, ARC), mlp(width, ARC)
        self.rel_dep, self.rel_head = mlp(width, REL), mlp(width, REL)
        self.root = nn.Parameter(torch.randn(width) * 0.1)
        self.arc_form = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.rel_form = nn.Parameter(torch.zeros(labels["dep"], REL + 1, REL + 1))
        nn.init.xavier_uniform_(self.arc_form)
        nn.init.xavier_uniform_(self.rel_form)

    def forward(self, pieces: Tensor, cases: Tensor, gaps: Tensor, first: Tensor, last: Tensor) -> dict[str, Tensor]:
        """Scores a word of every head; `arc_*` and `rel_*` are the vectors that the biaffine forms compare."""
        return self.scores(self.encoder.states(pieces, cases, gaps), first, last)

    def scores(self, states: Tensor, first: Tensor, last: Tensor) -> dict[str, Tensor]:
        """The same from the encoder's states."""
        grammar, naming = (self.encoder.vectors(states, which, first, last) for which in (0, 1))
        tags = self.tag_hidden(grammar)
        scores = {name: head(tags) for name, head in self.tags.items()}
        scores |= {"sent": self.sent(grammar), "ent": self.names(naming)}
        # the root stands at index 0 of the heads
        heads = torch.cat([self.root.expand(grammar.shape[0], 1, -1), grammar], 1)
        scores["arc_dep"] = self.arc_dep(grammar)
        scores["arc_head"] = self.arc_head(heads)
        scores["rel_dep"] = self.rel_dep(grammar)
        scores["rel_head"] = self.rel_head(heads)
        return scores

    def arcs(self, scores: dict[str, Tensor]) -> Tensor:
        """[batch, dependent, head] with the root as head 0."""
        return one(scores["arc_dep"]) @ self.arc_form @ scores["arc_head"].transpose(1, 2) / math.sqrt(ARC)

    def rels(self, dep: Tensor, head: Tensor) -> Tensor:
        """Relation scores [pairs, labels] of pairs of `rel_dep` and `rel_head` vectors."""
        return torch.einsum("nd,ldh,nh->nl", one(dep), self.rel_form, one(head))


class Forms(nn.Module):
    """A second reader of names, from the forms of the words alone: embeddings and convolutions, nothing pretrained."""

    def __init__(self, labels: int, width: int = 128, layers: int = 3) -> None:
        super().__init__()
        self.tables = nn.ModuleList(nn.Embedding(size, 64 if size > 100 else 8) for size in FORMS)
        self.join = nn.Linear(sum(table.embedding_dim for table in self.tables), width)
        self.near = nn.ModuleList(nn.Conv1d(width, 2 * width, 3, padding=1) for _ in range(layers))
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(layers))
        self.dropout = nn.Dropout(0.3)
        self.scores = nn.Linear(width, labels)

    def forward(self, forms: Tensor) -> Tensor:
        """Scores [batch, words, labels] of forms [batch, words, 4]."""
        x = self.join(self.dropout(torch.cat([table(forms[..., i]) for i, table in enumerate(self.tables)], -1)))
        for near, norm in zip(self.near, self.norms, strict=True):
            x = norm(x + self.dropout(nn.functional.glu(near(x.transpose(1, 2)), 1).transpose(1, 2)))
        scores: Tensor = self.scores(self.dropout(x))
        return scores


def one(x: Tensor) -> Tensor:
    """Vectors with a constant appended, for the linear terms of a biaffine form."""
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


def quick(device: torch.device) -> torch.autocast:
    """Products in bfloat16, where they are the quicker ones: a processor without AVX-512 takes many times longer."""
    slow = device.type == "cpu" and torch.backends.cpu.get_cpu_capability() != "AVX512"
    return torch.autocast(device.type, torch.bfloat16, enabled=not slow)


def save(network: Network, folder: Path, state: dict[str, Tensor]) -> None:
    """Weights and sizes."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(state, folder / "weights.pt")
    (folder / "sizes.json").write_text(json.dumps(asdict(network.sizes)))


def restore(folder: Path) -> Network:
    """The network that `save` wrote."""
    sizes = Sizes(**json.loads((folder / "sizes.json").read_text()))
    network = Network(Encoder(sizes), sizes)
    network.load_state_dict(torch.load(folder / "weights.pt"))
    return network.eval()
