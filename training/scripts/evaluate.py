"""Measure a model on the development sets and write metrics.json.

The model reads raw text, as in the CoNLL shared tasks: words are compared by their place in the text, and words which
the tokenizer cuts differently count as errors. Each figure is an F1 in percent. Relations are compared with subtypes.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import spacy
from reading import Sentence, read
from spacy.language import Language
from spacy.tokens import Doc

from kg.language import components  # noqa: F401 (registers the factories)

NAME_LABELS = ("PERSON", "ORG", "LOC", "NORP")


Place = tuple[int, int]  # where a word or name stands in the text


class Word(NamedTuple):
    """What is annotated of a word; `head` is the place of its head, None for a root."""

    pos: str
    tag: str
    morph: str
    lemma: str
    head: Place | None
    dep: str


class Gold(NamedTuple):
    """A text and what is annotated of it."""

    text: str
    words: dict[Place, Word]
    sentences: set[Place]
    names: set[tuple[int, int, str]]


def main() -> None:
    """Read the command line, measure, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("output", type=Path)
    args = parser.parse_args()
    nlp = spacy.load(args.model)
    metrics: dict[str, object] = {}
    for name, corpus in read(args.corpora, "dev").items():
        if corpus.treebank:
            metrics[f"{name}-dev"] = treebank_scores(nlp, [gold_of(document) for document in corpus.documents])
        else:
            sentences = corpus.documents[0]
            texts = [gold_of(sentences[i : i + 8]) for i in range(0, len(sentences), 8)]
            metrics[f"{name}-dev"] = name_scores(nlp, texts)
            metrics["words_per_second"] = speed(nlp, [gold.text for gold in texts])
    metrics["megabytes"] = round(sum(f.stat().st_size for f in args.model.rglob("*") if f.is_file()) / 1e6, 1)
    args.output.write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf8")
    print(args.output.read_text(encoding="utf8"))


def gold_of(sentences: list[Sentence]) -> Gold:
    """The raw text of sentences, paragraphs parted by an empty line, and its annotation."""
    text, words, wanted = "", {}, set()
    names: list[tuple[int, int, str]] = []
    for sentence in sentences:
        if text:
            text = text.rstrip(" ") + ("\n\n" if sentence.starts_paragraph else " ")
        places = []
        for token in sentence.tokens:
            places.append((len(text), len(text) + len(token.word)))
            text += token.word + " " * token.space
        for i, (token, place) in enumerate(zip(sentence.tokens, places, strict=True)):
            head = None if token.head in (i, -1) else places[token.head]
            words[place] = Word(token.pos, token.tag, token.morph or "", token.lemma, head, token.dep)
            if token.ent.startswith("B-"):
                names.append((*place, token.ent[2:]))
            elif token.ent.startswith("I-"):
                names[-1] = (names[-1][0], place[1], token.ent[2:])
        wanted.add((places[0][0], places[-1][1]))
    return Gold(text.rstrip(), words, wanted, set(names))


def percent(correct: int, predicted: int, gold: int) -> float:
    """The F1 in percent."""
    return round(200 * correct / max(1, predicted + gold), 2)


def treebank_scores(nlp: Language, golds: list[Gold]) -> dict[str, float]:
    """Words, sentences, tags, lemmas and trees against a treebank."""
    correct: Counter[str] = Counter()
    predicted = wanted = predicted_sents = wanted_sents = 0
    for gold, doc in zip(golds, nlp.pipe(gold.text for gold in golds), strict=True):
        words = _words(doc)
        wanted += len(gold.words)
        predicted += len(words)
        for place in gold.words.keys() & words.keys():
            correct.update(_agreements(words[place], gold.words[place]))
        sents = _sentences(doc)
        correct["sents"] += len(sents & gold.sentences)
        predicted_sents += len(sents)
        wanted_sents += len(gold.sentences)
    scores = {key: percent(correct[key], predicted, wanted) for key in _MEASURES}
    return scores | {"sents": percent(correct["sents"], predicted_sents, wanted_sents)}


_MEASURES = ("words", "uas", "las", "las_universal", "upos", "xpos", "morph", "lemma")


def _words(doc: Doc) -> dict[Place, Word]:
    """What a pipeline found, white space aside."""
    found = {}
    for t in doc:
        if not t.is_space:
            head = None if t.head == t else (t.head.idx, t.head.idx + len(t.head))
            found[t.idx, t.idx + len(t)] = Word(t.pos_, t.tag_, str(t.morph), t.lemma_, head, t.dep_)
    return found


def _agreements(word: Word, gold: Word) -> list[str]:
    """The measures on which a word agrees with the gold word at its place."""
    head = word.head == gold.head
    agreements = {
        "words": True,
        "uas": head,
        "las": head and word.dep == gold.dep,
        "las_universal": head and word.dep.partition(":")[0] == gold.dep.partition(":")[0],
        "upos": word.pos == gold.pos,
        "xpos": word.tag == gold.tag or not gold.tag,
        "morph": word.morph == gold.morph,
        "lemma": word.lemma == gold.lemma or not gold.lemma,
    }
    return [key for key, agrees in agreements.items() if agrees]


def _sentences(doc: Doc) -> set[Place]:
    """Where sentences start and end, white space aside."""
    words = ([t for t in sent if not t.is_space] for sent in doc.sents)
    return {(w[0].idx, w[-1].idx + len(w[-1])) for w in words if w}


def name_scores(nlp: Language, golds: list[Gold]) -> dict[str, object]:
    """Names of people, organisations, places and nationalities: same words and same type."""
    correct: Counter[str] = Counter()
    predicted: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for gold, doc in zip(golds, nlp.pipe(gold.text for gold in golds), strict=True):
        names = {name for name in gold.names if name[2] in NAME_LABELS}
        found = {(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ in NAME_LABELS}
        for counter, some in ((correct, found & names), (predicted, found), (wanted, names)):
            counter.update(label for _, _, label in some)
    by_label = {label: percent(correct[label], predicted[label], wanted[label]) for label in NAME_LABELS}
    precision = round(100 * correct.total() / max(1, predicted.total()), 2)
    recall = round(100 * correct.total() / max(1, wanted.total()), 2)
    f1 = percent(correct.total(), predicted.total(), wanted.total())
    return {"f1": f1, "precision": precision, "recall": recall, "f1_by_label": by_label}


def speed(nlp: Language, texts: list[str]) -> int:
    """Words a second, the whole pipeline with one process."""
    start = time.perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    return round(words / (time.perf_counter() - start))


if __name__ == "__main__":
    main()
