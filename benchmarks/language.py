#!/usr/bin/env python3
"""The speed and size of the language pipeline: python benchmarks/language.py [FOLDER]

Reads the texts of a folder (default: ../shared/corpora/news) one after the other on one core, and prints words a second
of the whole pipeline and of each component, beside spaCy's tokenizer alone in the same run, the memory that was needed
at most, and the size on disk. A word is what white space parts.
"""

from __future__ import annotations

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"  # before numpy is loaded: one core

import argparse  # noqa: E402
import resource  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from collections import Counter  # noqa: E402
from collections.abc import Callable  # noqa: E402
from datetime import date  # noqa: E402
from pathlib import Path  # noqa: E402

import spacy  # noqa: E402
from spacy.language import Language  # noqa: E402
from spacy.tokens import Doc  # noqa: E402

from kg import language, resources  # noqa: E402

NEWS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "news"
PUBLISHED = date(2020, 3, 5)


def main() -> int:
    """Measure and print; 2 where there are no texts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=NEWS)
    parser.add_argument("--model", help="another installed spaCy UD pipeline, or its folder")
    parser.add_argument("--rounds", type=int, default=3, help="the fastest of so many rounds counts (default: 3)")
    args = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in sorted(args.folder.glob("*.txt"))]
    if not texts:
        print(f"no .txt files in {args.folder}: name a folder of news texts", file=sys.stderr)
        return 2
    words = sum(len(text.split()) for text in texts)
    nlp, tokenizer = language.load(args.model), spacy.blank("en")
    language.analyse(nlp, texts[0], PUBLISHED)  # loads what is loaded late
    whole = min(
        _seconds(lambda: [language.analyse(nlp, text, PUBLISHED) for text in texts]) for _ in range(args.rounds)
    )
    baseline = min(_seconds(lambda: [tokenizer(text) for text in texts]) for _ in range(args.rounds))
    parts = _parts(nlp, texts)
    folder = Path(args.model) if args.model else resources.language_model()
    print(f"{len(texts)} texts, {words:,} words, one core")
    print(f"{'spaCy tokenizer':<20} {words / baseline:>10,.0f} words/s  ratio   1.0")
    print(f"{'whole pipeline':<20} {words / whole:>10,.0f} words/s  ratio {whole / baseline:>5.1f}")
    for name, seconds in parts.most_common():
        print(f"  {name:<18} {seconds / sum(parts.values()):>10.1%} of the time  ratio {seconds / baseline:>5.1f}")
    print(f"memory at most       {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:>10,.0f} MiB")
    if folder.is_dir():
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        print(f"model on disk        {size / 1e6:>10.1f} MB")
    return 0


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _parts(nlp: Language, texts: list[str]) -> Counter[str]:
    """Seconds of the tokenizer and of every component."""
    seconds: Counter[str] = Counter()
    for text in texts:
        doc: Doc | None = None
        for name, step in [("tokenizer", nlp.make_doc), *nlp.pipeline]:
            started = time.process_time()
            doc = step(text if doc is None else doc)
            seconds[name] += time.process_time() - started
            if name == "tokenizer":
                doc._.published = PUBLISHED  # type: ignore[union-attr]
    return seconds


if __name__ == "__main__":
    sys.exit(main())
