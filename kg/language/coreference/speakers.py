"""First persons: "I" is whoever speaks, "we" the party that the speaker stands for, or whose statement the text is."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Token

from kg.language.mentions import PRONOUN_CLASSES, TextMention

from .clusters import PARTIES, Chains

_ALONE = frozenset(("i", "me", "my"))
_PRESENT = ("VBZ", "VBP")


def first_persons(chains: Chains) -> None:
    """Join every first person to the entities that it stands for; needs all other mentions and the quotations."""
    quotations = [(q.start, q.end, q._.speaker) for q in chains.doc.spans.get("quotations", ())]
    issuer = _issuer(chains)
    for mention in chains.mentions:
        if mention.kind == "pronoun" and PRONOUN_CLASSES[mention.head.lower_] == "speaker":  # and not the name "US"
            inside = [speaker for start, end, speaker in quotations if start <= mention.head.i < end]
            nearest = [speaker for speaker in inside if speaker is not None][-1:]  # of a quotation in another
            spoken = [i for speaker in nearest for i in chains.of_token.get(speaker.i, ())]
            meant = _meant(chains, mention, spoken) if spoken else ()
            if meant:
                chains.join_all(mention, meant)
            elif not inside and issuer is not None and mention.head.lower_ not in _ALONE:
                chains.join_all(mention, (issuer,))


def _meant(chains: Chains, mention: TextMention, speakers: list[int]) -> tuple[int, ...]:
    """The speakers themselves, or the party that a single person speaks for; nobody where that is not told: "we" is
    hardly ever one person.
    """
    if mention.head.lower_ in _ALONE or len(speakers) > 1 or chains.clusters[speakers[0]].type != "Person":
        return tuple(dict.fromkeys(speakers))
    parties = sorted(chains.parties_of(speakers[0]), key=lambda i: (-len(chains.clusters[i].mentions), i))
    return tuple(parties[:1])


def _issuer(chains: Chains) -> int | None:
    """The party that a statement speaks for: the subject of most of its verbs in the present ("France condemns")."""
    done: Counter[int] = Counter()
    for sentence in chains.doc.sents:
        for child in sentence.root.children:
            if child.dep_ == "nsubj" and _is_present(sentence.root):
                done.update(i for i in chains.of_token.get(child.i, ()) if chains.clusters[i].type in PARTIES)
    states = [i for i in done if chains.clusters[i].type == "State"]
    return max(sorted(states or done), key=lambda i: done[i], default=None)


def _is_present(verb: Token) -> bool:
    finite = next((c for c in verb.children if c.dep_ in ("aux", "cop")), verb)
    return finite.tag_ in _PRESENT or finite.lower_ == "will"
