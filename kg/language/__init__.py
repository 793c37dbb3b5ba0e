"""The language pipeline: spaCy with our own trained model, and components of ours for names, times, who is who and
who speaks.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from kg import resources
from kg.errors import KgError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MAX_CHARACTERS = 30_000_000
PARSERS = ("network", "parser", "experimental_biaffine_parser")  # components that find trees: ours, those of others


@cache
def load(model: str | None = None) -> Language:
    """The pipeline: our packaged model, or any installed spaCy UD pipeline by name or path. KgError if there is
    none.
    """
    import spacy

    from . import components  # noqa: F401  (registers the factories)

    try:
        nlp = spacy.load(model or resources.language_model())
    except OSError as error:
        where = model or resources.language_model()
        raise KgError(
            f"no spaCy pipeline {str(where)!r}: install it, or leave --model out for the packaged one"
        ) from error
    parser = next((name for name in PARSERS if nlp.has_pipe(name)), None)
    if parser is None:
        raise KgError(
            f"the spaCy pipeline {model!r} has no dependency parser: choose one trained on Universal Dependencies"
        )
    nlp.max_length = MAX_CHARACTERS
    nlp.add_pipe("paragraph_breaks", before=parser)
    for name in ("lemmas", "subjects", "person_names", "gazetteer", "time_expressions", "quotations", "coreference"):
        nlp.add_pipe(name)
    return nlp


def analyse(nlp: Language, text: str, published: date) -> Doc:
    """Parse one text; `published` is what relative dates count from."""
    from . import headlines

    ours = nlp.pipe_names.index("person_names")
    doc = headlines.read(nlp, nlp.make_doc(text), tuple(nlp.pipe_names[:ours]))
    doc._.published = published
    for _, component in nlp.pipeline[ours:]:
        doc = component(doc)
    return doc
