"""Fit the weights of kg/language/coreference/ranking.py: GUM's coreference, and the arguments of the event corpus.

A pronoun of the event corpus counts where an event's participant is not named in the sentence and one pronoun alone
stands where it belongs. Written: the weights, by name, and how often each source's pronouns are right on its kept part.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import torch
from spacy.language import Language
from spacy.tokens import Doc

from kg import language
from kg.extraction import lexicon as lexicons
from kg.extraction.relations import relations
from kg.language.coreference import resolve
from kg.language.coreference.clusters import Chains
from kg.language.coreference.ranking import NONE, Candidate, candidates, features
from kg.language.mentions import PRONOUN_CLASSES, TextMention

DAY = date(2015, 6, 10)  # of texts whose day is not known
ROLES = {"subject": ("actor",), "object": ("recipient",), "possessive": ("actor", "recipient")}
GENRES = ("bio", "court", "interview", "news", "speech", "voyage")  # of GUM, most like the news
TWICE = 2  # how often the event corpus counts, which is the news
DECAY = 2.0  # how much large weights cost
LEAST = 3  # pronouns that a feature was seen with, at least


@dataclass
class Example:
    """A pronoun: the features of each candidate, and which are right."""

    options: list[list[str]]
    right: list[bool]


@dataclass
class Text:
    """A document with what its words mean: of a mention the entities that it can be, of a pronoun the right ones."""

    text: str
    day: date
    entities: Callable[[TextMention], set[str]] = field(repr=False)
    meant: Callable[[Doc], dict[int, frozenset[str]]] = field(repr=False)


def main() -> None:
    """Read the command line, fit and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("events", type=Path, help="the event corpus")
    parser.add_argument("corpora", type=Path, help="where ud-gum-train.conllu.xz and ud-gum-dev.conllu.xz are")
    parser.add_argument("output", type=Path)
    args = parser.parse_args()
    nlp = language.load()
    own = {path.stem: of_events(path) for path in sorted(args.events.glob("*.json"))}
    kept = {name for name in own if int(hashlib.sha1(name.encode()).hexdigest(), 16) % 5 == 0}
    train = examples(nlp, list(of_gum(args.corpora / "ud-gum-train.conllu.xz", GENRES)))
    train += TWICE * examples(nlp, [own[n] for n in own if n not in kept])
    weights = fit(train)
    for name, texts in (
        ("GUM dev", list(of_gum(args.corpora / "ud-gum-dev.conllu.xz"))),
        ("event corpus", [own[n] for n in sorted(kept)]),
    ):
        tested = examples(nlp, texts)
        print(name, len(tested), "pronouns, right", round(accuracy(tested, weights), 3), flush=True)
    weights = fit(train + TWICE * tested)
    args.output.write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def examples(nlp: Language, texts: list[Text]) -> list[Example]:
    """Every pronoun of the texts whose meaning is known. What was told before is as the annotators see it."""
    return [example for text in texts for example in examples_of(nlp, text)]


def examples_of(nlp: Language, text: Text) -> list[Example]:
    """Those of one text."""
    doc = language.analyse(nlp, text.text, text.day)
    meant = text.meant(doc)
    found: list[Example] = []

    def choose(chains: Chains, mention: TextMention) -> Candidate:
        wanted = meant.get(mention.head.i)
        if wanted is None:
            return NONE
        options = candidates(chains, mention)
        right = [stands_for(chains, option, wanted, text.entities) for option in options]
        found.append(Example(features(chains, [NONE, *options], mention), [not any(right), *right]))
        return max((o for o, r in zip(options, right, strict=True) if r), default=NONE)

    resolve(doc, choose)
    return found


def stands_for(
    chains: Chains, option: Candidate, wanted: frozenset[str], of: Callable[[TextMention], set[str]]
) -> bool:
    """Whether the entities of a candidate are those wanted, and no others."""
    told = [{key for m in chains.clusters[i].mentions for key in of(m)} for i in option]
    return all(keys & wanted for keys in told) and all(any(key in keys for keys in told) for key in wanted)


def of_events(path: Path) -> Text:
    """A document of the event corpus."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    named: list[tuple[int, int, str]] = []
    for key, entity in gold["entities"].items():
        for name in sorted(set(entity["names"]), key=lambda n: (-len(n), n)):
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                if not any(a <= match.start() and match.end() <= b and k == key for a, b, k in named):
                    named.append((*match.span(), key))
    longest = {(a, b, k) for a, b, k in named if not any(c <= a and b <= d and (c, d) != (a, b) for c, d, _ in named)}
    grammar = lexicons.load().grammar

    def entities(mention: TextMention) -> set[str]:
        head = mention.head
        return {k for a, b, k in longest if a <= head.idx < b and mention.kind != "pronoun"}

    def meant(doc: Doc) -> dict[int, frozenset[str]]:
        found: dict[int, frozenset[str]] = {}
        for raw in gold["events"]:
            start = text.find(raw["sentence"])
            word = re.search(rf"(?<!\w){re.escape(raw['trigger'])}(?!\w)", raw["sentence"])
            if start < 0 or word is None:
                continue
            span = doc.char_span(start + word.start(), start + word.end(), alignment_mode="expand")
            deep = relations(span.root, grammar) if span is not None else {}
            sentence = range(start, start + len(raw["sentence"]))
            for relation, roles in ROLES.items():
                pronouns = {
                    t.i
                    for t in deep.get(relation, ())
                    if PRONOUN_CLASSES.get(t.lower_) in ("person", "thing", "several")
                }
                others = [t for t in deep.get(relation, ()) if t.i not in pronouns]
                keys = [raw[role] for role in roles if raw[role]]
                if len(pronouns) == 1 and not others and len(keys) == 1:
                    (pronoun,) = pronouns
                    here = {k for a, _, k in longest if a in sentence and a < doc[pronoun].idx}
                    if relation != "possessive" or not here & set(keys[0]):
                        found[pronoun] = frozenset(keys[0])
        return found

    return Text(text, date.fromisoformat(gold["published"]), entities, meant)


def of_gum(path: Path, genres: tuple[str, ...] = ("",)) -> Iterator[Text]:
    """The documents of a GUM file of some genres with their coreference."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        blocks = re.split(r"(?=^# newdoc id)", lines.read(), flags=re.MULTILINE)
    for block in blocks:
        if block.startswith(tuple(f"# newdoc id = GUM_{genre}" for genre in genres)):
            yield gum_document(block)


def gum_document(block: str) -> Text:
    """One document: mentions as (start, end, entity) in characters."""
    text, opened, spans = "", [], []
    for line in block.splitlines():
        if line.startswith("# newpar") and "block" not in line and text:
            text = text.rstrip() + "\n\n"
        columns = line.split("\t")
        if len(columns) != 10 or not columns[0].isdecimal():
            continue
        start = len(text)
        text += columns[1]
        entity = re.search(r"Entity=([^|]*)", columns[9])
        for begun, ended, both in re.findall(
            r"\(([^()]+)(?![^()]*\))|(\d+)\)|\(([^()]+)\)", entity[1] if entity else ""
        ):
            if begun:
                opened.append((begun.split("-")[0], start))
            elif both:
                spans.append((start, len(text), both.split("-")[0]))
            else:
                at = max((i for i, (key, _) in enumerate(opened) if key == ended), default=None)
                if at is not None:
                    spans.append((opened.pop(at)[1], len(text), ended))
        text += "" if "SpaceAfter=No" in columns[9] else " "
    by_end: dict[int, list[tuple[int, int, str]]] = {}
    for span in spans:
        by_end.setdefault(span[1], []).append(span)

    def entities(mention: TextMention) -> set[str]:
        if mention.kind == "pronoun":
            return {k for a, b, k in spans if (a, b) == (mention.head.idx, mention.head.idx + len(mention.head))}
        head = mention.head.idx
        holding = [s for s in spans if s[0] <= head < s[1] and s[0] <= mention.span.start_char + 4]
        fitting = [s for s in holding if s[1] >= mention.span.end_char]
        return {min(fitting, key=lambda s: s[1] - s[0])[2]} if fitting else set()

    def meant(doc: Doc) -> dict[int, frozenset[str]]:
        at = {(a, b): k for a, b, k in spans}
        return {
            t.i: frozenset((at[t.idx, t.idx + len(t)],))
            for t in doc
            if PRONOUN_CLASSES.get(t.lower_) in ("person", "thing", "several") and (t.idx, t.idx + len(t)) in at
        }

    return Text(text, DAY, entities, meant)


def fit(wanted: list[Example]) -> dict[str, float]:
    """The weights of a log-linear model, in which the right candidates count together."""
    seen = Counter(name for e in wanted for name in {n for option in e.options for n in option})
    names = {name: number for number, name in enumerate(sorted(n for n, times in seen.items() if times >= LEAST))}
    rows, columns, group, right = [], [], [], []
    for number, example in enumerate(wanted):
        for option, is_right in zip(example.options, example.right, strict=True):
            known = [names[n] for n in option if n in names]
            rows += [len(group)] * len(known)
            columns += known
            group.append(number)
            right.append(is_right)
    told = torch.sparse_coo_tensor(
        torch.tensor([rows, columns]), torch.ones(len(rows), dtype=torch.float64), (len(group), len(names))
    ).coalesce()
    groups, mask = torch.tensor(group), torch.tensor(right)
    weights = torch.zeros(len(names), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> float:
        optimizer.zero_grad()
        scores = torch.mv(told, weights)
        top = (
            torch.full((len(wanted),), -torch.inf, dtype=torch.float64)
            .scatter_reduce(0, groups, scores, "amax")
            .detach()
        )
        shares = (scores - top[groups]).exp()
        every = torch.zeros(len(wanted), dtype=torch.float64).index_add(0, groups, shares)
        good = torch.zeros(len(wanted), dtype=torch.float64).index_add(0, groups, shares * mask)
        loss = (every.log() - (good + 1e-12).log()).sum() + DECAY * weights.square().sum()
        loss.backward()
        return float(loss)

    optimizer.step(closure)
    found = weights.detach().numpy().round(3)
    return {name: float(found[number]) for name, number in names.items() if found[number]}


def accuracy(tested: list[Example], weights: dict[str, float]) -> float:
    """The share of pronouns whose best candidate is right."""

    def chosen(example: Example) -> int:
        scores = [sum(weights.get(n, 0.0) for n in option) for option in example.options]
        return max(range(len(scores)), key=lambda i: (scores[i], i))

    return sum(e.right[chosen(e)] for e in tested) / len(tested)


if __name__ == "__main__":
    main()
