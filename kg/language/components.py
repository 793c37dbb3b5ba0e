"""Registers every component of ours with spaCy; importing it is all."""

from . import coreference, gazetteer, lemmas, network, paragraphs, person_names, quotations, subjects, time_expressions

__all__ = [
    "coreference",
    "gazetteer",
    "lemmas",
    "network",
    "paragraphs",
    "person_names",
    "quotations",
    "subjects",
    "time_expressions",
]
