#!/usr/bin/env python3
"""What extraction costs beside the parse: python benchmarks/extraction.py [FOLDER] [--profile N].

The texts of a folder (default: seeds, 33 briefs) are parsed and extracted in one run; the first is read once before
anything is measured, so that what is loaded once counts for neither. Costs are CPU seconds of the process, which other
processes do not change. Reported are the seconds a thousand words, and the ratio of extraction to parse; at most 0.25
is the aim.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time
from collections import Counter
from datetime import date
from pathlib import Path

from kg import documents, extraction, language
from kg.language import headlines

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "seeds")
    parser.add_argument("--profile", type=int, metavar="N", help="list the N functions that extraction spends most in")
    args = parser.parse_args()
    texts = list(documents.read([args.folder], published=date(2020, 3, 5), on_problem=lambda problem: None))
    nlp = language.load()
    ours = nlp.pipe_names.index("person_names")
    extraction.extract(language.analyse(nlp, texts[0].text, texts[0].published), texts[0])
    spent: Counter[str] = Counter()
    profile = cProfile.Profile()
    for document in texts:
        clock = _Clock(spent)
        doc = headlines.read(nlp, nlp.make_doc(document.text), tuple(nlp.pipe_names[:ours]))
        clock.stop("network")
        doc._.published = document.published
        for name, component in nlp.pipeline[ours:]:
            doc = component(doc)
            clock.stop(name)
        if args.profile:
            profile.runcall(extraction.extract, doc, document)
        else:
            extraction.extract(doc, document)
        clock.stop("extraction")
    words = sum(len(document.text.split()) for document in texts)
    parse = sum(spent.values()) - spent["extraction"]
    print(f"{len(texts)} texts, {words:,} words")
    for name, seconds in spent.items():
        print(f"{name:18} {1000 * seconds / words:7.3f} s a thousand words  {seconds / parse:6.3f} of the parse")
    print(f"extraction / parse: {spent['extraction'] / parse:.3f}" + (" (under the profiler)" if args.profile else ""))
    if args.profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(args.profile)


class _Clock:
    """Adds CPU seconds up by name."""

    def __init__(self, spent: Counter[str]) -> None:
        self.spent = spent
        self.last = time.process_time()

    def stop(self, name: str) -> None:
        now = time.process_time()
        self.spent[name] += now - self.last  # type: ignore[assignment]
        self.last = now


if __name__ == "__main__":
    main()
