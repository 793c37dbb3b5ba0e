"""Train a finished event network on with the annotated news: python scripts/event_tuning.py TEXTS TRAINED START OUTPUT

Minutes instead of hours, with `unpack.py` from the packaged model too. A part of the corpus is read with the news in
every epoch, or what was learnt from it is forgotten. What is kept is a mean of the weights before and after: it has
most of what was learnt, and gets back much of what was forgotten (Wortsman et al. 2022, Robust fine-tuning).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from event_arrays import Arrays
from event_network import EventNetwork, restore, save
from event_training import Plan, Source, fit
from network import restore as restore_base

PLAN = {"epochs": 8, "size": 1000, "rate": 6e-5}
OWN_SHARE = 0.12  # of the corpus, an epoch
FOLDS = 5
KEPT = 0.8  # how much of the mean is of the weights after


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, help="what event_texts.py wrote")
    parser.add_argument("trained", type=Path, help="what train.py or unpack.py wrote")
    parser.add_argument("start", type=Path, help="what events.py or unpack.py wrote")
    parser.add_argument("output", type=Path)
    parser.add_argument("--seed", type=int, default=0, help="of the order of the texts")
    parser.add_argument("--without", type=int, help=f"one of {FOLDS} parts of the news, kept aside to try things out")
    parser.add_argument("--device", type=torch.device, default=torch.device("cpu"))
    args = parser.parse_args()
    base = restore_base(args.trained)
    own, told = (Arrays.load(args.texts / f"{name}.npz", base.encoder, args.device) for name in ("own", "told"))
    read = [i for i in range(told.windows) if args.without is None or told.document[i] % FOLDS != args.without]
    sources = [
        Source(told, read, lambda _: 1, 1.0),
        Source(own, range(own.windows), lambda _: OWN_SHARE, 1.0),
    ]
    before, after = (restore(base, args.start).to(args.device) for _ in range(2))
    after = fit(base, sources, Plan(**PLAN, seed=args.seed), f"seed {args.seed}", after)
    save(between(before, after, KEPT), args.output)


def between(before: EventNetwork, after: EventNetwork, share: float) -> EventNetwork:
    """The mean of the weights of two networks, the second counting for `share`; it is the second that changes."""
    old = before.state_dict()
    after.load_state_dict({name: old[name].lerp(new, share) for name, new in after.state_dict().items()})
    return after


if __name__ == "__main__":
    main()
