"""Readers for the two annotated formats: CoNLL-U (Universal Dependencies) and IOB (Groningen Meaning Bank)."""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

# GMB has the entity types below; dates ("tim") and natural objects ("nat") are left as no name.
ENTITY_LABELS = {"per": "PERSON", "org": "ORG", "geo": "LOC", "gpe": "NORP", "eve": "EVENT", "art": "ART"}
TREEBANKS = ("ud-ewt", "ud-gum", "ud-pud")
WRONG_COMMA = re.compile(r"(?<=\d),00,(?=000)")  # the Meaning Bank writes 2,00,000 for 200,000
# Three relations were renamed in UD 2.15; a handful of old names is still in the data.
RENAMED_RELATIONS = {"obl:npmod": "obl:unmarked", "obl:tmod": "obl:unmarked", "nmod:npmod": "nmod:unmarked"}


@dataclass
class Token:
    """One word. Empty strings (and a head of -1) mean that the layer is not annotated."""

    word: str
    space: bool = True
    lemma: str = ""
    pos: str = ""
    tag: str = ""
    morph: str | None = None
    head: int = -1  # index in the sentence; a root is its own head
    dep: str = ""
    ent: str = ""  # "O", "B-LOC", ...


@dataclass
class Sentence:
    """A sentence, and whether a paragraph starts with it."""

    tokens: list[Token] = field(default_factory=list)
    starts_paragraph: bool = False

    @property
    def text(self) -> str:
        """As it is printed."""
        return "".join(token.word + " " * token.space for token in self.tokens).strip()


@dataclass
class Corpus:
    """Documents of a treebank or of the names, as lists of sentences."""

    documents: list[list[Sentence]]
    treebank: bool


def read(folder: Path, part: str) -> dict[str, Corpus]:
    """All corpora that have the part `train` or `dev`."""
    corpora = {}
    for name in TREEBANKS:
        path = folder / f"{name}-{part}.conllu.xz"
        if path.exists():
            corpora[name] = Corpus(list(read_conllu(path)), treebank=True)
    corpora["ner-gmb"] = Corpus([list(read_gmb(folder / f"ner-gmb-{part}.iob.xz"))], treebank=False)
    return corpora


def read_conllu(path: Path) -> Iterator[list[Sentence]]:
    """Yield the documents of a CoNLL-U file as lists of sentences."""
    document: list[Sentence] = []
    for block in _blocks(path):
        comments = [line for line in block if line.startswith("#")]
        sentence = _conllu_sentence([line.split("\t") for line in block if not line.startswith("#")])
        sentence.starts_paragraph = any(line.startswith("# newpar") and "_block" not in line for line in comments)
        if any(line.startswith("# newdoc") for line in comments):
            if document:
                yield document
            document = []
            sentence.starts_paragraph = True
        document.append(sentence)
    if document:
        yield document


def read_gmb(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a GMB file (word, part-of-speech tag, IOB tag), with the spaces of running text."""
    for block in _blocks(path):
        columns = [line.split() for line in block]
        tokens = [
            Token(WRONG_COMMA.sub("00,", word), tag=_gmb_tag(tag), ent=_gmb_entity(iob)) for word, tag, iob in columns
        ]
        for previous, token in zip([Token("", ent="O"), *tokens], tokens, strict=False):
            # a name whose beginning was dropped or has another type starts anew
            if token.ent.startswith("I-") and previous.ent[2:] != token.ent[2:]:
                token.ent = "B-" + token.ent[2:]
        set_spaces(tokens)
        yield Sentence(tokens)


def set_spaces(tokens: list[Token]) -> None:
    """Decide where running text has no space between two words."""
    in_quotes = False
    for i, token in enumerate(tokens):
        following = tokens[i + 1].word if i + 1 < len(tokens) else ""
        if token.word == '"':
            in_quotes = not in_quotes
            token.space = not in_quotes
        else:
            token.space = token.word not in ("(", "[", "$", "#", "``", "US$", "£", "€")
        clitic = (following.startswith("'") and len(following) <= 3) or following.lower() == "n't"
        if following in (",", ".", ";", ":", "?", "!", "%", ")", "]", "...") or clitic:
            token.space = False
        if following == '"' and in_quotes and token.word != '"':
            token.space = False


def _gmb_tag(tag: str) -> str:
    """The Penn tag as UD writes it; quotes and odd punctuation are tagged inconsistently and left out."""
    if tag in ("``", "''", ";", ":"):
        return ""
    return {"LRB": "-LRB-", "RRB": "-RRB-"}.get(tag, tag)


def _gmb_entity(iob: str) -> str:
    prefix, _, label = iob.partition("-")
    return f"{prefix}-{ENTITY_LABELS[label]}" if label in ENTITY_LABELS else "O"


def _conllu_sentence(rows: list[list[str]]) -> Sentence:
    sentence = Sentence()
    glued_until, glued_space = 0, True  # the multiword token (like "don't") which covers the words read now
    for row in rows:
        identifier, form, lemma, upos, xpos, feats, head, dep, _, misc = row
        space = "SpaceAfter=No" not in misc
        if "." in identifier:
            continue
        if "-" in identifier:
            glued_until, glued_space = int(identifier.split("-")[1]), space
            continue
        index = int(identifier)
        if index < glued_until:
            space = False
        elif index == glued_until:
            space = glued_space
        sentence.tokens.append(
            Token(
                word=form,
                space=space,
                lemma="" if lemma == "_" and form != "_" else lemma,
                pos=upos,
                tag="" if xpos == "_" else xpos,
                morph="" if feats == "_" else feats,
                head=int(head) - 1 if head != "0" else index - 1,
                dep="ROOT" if dep == "root" else RENAMED_RELATIONS.get(dep, dep),
            )
        )
    return sentence


def _blocks(path: Path) -> Iterator[list[str]]:
    """Yield the groups of lines between empty lines."""
    block: list[str] = []
    with lzma.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.strip():
                block.append(line)
            elif block:
                yield block
                block = []
    if block:
        yield block
