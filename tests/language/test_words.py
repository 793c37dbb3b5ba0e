"""Word pieces, letter case, gaps and lemmas."""

from __future__ import annotations

import pytest

from kg.language import lemma_rules
from kg.language.word_pieces import MOST_PIECES, WordPieces, case_of, gap_of

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "sign", "##ed", "##atory", "u", ".", "s", "chateau", "-"]


@pytest.fixture
def pieces() -> WordPieces:
    return WordPieces(VOCABULARY)


@pytest.mark.parametrize(
    ("word", "cut"),
    [
        ("Signed", "sign ##ed"),
        ("SIGNATORY", "sign ##atory"),
        ("U.S.", "u . s ."),
        ("Château", "chateau"),
        ("signx", "[UNK]"),
        ("条约", "[UNK]"),
        ("\u200b", "[UNK]"),
        ("sign-sign", "sign - sign"),
    ],
)
def test_words_are_cut_at_punctuation_and_into_the_longest_pieces(pieces: WordPieces, word: str, cut: str) -> None:
    assert " ".join(VOCABULARY[number] for number in pieces.of(word)) == cut


def test_what_is_no_word_has_a_bounded_number_of_pieces(pieces: WordPieces) -> None:
    assert len(pieces.of("." * 100_000)) == MOST_PIECES


@pytest.mark.parametrize(
    ("word", "case"),
    [("pact", 0), ("Doha", 1), ("U.S.", 2), ("McCain", 3), ("I", 4), ("F-16", 5), ("13,000", 5), ("--", 6)],
)
def test_letter_case(word: str, case: int) -> None:
    assert case_of(word) == case


@pytest.mark.parametrize(("whitespace", "gap"), [("", 0), (" ", 1), ("\n", 2), ("\n\n", 3), (" \n \n ", 3)])
def test_gaps(whitespace: str, gap: int) -> None:
    assert gap_of(whitespace) == gap


@pytest.mark.parametrize(
    ("word", "lemma", "rule"),
    [
        ("signed", "sign", "l2"),
        ("Signed", "sign", "l2"),
        ("went", "go", "l4go"),
        ("Taliban", "Taliban", "k0"),
        ("KABUL", "Kabul", "t0"),
        ("treaties", "treaty", "l3y"),
        ("n't", "not", "l2ot"),
    ],
)
def test_lemmas_as_rules(word: str, lemma: str, rule: str) -> None:
    assert lemma_rules.rule_of(word, lemma) == rule
    assert lemma_rules.apply(rule, word) == lemma


def test_a_lemma_is_never_empty() -> None:
    assert lemma_rules.apply("l9", "Doha") == "Doha"
