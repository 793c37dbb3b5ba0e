"""Here: where a text says that something happens "here", it means the place of its dateline."""

from __future__ import annotations

from kg.language.datelines import dateline_end
from kg.language.mentions import TextMention

from .clusters import Chains


def here(chains: Chains) -> None:
    """Join every "here" of the text's own voice to the first place of its dateline."""
    doc = chains.doc
    quoted = {i for q in doc.spans.get("quotations", ()) for i in range(q.start, q.end)}
    words = [t for t in doc if t.lower_ == "here" and t.dep_ == "advmod" and t.i not in quoted]
    place = _dateline_place(chains) if words else None
    if place is not None:
        for token in words:
            chains.join_all(TextMention(doc[token.i : token.i + 1], token, "pronoun", None), (place,))


def _dateline_place(chains: Chains) -> int | None:
    for sentence in chains.doc.sents:
        for token in chains.doc[sentence.start : dateline_end(sentence)]:
            for index in chains.of_token.get(token.i, ()):
                if chains.clusters[index].type == "Place":
                    return index
    return None
