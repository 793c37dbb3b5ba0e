"""Headlines in title case or capitals, read as the sentences that they are.

A parser trained on running text takes "Rebels Sign Peace Accord" for one long name. The words of such a line that are
no names are lowered for the trained components, names in capitals get a capital letter, and the comma of "Russia, China
Sign Deal" is seen as "and"; where "sign" is taken for a noun all the same, it is seen as "signed". The document itself
keeps its words, and gets what they found.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from typing import Any

import srsly
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg import resources

from .gazetteer import Finder
from .heads import nominals

_SHARE = 0.75  # of a line's longer words that are capitalised
_MAX_WORDS = 25
_PARTY = 5  # words of a headline's first party and what joins the second to it
_ACRONYM = 4  # letters of a name in capitals that may be an acronym


def read(nlp: Language, doc: Doc, trained: tuple[str, ...]) -> Doc:
    """A document with the annotations of the trained components, which saw its headlines in lower case."""
    words = seen(nlp, doc)
    if all(word == token.text for word, token in zip(words, doc, strict=True)):
        return _run(nlp, doc, trained)
    other = _run(nlp, _spelt(doc, words), trained)
    read_as: list[Token] = list(other)
    acting = {t.head.i for t in other if t.dep_ == "nsubj" and t.head.pos_ == "VERB"}
    doubtful = [(line, verb) for line, verb in _after_parties(doc, words) if verb.i not in acting]
    told = {line[0].i for line, _ in doubtful}
    acting |= {t.head.i for t in other if t.dep_ == "nsubj:pass"}
    doubtful += [found for found in _without_verb(doc, other, acting) if found[0][0].i not in told]
    for line, verb in doubtful:
        first = line[0].i
        again = [_past(verb) if t == verb else words[t.i] for t in line]
        read_as[first : first + len(line)] = _run(nlp, _spelt(doc[first : first + len(line)], again), trained)
    found = Doc(
        nlp.vocab,
        words=[t.text for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        tags=[t.tag_ for t in read_as],
        pos=[t.pos_ for t in read_as],
        morphs=[str(t.morph) for t in read_as],
        lemmas=[t.lemma_ for t in read_as],
        heads=[i + t.head.i - t.i for i, t in enumerate(read_as)],
        deps=[t.dep_ for t in read_as],
        ents=[f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in read_as],
    )
    found._.event_vectors = other._.event_vectors
    return found


def seen(nlp: Language, doc: Doc) -> list[str]:
    """The words of a document as the trained components see them."""
    changed = _changed(doc, nlp.get_pipe("gazetteer"))  # type: ignore[arg-type]
    return [changed.get(t.i, t.text) for t in doc]


@cache
def _data() -> dict[str, Any]:
    """The lists of `headlines.yaml`."""
    data: dict[str, Any] = srsly.read_yaml(resources.folder("ontology") / "lexicon" / "headlines.yaml")
    return data


def _spelt(doc: Doc | Span, words: list[str]) -> Doc:
    return Doc(doc.vocab, words=words, spaces=[bool(t.whitespace_) for t in doc])


def _after_parties(doc: Doc, words: list[str]) -> Iterator[tuple[list[Token], Token]]:
    """Headlines that begin with two parties, each with the word after them that may be a verb."""
    for line in _lines(doc):
        if not _is_title_case(line):
            continue
        joined = next((t.i for t in line[:_PARTY] if words[t.i] == "and"), None)
        if joined is not None:
            verbs = [t for t in line if joined + 1 < t.i < joined + _PARTY and t.lower_ in _data()["verbs"]]
            yield from ((line, verb) for verb in verbs[:1])


def _without_verb(doc: Doc, other: Doc, acting: set[int]) -> Iterator[tuple[list[Token], Token]]:
    """Headlines in which nobody does anything, as they were read, each with the first word that may be a verb: one that
    agrees with what stands before it and has an object after it, as in "Court Fines Editor", "Police Arrest Seven".
    """
    for line in _lines(doc):
        if not _is_title_case(line) or any(t.i in acting for t in line):
            continue
        for before, token, after in zip(line, line[1:], line[2:], strict=False):
            if token.lower_ == "to":
                break  # "Annan to Ask Bush": told by an infinitive
            several = other[before.i].tag_ in ("NNS", "NNPS") or before.lower_ in _data()["several"]
            one = token.lower_ not in _data()["verbs"]
            subject = other[before.i].pos_ in ("NOUN", "PROPN") and several != one
            if _past(token) and subject and _begins_object(other[after.i], line):
                yield line, token
                break


def _begins_object(word: Token, line: list[Token]) -> bool:
    """Whether a noun phrase begins: "Purported Airstrike", but not "Rejected by Syria" or "Positive" at the end."""
    if word.pos_ in ("NOUN", "PROPN", "NUM", "DET"):
        return True
    describes = word.pos_ == "ADJ" or word.tag_ == "VBN"
    return describes and word.i < line[-1].i and word.nbor().pos_ in ("NOUN", "PROPN", "ADJ", "NUM")


def _past(verb: Token) -> str:
    """The past in which the parser sees a verb: of "fines" and "launches" as of "fine"; nothing of other words."""
    form = verb.lower_
    stems = (form, form.removesuffix("s"), form.removesuffix("es"), f"{form.removesuffix('ies')}y")
    return next((past for past in map(_data()["verbs"].get, stems) if past), "")


def _run(nlp: Language, doc: Doc, names: tuple[str, ...]) -> Doc:
    for name in names:
        doc = nlp.get_pipe(name)(doc)
    return doc


def _changed(doc: Doc, finder: Finder) -> dict[int, str]:
    """How the words of headlines are seen: in lower case, unless the gazetteer knows them or the running text always
    gives them a capital letter.
    """
    lines = [line for line in _lines(doc) if _is_title_case(line)]
    if not lines:
        return {}
    inside = {t.i for line in lines for t in line}
    running = [t for t in doc if t.i not in inside]
    names = {t.text for t in running if t.is_title and not _begins(t)} - {t.text.title() for t in running if t.is_lower}
    named = {i: hit for hit in finder.find(doc) for i in range(hit.start, hit.end)}
    changed = {}
    for line in lines:
        capitals = all(t.is_upper for t in line if t.is_alpha)
        kept = set()
        for token in line:
            word = token.is_stop and not capitals and not token.is_upper  # "us" is no state, "US" is
            name = token.text.title() in names or (token.i in named and not word)
            if name:
                kept.add(token.i)
            if not name and (token.is_title or capitals):
                changed[token.i] = token.lower_
            elif not capitals and token.text in _data()["spelt"]:
                changed[token.i] = _data()["spelt"][token.text]
            elif name and capitals and len(token) > _ACRONYM:
                changed[token.i] = token.text.title()
        if (comma := _joining(line, kept)) is not None:
            changed[comma] = "and"
    return changed


def _joining(line: list[Token], names: set[int]) -> int | None:
    """The comma between the last two parties that a headline begins with: "Russia, Ukraine Swap Prisoners"."""
    begin = list(takewhile(lambda t: t.i in names or t.text == "," or _is_party(t), line))
    commas = [t.i for t in begin if t.text == ","]
    if len(begin) == len(line) or not commas or not begin[0].i < commas[-1] < begin[-1].i:
        return None
    last = [t for t in begin if t.i > commas[-1]]
    # "Manila, Muslim Rebels Sign": of what is joined to "Muslim" the parser would make rebels of both
    return None if len(last) > 1 and last[-1].i not in names else commas[-1]


def _is_party(token: Token) -> bool:
    parties = nominals().type_of_head
    return token.lower_ in parties or token.lower_.removesuffix("s") in parties


def _lines(doc: Doc) -> Iterator[list[Token]]:
    """The lines of the text that end in no full stop and are short enough for a headline."""
    line: list[Token] = []
    for token in doc:
        if token.is_space and "\n" in token.text:
            yield line
            line = []
        else:
            line.append(token)
    yield line


def _is_title_case(line: list[Token]) -> bool:
    words = [t for t in line if t.is_alpha and len(t) > 3]
    if len(words) < 3 or len(line) > _MAX_WORDS or line[-1].text == ".":
        return False
    return sum(t.text[0].isupper() for t in words) >= _SHARE * len(words)


def _begins(token: Token) -> bool:
    """Whether a word is capitalised for beginning a line or sentence."""
    before = token.nbor(-1) if token.i else None
    return before is None or before.is_space or before.text[-1:] in '.!?:“"”'
