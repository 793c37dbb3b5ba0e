"""Copy a trained model to the place where the program loads it, with its origin, licence and figures in meta.json."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import spacy

from kg.language import components  # noqa: F401 (registers the factories)

SOURCES = [
    {
        "name": "all-MiniLM-L6-v2, a distilled BERT (Wang et al. 2020) tuned on sentence pairs",
        "url": "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
        "license": "Apache-2.0",
        "used_for": "first weights of both encoders",
    },
    {
        "name": "Universal Dependencies English Web Treebank (EWT) 2.16",
        "url": "https://github.com/UniversalDependencies/UD_English-EWT",
        "license": "CC BY-SA 4.0",
        "used_for": "tags, morphology, lemmas, dependencies",
    },
    {
        "name": "Universal Dependencies GUM 2.16, openly licensed genres",
        "url": "https://github.com/UniversalDependencies/UD_English-GUM",
        "license": "CC BY 4.0 and public domain, by document",
        "used_for": "tags, morphology, lemmas, dependencies",
    },
    {
        "name": "Universal Dependencies English PUD",
        "url": "https://github.com/UniversalDependencies/UD_English-PUD",
        "license": "CC BY-SA 3.0",
        "used_for": "tags, morphology, lemmas, dependencies",
    },
    {
        "name": "Groningen Meaning Bank, mostly Voice of America news",
        "url": "https://gmb.let.rug.nl",
        "license": "public domain text",
        "used_for": "names, tags; its text, annotated by the rules and by people (training/news), for events",
    },
    {
        "name": "The event corpus of this project (training/events)",
        "license": "CC0 1.0",
        "used_for": "events",
    },
]
DESCRIPTION = (
    "English for news: sentence boundaries, tags, morphology, lemmas, Universal Dependencies, and names (PERSON, ORG, "
    "LOC with countries, NORP, EVENT, ART), and vectors for events. Two small transformers with biaffine heads, in 8 "
    "bits, run by onnxruntime."
)


def main() -> None:
    """Read the command line and replace the packaged model in one step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("metrics", type=Path)
    parser.add_argument("output", type=Path)
    args = parser.parse_args()
    nlp = spacy.load(args.model)
    nlp.meta.update(name="kg_news", version="3.4.0", description=DESCRIPTION, license="CC BY-SA 4.0", sources=SOURCES)
    nlp.meta["performance"] = json.loads(args.metrics.read_text(encoding="utf8")) if args.metrics.exists() else {}
    args.output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=args.output.parent) as folder:
        new = Path(folder) / "new"
        nlp.to_disk(new)
        spacy.load(new)
        if args.output.exists():
            args.output.rename(Path(folder) / "old")
        shutil.move(new, args.output)
    print(f"packaged {args.model} as {args.output}")


if __name__ == "__main__":
    main()
