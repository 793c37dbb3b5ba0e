"""Train networks that label for those that learn after them (Hinton et al. 2015, Distilling the knowledge).

Each teacher is trained without one fold of the corpus, and labels of that fold come from those that did not see it;
news is labelled by all. What several say is better than what one says, and a network that learns from it keeps most.
"""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path

import torch
from event_arrays import Arrays, Labels
from event_network import restore, save
from event_training import Plan, Source, fit, label
from network import restore as restore_base

FOLDS = 4
PLAN = {"epochs": 7, "size": 1400, "rate": 1.6e-4}
NEWS_LATER = 0.15  # of the news, an epoch, after the first two


def main() -> None:
    """Read the command line, train and label."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, help="what event_texts.py wrote")
    parser.add_argument("trained", type=Path, help="what train.py wrote")
    parser.add_argument("output", type=Path)
    parser.add_argument("--teachers", type=int, default=2 * FOLDS, help=f"how many; {FOLDS} folds are left out in turn")
    parser.add_argument("--only", type=int, help="train this one alone, so that several can run side by side")
    parser.add_argument("--device", type=torch.device, default=torch.device("cpu"))
    args = parser.parse_args()
    base = restore_base(args.trained)
    own = Arrays.load(args.texts / "own.npz", base.encoder, args.device)
    news = Arrays.load(args.texts / "news.npz", base.encoder, args.device)
    for number in range(args.teachers) if args.only is None else [args.only]:
        folder = args.output / f"teacher-{number}"
        if (folder / "events.pt").exists():
            continue
        sources = [
            Source(own, [i for i in range(own.windows) if not held_out(own, i, number)], lambda _: 1, 1.0),
            Source(news, range(news.windows), news_share, 1.0),
        ]
        save(fit(base, sources, Plan(**PLAN, seed=number), f"teacher {number}"), folder)
    if args.only is not None:
        return
    teachers = [restore(base, args.output / f"teacher-{n}").to(args.device) for n in range(args.teachers)]
    parts = [
        (
            [t for n, t in enumerate(teachers) if n % FOLDS == fold],
            [i for i in range(own.windows) if held_out(own, i, fold)],
        )
        for fold in range(FOLDS)
    ]
    write(label(own, parts), args.output / "own.pt")
    plain = Arrays.load(args.texts / "plain.npz", base.encoder, args.device)
    write(label(plain, [(teachers, list(range(plain.windows)))]), args.output / "plain.pt")


def news_share(epoch: int) -> float:
    """How much of the news is read in an epoch."""
    return 1 if epoch < 2 else NEWS_LATER


def held_out(own: Arrays, window: int, teacher: int) -> bool:
    """Whether a teacher does not see a window: that of a document of its fold."""
    return int(own.document[window]) % FOLDS == teacher % FOLDS


def write(labels: Labels, path: Path) -> None:
    """Keep labels."""
    torch.save({f.name: getattr(labels, f.name).cpu() for f in fields(labels)}, path)


def read_labels(path: Path, device: torch.device) -> Labels:
    """What `write` kept."""
    return Labels(**torch.load(path, map_location=device))


if __name__ == "__main__":
    main()
