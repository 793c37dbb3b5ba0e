#!/usr/bin/env python3
"""Score the extraction against the gold beside the project: `make evaluate`, or python benchmarks/evaluate.py
[FOLDER...].

Each folder of gold is analysed with the publication dates that the gold gives, and scored by
`../shared/gold/score.py`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from rich.progress import track

from kg import export, pipeline
from kg.model import Document

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT.parent / "shared" / "gold"


def main() -> int:
    """Analyse and score each folder; 2 where there is no gold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "folders", nargs="*", type=Path, help="folders of gold; default: dev, dev-own-words, plover and tests/gold"
    )
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="list up to N errors of each kind")
    parser.add_argument("--model", help="another installed spaCy UD pipeline")
    parser.add_argument("--only", help="one document")
    parser.add_argument("--together", action="store_true", help="score the folders as one")
    args = parser.parse_args()
    folders = args.folders or [*(GOLD / name for name in ("dev", "dev-own-words", "plover")), ROOT / "tests" / "gold"]
    if not GOLD.is_dir():
        print(f"no gold at {GOLD}: put the shared folder beside the project", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        if args.together:
            merged = work / "gold"
            merged.mkdir()
            for folder in folders:
                for path in folder.glob("*.*"):
                    (merged / path.name).symlink_to(path.resolve())
            folders = [merged]
        for folder in folders:
            print(f"\n{folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else folder.name}")
            _score(folder, work, args)
    return 0


def _score(folder: Path, work: Path, args: argparse.Namespace) -> None:
    events, signings = work / "events.jsonl", work / "signings.jsonl"
    with events.open("w", encoding="utf-8") as e, signings.open("w", encoding="utf-8") as s:
        for path in track(sorted(folder.glob("*.json")), description=folder.name, disable=not sys.stderr.isatty()):
            if args.only and args.only not in path.stem:
                continue
            gold = json.loads(path.read_text(encoding="utf-8"))
            text = path.with_suffix(".txt").read_text(encoding="utf-8")
            found = pipeline.analyse(Document(path.stem, text, date.fromisoformat(gold["published"])), args.model)
            for record in export.events_of(found):
                e.write(json.dumps(record) + "\n")
            for record in export.signings_of(found):
                s.write(json.dumps(record) + "\n")
    command = [
        sys.executable,
        str(GOLD / "score.py"),
        str(folder),
        str(events),
        str(signings),
        "--errors",
        str(args.errors),
    ]
    if args.only:
        stems = [p.stem for p in folder.glob("*.json") if args.only in p.stem]
        command += ["--only", stems[0]]
    sys.stdout.flush()
    subprocess.run(command, check=True)


if __name__ == "__main__":
    sys.exit(main())
