"""Read the event corpus and real news into arrays of numbers, which the training of events reads.

Writes `own.npz`, the corpus; `told.npz`, the news that people annotated (`event_news.py` puts it together); `news.npz`,
news with the events that the program as it is finds in it; and `plain.npz`, the same news without, for teachers to
label. News teaches what it looks like and what is no event. The documents in folders `aside` are never read here.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
from event_arrays import pack
from event_reading import Reader
from reading import Sentence, read
from train import PRETRAINED

NEWS_DAY = date(2009, 6, 10)  # of news whose day is not known
RUN = 7  # sentences of a text made of sentences
TREEBANKS = ("ud-gum", "ud-pud")  # with news and other text that is read as a whole


def main() -> None:
    """Read the command line and write the arrays."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("events", type=Path, help="the event corpus")
    parser.add_argument("told", type=Path, help="the annotated news")
    parser.add_argument("corpora", type=Path, help="where the other news is")
    parser.add_argument("output", type=Path)
    parser.add_argument("--share", type=float, default=1.0, help="of the corpus, for a learning curve")
    args = parser.parse_args()
    args.output.mkdir(parents=True, exist_ok=True)
    reader = Reader((PRETRAINED / "vocab.txt").read_text(encoding="utf8").splitlines())
    own = [(gold["id"], windows) for gold, windows in reader.folder(args.events)]
    own.sort(key=lambda found: hashlib.sha1(found[0].encode()).hexdigest())
    own = own[: round(args.share * len(own))]
    np.savez_compressed(args.output / "own.npz", **pack(own))
    told = [(gold["id"], windows) for gold, windows in reader.folder(args.told)]
    np.savez_compressed(args.output / "told.npz", **pack(told))
    news, plain = [], []
    for name, text, day in texts(args.corpora):
        gold, windows = reader.by_program(name, text, day)
        news.append((name, windows))
        plain.append((name, reader.windows(text, gold | {"events": []})))
    np.savez_compressed(args.output / "news.npz", **pack(news))
    np.savez_compressed(args.output / "plain.npz", **pack(plain, everything=True))


def texts(corpora: Path) -> Iterator[tuple[str, str, date]]:
    """Real texts with a name and the day of publication."""
    found, rng = read(corpora, "train"), random.Random(0)
    for corpus in ("ner-gmb", *TREEBANKS):
        for number, document in enumerate(found[corpus].documents):
            for start in range(0, len(document), RUN):
                yield f"{corpus}-{number}-{start}", text_of(document[start : start + RUN], rng), NEWS_DAY
    for path in sorted((corpora / "news").glob("*.txt")):
        yield path.stem, path.read_text(encoding="utf8"), date.fromisoformat(path.stem[:10])


def text_of(sentences: list[Sentence], rng: random.Random) -> str:
    """Sentences as running text, in paragraphs of one to three."""
    lines = [sentence.text for sentence in sentences]
    paragraphs = []
    while lines:
        size = rng.choice([1, 2, 2, 3])
        paragraphs.append(" ".join(lines[:size]))
        lines = lines[size:]
    return "\n\n".join(paragraphs)


if __name__ == "__main__":
    main()
