"""The world does not depend on the order in which documents come, and a document changes only what it touches."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from kg.identity import resolve
from kg.model import (
    Argument,
    Document,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Modality,
    Report,
    Time,
    World,
)

ACTOR = "https://w3id.org/conflict-diplomacy/actor/"
LISTED = ("russia", "ukraine", "turkey", "israel")
PERSONS = ("Maria Lopez", "General Maria Lopez", "Juan Lopez", "Yusuf Hamdan", "Yousef Hamdan", "Anna Bek")
TOWNS = ("Redtown", "Bluetown")


def document(number: int, dice: random.Random) -> Extraction:
    """A document with a few reports of a few days, many of which other documents tell too."""
    name, published = f"d{number}", date(2021, 6, 1) + timedelta(dice.randrange(6))
    told = Mention(0, 4, "told")
    entities = {key: Entity(key, "State", (key.title(),), (told,), ACTOR + key) for key in LISTED}
    entities |= {f"p{n}": Entity(f"p{n}", "Person", (dice.choice(PERSONS),), (told,)) for n in range(2)}
    entities |= {town: Entity(town, "Place", (town,), (told,)) for town in TOWNS}
    entities["rebels"] = Entity("rebels", "Group", ("rebels",), (told,))
    reports = []
    for at in range(dice.randrange(1, 6)):
        roles = [("actor", dice.choice([*LISTED, "p0", "rebels"])), ("recipient", dice.choice([*LISTED, "p1"]))]
        roles += [("place", dice.choice(TOWNS))] if dice.random() < 0.5 else []
        word = dice.choice(("struck", "attacked", "bombed"))
        start = at * 50
        trigger = Mention(start + 9, start + 9 + len(word), word)
        sentence = Mention(start, start + 40, f"They had {word} again.".ljust(40))
        day = published - timedelta(dice.randrange(3))
        reports.append(
            Report(
                name,
                "ASSAULT",
                dice.choice((None, "airstrike")),
                tuple(Argument(role, key, told) for role, key in roles),
                Time(day.isoformat()) if dice.random() < 0.6 else None,
                dice.choice((Modality.ASSERTED, Modality.ASSERTED, Modality.NEGATED)),
                None,
                Evidence(sentence, trigger),
            )
        )
    return Extraction(Document(name, "", published), tuple(entities.values()), tuple(reports), ())


def nodes(world: World) -> dict[str, object]:
    """Slug -> what the world says of it."""
    return {f"thing {t.slug}": t for t in world.things} | {f"event {e.slug}": e for e in world.events}


@pytest.mark.parametrize("seed", range(12))
def test_any_order_gives_the_same_world(seed: int) -> None:
    dice = random.Random(seed)
    documents = [document(n, dice) for n in range(10)]
    world = resolve(documents)
    for _ in range(3):
        dice.shuffle(documents)
        assert resolve(documents) == world


@pytest.mark.parametrize("seed", range(12))
def test_what_is_removed_leaves_nothing_behind(seed: int) -> None:
    dice = random.Random(100 + seed)
    documents = [document(n, dice) for n in range(8)]
    before = resolve(documents[:-1])
    assert resolve(documents) != before
    assert resolve(documents[:-1]) == before


def test_a_document_leaves_alone_what_it_does_not_speak_of() -> None:
    dice = random.Random(3)
    documents = [document(n, dice) for n in range(12)]
    before = nodes(resolve(documents))
    told = Mention(0, 4, "told")
    other = Extraction(
        Document("later", "", date(2022, 1, 1)), (Entity("x", "Person", ("Olga Dorn",), (told,)),), (), ()
    )
    after = nodes(resolve([*documents, other]))
    assert {key for key in after if after[key] != before.get(key)} == {"thing olga-dorn"}
    assert before.keys() <= after.keys()


def test_a_later_telling_of_an_event_keeps_its_iri() -> None:
    dice = random.Random(5)
    first = next(x for x in (document(n, dice) for n in range(50)) if any(r.time and r.arguments for r in x.reports))
    again = Extraction(
        Document("later", "", first.document.published + timedelta(1)),
        first.entities,
        tuple(
            Report("later", r.type, r.mode, r.arguments, r.time, r.modality, r.attribution, r.evidence, r.quantities)
            for r in first.reports
        ),
        (),
    )
    before, after = resolve([first]), resolve([first, again])
    assert {e.slug for e in before.events} <= {e.slug for e in after.events}
    assert any(len({d for d, _ in e.reports}) == 2 for e in after.events)
