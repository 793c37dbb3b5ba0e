"""Coreference: which mentions of one document are the same entity.

The component works from left to right. A name joins an entity by its gazetteer entry, or by the rules of its
kind (a person's last name, an organisation's acronym, a place with or without "Province"). A nominal joins by
apposition, by what modifies it ("the Afghan government" is the state, "Taliban fighters" the Taliban), or, when
definite, by the nearest compatible entity. A pronoun joins the nearest compatible entity, subjects first.
`doc._.clusters` holds the entities; `doc._.cluster_of` maps a token's index to the indexes of the entities it
stands for.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Token

from . import gazetteer
from .mentions import PRONOUN_CLASSES, TextMention, find_mentions, nominals

_ACTORS = ("Person", "State", "Organization", "InternationalOrganization", "ArmedGroup", "Group")
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "such", "both", "its", "their", "his", "her"))
_SET_APART = frozenset(
    [
        "other",
        "another",
        "side",
        "several",
        "separate",
        "new",
        "further",
        "previous",
        "earlier",
        "old",
        "original",
        "similar",
        "identical",
        "second",
        "third",
        "subsequent",
        "later",
        "additional",
        "different",
    ]
)
_WINDOW = 3  # sentences that a pronoun or definite nominal looks back over

if not Doc.has_extension("clusters"):
    Doc.set_extension("clusters", default=None)
    Doc.set_extension("cluster_of", default=None)


@dataclass(slots=True)
class Cluster:
    """One entity of a document: its mentions in the order of the text; `type` is "" where the words name no class."""

    type: str
    known_as: str | None
    label: str | None = None
    mentions: list[TextMention] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    of: frozenset[int] = frozenset()  # clusters that modify it: the state of "Afghan forces"

    @property
    def last(self) -> TextMention:
        return self.mentions[-1]

    def names(self) -> tuple[str, ...]:
        """Every name and nominal, names before nominals, the longest and first told first; no pronouns."""
        rank = {"name": 0, "nominal": 2}
        best: dict[str, tuple[int, int, int]] = {}
        for mention in self.mentions:
            if mention.kind in rank:
                for words in (mention.text, mention.full_text):
                    text = " ".join(words.split())
                    adjective = mention.kind == "name" and mention.span[-1].pos_ == "ADJ"
                    best.setdefault(text, (rank[mention.kind] + adjective, -len(text), mention.span.start))
        return tuple(sorted(best, key=lambda t: (t != self.label, *best[t], t)))


@Language.factory("coreference")
class Coreference:
    """spaCy component; needs a parse and, for names, `gazetteer` before it."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.gazetteer = gazetteer.load()

    def __call__(self, doc: Doc) -> Doc:
        resolver = _Resolver(doc, find_mentions(doc, self.gazetteer), self.gazetteer)
        doc._.clusters, doc._.cluster_of = resolver.run()
        return doc


class _Resolver:
    def __init__(self, doc: Doc, mentions: list[TextMention], gazetteer: gazetteer.Gazetteer) -> None:
        self.doc = doc
        self.gazetteer = gazetteer
        self.mentions = mentions
        self.clusters: list[Cluster] = []
        self.of_token: dict[int, tuple[int, ...]] = {}
        self.of_mention: dict[int, int] = {}
        self.sentence = {t.i: n for n, s in enumerate(doc.sents) for t in s}

    def run(self) -> tuple[list[Cluster], dict[int, tuple[int, ...]]]:
        for mention in self.mentions:
            if mention.kind == "name":
                self._name(mention)
            elif mention.kind == "nominal":
                self._nominal(mention)
            else:
                found = self._for_pronoun(mention)
                if found is not None:
                    self._join(mention, found)
        for mention in self.mentions:
            if mention.kind == "nominal":
                self._apposed_names(mention)
        for cluster in self.clusters:
            cluster.mentions.sort(key=lambda m: (m.span.start, -m.span.end))
        return self.clusters, self.of_token

    def _join(self, mention: TextMention, index: int | None, of: frozenset[int] = frozenset()) -> int:
        if index is None:
            self.clusters.append(Cluster(mention.type or "", mention.known_as, of=of))
            index = len(self.clusters) - 1
        cluster = self.clusters[index]
        cluster.mentions.append(mention)
        cluster.heads.add(mention.head.lemma_.lower())
        cluster.known_as = cluster.known_as or mention.known_as
        known = self.gazetteer.entries.get(cluster.known_as or "")
        cluster.label = known.label if known else None
        if mention.kind == "name" and not cluster.type and mention.type:
            cluster.type = mention.type
        for token in mention.span if mention.kind == "name" else (mention.head,):
            self.of_token.setdefault(token.i, (index,))
        self.of_token[mention.head.i] = (index,)
        self.of_mention[id(mention)] = index
        return index

    # names

    def _name(self, mention: TextMention) -> int:
        """The entity of a name; a name that modifies an earlier nominal already has it."""
        known = self.of_mention.get(id(mention))
        if known is not None:
            return known
        found = self._for_name(mention)
        if found is None and mention.type == "Agreement":
            found = self._agreement(mention)
        return self._join(mention, found)

    def _apposed_names(self, mention: TextMention) -> None:
        """ "The two leaders, A and B" are A and B."""
        if mention.head.tag_ not in ("NNS", "NNPS"):
            return
        for child in mention.head.children:
            apposed = child.dep_ == "appos" or (
                child.dep_ == "conj" and not any(c.dep_ == "cc" for c in child.children) and child.pos_ == "PROPN"
            )
            if apposed:
                named = [i for t in _coordinated_tokens(child) for i in self.of_token.get(t.i, ())]
                if len(named) > 1 and all(any(m.kind == "name" for m in self.clusters[i].mentions) for i in named):
                    self.of_token[mention.head.i] = tuple(dict.fromkeys(named))

    def _for_name(self, mention: TextMention) -> int | None:
        if mention.known_as:
            for index, cluster in enumerate(self.clusters):
                if cluster.known_as == mention.known_as:
                    return index
        words = _words(mention.text)
        for index in reversed(range(len(self.clusters))):
            cluster = self.clusters[index]
            if cluster.type != mention.type or (cluster.known_as and mention.known_as):
                continue
            if any(
                m.kind == "name" and _same_name(mention.type or "", words, _words(m.text)) for m in cluster.mentions
            ):
                return index
        return self._by_apposition(mention)

    def _by_apposition(self, mention: TextMention) -> int | None:
        """`the leader of the Taliban, Mullah Baradar`; `the Afghan National Army (ANA)`."""
        head = mention.head
        apposed = self.of_token.get(head.head.i) if head.dep_ in ("appos", "flat") else None
        titled = self._titled_before(mention) if mention.type == "Person" else None
        for found in (titled, apposed):
            if found and len(found) == 1 and self.clusters[found[0]].type in (mention.type, ""):
                return found[0]
        return None

    def _titled_before(self, mention: TextMention) -> tuple[int, ...] | None:
        """The office right before a comma and the name, however they were parsed: "its deputy chief, Mullah
        Baradar".
        """
        start = mention.span.start
        if start < 2 or self.doc[start - 1].text != ",":
            return None
        for i in range(start - 2, max(start - 9, self.doc[start].sent.start - 1), -1):
            token = self.doc[i]
            if token.pos_ in ("VERB", "AUX", "PUNCT"):
                return None
            found = self.of_token.get(i)
            if found and token.pos_ == "NOUN" and self.clusters[found[0]].type == "Person":
                named = any(m.kind == "name" for m in self.clusters[found[0]].mentions)
                return None if named else found
        return None

    # nominals

    def _nominal(self, mention: TextMention) -> None:
        words = nominals()
        band = self._band(mention)
        if band is not None:
            mention.type = "ArmedGroup"
            same = [i for i, c in enumerate(self.clusters) if c.type == "ArmedGroup" and band in c.heads]
            index = self._join(mention, same[-1] if same else None)
            self.clusters[index].heads.add(band)
            return
        modifying = [self._name(m) for m in mention.modifiers]
        lemma = mention.head.lemma_.lower()
        if lemma in words.pairs and self._is_pair(mention):
            pair = self._pair(mention)
            if pair:
                self.of_token[mention.head.i] = pair
                for index in pair:
                    self.clusters[index].mentions.append(mention)
                return
        if mention.type is None:
            self._join(mention, self._same_words(mention))
            return
        if modifying:
            parties = [i for i in modifying if self.clusters[i].type in _ACTORS]
            plural = mention.head.tag_ in ("NNS", "NNPS") or mention.type != "Person"
            if parties and lemma in words.transparent and plural:
                expanded = [i for m in mention.modifiers for i in self._coordinated(m)] or parties
                self.of_token[mention.head.i] = tuple(dict.fromkeys(expanded))
                if len(set(expanded)) == 1:
                    self._join(mention, expanded[0])
                return
            if mention.type == "Place":
                lying = [
                    self.of_mention[id(m)] for m in mention.modifiers if m.type == "Place" and m.head.i > mention.head.i
                ]
                if lying:
                    self._join(mention, lying[0])  # "the southern province of Helmand"
                    return
            bands = [i for i in parties if self.clusters[i].type in ("ArmedGroup", "InternationalOrganization")]
            if bands and mention.type in ("ArmedGroup", "Organization") and self._names_itself(mention):
                self._join(mention, bands[-1])  # "Bin Laden's al-Qaida network", "the Islamic Jihad movement"
                return
            if parties:
                owner = self.clusters[parties[0]]
                if mention.type == "State" and owner.type == "State":
                    self._join(mention, parties[0])
                    return
                if mention.type == "ArmedGroup" and owner.type == "ArmedGroup":
                    self._join(mention, parties[0])
                    return
                if mention.type == "ArmedGroup" and owner.type == "State":
                    mention.known_as = self._forces_of(mention)
                    known = [i for i, c in enumerate(self.clusters) if c.known_as and c.known_as == mention.known_as]
                    if known:
                        self._join(mention, known[0])
                        return
            of = frozenset(modifying)
            for index, cluster in enumerate(self.clusters):
                same_owner = cluster.of == of and cluster.type == mention.type
                if (
                    same_owner
                    and (mention.type == "ArmedGroup" or lemma in cluster.heads)
                    and mention.type != "Agreement"
                ):
                    self._join(mention, index)
                    return
            if mention.type == "Agreement" and self._definite(mention):
                self._join(mention, self._agreement(mention), of)
                return
            apposed = self._apposed_to(mention)
            self._join(mention, apposed, of)
            return
        if mention.type == "Agreement" and self._all_agreements(mention):
            return
        apposed = self._apposed_to(mention)
        if apposed is not None:
            self._join(mention, apposed)
        elif mention.type == "Agreement":
            self._join(mention, self._agreement(mention))
        elif self._definite(mention):
            self._join(mention, self._definite_antecedent(mention))
        else:
            self._join(mention, self._same_words(mention))

    def _band(self, mention: TextMention) -> str | None:
        """The lemma of the armed group in "rebel leaders", "separatist commanders": their leaders stand for them."""
        words = nominals()
        if mention.head.lemma_.lower() not in words.transparent or mention.head.tag_ not in ("NNS", "NNPS"):
            return None
        for child in mention.head.children:
            if child.dep_ in ("compound", "amod") and not child.ent_type_ and words.type_of(child) == "ArmedGroup":
                return child.lemma_.lower()
        return None

    def _names_itself(self, mention: TextMention) -> bool:
        """Whether a name stands right before the noun that says what bears it."""
        return any(m.span.end in (mention.head.i, mention.head.i - 1) for m in mention.modifiers)

    def _forces_of(self, mention: TextMention) -> str | None:
        """The gazetteer's entry of a state's forces as a whole: "American warplanes" are of the US armed forces."""
        for modifier in mention.modifiers:
            for noun in ("forces", "military", "armed forces", "army"):
                found = [e for e in self.gazetteer.lookup(f"{modifier.text} {noun}") if e.type == "ArmedGroup"]
                if found:
                    return found[0].iri
        return None

    def _coordinated(self, mention: TextMention) -> list[int]:
        """The entities of a name and of the names coordinated with it."""
        heads = {t.i for t in _coordinated_tokens(mention.head)}
        return [self._name(m) for m in self.mentions if m.kind == "name" and m.head.i in heads]

    def _apposed_to(self, mention: TextMention) -> int | None:
        head = mention.head
        if head.dep_ == "appos" and head.lemma_.lower() not in nominals().others:
            # "A and B, leader of the rebels": the apposition is to the nearest name
            before = [t for t in _coordinated_tokens(head.head) if t.i < head.i]
            found = self.of_token.get(before[-1].i if before else head.head.i)
            if found and len(found) == 1 and self.clusters[found[0]].type == mention.type:
                return found[0]
        return None

    def _definite(self, mention: TextMention) -> bool:
        return any(c.dep_ in ("det", "nmod:poss") and c.lower_ in _DEFINITE for c in mention.head.children)

    def _definite_antecedent(self, mention: TextMention) -> int | None:
        """The nearest entity of the same class that a definite nominal can mean."""
        lemma, words = mention.head.lemma_.lower(), set(_words(mention.text)[:-1])
        same_head = [
            i for i, c in enumerate(self.clusters)
            if c.type == mention.type and lemma in c.heads
            and not (words - {w for m in c.mentions for w in _words(m.text)})
        ]  # fmt: skip
        if same_head:
            return max(same_head, key=lambda i: self.clusters[i].last.head.i)
        if (
            mention.type in ("ArmedGroup", "State", "Place", "InternationalOrganization", "Organization")
            and len(words) <= 1
        ):
            if mention.type == "Place":
                return None
            near = [
                i for i, c in enumerate(self.clusters)
                if c.type == mention.type and not c.of and any(m.kind == "name" for m in c.mentions)
            ]  # fmt: skip
            if mention.type == "State" and near:
                return max(near, key=lambda i: self.clusters[i].last.head.i)
            if mention.type == "ArmedGroup" and near and _is_plural_or_group(mention.head):
                count = Counter({i: len(self.clusters[i].mentions) for i in near})
                return max(near, key=lambda i: (count[i], self.clusters[i].last.head.i))
        if mention.type == "Person" and lemma in nominals().titles:
            titled = [
                i for i, c in enumerate(self.clusters)
                if c.type == "Person" and any(lemma in _words(m.text) for m in c.mentions)
            ]  # fmt: skip
            if titled:
                return max(titled, key=lambda i: self.clusters[i].last.head.i)
        return None

    def _all_agreements(self, mention: TextMention) -> bool:
        """ "The accords" are all that were told before, where there are several."""
        known = tuple(i for i, c in enumerate(self.clusters) if c.type == "Agreement")
        plural = mention.head.tag_ in ("NNS", "NNPS") and mention.span.end - mention.span.start == 1
        if not (plural and len(known) > 1 and self._definite(mention)):
            return False
        self.of_token[mention.head.i] = known
        for index in known:
            self.clusters[index].mentions.append(mention)
        return True

    def _agreement(self, mention: TextMention) -> int | None:
        """An agreement told before, unless the words set a new one apart ("a side agreement", "three other
        accords").
        """
        if any(c.dep_ == "nummod" or c.lower_ in _SET_APART for c in mention.head.children):
            return None
        known = [i for i, c in enumerate(self.clusters) if c.type == "Agreement"]
        if not known:
            return None
        dated = any(span.start >= mention.span.start and span.end <= mention.head.i for span in self.doc.spans["timex"])
        definite = self._definite(mention) or mention.head.dep_ == "compound" or dated
        kinds = _kinds(mention)
        fitting = [i for i in known if not kinds or not self._kinds_of(i) or kinds & self._kinds_of(i)]
        if definite:
            return max(fitting or known, key=lambda i: (len(self.clusters[i].mentions), self.clusters[i].last.head.i))
        titled = [i for i in known if self.sentence[self.clusters[i].last.head.i] == 0]
        if titled and self.sentence[mention.head.i] > 0 and mention.head.dep_ in ("obj", "nsubj:pass", "obl"):
            return titled[0]  # the first that the body tells of is the headline's
        same = [i for i in known if kinds and kinds & self._kinds_of(i)]
        return max(same, key=lambda i: self.clusters[i].last.head.i) if same else None

    def _kinds_of(self, index: int) -> set[str]:
        return {k for m in self.clusters[index].mentions if m.kind != "pronoun" for k in _kinds(m)}

    def _same_words(self, mention: TextMention) -> int | None:
        words = _words(mention.text)
        for index, cluster in enumerate(self.clusters):
            if cluster.type == (mention.type or "") and any(_words(m.text) == words for m in cluster.mentions):
                return index
        return None

    def _is_pair(self, mention: TextMention) -> bool:
        """Whether it stands for two parties: "the two sides", "both countries", "neither party", "the parties"."""
        head = mention.head
        if any(c.lower_ in ("two", "both", "neither", "either", "each") for c in head.children):
            return True
        bare = all(t.pos_ == "ADJ" and t.is_lower for t in mention.span if t.i != head.i)  # "the warring sides"
        return head.lower_ in ("sides", "parties") and bare and self._definite(mention)

    def _pair(self, mention: TextMention) -> tuple[int, ...]:
        """The two parties that have taken part most often in what was told before: doers and those they dealt with."""
        wanted = ("Person",) if mention.type in ("Person", "Group") else ("State", "ArmedGroup", "Organization")
        here = self.sentence[mention.head.i]
        told: dict[int, list[int]] = {}
        for index, cluster in enumerate(self.clusters):
            if cluster.type in wanted:
                places = [m.head.i for m in cluster.mentions if m.head.i < mention.head.i and _takes_part(m.head)]
                if places and here - self.sentence[places[-1]] <= 2 * _WINDOW:
                    told[index] = places
        best = sorted(told, key=lambda i: (len(told[i]), told[i][-1]), reverse=True)[:2]
        return tuple(sorted(best)) if len(best) == 2 else ()

    # pronouns

    def _for_pronoun(self, mention: TextMention) -> int | None:
        kind = PRONOUN_CLASSES[mention.head.lower_]
        if kind in ("speaker", "relative"):
            return None  # quotations and the grammar of relative clauses resolve these
        wanted = {
            "person": ("Person",),
            "thing": ("State", "ArmedGroup", "Organization", "InternationalOrganization", "Agreement"),
            "several": ("Group", "ArmedGroup", "Organization", "InternationalOrganization", "State", "Other"),
        }[kind]
        here = self.sentence[mention.head.i]
        best: tuple[tuple[int, int, int, int], int] | None = None
        for index, cluster in enumerate(self.clusters):
            if cluster.type not in wanted:
                continue
            earlier = [m for m in cluster.mentions if m.head.i < mention.head.i]
            if not earlier:
                continue
            last = earlier[-1]
            distance = here - self.sentence[last.head.i]
            if distance > _WINDOW:
                continue
            if kind == "several" and cluster.type == "Other" and last.head.tag_ not in ("NNS", "NNPS"):
                continue
            if kind == "several" and cluster.type == "Person" and last.head.tag_ not in ("NNS", "NNPS"):
                continue
            if mention.head.dep_ != "nmod:poss" and distance == 0 and last.head.head == mention.head.head:
                continue  # "he met him": arguments of one verb are not the same
            subject = any(
                m.head.dep_.startswith("nsubj")
                for m in earlier
                if self.sentence[m.head.i] == self.sentence[last.head.i]
            )
            agent = cluster.type not in ("Agreement", "Other") or not mention.head.dep_.startswith("nsubj")
            plural = 0
            if kind == "several":
                plural = (
                    2 if last.head.tag_ in ("NNS", "NNPS") else int(last.kind == "name" and cluster.type != "State")
                )
            score = (int(agent) + plural, -distance, int(subject), last.head.i)
            if best is None or score > best[0]:
                best = (score, index)
        return best[1] if best else None


def _takes_part(head: Token) -> bool:
    """Whether a phrase stands where a party does, not inside another's name: "pro-Russian" is no party."""
    while head.dep_ in ("conj", "flat") and head.head != head:
        head = head.head
    return head.dep_.split(":")[0] in ("nsubj", "obj", "iobj", "obl", "nmod") and not (
        head.dep_ in ("nmod", "nmod:poss", "nmod:desc") and head.i < head.head.i
    )


def _coordinated_tokens(token: Token) -> list[Token]:
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found += _coordinated_tokens(child)
    return found


def _words(text: str) -> tuple[str, ...]:
    return tuple(
        w.strip("'’\".,()").lower() for w in text.replace("’s", "").replace("'s", "").split() if w.strip("'’\".,()")
    )


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
        initials = "".join(w[0] for w in long if w not in ("of", "for", "the", "and", "in"))
        if short[0].replace(".", "") == initials and len(initials) > 1:
            return True
    if kind == "Place":
        return long[: len(short)] == short and len(long) == len(short) + 1
    return False


def _kinds(mention: TextMention) -> set[str]:
    """The common nouns that say which kind of agreement is meant ("peace", "trade"); names and places tell no kinds
    apart.
    """
    words = [
        t.lemma_.lower()
        for t in mention.span
        if t.i != mention.head.i and t.pos_ in ("NOUN", "PROPN") and not t.ent_type_
    ]
    head = mention.head.lemma_.lower()
    truce = {"ceasefire", "cease-fire", "truce"}
    kinds = {w for w in words if w.isalpha() and len(w) > 3}
    return kinds | (truce if head in truce or kinds & truce else set())


def _is_plural_or_group(token: Token) -> bool:
    return token.tag_ in ("NNS", "NNPS") or token.lemma_.lower() in (
        "group",
        "movement",
        "network",
        "organization",
        "militia",
    )
