"""Names: a name joins by its gazetteer entry, by the rules of its kind, or by apposition to an office."""

from __future__ import annotations

from kg.language.heads import nominals
from kg.language.mentions import TextMention

from .agreements import known_agreement
from .clusters import Chains, coordinated, initials, is_plural, words

_OFFICE = 9  # tokens from an office to the name that follows it after a comma


def name(chains: Chains, mention: TextMention) -> int:
    """The entity of a name; a name that modifies an earlier nominal already has it."""
    known = chains.of_mention.get(id(mention))
    if known is not None:
        return known
    found = _same(chains, mention)
    if found is None:
        found = _apposed(chains, mention)
    if found is None and mention.type == "Agreement":
        found = known_agreement(chains, mention)
    index = chains.join(mention, found)
    if mention.type == "ArmedGroup" and mention.span.end < len(chains.doc):
        after = chains.doc[mention.span.end]
        if nominals().type_of(after) == "ArmedGroup":
            chains.clusters[index].heads.add(after.lemma_.lower())  # "Tamil Tiger rebel control": they are rebels
    return index


def apposed_names(chains: Chains, mention: TextMention) -> tuple[int, ...]:
    """The entities of the names in apposition to a plural nominal: "the two leaders, A and B"; empty if there are
    none.
    """
    if not is_plural(mention.head):
        return ()
    for child in mention.head.children:
        bare = child.dep_ == "conj" and child.pos_ == "PROPN" and not any(c.dep_ == "cc" for c in child.children)
        if child.dep_ == "appos" or bare:
            told = [chains.name_at.get(t.i) for t in coordinated(child)]
            if len(told) > 1 and all(told):
                return tuple(dict.fromkeys(name(chains, m) for m in told if m is not None))
    return ()


def _same(chains: Chains, mention: TextMention) -> int | None:
    if mention.known_as in chains.known:
        return chains.known[mention.known_as]
    if mention.land in chains.lands:
        return chains.lands[mention.land]
    told = words(mention.text)
    for index in chains.sharing(mention):
        cluster = chains.clusters[index]
        if not (cluster.known_as and mention.known_as) and any(
            m.kind == "name" and (_same_name(mention.type or "", told, words(m.text)) or _same_surname(mention, m))
            for m in cluster.mentions
        ):
            return index
    return None


def _same_surname(one: TextMention, other: TextMention) -> bool:
    """Whether a title and a last name tell again who was named in full, or the reverse: "Prime Minister Ana Lima",
    "Mrs. Lima". Kings and popes go by their first names.
    """
    if one.type != "Person" or other.type != "Person":
        return False
    (title, last), (further, full) = sorted(map(_title_and_name, (one, other)), key=lambda parts: len(parts[1]))
    if not title or len(last) != 1 or len(full) < 2 or full[-1:] != last:
        return False
    titles = {*title, *further}
    two = not titles.isdisjoint(nominals().female) and not titles.isdisjoint(nominals().male)
    return not two and nominals().regnal.isdisjoint(title)


def _title_and_name(person: TextMention) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words before a person's name, and those of the name itself."""
    bare = words(person.bare_text)
    return words(person.text)[: -len(bare)], bare


def _apposed(chains: Chains, mention: TextMention) -> int | None:
    """`the leader of the Taliban, Mullah Baradar`; `the Afghan National Army (ANA)`."""
    head = mention.head
    titled = _office_before(chains, mention) if mention.type == "Person" else None
    # "X, a driver, and Y": the parser may take Y for an apposition to the driver
    another = any(c.dep_ == "cc" for c in head.lefts)
    apposed = chains.of_token.get(head.head.i) if head.dep_ in ("appos", "flat") and not another else None
    for found in (titled, apposed, _described(chains, mention)):
        if found and len(found) == 1 and chains.clusters[found[0]].type in (mention.type, ""):
            return None if _two_names(chains, mention, chains.clusters[found[0]].known_as) else found[0]
    return None


def _described(chains: Chains, mention: TextMention) -> tuple[int, ...] | None:
    """The person whom a noun right before the name tells, however they were parsed: "the warlord Ana Lima"."""
    before = mention.span.start - 1
    found = chains.of_token.get(before)
    described = found and mention.type == "Person" and chains.doc[before].tag_ == "NN"
    return found if described and all(chains.clusters[i].type == "Person" for i in found or ()) else None


def _two_names(chains: Chains, mention: TextMention, known_as: str | None) -> bool:
    """Whether what looks like an apposition is a headline's list: "US, Britain Blast", "Obama, Medvedev Sign"."""
    if mention.known_as is not None and known_as is not None:
        return mention.known_as != known_as
    comma = mention.span.start > 0 and chains.doc[mention.span.start - 1].text == ","
    return comma and mention.type == "Person" and mention.head.head.i in chains.name_at


def _office_before(chains: Chains, mention: TextMention) -> tuple[int, ...] | None:
    """The office right before a comma and the name, however they were parsed: "its deputy chief, Mullah Baradar"."""
    doc, start = chains.doc, mention.span.start
    if start < 2 or doc[start - 1].text != ",":
        return None
    for i in range(start - 2, max(start - _OFFICE, doc[start].sent.start - 1), -1):
        if doc[i].pos_ in ("VERB", "AUX", "PUNCT"):
            return None
        found = chains.of_token.get(i)
        if found and doc[i].pos_ == "NOUN" and chains.clusters[found[0]].type == "Person":
            return None if chains.clusters[found[0]].is_named else found
    return None


def _same_name(kind: str, a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    if not a or not b:
        return False
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if kind == "Person":
        return (
            long[-len(short) :] == short
            or (len(short) == 1 and short[0] in long[-2:])
            or (short[-1] == long[-1] and set(short) <= set(long))
        )
    if len(short) == 1 and len(long) > 1:
        acronym = initials(long)
        if short[0].replace(".", "") == acronym and len(acronym) > 1:
            return True
    if kind == "Place":
        return long[: len(short)] == short and len(long) == len(short) + 1
    return False
