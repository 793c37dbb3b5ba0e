"""The trained component: what it finds, that it always finds the same, and that no text breaks it."""

from __future__ import annotations

import resource
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.language import components  # noqa: F401 (registers the factories)
from kg.language.network import best_path
from kg.resources import language_model

TEXT = """Rivals Sign Truce

OSTRAVA - The two ministers, who had never met, signed a ceasefire on Tuesday. "It was time," said Ana Dorn, who
leads the Vorlan delegation.

Rebels were driven out of Kestel by government troops last week."""


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(language_model())


def annotation(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (t.text, t.pos_, t.tag_, str(t.morph), t.lemma_, t.head.i, t.dep_, t.sent.start, t.ent_iob_, t.ent_type_)
        for t in doc
    ]


def relations(doc: Doc) -> set[tuple[str, str, str]]:
    return {(t.text, t.dep_, t.head.text) for t in doc}


def test_trees_tags_lemmas_and_sentences(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert {
        ("ministers", "nsubj", "signed"),
        ("ceasefire", "obj", "signed"),
        ("Tuesday", "obl", "signed"),
        ("met", "acl:relcl", "ministers"),
        ("Rebels", "nsubj:pass", "driven"),
        ("troops", "obl:agent", "driven"),
        ("Kestel", "obl", "driven"),
    } <= relations(doc)
    signed = next(t for t in doc if t.text == "signed")
    assert (signed.pos_, signed.tag_, signed.lemma_, signed.morph.get("Tense")) == ("VERB", "VBD", "sign", ["Past"])
    begins = [sentence.text.split()[0] for sentence in doc.sents]
    assert begins == ["Rivals", "OSTRAVA", "The", '"It', "Rebels"]


def test_names(nlp: Language) -> None:
    doc = nlp(
        "Chancellor Angela Merkel flew to Moscow for talks with Russian officials, the Associated Press reported."
    )
    found = {(entity.text, entity.label_) for entity in doc.ents}
    assert {("Moscow", "LOC"), ("Russian", "NORP"), ("Associated Press", "ORG")} <= found
    assert any(text.endswith("Angela Merkel") and label == "PERSON" for text, label in found)


def test_the_same_text_gives_the_same_annotation_alone_and_among_others(nlp: Language) -> None:
    alone = annotation(nlp(TEXT))
    among = list(nlp.pipe(["Short.", TEXT, "Another text, of another length."]))[1]
    assert annotation(among) == alone
    assert annotation(spacy.load(language_model())(TEXT)) == alone


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\t", "?", "“", "\u00ad", "...", "\n\nYes.\n\n \n", "a\u0301\u200bb"]
)
def test_texts_of_almost_nothing(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert all(token.is_space or token.dep_ for token in doc)


def test_white_space_hangs_on_the_word_before_it(nlp: Language) -> None:
    doc = nlp("\n Yes.\n\nThey met  again.")
    for token in doc:
        if token.is_space:
            assert token.dep_ == "dep" and token.head.i == max(1, token.i - 1)


def test_a_paragraph_of_a_hundred_thousand_characters(nlp: Language) -> None:
    sentence = "The ministers of the two countries met in the capital on Tuesday and signed a treaty on fishing. "
    text = sentence * (100_000 // len(sentence))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    doc = nlp(text)
    assert len(list(doc.sents)) == text.count(".")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024  # MiB
    assert grown < 500


def test_words_without_any_full_stop_are_parted_all_the_same(nlp: Language) -> None:
    doc = nlp("table of figures and names " * 2000)
    assert max(len(sentence) for sentence in doc.sents) <= 250


def test_it_is_written_to_disk_as_it_was_read(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "copy")
    assert annotation(spacy.load(tmp_path / "copy")(TEXT)) == annotation(nlp(TEXT))


def test_labels_are_the_best_path_and_not_the_best_one_by_one() -> None:
    never = -1e4
    labels = ["O", "B-LOC", "I-LOC", "I-ORG"]
    follows = np.array(  # rows: O, B-LOC, I-LOC, I-ORG, the sentence's start
        [[0, 0, never, never], [0, 0, 0, never], [0, 0, 0, never], [0, 0, never, 0], [0, 0, never, never]],
        dtype=np.float32,
    )
    scores = np.log(np.array([[0.2, 0.1, 0.6, 0.1], [0.1, 0.1, 0.3, 0.5], [0.1, 0.1, 0.7, 0.1]], dtype=np.float32))
    assert [labels[number] for number in best_path(scores, follows)] == ["B-LOC", "I-LOC", "I-LOC"]
    assert [labels[number] for number in best_path(scores[:1], follows)] == ["O"]
