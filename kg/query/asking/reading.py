"""A question's statement read as a sentence of a document is read: its event, who fills its roles, its time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from spacy.tokens import Token

from kg.extraction.lexicon import Slot, part_of
from kg.extraction.relations import Relations, relations
from kg.language.heads import nominals
from kg.query.asking.asked import Asked, Bound, Hole, Known, NotUnderstood
from kg.query.asking.predicate import Predicated
from kg.query.asking.statement import Asks
from kg.query.asking.vocabulary import Vocabulary
from kg.query.asking.wording import Undoing
from kg.query.asking.words import singulars, stem

_ANY_EVENT = (Slot("actor", (("subject",),)), Slot("recipient", (("to", "against", "with"),)))
_PLACES = frozenset(("Place", "State"))
_CONTENT = ("NOUN", "PROPN", "ADJ", "NUM", "VERB", "ADV")
_INSIDE = ("amod", "compound", "nummod", "nmod", "nmod:poss", "nmod:desc", "flat", "appos", "conj", "advmod", "obl")


def read(question: str, vocabulary: Vocabulary) -> Asked:
    """What the question asks; NotUnderstood names the words that nothing accounts for."""
    words, _ = vocabulary.words(question)
    wording = Undoing(words, vocabulary.known).undo()
    if not wording.parts:
        raise NotUnderstood([w.text for w in words])
    return _Reading(vocabulary, wording).asked()


class _Reading(Predicated):
    """Reads one statement."""

    def asked(self) -> Asked:
        out = self.out
        main = self._main()
        self._times()
        self._speaker(main)
        if main is not None:
            self._event(main)
        elif out.speaker is None:
            self._any_event()
        self._rest(main)
        self._counted(main)
        self._compared()
        for part in (p for _, _, p in self.parts if p.hole is not None):
            hole = out.holes[part.hole] if part.hole is not None else None
            if hole is not None and not hole.roles:
                somebody = part.text == self.known.data["fillers"]["somebody"]
                hole.roles = ("actor", "recipient") if somebody or hole.noun else ("event",)
        beyond, unknown = [w.text for w in self.wording.unknown], self._unknown()
        if beyond or (unknown and not self._tellable(main)):
            raise NotUnderstood(beyond + unknown)
        self._by_root(main, unknown)
        out.strange = [word for word in unknown if word.lower() not in out.verb]
        out.called = {
            word: self.vocabulary.names.having(word.lower() if word[:1].isupper() else stem(word))
            for word in (*out.words, *out.strange)
        }
        out.ahead = any(token.lower_ in self.known["ahead"] for token in self.doc)
        if Asks.WHETHER in out.asks and not out.classes and out.speaker is None and not out.bound:
            raise NotUnderstood([t.text for t in self.doc if t.pos_ in _CONTENT] or [self.text])
        return out

    def _event(self, main: Token) -> None:
        out, entry = self.out, self.entries[main.i]
        classes, out.label = self._classes(entry)
        out.classes, out.alike = classes[:1], classes[1:]
        self.out_type = entry.type
        out.verb = self._forms(main)
        deeds = self.lexicon.data("identity")["deeds"]
        lines = [*deeds.get(entry.type, ()), *(line for type_ in sorted(deeds) for line in deeds[type_])]
        forms = {*out.verb, *self.lexicon.forms.of(main, part_of(main) or "verb")}
        out.deed = next((tuple(line) for line in lines if forms & set(line)), ())
        self._told(main, entry)
        out.negated = any(c.lower_ in self.known["negators"] for c in main.children)
        hole = self.hole_at(main)
        if hole is not None:
            out.holes[hole].roles = ("event",)
        self._fill(self.lexicon.frame(entry), self.deep[main.i])
        self._subject(main)
        for token in self.deep[main.i].get("object", ()):
            if token.i not in self.done and self.hole_at(token) is None and (known := self.known_at(token)) is not None:
                self._taken(token)
                out.bound.append(Bound(known, (self.lexicon.place_role, "recipient")))  # "attacked Odesa"
        for asked in out.holes:
            named = bool(asked.noun) or "object" not in asked.roles
            asked.needed = named or (
                asked.roles == ("object",) and entry.type == self.lexicon.data("agreements")["type"]
            )
        if self._is_reciprocal(entry):
            parties: list[Hole | Bound] = [*out.holes, *out.bound]
            for filler in parties:
                if set(filler.roles) & {"actor", "recipient"}:
                    filler.roles = tuple(dict.fromkeys((*filler.roles, "actor", "recipient")))
        for i, other in sorted(self.entries.items()):
            token = self.doc[i]
            if i == main.i or other.part == "noun" or not main.is_ancestor(token):
                continue
            classes, label = self._classes(other)
            self._told(token, other)
            out.within.append((classes[:1], label))
            self._fill(self.lexicon.frame(other), self.deep[i], loose=True)

    def _subject(self, main: Token) -> None:
        """A hole right before its verb does the deed: "somebody threatened in 2010" is no participle."""
        slots = self.lexicon.frame(self.entries[main.i])
        does = any("subject" in names for slot in slots if slot.role == "actor" for names in slot.alternatives)
        hole = self.hole_at(self.doc[main.i - 1]) if main.i else None
        if does and hole is not None and self.hole_at(self.doc[0]) == hole and self.entries[main.i].part == "verb":
            self.out.holes[hole].roles = ("actor",)

    def _any_event(self) -> None:
        """ "Something happened in May", "Israel did do something": any event."""
        if not self._is_any_event():
            return
        root, phrase = self._top()
        doing = root.lemma_.lower() in self.known["doing"]
        self.done |= {root.i} | {c.i for c in root.children if c.lower_ in phrase.split()}
        deep = relations(root, self.lexicon.grammar)
        for name in ("subject", "object"):
            for token in deep.get(name, ()):
                hole = self.hole_at(token)
                if hole is not None and (name == "object" or not doing):
                    self.out.holes[hole].roles = ("event",)
                    self.done.add(token.i)
        self._fill(_ANY_EVENT if doing else _ANY_EVENT[1:], deep)

    def _fill(self, slots: Iterable[Slot], deep: Relations, *, loose: bool = False) -> None:
        """Bind what fills the slots; `loose` for an event that only has to be told in the same sentence."""
        taken: set[int] = set()
        for slot in slots:
            place = slot.role == self.lexicon.place_role
            for alternative in slot.alternatives:
                tokens = [t for name in alternative for t in deep.get(name, ())]
                fitting = [t for t in tokens if (place or t.i not in taken) and self._fits(slot.role, t)]
                for token in fitting:
                    self._bind(slot.role, token, loose)
                if fitting:
                    if not place:
                        taken |= {t.i for t in fitting if self.hole_at(t) is None}
                    break

    def _fits(self, role: str, token: Token) -> bool:
        if token.i in self.done and self.hole_at(token) is None and self.name_at(token) is None:
            return False
        types = self.lexicon.role_types[role]
        hole = self.hole_at(token)
        if hole is not None:
            classes = self.out.holes[hole].classes
            bare = not self.out.holes[hole].noun
            filler = self.known.data["fillers"]
            if bare and token.lower_ == filler["somebody"]:
                return role != self.lexicon.place_role and not types <= {"Agreement"}
            return (
                not classes
                or bool(types & set(classes))
                or (bool(set(classes) & {"Person", "State"}) and "Group" in types)
            )
        known = self.known_at(token)
        if known is not None:
            return any(kinds & types or "Other" in kinds for _, kinds in known.bearers)
        kind = nominals().type_of(token)
        return kind is None or kind in types

    def _bind(self, role: str, token: Token, loose: bool) -> None:
        out = self.out
        self.done.add(token.i)
        hole = self.hole_at(token)
        if hole is not None:
            if not loose:
                out.holes[hole].roles = tuple(dict.fromkeys((*out.holes[hole].roles, role)))
            return
        known = self.known_at(token)
        if known is None:
            if self._capital(token):
                self.done.discard(token.i)  # a name that nobody bears
                return None
            return self._phrase(token)
        self._taken(token)
        stands_for = role == "actor" and self._preposition(token, "") == "for"  # "signed for Khartoum"
        loose = loose or stands_for or self._in_agreement(token)
        same = next((b for b in out.bound if b.known == known), None)
        if same is None:
            out.bound.append(Bound(known, () if loose else (role,)))
        elif not loose:
            same.roles = tuple(dict.fromkeys((*same.roles, role)))

    def _in_agreement(self, token: Token) -> bool:
        """Whether a name only says which agreement is meant: "the treaty between Israel and Jordan"."""
        above = [t for t in token.ancestors if t.pos_ != "VERB"]
        return any(t.i not in self.entries and nominals().type_of(t) == "Agreement" for t in above)

    def _phrase(self, head: Token) -> None:
        """A noun phrase without a name: the words that say which are looked for in what is told."""
        agreement = nominals().type_of(head) == "Agreement"
        for token in (head, *(t for t in head.subtree if t != head)):
            if token.i in self.done and token != head:
                continue
            if token != head and not self._inside(token, head):
                continue
            if self.name_at(token) is not None or self.hole_at(token) is not None:
                continue
            self.done.add(token.i)
            if not (agreement and token == head):
                self._word(token)

    def _inside(self, token: Token, head: Token) -> bool:
        if token.dep_ not in _INSIDE or token.i in self.entries or (self.known_at(token) is not None):
            return False
        if self._capital(token):
            return False
        return token.head == head or self._inside(token.head, head)

    def _word(self, token: Token) -> None:
        forms = {token.lower_, *singulars(token.lower_)}
        types = {self.out_type} & {e.type for e in self.lexicon.candidates(token)}
        if (
            not types
            and token.pos_ in _CONTENT
            and token.is_alpha | token.like_num
            and not forms & self.known["passing"]
        ):
            self.out.words.append(token.lower_)

    def _rest(self, main: Token | None) -> None:
        """What no role took: places, then names that only have to take part, then plain phrases."""
        out = self.out
        for found in self.names:
            tokens = [t for t in self.doc if found.start <= t.idx < found.end]
            if any(t.i in self.done for t in tokens) or not tokens:
                self.done |= {t.i for t in tokens}
                continue
            self._placed(tokens, self.vocabulary.known_as(found.name, found.bearers))
        for token in self.doc:
            if token.i in self.done or not (token.ent_type_ or token.pos_ == "PROPN" or self._capital(token)):
                continue
            if (known := self.known_at(token)) is not None:
                self._placed([token], known)
        if main is None and out.speaker is None:
            return
        for token in self.doc:
            inner = (
                token.pos_ == "VERB"
                and main is not None
                and main.is_ancestor(token)
                and token.dep_ in ("xcomp", "ccomp", "acl")
            )
            if (
                token.i in self.done
                or self.hole_at(token) is not None
                or not (token.pos_ in ("NOUN", "ADJ", "NUM") or inner)
            ):
                continue
            if self._capital(token):
                continue
            self.done.add(token.i)
            if self._is_title(token):
                continue
            if nominals().type_of(token) != "Agreement" and not (token.i in self.entries and token == main):
                self._word(token)

    def _placed(self, tokens: list[Token], known: Known) -> None:
        self.done |= {t.i for t in tokens}
        head = next((t for t in tokens if t.head not in tokens), tokens[0])
        before = next((t.lower_ for t in reversed(list(self.doc[: tokens[0].i])) if t.lower_ not in ("the", "a")), "")
        places = self.lexicon.place_relations
        if (
            before in places
            and before == self._preposition(head, before)
            and any(k & _PLACES for _, k in known.bearers)
        ):
            self.out.bound.append(Bound(known, (self.lexicon.place_role, "recipient")))
        elif not any(b.known == known for b in self.out.bound):
            self.out.bound.append(Bound(known, ()))

    def _times(self) -> None:
        out = self.out
        for span in self.doc.spans.get("timex", ()):
            if any(f.start <= span.start_char < f.end for f in self.names):
                continue
            told = span._.time
            if told is None:
                continue
            self.done |= {t.i for t in span}
            before = self.doc[span.start - 1].lower_ if span.start else ""
            if before in self.known["until"]:
                day = told.earliest - timedelta(days=1) if before in self.known["exclusive"] else told.latest
                out.last = min(out.last or day, day)
            elif before in self.known["since"] and "/" not in told.value:
                day = told.latest + timedelta(days=1) if before in self.known["exclusive"] else told.earliest
                out.first = max(out.first or day, day)
            else:
                open_end = span[0].lower_ in self.known["since"]
                out.first = max(out.first or told.earliest, told.earliest)
                if not open_end:
                    out.last = min(out.last or told.latest, told.latest)

    def _speaker(self, main: Token | None) -> None:
        """Whose word it is: "somebody claimed that", "according to somebody", "Moscow does claim something"."""
        out = self.out
        if Asks.SAYS in out.asks:
            out.speaker = Hole("", ("attribution",))
        for token in self.doc:
            above = main is None or token.is_ancestor(main)
            if token.lemma_.lower() not in self.known["saying"] or not above or token.i in self.entries:
                continue
            deep = relations(token, self.lexicon.grammar)
            self.done |= {token.i, *(c.i for c in token.children if c.dep_ in ("aux", "mark"))}
            for said in deep.get("object", ()):
                if main is None and (hole := self.hole_at(said)) is not None:
                    out.holes[hole].roles = ("event",)
                    self.done.add(said.i)
            for subject in deep.get("subject", ()):
                hole = self.hole_at(subject)
                known = self.known_at(subject)
                if hole is not None:
                    out.holes[hole].roles = ("attribution",)
                    out.speaker = out.holes[hole]
                    self.done.add(subject.i)
                elif known is not None:
                    out.speaker = known
                    self._taken(subject)
            return

    def _counted(self, main: Token | None) -> None:
        out = self.out
        if Asks.HOW_MANY not in out.asks or main is None:
            return
        hole = next((h for h in out.holes if h.noun), None)
        kinds = self.lexicon.data("quantities")["kinds"]
        part = part_of(main) or "verb"
        forms = {main.lemma_.lower(), *self.lexicon.forms.of(main, part)}
        kind = next((kind for kind, lemmas in kinds.items() if forms & set(lemmas)), None)
        if hole is not None and kind is not None and {"actor", "recipient"} & set(hole.roles):
            out.quantity = str(kind)

    def _compared(self) -> None:
        """Whom the first hole is compared among: "Hamas or Turkey", "more than Jordan"."""
        out, than = self.out, self.wording.than
        if not than:
            return
        text = " ".join(w.text for w in than)
        found = [f for f in self.vocabulary.names.spot(text) if not self.vocabulary.common(f, text)]
        named = " ".join(f.name for f in found).split()
        unknown = [w.text for w in than if w.text not in named and w.lower not in self.known["passing"]]
        if unknown:
            raise NotUnderstood(unknown)
        others = tuple(self.vocabulary.known_as(f.name, f.bearers) for f in found)
        if out.whether:
            actor = next((b for b in out.bound if b.roles), None)
            if actor is None:
                raise NotUnderstood([w.text for w in than])
            out.bound.remove(actor)
            out.holes.insert(0, Hole("", actor.roles, (), (actor.known, *others)))
        elif out.holes:
            out.holes[0].among = others
