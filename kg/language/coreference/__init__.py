"""Coreference: which mentions of one document are the same entity.

The component works from left to right. A name joins an entity by its gazetteer entry, or by the rules of its
kind (a person's last name, an organisation's acronym, a place with or without "Province"). A nominal joins by
apposition, by what modifies it ("the Afghan government" is the state, "Taliban fighters" the Taliban), or, when
definite, by the nearest compatible entity. A pronoun joins the entity that `ranking` finds likeliest; "I" is the
speaker of the quotation around it, "we" the party that the speaker stands for, "here" the place of the dateline.
`doc._.clusters` holds the entities; `doc._.cluster_of` maps a token's index to the indexes of the entities it
stands for.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from kg.language import gazetteer
from kg.language.mentions import PRONOUN_CLASSES, TextMention, find_mentions

from .clusters import Chains, Cluster
from .here import here
from .names import name
from .nominals import nominal
from .ranking import Candidate, best
from .speakers import first_persons

__all__ = ["Choose", "Cluster", "Coreference", "resolve"]

Choose = Callable[[Chains, TextMention], Candidate]

_THIRD = ("person", "thing", "several")  # classes of pronouns

if not Doc.has_extension("clusters"):
    Doc.set_extension("clusters", default=None)
    Doc.set_extension("cluster_of", default=None)


@Language.factory("coreference")
class Coreference:
    """spaCy component; needs a parse and, before it, `gazetteer` for names and `quotations` for first persons."""

    def __init__(self, nlp: Language, name: str) -> None: ...

    def __call__(self, doc: Doc) -> Doc:
        resolve(doc, best)
        return doc


def resolve(doc: Doc, choose: Choose) -> None:
    """Find the entities of a document; `choose` gives those that a pronoun of the third person stands for."""
    known = gazetteer.load()
    chains = Chains(doc, find_mentions(doc, known), known)
    for mention in chains.mentions:
        if mention.kind == "name":
            name(chains, mention)
        elif mention.kind == "nominal":
            nominal(chains, mention)
        elif PRONOUN_CLASSES[mention.head.lower_] in _THIRD:
            found = choose(chains, mention)
            if found:
                chains.join_all(mention, found)
    first_persons(chains)
    here(chains)
    for cluster in chains.clusters:
        cluster.mentions.sort(key=lambda m: (m.span.start, -m.span.end))
    doc._.clusters, doc._.cluster_of = chains.clusters, chains.of_token
