"""Convert the corpora to spaCy's binary format: corpus/train/*.spacy and corpus/dev/*.spacy.

Texts are groups of consecutive sentences with their raw spacing, so that the parser learns where sentences end. The
training texts are written in several versions, each grouped and varied (see augment.py) in another way: spaCy reads its
training corpus only once, so variants made while training would stay the same in every epoch.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable
from pathlib import Path

from augment import byline, copy, dateline, headline, names_of, plain_people, title_case, typography, upper
from reading import Sentence, Token, read_conllu, read_gmb
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans
from tokenizer import english

TREEBANKS = ("ud-ewt", "ud-gum", "ud-pud")
PARAGRAPH_BREAKS = ("\n\n", "\n\n", "\n\n", "\n", " ")


def main() -> None:
    """Read the command line and write all corpora."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--versions", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    nlp = english()
    for part in ("train", "dev"):
        (args.output / part).mkdir(parents=True, exist_ok=True)
    for name in TREEBANKS:
        documents = list(read_conllu(args.corpora / f"{name}-train.conllu.xz"))
        for version in range(args.versions):
            rng = random.Random(f"{args.seed}-{version}-{name}")
            groups = [group for document in documents for group in group_sentences(document, rng)]
            docs = [treebank_doc(nlp, vary(group, rng), rng) for group in groups]
            save(docs, args.output / "train" / f"{name}-{version}.spacy")
        if (args.corpora / f"{name}-dev.conllu.xz").exists():
            documents = list(read_conllu(args.corpora / f"{name}-dev.conllu.xz"))
            save([treebank_doc(nlp, document) for document in documents], args.output / "dev" / f"{name}.spacy")
    sentences = list(read_gmb(args.corpora / "ner-gmb-train.iob.xz"))
    people, places = plain_people(sentences), names_of(sentences, "LOC")
    for version in range(args.versions):
        rng = random.Random(f"{args.seed}-{version}-gmb")
        docs = []
        for group in group_sentences(sentences, rng):
            group = vary(group, rng)
            add_news_lines(group, people, places, rng)
            docs.append(names_doc(nlp, group, rng))
        save(docs, args.output / "train" / f"ner-gmb-{version}.spacy")
    sentences = list(read_gmb(args.corpora / "ner-gmb-dev.iob.xz"))
    groups = [sentences[i : i + 8] for i in range(0, len(sentences), 8)]
    save([names_doc(nlp, group) for group in groups], args.output / "dev" / "ner-gmb.spacy")


def group_sentences(sentences: list[Sentence], rng: random.Random) -> Iterable[list[Sentence]]:
    """Cut a document into runs of 1 to 10 sentences."""
    start = 0
    while start < len(sentences):
        end = start + rng.choice([1, 2, 3, 4, 5, 6, 7, 8, 10])
        yield [copy(sentence) for sentence in sentences[start:end]]
        start = end


def vary(group: list[Sentence], rng: random.Random) -> list[Sentence]:
    """Change some texts into what is rare in the corpora but common on web pages."""
    typography(group, rng)
    chance = rng.random()
    if chance < 0.10:
        headline(group[0], rng)
        if len(group) > 1:
            group[1].starts_paragraph = True
    elif chance < 0.12:
        for sentence in group[:3]:
            upper(sentence)
    elif chance < 0.14:
        for sentence in group[:3]:
            title_case(sentence, rng)
    return group


def add_news_lines(group: list[Sentence], people: list[list[str]], places: list[list[str]], rng: random.Random) -> None:
    """Put a byline and a dateline before some texts, below the headline if there is one."""
    position = 1 if len(group) > 1 and group[1].starts_paragraph else 0
    if rng.random() < 0.2:
        group.insert(position, dateline(places, rng))
    if rng.random() < 0.2:
        group[position].starts_paragraph = True
        group.insert(position, byline(people, rng))


def break_before(sentence: Sentence, rng: random.Random | None) -> str:
    """The white space before a sentence, "" for a plain space: paragraphs are set off in most texts."""
    if not sentence.starts_paragraph:
        return ""
    whitespace = rng.choice(PARAGRAPH_BREAKS) if rng else "\n\n"
    return whitespace if whitespace.strip(" ") else ""


def treebank_doc(nlp: Language, sentences: list[Sentence], rng: random.Random | None = None) -> Doc:
    """A text with all layers but names, which stay unset. White space hangs on the word before it."""
    tokens: list[Token] = []
    for sentence in sentences:
        whitespace = break_before(sentence, rng)
        if tokens and whitespace:
            tokens[-1].space = False
            here = len(tokens)
            tokens.append(Token(whitespace, False, whitespace, "SPACE", "_SP", "", here - 1, "dep"))
        elif tokens:
            tokens[-1].space = True
        offset = len(tokens)
        for token in sentence.tokens:
            token.head += offset
            tokens.append(token)
    return Doc(
        nlp.vocab,
        words=[t.word for t in tokens],
        spaces=[t.space for t in tokens],
        lemmas=[t.lemma for t in tokens],
        pos=[t.pos for t in tokens],
        tags=[t.tag for t in tokens],
        morphs=[t.morph or "" for t in tokens],
        heads=[t.head for t in tokens],
        deps=[t.dep for t in tokens],
    )


def names_doc(nlp: Language, sentences: list[Sentence], rng: random.Random | None = None) -> Doc:
    """A text with names, and with tags on the words which our tokenizer cuts alike; no other layer is set."""
    text, tags, names = "", {}, []
    for i, sentence in enumerate(sentences):
        whitespace = ("\n\n" if rng and rng.random() < 0.15 else " ") if i else ""
        text = text.rstrip() + (break_before(sentence, rng) or whitespace if i else "")
        for token in sentence.tokens:
            start, end = len(text), len(text) + len(token.word)
            text += token.word + " " * token.space
            tags[start, end] = token.tag
            if token.ent.startswith("B-"):
                names.append([start, end, token.ent[2:]])
            elif token.ent.startswith("I-"):
                names[-1][1] = end
    doc = nlp.make_doc(text.rstrip())
    for token in doc:
        token.tag_ = "_SP" if token.is_space else tags.get((token.idx, token.idx + len(token)), "")
    spans = [doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in names]
    doc.set_ents(filter_spans([s for s in map(trim, spans) if s]), default="outside")
    return doc


def trim(span: Span | None) -> Span | None:
    """A name without white space at its edges."""
    while span and span[-1].is_space:
        span = Span(span.doc, span.start, span.end - 1, span.label) if len(span) > 1 else None
    return span


def save(docs: list[Doc], path: Path) -> None:
    """Write texts to a file and say what is in it."""
    DocBin(docs=docs, store_user_data=False).to_disk(path)
    print(f"{path}: {len(docs)} texts, {sum(map(len, docs))} tokens")


if __name__ == "__main__":
    main()
