"""WordNet's nouns for people, bodies and fighting craft -> ontology/lexicon/nouns.tsv, a noun and its class a line.

A noun counts where it means such a thing by its most frequent sense, and by most of its uses that WordNet counted.
Names (written with a capital) and terms of abuse stay out.
`nominals.yaml` is asked first; this list is for what it leaves out.

    apt-get install wordnet-base
    python gazetteer/nouns.py /usr/share/wordnet ../ontology/lexicon/nouns.tsv
"""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass
from pathlib import Path

# what a sense is a kind of (the offset of its synset in WordNet 3.0) -> class of the ontology; the nearest one counts
CLASSES = {
    7846: "Person",
    8008335: "Organization",
    8198398: "ArmedGroup",  # military unit
    8208016: "ArmedGroup",  # force: army, police
    4552696: "ArmedGroup",  # warship
    8185758: "",  # public utility
    8307589: "",  # meeting
}
NOT_PEOPLE = {9483738}  # imaginary beings
WORD = re.compile(r"[a-z]{3,}")
ABUSE = re.compile(r"offensive|disparag|derogat|slur|slang|obscen|vulgar|insult|contempt|pejorative|abusive")


def main() -> None:
    """Read the command line and write the list."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wordnet", type=Path, help="folder with data.noun, index.noun and cntlist.rev")
    parser.add_argument("output", type=Path)
    args = parser.parse_args()
    synsets = read(args.wordnet / "data.noun")
    uses = counts(args.wordnet / "cntlist.rev")
    lines = [
        f"{noun}\t{kind}\n"
        for noun, senses in sorted(index(args.wordnet / "index.noun").items())
        if (kind := class_of(noun, senses, synsets, uses))
    ]
    args.output.write_text(f"{HEADER}{''.join(lines)}", encoding="utf-8")


HEADER = """\
# Nouns and the class that each names, from WordNet 3.0 (written by training/gazetteer/nouns.py).
# WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. See nouns.LICENSE.
"""


@dataclass(frozen=True, slots=True)
class Synset:
    """The words of one meaning as they are written, and the synsets above it."""

    words: frozenset[str]
    above: tuple[int, ...]
    abuse: bool


def read(path: Path) -> dict[int, Synset]:
    """All synsets by their offset."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        front, gloss = line.split(" | ", 1)
        data = front.split()
        end = 4 + 2 * int(data[3], 16)
        pointers = data[end + 1 :]
        above = tuple(int(pointers[i + 1]) for i in range(0, len(pointers) - 3, 4) if pointers[i] == "@")
        found[int(data[0])] = Synset(frozenset(data[4:end:2]), above, bool(ABUSE.search(gloss)))
    return found


def index(path: Path) -> dict[str, list[int]]:
    """The senses of each single word, the most frequent first."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        data = line.split()
        if not line.startswith(" ") and WORD.fullmatch(data[0]):
            found[data[0]] = [int(offset) for offset in data[-int(data[2]) :]]
    return found


def counts(path: Path) -> dict[tuple[str, int], int]:
    """How often WordNet's readers met each sense of a noun, by its number."""
    found: dict[tuple[str, int], int] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        key, number, times = line.split()
        lemma, sense = key.split("%")
        if sense.startswith("1:"):
            found[lemma, int(number)] = int(times)
    return found


def class_of(noun: str, senses: list[int], synsets: dict[int, Synset], uses: dict[tuple[str, int], int]) -> str:
    """The class that a noun names by its most frequent sense and by more than half of its uses, or nothing."""
    if noun not in synsets[senses[0]].words or any(synsets[sense].abuse for sense in senses):
        return ""
    kinds = [kind_of(sense, synsets) for sense in senses]
    weights = [uses.get((noun, number), 0) for number in range(1, len(senses) + 1)]
    if not sum(weights):
        weights = [1] * len(senses)
    share = sum(w for kind, w in zip(kinds, weights, strict=True) if kind == kinds[0]) / sum(weights)
    return kinds[0] if share > 0.5 else ""


def kind_of(sense: int, synsets: dict[int, Synset]) -> str:
    """The class of a sense: that of the nearest synset above it that has one."""
    level = [sense]
    while level:
        if NOT_PEOPLE & set(level):
            return ""
        for synset in level:
            if synset in CLASSES:
                return CLASSES[synset]
        level = [up for synset in level for up in synsets[synset].above]
    return ""


if __name__ == "__main__":
    main()
