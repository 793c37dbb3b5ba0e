"""The annotated news: what `training/news` says of texts that lie beside the checkout."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.evaluation import read_gold

ROOT = Path(__file__).parents[2]
CORPORA = ROOT.parent / "shared" / "corpora"
NEWS = ROOT / "training" / "news"

pytestmark = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="the corpora (../shared/corpora) are not beside this checkout"
)


@pytest.mark.parametrize("part", [".", "weighing", "aside", "second"])
def test_every_place_in_the_text_holds_what_it_says(part: str, tmp_path: Path) -> None:
    """Were a text put together otherwise than its annotator had it, words would be cut."""
    folder = NEWS / part
    script = ROOT / "training" / "scripts" / "event_news.py"
    subprocess.run([sys.executable, script, folder, CORPORA, tmp_path], check=True)
    golds = read_gold([tmp_path])
    assert len(golds) == len(list(folder.glob("*.json")))
    for gold in golds:
        told = json.loads((folder / f"{gold.document.name}.json").read_text(encoding="utf-8"))
        text = gold.document.text
        places = [place for entity in told["entities"].values() for place in entity["names"]]
        triggers = {tuple(event["trigger"]) for event in told["events"]}
        assert len(triggers) == len(told["events"]), "each event has a word of its own"
        for event in told["events"]:
            start, end = event["sentence"]
            assert start <= event["trigger"][0] < event["trigger"][1] <= end
            assert not text[start].isspace() and not text[end - 1].isspace()
            places.append(event["trigger"])
        for start, end in places:
            word = text[start:end]
            assert word and word == word.strip()
            assert not (text[start - 1 : start].isalpha() and word[0].isalpha()), (gold.document.name, word)
            assert not (text[end : end + 1].isalpha() and word[-1].isalpha()), (gold.document.name, word)
