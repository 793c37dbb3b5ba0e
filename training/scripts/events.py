"""Train the event network on the event corpus and on real news, by the annotation and by what teachers say."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from event_arrays import Arrays
from event_network import restore, save
from event_teachers import news_share, read_labels
from event_training import Plan, Source, fit
from network import restore as restore_base

PLAN = {"epochs": 16, "size": 1000, "rate": 1.3e-4}
ANNOTATED = 0.7  # how much the annotation of the corpus counts, the rest being what teachers say
PLAIN_SHARE = 0.25  # of the news that teachers labelled, an epoch


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, help="what event_texts.py wrote")
    parser.add_argument("teachers", type=Path, help="what event_teachers.py wrote")
    parser.add_argument("trained", type=Path, help="what train.py wrote")
    parser.add_argument("output", type=Path)
    parser.add_argument("--seed", type=int, default=0, help="of the order of the texts")
    parser.add_argument("--start", type=Path, help="go on from what this wrote before, not from the pretrained weights")
    parser.add_argument("--device", type=torch.device, default=torch.device("cpu"))
    args = parser.parse_args()
    base = restore_base(args.trained)
    names = ("own", "told", "news", "plain")
    own, told, news, plain = (Arrays.load(args.texts / f"{name}.npz", base.encoder, args.device) for name in names)
    own.labels, plain.labels = (read_labels(args.teachers / f"{name}.pt", args.device) for name in ("own", "plain"))
    sources = [
        Source(own, range(own.windows), lambda _: 1, ANNOTATED),
        Source(told, range(told.windows), lambda _: 1, 1.0),
        Source(news, range(news.windows), news_share, 1.0),
        Source(plain, range(plain.windows), lambda _: PLAIN_SHARE, 0.0),
    ]
    start = restore(base, args.start).to(args.device) if args.start else None
    save(fit(base, sources, Plan(**PLAN, seed=args.seed), f"seed {args.seed}", start), args.output)


if __name__ == "__main__":
    main()
