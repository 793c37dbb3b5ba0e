"""Lemmas that are words: where the dictionary knows a form, its lemma is one of those that the dictionary has for it.

The network guesses how a lemma is made of its word, and makes "foughad" of a form that it rarely saw. LemmInflect's
dictionary of English (made from the SPECIALIST lexicon) corrects it; between several lemmas of one form the network
decides, as it does for forms that are not there.
"""

from __future__ import annotations

from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

_INFLECTED = ("VERB", "NOUN")


@Language.component("lemmas")
def lemmas(doc: Doc) -> Doc:
    """spaCy component; needs parts of speech and lemmas to correct."""
    for token in doc:
        if token.pos_ in _INFLECTED:
            known = _known(token.lower_, token.pos_)
            if known and token.lemma_ not in known:
                token.lemma_ = known[0]
    return doc


@lru_cache(maxsize=100_000)
def _known(form: str, pos: str) -> tuple[str, ...]:
    from lemminflect import getAllLemmas  # 0.3 s to load, which only a text needs

    return tuple(getAllLemmas(form, upos=pos).get(pos, ()))
