#!/usr/bin/env python3
"""Score the extraction against the sets of docs/accuracy.md: `make evaluate`, or
python benchmarks/evaluate.py [FOLDER...].

Each set is scored by `kg evaluate`, which also takes folders of your own and lists errors.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg import cli

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT.parent / "shared" / "gold"
SETS = [
    *(GOLD / name for name in ("dev", "dev-own-words", "plover")),
    *(ROOT / f for f in ("tests/gold", "training/events/aside", "build/news-aside")),
]


def main() -> int:
    """Score each folder, the sets where none is named; sets that are not there are left out with a word."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="folders of gold; default: the six sets")
    parser.add_argument("--model", help="another installed spaCy UD pipeline")
    args = parser.parse_args()
    for folder in args.folders or SETS:
        name = folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else folder.name
        if not args.folders and not folder.is_dir():
            print(f"no {name} at {folder}: put the shared folder beside the project", file=sys.stderr)
            continue
        print(f"\n{name}", flush=True)
        try:
            cli.main(["evaluate", str(folder), *(["--model", args.model] if args.model else [])])
        except SystemExit as end:
            if end.code:
                return int(end.code)
    return 0


if __name__ == "__main__":
    sys.exit(main())
