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

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Token

TREEBANKS = ("ud-ewt", "ud-gum")
NAME_LABELS = ("PERSON", "ORG", "LOC", "NORP")


def main() -> None:
    """Read the command line, measure, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("output", type=Path)
    args = parser.parse_args()
    nlp = spacy.load(args.model)
    metrics: dict[str, object] = {}
    for name in TREEBANKS:
        metrics[f"{name}-dev"] = treebank_scores(nlp, read(nlp, args.corpus / f"{name}.spacy"))
    gold = read(nlp, args.corpus / "ner-gmb.spacy")
    metrics["ner-gmb-dev"] = name_scores(nlp, gold)
    metrics["words_per_second"] = speed(nlp, [doc.text for doc in gold] * 2)
    metrics["megabytes"] = round(sum(f.stat().st_size for f in args.model.rglob("*") if f.is_file()) / 1e6, 1)
    args.output.write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf8")
    print(args.output.read_text(encoding="utf8"))


def read(nlp: Language, path: Path) -> list[Doc]:
    """The annotated texts of a file."""
    return list(DocBin().from_disk(path).get_docs(nlp.vocab))


def percent(correct: int, predicted: int, gold: int) -> float:
    """The F1 in percent."""
    return round(200 * correct / max(1, predicted + gold), 2)


def treebank_scores(nlp: Language, gold_docs: list[Doc]) -> dict[str, float]:
    """Words, sentences, tags, lemmas and trees against a treebank."""
    correct: Counter[str] = Counter()
    predicted = gold = predicted_sents = gold_sents = 0
    for gold_doc, doc in zip(gold_docs, nlp.pipe(d.text for d in gold_docs), strict=True):
        gold_words = {_place(t): t for t in gold_doc if not t.is_space}
        words = {_place(t): t for t in doc if not t.is_space}
        gold += len(gold_words)
        predicted += len(words)
        for place in gold_words.keys() & words.keys():
            correct.update(_agreements(words[place], gold_words[place]))
        sents, wanted = _sentences(doc), _sentences(gold_doc)
        correct["sents"] += len(sents & wanted)
        predicted_sents += len(sents)
        gold_sents += len(wanted)
    scores = {key: percent(correct[key], predicted, gold) for key in _MEASURES}
    return scores | {"sents": percent(correct["sents"], predicted_sents, gold_sents)}


_MEASURES = ("words", "uas", "las", "upos", "xpos", "morph", "lemma")


def _place(token: Token) -> tuple[int, int]:
    return token.idx, token.idx + len(token)


def _agreements(token: Token, gold: Token) -> list[str]:
    """The measures on which a word agrees with the gold word at its place."""
    is_root = token.head is token or token.head == token
    gold_is_root = gold.head == gold
    head = (is_root and gold_is_root) or (not (is_root or gold_is_root) and _place(token.head) == _place(gold.head))
    lemma = token.lemma_ == gold.lemma_ or not gold.lemma_
    agreements = {
        "words": True,
        "uas": head,
        "las": head and token.dep_ == gold.dep_,
        "upos": token.pos_ == gold.pos_,
        "xpos": token.tag_ == gold.tag_ or not gold.tag_,
        "morph": str(token.morph) == str(gold.morph),
        "lemma": lemma,
    }
    return [key for key, agrees in agreements.items() if agrees]


def _sentences(doc: Doc) -> set[tuple[int, int]]:
    """Where sentences start and end, white space aside."""
    words = ([t for t in sent if not t.is_space] for sent in doc.sents)
    return {(w[0].idx, w[-1].idx + len(w[-1])) for w in words if w}


def name_scores(nlp: Language, gold_docs: list[Doc]) -> dict[str, object]:
    """Names of people, organisations, places and nationalities: same words and same type."""
    correct: Counter[str] = Counter()
    predicted: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    for gold_doc, doc in zip(gold_docs, nlp.pipe(d.text for d in gold_docs), strict=True):
        wanted = {(e.start_char, e.end_char, e.label_) for e in gold_doc.ents if e.label_ in NAME_LABELS}
        found = {(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ in NAME_LABELS}
        for counter, names in ((correct, found & wanted), (predicted, found), (gold, wanted)):
            counter.update(label for _, _, label in names)
    by_label = {label: percent(correct[label], predicted[label], gold[label]) for label in NAME_LABELS}
    precision = round(100 * correct.total() / max(1, predicted.total()), 2)
    recall = round(100 * correct.total() / max(1, gold.total()), 2)
    f1 = percent(correct.total(), predicted.total(), gold.total())
    return {"f1": f1, "precision": precision, "recall": recall, "f1_by_label": by_label}


def speed(nlp: Language, texts: list[str]) -> int:
    """Words a second, the whole pipeline with one process."""
    start = time.perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    return round(words / (time.perf_counter() - start))


if __name__ == "__main__":
    main()
