"""A question's grammar undone: "What did Ghani sign in May?" becomes "Ghani signed something in May" and a hole.

Only word order and the words of `queries/ask.yaml` are looked at, and which words can be verbs of the lexicon; the
statement that comes out is for the language pipeline to read.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.query.asking.statement import Asks, Part, Word, Wording
from kg.query.asking.words import AskWords, kind_of, singulars


class Undoing:
    """Undoes one question."""

    def __init__(self, words: Sequence[Word], known: AskWords) -> None:
        self.known = known
        self.words = [w for w in words if w.text not in '?!.;"“”()']
        self.wording = Wording()

    def undo(self) -> Wording:
        """The question as a statement with holes."""
        self._strip()
        self._extreme()
        self._comparison()
        words, known, asks = self.words, self.known, self.wording.asks
        if not words:
            return self.wording
        if taken := known.phrase_at("asserting", self._lower(), 0):
            asks.add(Asks.WHETHER)
            self._parts(words[taken:])
            return self.wording
        self.words = words = [w for w in words if w.text != ":"]
        at = next((i for i, w in enumerate(words) if self._is_wh(i) and not w.name), None)
        fronted = words[:at] if at is not None else []
        if at is None:
            if self._auxiliary(0):
                self._whether()
            else:
                self._listing()
        elif self._auxiliary(0) and self._inverted(0) and at > 1:
            self._whether()
        elif at and known.phrase_at("listing", self._lower(), 0):
            self._listing()
        elif at and not self._fronts(fronted):
            self._listing() if not any(w.verbs for w in fronted) else self._parts(words)
        else:
            self._wh(at, fronted)
        if asks & {Asks.MOST, Asks.LEAST} and not self.wording.holes and Asks.WHERE not in asks:
            self.wording.unknown += [w for w in words if w.lower in known["most"] | known["least"]]
        return self.wording

    # --- what is no part of the question proper

    def _lower(self) -> list[str]:
        return [w.lower for w in self.words]

    def _strip(self) -> None:
        while self.words:
            lower = self._lower()
            taken = self.known.phrase_at("polite", lower, 0)
            if not taken and lower[0] == ",":
                taken = 1
            if not taken:
                break
            self.words = self.words[taken:]
        while self.words and (self._lower()[-1] in self.known["closing"] or self.words[-1].text == ","):
            self.words.pop()

    def _comparison(self) -> None:
        """Take out "most often", "more ... than Jordan" and "more often, Hamas or Turkey?"."""
        for key, asked in (("most", Asks.MOST), ("least", Asks.LEAST), ("more", Asks.MORE)):
            lower = self._lower()
            for at in range(len(lower)):
                taken = self.known.phrase_at(key, lower, at)
                if not taken or self.words[at].name:
                    continue
                if asked is Asks.MORE and taken == 1 and lower[at + taken : at + taken + 1] == ["than"]:
                    continue  # "more than 20 people"
                self.wording.asks.add(asked)
                del self.words[at : at + taken]
                break
            if asked in self.wording.asks:
                break
        if Asks.MORE in self.wording.asks:
            lower = self._lower()
            than = next((i for i, w in enumerate(lower) if w in self.known["than"]), None)
            either = next((i for i, w in enumerate(lower) if w == "," and "or" in lower[i:]), None)
            cut = than if than is not None else either
            if cut is not None:
                self.wording.than = [w for w in self.words[cut + 1 :] if w.lower not in ("or", ",")]
                self.words = self.words[:cut]

    def _extreme(self) -> None:
        """Take out "first" and "latest" before a verb or a noun of deeds, but not of "last week"."""
        for key, asked in (("first", Asks.FIRST), ("last", Asks.LAST)):
            lower = self._lower()
            for at in range(len(lower)):
                taken = self.known.phrase_at(key, lower, at)
                after = self.words[at + taken] if taken and at + taken < len(self.words) else None
                if not taken or self.words[at].name:
                    continue
                named = at > 0 and lower[at - 1] in self.known["articles"]  # "the first stage" is no verb
                if after is None or after.text == ":" or after.event or (after.verbs and not named):
                    self.wording.asks.add(asked)
                    del self.words[at : at + taken + (after is not None and after.text == ":")]
                    break

    # --- the forms of a question

    def _is_wh(self, at: int) -> bool:
        lower = self.words[at].lower
        known = self.known
        return any(lower in known[key] for key in ("somebody", "something", "which", "when", "where", "beyond"))

    def _auxiliary(self, at: int) -> str | None:
        if at >= len(self.words):
            return None
        lower = self.words[at].lower
        return None if self.words[at].name else self.known.group_of("auxiliaries", lower)

    def _inverted(self, at: int) -> bool:
        """Whether a subject, not a verb, follows the auxiliary at once."""
        return self._verb_after(at) != at + 1

    def _verb_after(self, at: int) -> int | None:
        """Where the verb stands that the auxiliary at `at` belongs to."""
        group = self._auxiliary(at)
        form, known = "base" if group == "base" else "participle", self.known
        for i in range(at + 1, len(self.words)):
            word, before = self.words[i], self.words[i - 1].lower
            if form == "base" and word.lower in known["passive"] and i > at + 1:
                return i  # "will the treaty be signed"
            if (
                word.name
                or form not in word.verbs
                or before in ("the", "a", "an", "any", "some", "of", "no", "its", "their")
            ):
                continue
            if i + 1 < len(self.words) and form == "participle" and i > at + 1 and self._modifies(i):
                continue
            after = self.words[i + 1] if i + 1 < len(self.words) else None
            if word.noun and i == at + 1 and after is not None and form in after.verbs and not after.name:
                continue  # "did police detain"
            return i
        return None

    def _modifies(self, at: int) -> bool:
        """Whether a participle describes the noun after it: "were imprisoned fighters released"."""
        return self.words[at + 1].noun and any("participle" in w.verbs for w in self.words[at + 2 :])

    def _fronts(self, fronted: Sequence[Word]) -> bool:
        """Whether what stands before the question word is a preposition ("by whom") or a phrase set in front."""
        lower = [w.lower for w in fronted]
        if not lower or self.known.phrase_at("according", lower, 0) == len(lower):
            return True
        return lower[0] in self.known["prepositions"]

    def _whether(self) -> None:
        self.wording.asks.add(Asks.WHETHER)
        self._parts(self._uninverted(0))
        if Asks.MORE in self.wording.asks:
            self._completed()

    def _uninverted(self, at: int) -> list[Word]:
        """The words from an auxiliary on, with the subject before it: "did Ghani agree" -> "Ghani did agree"."""
        rest = self.words[at + 1 :]
        if rest and rest[0].lower in self.known["existential"]:
            return [rest[0], self.words[at], *rest[1:]]
        verb = self._verb_after(at)
        if verb is None and self._auxiliary(at) == "participle" and rest and self._names_event(rest):
            return [Word("there", 0), self.words[at], *rest]
        if verb is None:
            return [*rest, self.words[at]] if self._auxiliary(at) == "base" else [*rest[:1], self.words[at], *rest[1:]]
        return [*self.words[at + 1 : verb], self.words[at], *self.words[verb:]]

    def _names_event(self, words: Sequence[Word]) -> bool:
        """Whether all that is left is a noun phrase with no predicate: "when was the attack on Odesa"."""
        return bool(words) and not words[0].name and words[0].lower in self.known["articles"]

    def _listing(self) -> None:
        """ "List the agreements that Ethiopia signed", "attacks in Helmand"."""
        lower = self._lower()
        taken = self.known.phrase_at("listing", lower, 0)
        words = [w for i, w in enumerate(self.words) if i >= taken and not (i == taken and w.lower == "the")]
        relative = next((i for i, w in enumerate(words) if w.lower in ("that", "which", "who") and i), None)
        if relative is not None:
            noun, clause = words[:relative], words[relative + 1 :]
            hole = self._hole_of(noun)
            if clause and clause[0].verbs and not clause[0].name:
                self._parts([hole, *clause])
            else:
                self._parts([*clause, hole] if self._stranded(clause) else self._with_object(clause, hole))
        elif words and taken and (does := self._doer(words)) is not None:
            rest = words[1:]
            self._parts(
                [
                    self._hole("", self.known.data["fillers"]["somebody"]),
                    does,
                    *(rest[1:] if rest and rest[0].lower in ("of", "in", "to") else rest),
                ]
            )
        elif words and taken:
            self._parts(["There", "were", *words])
        else:
            self._parts(words)

    def _wh(self, at: int, fronted: Sequence[Word]) -> None:
        words, known, asks = self.words, self.known, self.wording.asks
        lower = self._lower()
        preposition = list(fronted)
        tail: list[Word] = []
        if known.phrase_at("according", lower, 0) == at and at:
            asks.add(Asks.SAYS)
            self._parts(self._uninverted(at + 1) if self._auxiliary(at + 1) else words[at + 1 :])
            return
        if len(preposition) > 1 or (preposition and preposition[-1].text == ","):
            tail, preposition = [w for w in preposition if w.text != ","], []  # "In May 2020, who ..."
        if (taken := known.phrase_at("how_often", lower, at)) != 0:
            asks.add(Asks.HOW_OFTEN)
            self._clause(at + taken, None, [], tail)
        elif (taken := known.phrase_at("how_many", lower, at)) != 0:
            asks.add(Asks.HOW_MANY)
            end = self._phrase_end(at + taken)
            self._clause(end, self._hole_of(words[at + taken : end]), preposition, tail)
        elif (taken := known.phrase_at("how_much", lower, at)) != 0:
            end = self._phrase_end(at + taken)
            self.wording.unknown += words[at:end]
            self._clause(end, None, [], tail)
        elif lower[at] in known["when"]:
            asks.add(Asks.WHEN)
            self._clause(at + 1, None, [], tail)
        elif lower[at] in known["where"]:
            asks.add(Asks.WHERE)
            self._clause(at + 1, None, [], tail)
            self._completed()
        elif lower[at] in known["beyond"]:
            self.wording.unknown.append(words[at])
            self._clause(at + 1, None, [], tail)
        elif lower[at] in known["somebody"] or self._pronoun(at):
            key = "somebody" if lower[at] in known["somebody"] else "something"
            self._clause(at + 1, self._hole("", known.data["fillers"][key]), preposition, tail)
        else:
            end = self._phrase_end(at + 1)
            noun = words[at + 1 : end]
            kind = kind_of([w.text for w in noun], known)
            adverbial = bool(preposition) or (
                end < len(words) and self._auxiliary(end) is not None and self._inverted(end)
            )
            if kind == "time" and adverbial:
                asks.add(Asks.WHEN)
                self._clause(end, None, [], tail)
            elif kind in ("Place", "State") and preposition and preposition[-1].lower in ("in", "at", "near", "from"):
                asks.add(Asks.WHERE)
                self._clause(end, None, [], tail)
            else:
                self._clause(end, self._hole_of(noun), preposition, tail)

    def _completed(self) -> None:
        """ "The Taliban did attack" -> "The Taliban did attack somewhere": a bare verb is easily misread."""
        last = self.wording.parts[-1] if self.wording.parts else None
        if last is not None and last.word is not None and last.word.verbs and not last.word.name:
            self.wording.parts.append(Part(self.known.data["fillers"]["somewhere"]))

    def _pronoun(self, at: int) -> bool:
        """Whether "what" stands alone: an auxiliary or a verb follows."""
        if self.words[at].lower not in self.known["something"]:
            return False
        after = self.words[at + 1] if at + 1 < len(self.words) else None
        if after is None or self._auxiliary(at + 1) or after.name:
            return True
        return bool(after.verbs) and not after.noun

    def _phrase_end(self, at: int) -> int:
        """Where the noun phrase that begins at `at` ends: after its last head noun before a verb."""
        end = at
        for i in range(at, len(self.words)):
            word = self.words[i]
            if self._auxiliary(i) or (i > at and word.verbs and not word.noun and not self._before_noun(i)):
                break
            end = i + 1
            if word.noun and not self._before_noun(i):
                break
        return end

    def _before_noun(self, at: int) -> bool:
        return at + 1 < len(self.words) and self.words[at + 1].noun and not self._auxiliary(at + 1)

    def _clause(self, at: int, hole: Part | None, preposition: Sequence[Word], tail: Sequence[Word]) -> None:
        """The rest of a question from `at`, with the hole where it belongs."""
        words = self.words
        if self._auxiliary(at) is None:
            self._parts([*([hole] if hole else []), *words[at:], *tail])
            return
        existential = at + 1 < len(words) and words[at + 1].lower in self.known["existential"]
        if existential and hole is not None:
            self._parts(["There", words[at], hole, *words[at + 2 :], *tail])
        elif hole is not None and not preposition and (not self._inverted(at) or self._verb_after(at) is None):
            self._parts([hole, *self._agent_noun(words[at:]), *tail])
        else:
            rest = [w for w in self._uninverted(at)]
            if hole is None:
                self._parts([*rest, *tail])
            elif preposition:
                self._parts([*rest, *preposition, hole, *tail])
            elif self._stranded(rest):
                self._parts([*rest, hole, *tail])
            else:
                self._parts([*self._with_object(rest, hole), *tail])

    def _agent_noun(self, words: Sequence[Word]) -> list[Word | str]:
        """ "were the signatories of X" -> "signed X"."""
        lower = [w.lower for w in words]
        for noun, verb in self.known.data["doers"].items():
            for i, word in enumerate(lower[1:3], start=1):
                if word in (noun, f"{noun}s", f"{noun[:-1]}ies") and not self.wording.asks & {Asks.HOW_MANY}:
                    rest = list(words[i + 1 :])
                    return [verb, *(rest[1:] if rest and rest[0].lower in ("of", "to") else rest)]
        return list(words)

    def _doer(self, words: Sequence[Word]) -> str | None:
        """The verb of a noun for those who do it: "the mediators of the accord"."""
        doers: dict[str, str] = self.known.data["doers"]
        return next((doers[form] for form in singulars(words[0].lower) if form in doers), None)

    def _stranded(self, words: Sequence[Word]) -> bool:
        last = words[-1] if words else None
        return last is not None and not last.name and last.lower in self.known["prepositions"] | self.known["particles"]

    def _with_object(self, words: Sequence[Word], hole: Part) -> list[Word | Part]:
        """The clause with the hole after its verb and the verb's particle."""
        verb = None
        for i, word in enumerate(words):
            if self.known.group_of("auxiliaries", word.lower) and not word.name:
                form = "base" if word.lower in self.known.data["auxiliaries"]["base"] else "participle"
                verb = next((j for j in range(i + 1, len(words)) if form in words[j].verbs and not words[j].name), None)
                if verb is not None:
                    break
        if verb is None:
            verb = next((i for i, w in enumerate(words) if w.verbs and not w.name), len(words) - 1)
        after = verb + 1
        if after < len(words) and words[after].lower in self.known["particles"] and after + 1 == len(words):
            after += 1
        return [*words[:after], hole, *words[after:]]

    # --- holes

    def _hole(self, noun: str, filler: str) -> Part:
        self.wording.holes.append(noun)
        return Part(filler, hole=len(self.wording.holes) - 1)

    def _hole_of(self, noun: Sequence[Word]) -> Part:
        kept = [w for w in noun if w.lower not in ("the", "all", "any", "of", "these", "those")]
        text = " ".join(w.text for w in kept) or "something"
        self.wording.holes.append(text)
        if kept and kept[0].noun:
            text = f"{self.known.data['fillers']['some']} {text}"  # "Russia signed some agreement"
        return Part(text, word=kept[-1] if kept else None, hole=len(self.wording.holes) - 1)

    def _parts(self, words: Sequence[Word | Part | str]) -> None:
        """The statement's parts, with the question words that stand inside it made into holes."""
        known, made = self.known, self.wording.parts
        for word in words:
            if isinstance(word, str):
                made.append(Part(word))
            elif isinstance(word, Part):
                made.append(word)
            elif word.name:
                made.append(Part(word.text, word))
            elif word.lower in known["somebody"] and len(made):
                made.append(self._hole("", known.data["fillers"]["somebody"]))
            elif word.lower in known["something"] and len(made):
                made.append(self._hole("", known.data["fillers"]["something"]))
            elif word.lower in known["when"] | known["where"]:
                self.wording.asks.add(Asks.WHEN if word.lower in known["when"] else Asks.WHERE)
                while made and made[-1].text.lower() in known["prepositions"] | {"and", ","}:
                    made.pop()
            else:
                made.append(Part(word.text, word))
        while made and made[-1].text.lower() in ("and", ","):
            made.pop()
        for at, (first, second) in enumerate(pairwise(made)):
            if (
                first.word is not None
                and first.word.lower == "did"
                and not first.word.name
                and second.word is not None
                and second.word.past
            ):
                made[at : at + 2] = [Part(second.word.past, second.word)]  # "did sign" -> "signed"
                break
