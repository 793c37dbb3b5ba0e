"""Train the event network on the event corpus, with news that the rules alone annotated beside it.

The rules' annotation teaches what news looks like and what is no event; the corpus, what the rules miss. With several
seeds the weights of the runs are averaged (Wortsman et al. 2022, Model soups). The documents in the corpus's folder
`aside` are never read here.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
import random
import re
import time
from datetime import date
from pathlib import Path

import torch
from event_network import WEIGHTS, EventNetwork, base_states, batch_of, loss, save, stacked
from event_reading import Reader, Window
from network import Network, restore
from reading import Sentence, read
from train import PRETRAINED, Mean, schedule

NEWS_DAY = date(2009, 6, 10)  # of news whose day is not known
INITIAL = 0  # seed of the weights that every run begins with
RUN = 7  # sentences of a text by the rules
SHARE = 0.2  # of the news, an epoch, after the first two


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("events", type=Path, help="the event corpus")
    parser.add_argument("corpora", type=Path, help="where the news is")
    parser.add_argument("trained", type=Path, help="what train.py wrote")
    parser.add_argument("output", type=Path)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1e-4, help="of the encoder; the heads learn at ten times that")
    parser.add_argument("--size", type=int, default=600, help="word pieces of a batch")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0], help="of the order of the texts; a run for each")
    parser.add_argument("--share", type=float, default=1.0, help="of the corpus to train on, for a learning curve")
    args = parser.parse_args()
    args.output.mkdir(parents=True, exist_ok=True)
    own, news = windows_of(args.events, args.corpora, args.output.parent / "windows.pickle")
    base = restore(args.trained)
    inside = sorted(own, key=lambda name: hashlib.sha1(name.encode()).hexdigest())
    inside = inside[: round(args.share * len(inside))]
    wanted = [w for name in inside for w in own[name]]
    networks = []
    for seed in args.seeds:
        networks.append(fit(base, wanted, news, args, seed))
        save(networks[-1], args.output / f"seed-{seed}")
    save(averaged(networks), args.output)


def windows_of(events: Path, corpora: Path, cache: Path) -> tuple[dict[str, list[Window]], list[Window]]:
    """The windows of every document of the event corpus, and those of the news; kept in a file between runs."""
    if cache.exists():
        found: tuple[dict[str, list[Window]], list[Window]] = pickle.loads(cache.read_bytes())
        return found
    reader = Reader((PRETRAINED / "vocab.txt").read_text(encoding="utf8").splitlines())
    own = {gold["id"]: windows for gold, windows in reader.folder(events)}
    rng = random.Random(0)
    news = []
    for number, document in enumerate(read(corpora, "train")["ner-gmb"].documents):
        for start in range(0, len(document), RUN):
            text = text_of(document[start : start + RUN], rng)
            news += reader.by_rules(f"news-{number}-{start}", text, NEWS_DAY)[1]
    cache.parent.mkdir(parents=True, exist_ok=True)
    cache.write_bytes(pickle.dumps((own, news)))
    return own, news


def text_of(sentences: list[Sentence], rng: random.Random) -> str:
    """Sentences as running text, in paragraphs of one to three."""
    lines = []
    for sentence in sentences:
        line = " ".join(token.word for token in sentence.tokens)
        line = re.sub(r" ([.,;:?!%)\]]|'s|n't|')", r"\1", line)
        lines.append(re.sub(r'" (.*?) "', r'"\1"', re.sub(r"([(\[$]) ", r"\1", line)))
    paragraphs = []
    while lines:
        size = rng.choice([1, 2, 2, 3])
        paragraphs.append(" ".join(lines[:size]))
        lines = lines[size:]
    return "\n\n".join(paragraphs)


def averaged(networks: list[EventNetwork]) -> EventNetwork:
    """The first network with the mean of the weights of all. They began alike, so that they lie near each other."""
    states = [network.state_dict() for network in networks]
    mean = {
        name: torch.stack([state[name] for state in states]).mean(0) if value.is_floating_point() else value
        for name, value in states[0].items()
    }
    networks[0].load_state_dict(mean)
    return networks[0]


def fit(base: Network, own: list[Window], news: list[Window], args: argparse.Namespace, seed: int) -> EventNetwork:
    """The network with the running mean of its weights."""
    states = base_states(base, [*own, *news])
    torch.manual_seed(INITIAL)
    network = EventNetwork(base)
    torch.manual_seed(seed)
    encoder = network.encoder
    pretrained = (encoder.layers, encoder.pieces, encoder.positions, encoder.norm)
    slow = {id(p) for part in pretrained for p in part.parameters()}
    learnt = [p for p in network.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in learnt if id(p) in slow], "peak": args.rate},
        {"params": [p for p in learnt if id(p) not in slow], "peak": 10 * args.rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    mean, rng, started = Mean(network), random.Random(seed), time.perf_counter()
    epochs = [
        batches([*own, *(news if epoch < 2 else rng.sample(news, round(SHARE * len(news))))], args.size, rng)
        for epoch in range(args.epochs)
    ]
    total, step = sum(map(len, epochs)), 0
    network.train()
    for number, todo in enumerate(epochs, 1):
        sums: dict[str, float] = {}
        for part in todo:
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * schedule(step, total)
            with torch.autocast("cpu", torch.bfloat16):
                losses = loss(network, stacked(states, part), batch_of(part))
            torch.stack([WEIGHTS[name] * value for name, value in losses.items()]).sum().backward()
            torch.nn.utils.clip_grad_norm_(learnt, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            mean.update(step, 100)
            step += 1
            for name, value in losses.items():
                sums[name] = sums.get(name, 0) + value.item() / len(todo)
        seconds = time.perf_counter() - started
        print("seed", seed, "epoch", number, f"{seconds:.0f}s", {k: round(v, 3) for k, v in sums.items()}, flush=True)
    network.load_state_dict(mean.state)
    return network.eval()


def batches(windows: list[Window], size: int, rng: random.Random) -> list[list[Window]]:
    """Windows of like length together, about `size` pieces a batch with padding, in random order."""
    found: list[list[Window]] = [[]]
    for window in sorted(windows, key=lambda w: len(w.pieces) + rng.random() * 30):
        if found[-1] and len(window.pieces) * (len(found[-1]) + 1) > size:
            found.append([])
        found[-1].append(window)
    rng.shuffle(found)
    return found


if __name__ == "__main__":
    main()
