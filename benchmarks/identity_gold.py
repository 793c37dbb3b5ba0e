#!/usr/bin/env python3
"""Score identity across documents against our own gold: python benchmarks/identity_gold.py [--errors [N]]

The gold (`tests/identity/gold`) says of names and nominals, and of the words that tell events, which of them mean one
actor or one happening, within documents and across. Its texts are the seeds and documents beside the project
(`../shared`). A mention of the gold is found where the system has a mention with the same end, or one that has three
quarters of the characters in common with it; the word of an event, where a report of the same type has a word of it.
What was not found is counted and cannot be scored: finding mentions is not what is measured here.

Printed are B-cubed precision, recall and F1 over the found mentions, over those of them whose cluster stands in more
than one document, and over pairs of mentions of one document and of two; what the first two would be if no mention were
joined with another; the clusters of the system that mix types; and how often merges are right, by their confidence.

`--half 2` scores on one half of the documents, to develop on, and `--half 1` on the other, to report. Documents that
tell of one event are of one half; all are resolved together in either case.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from rich.progress import track

from kg import graph, identity, pipeline
from kg.model import Document, Event, Extraction, Member, Mention, Thing, World

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "identity" / "gold"
ENDING = re.compile(r"['’]s?$")
SHARE = 0.75  # of the characters of two mentions together that they have in common: not "Angolan" and "Angolan army"


@dataclass(frozen=True, slots=True)
class Item:
    """A mention of the gold: `cluster` and `type` of the gold, and the place in a document."""

    cluster: str
    type: str
    document: str
    mention: Mention


@dataclass
class Scores:
    """What of the gold was found, in which cluster of the system and as which entity or report; what mixes types."""

    name: str
    gold: list[Item]
    found: dict[Item, str] = field(default_factory=dict)
    members: dict[Item, Member] = field(default_factory=dict)
    other_type: int = 0
    mixed: list[str] = field(default_factory=list)


def main() -> int:
    """Analyse the documents of the gold, resolve them together and score; 2 where there are no documents."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", type=int, nargs="?", const=40, default=0, metavar="N", help="list the N worst")
    parser.add_argument("--half", type=int, choices=(1, 2), help="score on one half of the documents only")
    parser.add_argument("--missed", action="store_true", help="list the mentions that were not found")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="analyse once into this file, then read it")
    parser.add_argument("--model", help="another installed spaCy UD pipeline")
    args = parser.parse_args()
    if not (ROOT.parent / "shared").is_dir():
        print(f"no documents at {ROOT.parent / 'shared'}: put the shared folder beside the project", file=sys.stderr)
        return 2
    extractions = analysed(args.model, args.keep)
    world = identity.resolve(extractions)
    names = {x.document.name for x in extractions if args.half in (None, halves()[x.document.name])}
    joined: dict[str, Sequence[Thing | Event]] = {"actors": world.things, "events": world.events}
    for scores in (actors(extractions, world, names), events(extractions, world, names)):
        print("\n".join(lines(scores)))
        print("\n".join(calibration(scores.name, merges(scores, joined[scores.name]))))
        if args.errors:
            print("\n".join(list(errors(scores))[: args.errors]))
        if args.missed:
            print(
                "\n".join(
                    f"not found: {i.document}: {i.type} {i.mention}" for i in scores.gold if i not in scores.found
                )
            )
    return 0


def documents() -> Iterator[Document]:
    """The documents of the gold, each published on the day in its name."""
    paths: dict[str, str] = json.loads((GOLD / "documents.json").read_text(encoding="utf-8"))
    for name, path in paths.items():
        yield Document(name, (ROOT / path).read_text(encoding="utf-8"), date.fromisoformat(name[:10]))


def items(kind: str, names: Iterable[str]) -> list[Item]:
    """The mentions of `actors` or `events` that the gold has in the documents of these names."""
    names = set(names)
    return [
        Item(c["id"], c["type"], document, Mention(start, end, words))
        for c in clusters(kind)
        for document, start, end, words in c["mentions"]
        if document in names
    ]


def clusters(kind: str) -> list[dict[str, Any]]:
    """The gold of `actors` or `events` as it stands in its file."""
    found: list[dict[str, Any]] = json.loads((GOLD / f"{kind}.json").read_text(encoding="utf-8"))["clusters"]
    return found


def halves() -> dict[str, int]:
    """Document -> 1 or 2, so that documents that tell of one event are together; either has half of the mentions."""
    stories = {name: {name} for name in json.loads((GOLD / "documents.json").read_text(encoding="utf-8"))}
    mentions: Counter[str] = Counter()
    for cluster in clusters("events"):
        told = [document for document, *_ in cluster["mentions"]]
        mentions.update(told)
        together = set().union(*(stories[name] for name in told))
        stories.update(dict.fromkeys(together, together))
    sizes = {min(story): sum(mentions[name] for name in story) for story in stories.values()}
    total = {1: 0, 2: 0}
    half = {}
    for first in sorted(sizes, key=lambda name: (-sizes[name], name)):
        smaller = min(total, key=lambda n: (total[n], n))
        total[smaller] += sizes[first]
        half.update(dict.fromkeys(stories[first], smaller))
    return half


def analysed(model: str | None, keep: Path | None) -> list[Extraction]:
    """What each document tells, as a build reads it back from its store; from the file kept, where there is one."""
    if keep is not None and keep.exists():
        kept: list[Extraction] = pickle.loads(keep.read_bytes())
        return kept
    found = [
        graph.canonical(pipeline.analyse(d, model))
        for d in track(list(documents()), description="documents", disable=not sys.stderr.isatty())
    ]
    if keep is not None:
        keep.write_bytes(pickle.dumps(found))
    return found


def actors(extractions: Sequence[Extraction], world: World, names: Iterable[str] | None = None) -> Scores:
    """Mentions of actors, places and agreements, in all documents or some `names`, against the things of the world."""
    scores = Scores("actors", items("actors", names or {x.document.name for x in extractions}))
    things = {member: thing for thing in world.things for member in thing.members}
    said = {
        x.document.name: [(m, (x.document.name, e.key)) for e in x.entities for m in e.mentions] for x in extractions
    }
    for document, gold in _by_document(scores.gold).items():
        scores.members.update(_aligned(gold, said[document], SHARE))
    scores.found = {item: things[member].slug for item, member in scores.members.items()}
    types: dict[str, Counter[str]] = defaultdict(Counter)
    for item, slug in scores.found.items():
        types[slug][item.type] += 1
    scores.mixed = [f"{slug}: {dict(t)}" for slug, t in sorted(types.items()) if len(t) > 1]
    return scores


def events(extractions: Sequence[Extraction], world: World, names: Iterable[str] | None = None) -> Scores:
    """Words that tell events against the events of the world; only reports of the same type count."""
    scores = Scores("events", items("events", names or {x.document.name for x in extractions}))
    slugs = {member: event.slug for event in world.events for member in event.reports}
    reports = {x.document.name: x.reports for x in extractions}
    for document, gold in _by_document(scores.gold).items():
        for kind in sorted({item.type for item in gold}):
            said = [(r.evidence.trigger, (document, r.id)) for r in reports[document] if r.type == kind]
            scores.members.update(_aligned([i for i in gold if i.type == kind], said, 0))
        every = [(r.evidence.trigger, (document, r.id)) for r in reports[document]]
        scores.other_type += len(_aligned([i for i in gold if i not in scores.members], every, 0))
    scores.found = {item: slugs[member] for item, member in scores.members.items()}
    types = {(d, r.id): r.type for d, told in reports.items() for r in told}
    told_as = {event.slug: sorted({types[member] for member in event.reports}) for event in world.events}
    scores.mixed = [f"{slug}: {', '.join(kinds)}" for slug, kinds in sorted(told_as.items()) if len(kinds) > 1]
    return scores


def _by_document(gold: Iterable[Item]) -> Mapping[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in gold:
        found[item.document].append(item)
    return found


def _aligned(gold: Sequence[Item], said: Iterable[tuple[Mention, Member]], least: float) -> dict[Item, Member]:
    """Gold mentions with the system's entity or report, each mention used once, the closest pairs first."""
    pairs = [
        (-closeness, item.mention.start, mention, n, item, member)
        for n, (mention, member) in enumerate(said)
        for item in gold
        if (closeness := _closeness(item.mention, mention, least)) > 0
    ]
    found: dict[Item, Member] = {}
    used: set[int] = set()
    for _, _, _, n, item, member in sorted(pairs, key=lambda p: p[:4]):
        if item not in found and n not in used:
            found[item] = member
            used.add(n)
    return found


def _closeness(gold: Mention, said: Mention, least: float) -> float:
    """Characters in common, as a share of those of both; 0 where it is less than `least` and the ends differ too."""
    end = said.end - len(said.text) + len(ENDING.sub("", said.text))
    common = min(gold.end, end) - max(gold.start, said.start)
    share = common / (max(gold.end, end) - min(gold.start, said.start))
    return share if common > 0 and (gold.end == end or share >= least) else 0


def b_cubed(found: Mapping[Item, str], of: Iterable[Item] | None = None) -> tuple[float, float]:
    """Precision and recall: of each mention, the share of its cluster that is right and of the gold's that it has.

    The mean is over the found mentions or over some `of` them; their clusters are whole in either case.
    """
    system, gold, both = _counts(found)
    of = list(found if of is None else of)
    precision = sum(both[i.cluster, found[i]] / system[found[i]] for i in of)
    recall = sum(both[i.cluster, found[i]] / gold[i.cluster] for i in of)
    return precision / max(1, len(of)), recall / max(1, len(of))


def across(found: Mapping[Item, str]) -> list[Item]:
    """The found mentions whose gold cluster has found mentions in more than one document."""
    told: dict[str, set[str]] = defaultdict(set)
    for item in found:
        told[item.cluster].add(item.document)
    return [item for item in found if len(told[item.cluster]) > 1]


def pairs(found: Mapping[Item, str], *, apart: bool = True) -> tuple[float, float]:
    """Precision and recall of the pairs of mentions of two documents, or not `apart`, of one."""

    def count(key: Callable[[Item], str]) -> int:
        together: dict[str, list[Item]] = defaultdict(list)
        for item in found:
            together[key(item)].append(item)
        both = (p for several in together.values() for p in combinations(several, 2))
        return sum((a.document != b.document) == apart for a, b in both)

    right = count(lambda i: f"{found[i]} {i.cluster}")
    return right / max(1, count(lambda i: found[i])), right / max(1, count(lambda i: i.cluster))


def _counts(found: Mapping[Item, str]) -> tuple[Counter[str], Counter[str], Counter[tuple[str, str]]]:
    return (
        Counter(found.values()),
        Counter(i.cluster for i in found),
        Counter((i.cluster, slug) for i, slug in found.items()),
    )


def merges(scores: Scores, joined: Iterable[Thing | Event]) -> list[tuple[float, bool]]:
    """Confidence of each merge that the gold can judge, and whether it is right.

    A merge with an entry of the list is right where most that is found of its thing means the same as its entity.
    """
    told: dict[Member, Counter[str]] = defaultdict(Counter)
    for item, member in scores.members.items():
        told[member][item.cluster] += 1
    means = {member: min(clusters, key=lambda c: (-clusters[c], c)) for member, clusters in told.items()}
    found = []
    for one in joined:
        members = one.members if isinstance(one, Thing) else one.reports
        all_told = Counter(means[m] for m in members if m in means)
        for match in one.matches:
            if match.member not in means or (match.partner is not None and match.partner not in means):
                continue
            meant = means[match.member]
            others = all_told - Counter([meant]) if match.partner is None else Counter([means[match.partner]])
            if others:
                found.append((match.confidence, others.most_common(1)[0][0] == meant))
    return found


def calibration(name: str, judged: Sequence[tuple[float, bool]]) -> Iterator[str]:
    """Table of confidence against the share that is right, and the expected calibration error."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sure, right in judged:
        bins[min(int(sure * 10), 9)].append((sure, right))
    error = 0.0
    yield f"\nmerges of {name} that the gold can judge: {len(judged)}"
    for low in sorted(bins):
        several = bins[low]
        sure = sum(s for s, _ in several) / len(several)
        share = sum(right for _, right in several) / len(several)
        error += len(several) / len(judged) * abs(sure - share)
        of = f"{low / 10:.1f} to {(low + 1) / 10:.1f}"
        yield f"  confidence {of}: {len(several):4}  mean {sure:.2f}  right {share:.2f}"
    yield f"  expected calibration error {error:.3f}"


def lines(scores: Scores) -> Iterator[str]:
    """The scores as printed."""
    documents: dict[str, set[str]] = defaultdict(set)
    for item in scores.gold:
        documents[item.cluster].add(item.document)
    several = sum(len(told) > 1 for told in documents.values())
    yield f"\n{scores.name}: {len(documents)} clusters ({several} across documents), {len(scores.gold)} mentions"
    other = f", of which {scores.other_type} as another type" if scores.other_type else ""
    yield f"not found, not scored: {len(scores.gold) - len(scores.found)}{other}"
    wide = across(scores.found)
    alone = {item: str(n) for n, item in enumerate(scores.found)}
    for what, (precision, recall) in (
        (f"B-cubed, all {len(scores.found)} found", b_cubed(scores.found)),
        ("  the same, nothing joined", b_cubed(alone)),
        (f"B-cubed, {len(wide)} of clusters across", b_cubed(scores.found, wide)),
        ("  the same, nothing joined", b_cubed(alone, wide)),
        ("pairs of one document", pairs(scores.found, apart=False)),
        ("pairs of two documents", pairs(scores.found)),
    ):
        yield f"{what:34} P {precision:.3f}  R {recall:.3f}  F1 {f1(precision, recall):.3f}"
    yield f"clusters that mix types: {len(scores.mixed)}"
    yield from (f"  {mixed}" for mixed in scores.mixed)


def f1(precision: float, recall: float) -> float:
    """The harmonic mean; 0 where both are."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def errors(scores: Scores) -> Iterator[str]:
    """What is wrongly joined or split, by the number of pairs of mentions that it makes wrong."""
    _, _, both = _counts(scores.found)
    joined: dict[str, dict[str, int]] = defaultdict(dict)
    split: dict[str, dict[str, int]] = defaultdict(dict)
    for (cluster, slug), count in sorted(both.items()):
        joined[slug][cluster] = count
        split[cluster][slug] = count
    wrong = [("joined", key, parts) for key, parts in joined.items()] + [
        ("split", key, parts) for key, parts in split.items()
    ]
    for kind, key, parts in sorted(wrong, key=lambda w: (-_wrong_pairs(w[2].values()), w[0], w[1])):
        if len(parts) > 1:
            listed = ", ".join(f"{part} {n}" for part, n in sorted(parts.items(), key=lambda p: (-p[1], p[0])))
            yield f"{kind:7}{_wrong_pairs(parts.values()):4} {key}: {listed}"


def _wrong_pairs(counts: Iterable[int]) -> int:
    return sum(a * b for a, b in combinations(list(counts), 2))


if __name__ == "__main__":
    sys.exit(main())
