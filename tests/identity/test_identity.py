"""Who is who and which reports tell one event, across documents made by hand: no parser has a say here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import permutations

import pytest

from kg.identity import resolve
from kg.model import (
    Argument,
    Document,
    Entity,
    Event,
    Evidence,
    Extraction,
    Mention,
    Modality,
    Report,
    SigningRecord,
    Thing,
    Time,
    World,
)

ACTOR = "https://w3id.org/conflict-diplomacy/actor/"
DAY = date(2021, 6, 10)


def entity(key: str, type_: str, *names: str, known: str | None = None) -> Entity:
    return Entity(key, type_, names, (Mention(0, len(names[0]), names[0]),), ACTOR + known if known else None)


def report(
    document: str,
    type_: str,
    *,
    mode: str | None = None,
    time: str | None = None,
    modality: Modality = Modality.ASSERTED,
    by: str | None = None,
    at: int = 0,
    **roles: str | Sequence[str],
) -> Report:
    """A report whose roles hold keys of entities; `at` sets two reports of one document apart."""
    told = Mention(at, at + 4, "told")
    fillers = {role: [keys] if isinstance(keys, str) else keys for role, keys in roles.items()}
    return Report(
        document=document,
        type=type_,
        mode=mode,
        arguments=tuple(Argument(role, key, told) for role, keys in fillers.items() for key in keys),
        time=Time(time) if time else None,
        modality=modality,
        attribution=Argument("attribution", by, told) if by else None,
        evidence=Evidence(Mention(at, at + 9, "told here"), told),
    )


def extraction(
    name: str,
    entities: Sequence[Entity] = (),
    reports: Sequence[Report] = (),
    signings: Sequence[SigningRecord] = (),
    published: date = DAY,
) -> Extraction:
    return Extraction(Document(name, "", published), tuple(entities), tuple(reports), tuple(signings))


def signing(
    document: str, agreement: str, signatories: Sequence[str], time: str | None, *reports: Report
) -> SigningRecord:
    ids = tuple(r.id for r in reports)
    return SigningRecord(document, agreement, tuple(signatories), (), Time(time) if time else None, (), ids)


def thing(world: World, document: str, key: str) -> Thing:
    (found,) = [t for t in world.things if (document, key) in t.members]
    return found


def event(world: World, told: Report) -> Event:
    (found,) = [e for e in world.events if (told.document, told.id) in e.reports]
    return found


def one_thing(*pair: Entity) -> bool:
    """Whether entities of two documents become one thing."""
    world = resolve([extraction(name, [e]) for name, e in zip("abc", pair, strict=False)])
    return len({thing(world, name, e.key).slug for name, e in zip("abc", pair, strict=False)}) == 1


# --- who is who ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "names", [("Russian", "Russia"), ("Moscow", "the Kremlin"), ("the Russian government", "Russia")]
)
def test_a_state_is_one_by_any_of_its_names(names: tuple[str, str]) -> None:
    """The gazetteer knows adjective, capital and government as the state."""
    assert one_thing(*(entity("r", "State", name, known="russia") for name in names))


def test_what_the_gazetteer_sets_apart_is_never_joined_by_a_name() -> None:
    assert not one_thing(
        entity("g", "State", "Georgia", known="georgia"), entity("g", "State", "Georgia", known="georgia-us")
    )


def test_an_unknown_between_two_known_joins_neither_to_the_other() -> None:
    world = resolve(
        [
            extraction("a", [entity("c", "State", "Congo", known="democratic-republic-of-the-congo")]),
            extraction("b", [entity("c", "State", "Congo")]),
            extraction("c", [entity("c", "State", "Congo", known="republic-of-the-congo")]),
        ]
    )
    assert thing(world, "a", "c").slug != thing(world, "c", "c").slug


def test_a_name_is_one_whatever_its_accents_dots_and_article() -> None:
    assert one_thing(entity("x", "Organization", "the U.N.P. Front"), entity("y", "Organization", "UNP Front"))
    assert one_thing(
        entity("x", "Organization", "Frente Popular de Córdoba"),
        entity("y", "Organization", "Frente Popular de Cordoba"),
    )


def test_a_person_is_one_with_and_without_a_title() -> None:
    assert one_thing(entity("x", "Person", "Col. Sonny Leggett"), entity("y", "Person", "Army Colonel Sonny Leggett"))


def test_two_persons_with_one_last_name_stay_apart() -> None:
    assert not one_thing(entity("x", "Person", "Maria Lopez"), entity("y", "Person", "Juan Lopez"))
    assert not one_thing(entity("x", "Person", "President Lopez"), entity("y", "Person", "Juan Lopez"))
    assert not one_thing(entity("x", "Person", "Lopez"), entity("y", "Person", "Lopez"))


def test_whoever_serves_a_person_is_not_that_person() -> None:
    adviser = entity("bek", "Person", "Tomas Bek", "security adviser of Prime Minister Ana Dorn")
    assert not one_thing(adviser, entity("dorn", "Person", "Ana Dorn", "Prime Minister Ana Dorn"))


def test_two_persons_with_one_first_name_stay_apart() -> None:
    assert not one_thing(entity("x", "Person", "Abdullah Abdullah"), entity("y", "Person", "Abdullah Gul"))


def test_a_title_and_a_last_name_are_not_a_name() -> None:
    """ "President Lopez" is another one in another country."""
    assert not one_thing(entity("x", "Person", "President Lopez"), entity("y", "Person", "President Lopez"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Person", "Place"),
        ("State", "Place"),
        ("Organization", "ArmedGroup"),
        ("Agreement", "Place"),
        ("Group", "State"),
    ],
)
def test_classes_are_never_joined(one: str, other: str) -> None:
    assert not one_thing(entity("x", one, "San Marino Heights"), entity("y", other, "San Marino Heights"))


@pytest.mark.parametrize("name", ["the rebels", "a spokesman", "5,000 prisoners", "government forces", "officials"])
def test_what_has_no_proper_name_stays_with_its_document(name: str) -> None:
    type_ = "Person" if name == "a spokesman" else "Group"
    world = resolve([extraction("a", [entity("x", type_, name)]), extraction("b", [entity("x", type_, name)])])
    one, other = thing(world, "a", "x"), thing(world, "b", "x")
    assert one.slug != other.slug
    assert one.slug.endswith("-in-a")
    assert other.slug.endswith("-in-b")


def test_a_shared_first_word_joins_nothing() -> None:
    assert not one_thing(entity("x", "Organization", "National Front"), entity("y", "Organization", "National Bank"))
    assert not one_thing(entity("x", "Organization", "Islamic State"), entity("y", "Organization", "Islamic Relief"))
    assert not one_thing(entity("x", "Place", "New Delhi"), entity("y", "Place", "New York"))


def test_slugs_are_unique() -> None:
    world = resolve(
        [
            extraction("a", [entity("x", "Person", "Maria Lopez"), entity("y", "Place", "Maria Lopez")]),
            extraction("b", [entity("x", "Organization", "Maria Lopez")]),
        ]
    )
    assert len({t.slug for t in world.things}) == len(world.things) == 3


# --- agreements ----------------------------------------------------------------------------------------------------


def accord(document: str, name: str, parties: Sequence[str], time: str | None, published: date = DAY) -> Extraction:
    """A document with one agreement, whose parties are states."""
    states = [entity(p, "State", p.title(), known=p) for p in parties]
    signed = report(document, "AGREE", mode="sign", time=time, actor=parties, object="deal")
    record = signing(document, "deal", parties, time, signed)
    return extraction(document, [*states, entity("deal", "Agreement", name)], [signed], [record], published)


def test_agreements_of_one_day_and_the_same_parties_are_one() -> None:
    one, other = (
        accord("a", "the peace deal", ("chad", "libya"), "2021-06-07"),
        accord("b", "Tripoli Accord", ("libya", "chad"), "2021-06-07"),
    )
    world = resolve([one, other])
    joined = thing(world, "a", "deal")
    assert joined == thing(world, "b", "deal")
    assert joined.name == "Tripoli Accord"
    (happened,) = world.events
    assert happened.reports == (("a", one.reports[0].id), ("b", other.reports[0].id))
    assert dict(happened.roles)["object"] == joined.slug
    assert happened.time == Time("2021-06-07")


@pytest.mark.parametrize(
    ("parties", "time"),
    [(("chad", "niger"), "2021-06-07"), (("chad", "libya"), "2021-06-08"), (("chad", "libya"), None)],
    ids=["another party", "another day", "no day"],
)
def test_other_agreements_stay_apart(parties: tuple[str, str], time: str | None) -> None:
    world = resolve(
        [accord("a", "the peace deal", ("chad", "libya"), "2021-06-07"), accord("b", "the peace deal", parties, time)]
    )
    assert thing(world, "a", "deal").slug != thing(world, "b", "deal").slug
    assert len(world.events) == 2


def test_a_long_proper_name_joins_agreements_and_a_short_one_does_not() -> None:
    def named(name: str) -> bool:
        world = resolve([accord("a", name, ("chad",), None), accord("b", name, ("libya",), None)])
        return thing(world, "a", "deal").slug == thing(world, "b", "deal").slug

    assert named("Agreement for Bringing Peace to Chad")
    assert not named("the Agreement")
    assert not named("the peace deal")


# --- events --------------------------------------------------------------------------------------------------------

RUSSIA, UKRAINE = entity("ru", "State", "Russia", known="russia"), entity("ua", "State", "Ukraine", known="ukraine")
KYIV, LVIV = entity("kyiv", "Place", "Kyiv"), entity("lviv", "Place", "Lviv")
ALL = (RUSSIA, UKRAINE, KYIV, LVIV)


def test_a_headlines_plan_does_not_name_an_agreement() -> None:
    pact = entity("pact", "Agreement", "accord", "Plan", "Lusaka Protocol")
    assert thing(resolve([extraction("a", [pact])]), "a", "pact").names[0] == "Lusaka Protocol"
    pact = entity("pact", "Agreement", "accord", "accord on prisoners", "Plan")
    assert thing(resolve([extraction("a", [pact])]), "a", "pact").names[0] != "Plan"


def told_together(one: Report, other: Report, days: int = 0) -> bool:
    """Whether the reports of two documents, published so many days apart, become one event."""
    later = date.fromordinal(DAY.toordinal() + days)
    world = resolve([extraction("a", ALL, [one]), extraction("b", ALL, [other], published=later)])
    return event(world, one) == event(world, other)


def strike(document: str, **different: object) -> Report:
    given: dict[str, object] = {
        "mode": "airstrike",
        "time": "2021-06-09",
        "actor": "ru",
        "recipient": "ua",
        "place": "kyiv",
    }
    return report(document, "ASSAULT", **(given | different))  # type: ignore[arg-type]


def test_the_same_day_the_same_parties_is_one_event() -> None:
    assert told_together(strike("a"), strike("b"))
    assert told_together(strike("a"), strike("b", mode=None, place=()))
    assert told_together(strike("a", actor=()), strike("b"))


@pytest.mark.parametrize(
    "different",
    [{"time": "2021-06-08"}, {"place": "lviv"}, {"actor": "ua", "recipient": "ru"}, {"recipient": "lviv"}],
    ids=["day", "place", "the other way round", "recipient"],
)
def test_what_differs_stays_apart(different: dict[str, str]) -> None:
    assert not told_together(strike("a"), strike("b", **different))


def test_types_are_never_joined() -> None:
    assert not told_together(
        strike("a"), report("b", "COERCE", time="2021-06-09", actor="ru", recipient="ua", place="kyiv")
    )


def test_a_month_is_not_a_day() -> None:
    assert not told_together(strike("a", time="2021-06"), strike("b", time="2021-06"))


def test_an_undated_report_joins_a_dated_one_of_the_same_days_only() -> None:
    assert told_together(strike("a"), strike("b", time=None), days=1)
    assert not told_together(strike("a", time="2021-05-01"), strike("b", time=None), days=1)


def test_undated_reports_are_one_only_of_the_same_days_and_with_much_in_common() -> None:
    assert told_together(strike("a", time=None), strike("b", time=None), days=1)
    assert not told_together(strike("a", time=None), strike("b", time=None), days=5)
    assert not told_together(strike("a", time=None, recipient=()), strike("b", time=None, recipient=(), place=()))


def test_a_denial_joins_the_event_that_it_denies() -> None:
    asserted, denied = strike("a"), strike("b", modality=Modality.NEGATED, by="ru")
    world = resolve([extraction("a", ALL, [asserted]), extraction("b", ALL, [denied])])
    assert event(world, asserted) == event(world, denied)
    assert event(world, asserted).status == "asserted"


def test_what_is_planned_or_feared_is_no_event_that_happened() -> None:
    for modality in (Modality.FUTURE, Modality.HYPOTHETICAL):
        planned = strike("b", modality=modality)
        assert not told_together(strike("a"), planned)
        world = resolve([extraction("b", ALL, [planned])])
        assert event(world, planned).status == str(modality)


def test_a_claim_becomes_a_fact_when_a_source_tells_it_in_its_own_voice() -> None:
    claimed = strike("a", by="ua")
    assert event(resolve([extraction("a", ALL, [claimed])]), claimed).status == "claimed"
    assert (
        event(resolve([extraction("a", ALL, [claimed]), extraction("b", ALL, [strike("b")])]), claimed).status
        == "asserted"
    )


def test_only_a_denial_is_negated() -> None:
    denied = strike("a", modality=Modality.NEGATED)
    assert event(resolve([extraction("a", ALL, [denied])]), denied).status == "negated"


def test_a_chain_does_not_join_what_differs() -> None:
    """A report without a place fits both, and must not make Kyiv and Lviv one."""
    kyiv, vague, lviv = strike("a"), strike("b", place=()), strike("c", place="lviv")
    world = resolve([extraction(r.document, ALL, [r]) for r in (kyiv, vague, lviv)])
    assert event(world, kyiv) != event(world, lviv)


# --- the whole -----------------------------------------------------------------------------------------------------


def crowd() -> list[Extraction]:
    """Documents with something to join in every way."""
    people = [entity("p", "Person", name) for name in ("Maria Lopez", "President Maria Lopez", "Lopez")]
    dated = report("c", "CONSULT", at=20, actor=("p", "ua"), time="2021-06-09")
    undated = report("d", "CONSULT", at=20, actor=("p", "ua"))
    denied = strike("e", at=20, modality=Modality.NEGATED, by="ru")
    return [
        accord("a", "the peace deal", ("chad", "libya"), "2021-06-07"),
        accord("b", "Tripoli Accord", ("libya", "chad"), "2021-06-07"),
        extraction("c", [*ALL, people[0]], [strike("c"), dated]),
        extraction("d", [*ALL, people[1]], [strike("d", place=()), undated]),
        extraction("e", [*ALL, people[2]], [strike("e", place="lviv"), denied]),
    ]


def test_the_world_does_not_depend_on_the_order_of_the_documents() -> None:
    documents = crowd()
    world = resolve(documents)
    assert all(resolve(order) == world for order in permutations(documents))


def test_nor_on_the_order_within_a_document() -> None:
    documents = crowd()
    turned = [Extraction(x.document, x.entities[::-1], x.reports[::-1], x.signings[::-1]) for x in documents]
    assert resolve(turned) == resolve(documents)


def test_every_entity_and_every_report_has_its_place() -> None:
    documents = crowd()
    world = resolve(documents)
    assert sorted(m for t in world.things for m in t.members) == sorted(
        (x.document.name, e.key) for x in documents for e in x.entities
    )
    assert sorted(r for e in world.events for r in e.reports) == sorted(
        (r.document, r.id) for x in documents for r in x.reports
    )
    slugs = {t.slug for t in world.things}
    assert {slug for e in world.events for _, slug in e.roles} <= slugs
    assert len({e.slug for e in world.events}) == len(world.events)


def test_of_nothing_comes_nothing() -> None:
    assert resolve([]) == World((), (), ())
