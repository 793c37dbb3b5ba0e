"""Annotated sentences -> the texts of an epoch -> tensors. What a corpus does not annotate is -100 and adds no loss."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import torch
from augment import byline, copy, dateline, headline, names_of, plain_people, title_case, typography, upper
from reading import Corpus, Sentence, Token
from torch import Tensor

from kg.language.lemma_rules import rule_of
from kg.language.word_pieces import FORMS, WordPieces, case_of, form_of, gap_of

LAYERS = ("pos", "tag", "morph", "lemma", "dep", "ent")
UNSET = -100
MOST_PIECES = 240  # of one text
PARAGRAPH_BREAKS = ("\n\n", "\n\n", "\n\n", "\n", " ")


def labels_of(corpora: dict[str, Corpus]) -> dict[str, list[str]]:
    """The labels of every layer, the most frequent first; those of one word only are left out where many are rare."""
    counts: dict[str, Counter[str]] = {layer: Counter() for layer in LAYERS}
    for corpus in corpora.values():
        for token in (t for document in corpus.documents for sentence in document for t in sentence.tokens):
            for layer, label in annotation(token).items():
                counts[layer][label] += 1
    for layer in ("lemma", "morph", "dep"):
        counts[layer] = Counter({label: n for label, n in counts[layer].items() if n > 1})
    return {
        layer: [label for label, _ in sorted(c.items(), key=lambda x: (-x[1], x[0]))] for layer, c in counts.items()
    }


def annotation(token: Token) -> dict[str, str]:
    """The labels of a word, layer by layer, where annotated."""
    labels = {"pos": token.pos, "tag": token.tag, "dep": token.dep, "ent": token.ent}
    labels = {layer: label for layer, label in labels.items() if label}
    if token.morph is not None:
        labels["morph"] = token.morph
    if token.lemma:
        labels["lemma"] = rule_of(token.word, token.lemma)
    return labels


def texts_of_epoch(corpora: dict[str, Corpus], actors: dict[str, list[list[str]]], seed: str) -> list[list[Sentence]]:
    """Every document cut into runs of sentences, some of them varied, in an order of this epoch's own."""
    rng = random.Random(seed)
    texts = []
    for corpus in corpora.values():
        sentences = [s for document in corpus.documents for s in document]
        people = [] if corpus.treebank else plain_people(sentences)
        places = [] if corpus.treebank else names_of(sentences, "LOC")
        for document in corpus.documents:
            for text in _runs(document, rng):
                _vary(text, rng)
                if not corpus.treebank:
                    _rename(text, actors, rng)
                    _news_lines(text, people, places, rng)
                texts.append(text)
    rng.shuffle(texts)
    return texts


def _runs(document: list[Sentence], rng: random.Random) -> Iterator[list[Sentence]]:
    start = 0
    while start < len(document):
        end = start + rng.choice([1, 2, 3, 4, 5, 6, 7, 8, 10])
        yield [copy(sentence) for sentence in document[start:end]]
        start = end


def _vary(text: list[Sentence], rng: random.Random) -> None:
    """Change some texts into what is rare in the corpora but common in news."""
    typography(text, rng)
    chance = rng.random()
    if chance < 0.08:
        headline(text[0], rng)
        if len(text) > 1:
            text[1].starts_paragraph = True
    elif chance < 0.10:
        for sentence in text[:3]:
            upper(sentence)
    elif chance < 0.12:
        for sentence in text[:3]:
            title_case(sentence, rng)


def _news_lines(text: list[Sentence], people: list[list[str]], places: list[list[str]], rng: random.Random) -> None:
    """Put a byline and a dateline before some texts, below the headline if there is one."""
    position = 1 if len(text) > 1 and text[1].starts_paragraph else 0
    if rng.random() < 0.15:
        text.insert(position, dateline(places, rng))
    if rng.random() < 0.15:
        text[position].starts_paragraph = True
        text.insert(position, byline(people, rng))


def _rename(text: list[Sentence], actors: dict[str, list[list[str]]], rng: random.Random) -> None:
    """Put names of the list of actors in the place of some names, so that the form counts and not the name alone."""
    for sentence in text:
        tokens: list[Token] = []
        words = sentence.tokens
        i = 0
        while i < len(words):
            end = i + 1
            if words[i].ent.startswith("B-"):
                while end < len(words) and words[end].ent.startswith("I-"):
                    end += 1
            label = words[i].ent[2:]
            if label in actors and rng.random() < 0.12:
                name = rng.choice(actors[label])
                tokens += [Token(word, ent=("I-" if k else "B-") + label) for k, word in enumerate(name)]
                tokens[-1].space = words[end - 1].space
            else:
                tokens += words[i:end]
            i = end
        sentence.tokens = tokens


@dataclass
class Example:
    """One text as numbers; `heads` count from 1 within the text, 0 is the root."""

    pieces: list[int]
    cases: list[int]
    gaps: list[int]
    first: list[int]
    last: list[int]
    forms: list[tuple[int, ...]]
    sentence: list[int]
    heads: list[int]
    starts: list[int]
    labels: dict[str, list[int]]


def encode(
    text: list[Sentence], word_pieces: WordPieces, numbers: dict[str, dict[str, int]], rng: random.Random
) -> Example:
    """The tensors' rows of a text, cut off at the last sentence that fits."""
    e = Example([word_pieces.begin], [6], [0], [], [], [], [], [], [], {layer: [] for layer in LAYERS})
    for index, sentence in enumerate(text):
        cut = [word_pieces.of(t.word) for t in sentence.tokens]
        if index and len(e.pieces) + sum(map(len, cut)) >= MOST_PIECES:
            break
        offset = len(e.first)
        gap = gap_of(rng.choice(PARAGRAPH_BREAKS) if sentence.starts_paragraph else " ") if index else 3
        for i, (token, pieces) in enumerate(zip(sentence.tokens, cut, strict=True)):
            if len(e.pieces) + len(pieces) >= 500:
                break
            if i:
                gap = int(sentence.tokens[i - 1].space)
            e.first.append(len(e.pieces))
            e.pieces += pieces
            e.last.append(len(e.pieces) - 1)
            e.cases += [case_of(token.word)] * len(pieces)
            e.gaps += [gap] + [0] * (len(pieces) - 1)
            e.forms.append(form_of(token.word))
            e.sentence.append(index)
            e.starts.append(int(i == 0))
            head = UNSET if token.head < 0 else 0 if token.head == i else token.head + 1 + offset
            e.heads.append(head)
            labels = annotation(token)
            for layer in LAYERS:
                e.labels[layer].append(numbers[layer].get(labels.get(layer, ""), UNSET) if layer in labels else UNSET)
    e.heads = [h if h <= len(e.first) else UNSET for h in e.heads]
    e.pieces.append(word_pieces.end)
    e.cases.append(6)
    e.gaps.append(0)
    return e


def batches(examples: Iterable[Example], size: int, rng: random.Random) -> list[list[Example]]:
    """Examples of like length together, about `size` pieces a batch with padding, in random order."""
    ordered = sorted(examples, key=lambda e: len(e.pieces) + rng.random() * 8)
    found: list[list[Example]] = [[]]
    for e in ordered:
        if found[-1] and len(e.pieces) * (len(found[-1]) + 1) > size:
            found.append([])
        found[-1].append(e)
    rng.shuffle(found)
    return found


def tensors(batch: list[Example]) -> tuple[tuple[Tensor, ...], dict[str, Tensor]]:
    """The network's inputs and what it should give."""
    words = max(len(e.first) for e in batch)

    def padded(rows: list[list[int]], fill: int, length: int) -> Tensor:
        return torch.tensor([row + [fill] * (length - len(row)) for row in rows])

    pieces = max(len(e.pieces) for e in batch)
    inputs = tuple(
        padded([getattr(e, name) for e in batch], 0, pieces) for name in ("pieces", "cases", "gaps")
    ) + tuple(padded([getattr(e, name) for e in batch], 0, words) for name in ("first", "last"))
    wanted = {layer: padded([e.labels[layer] for e in batch], UNSET, words) for layer in LAYERS}
    wanted |= {
        "heads": padded([e.heads for e in batch], UNSET, words),
        "sent": padded([e.starts for e in batch], UNSET, words),
        "sentence": padded([e.sentence for e in batch], -1, words),
        "forms": torch.tensor([e.forms + [(0,) * len(FORMS)] * (words - len(e.forms)) for e in batch]),
    }
    return inputs, wanted
