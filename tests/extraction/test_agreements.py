"""Agreements as things, told in a sentence or two: who signed for whom, who else had a part, how it stands, what it
obliges to.

The sentences are ours and of countries and persons that need not exist.
"""

from __future__ import annotations

from datetime import date

import pytest
import spacy

from kg.extraction.agreements.joining import headline_end
from kg.model import Document, Extraction, Quantity, Time
from kg.pipeline import analyse

PUBLISHED = date(2021, 6, 10)  # a Thursday


def told(text: str) -> Extraction:
    return analyse(Document("2021-06-10-case", text, PUBLISHED))


def named(extraction: Extraction, *keys: str) -> set[str]:
    return {extraction.entity(key).name for key in keys}


def acting_for(extraction: Extraction) -> set[tuple[str, str]]:
    """Who signed for whom, by name."""
    every = (pair for record in extraction.signings for pair in record.acts_for)
    return {(extraction.entity(person).name, extraction.entity(party).name) for person, party in every}


@pytest.mark.parametrize(
    ("text", "signers"),
    [
        ("Chad and Sudan put their names to a peace accord in Dakar on Monday.", {"Chad", "Sudan"}),
        ("The deal, signed in Dakar on Monday by Chad and Sudan, ends a long war.", {"Chad", "Sudan"}),
        ("The signing of the treaty by Norway and Russia took place in Oslo.", {"Norway", "Russia"}),
        ("Peru and Chile initialled a border treaty in Lima on Tuesday.", {"Peru", "Chile"}),
        ("A border treaty was concluded between Peru and Chile on Tuesday.", {"Peru", "Chile"}),
        ("France and Mali fought over the mines. Both countries signed a charter on Monday.", {"France", "Mali"}),
        ("Chad signed the peace treaty in Dakar on Monday. Sudan had done so on Friday.", {"Chad", "Sudan"}),
        ("Chad, along with Mali and Niger, signed a border treaty on Monday.", {"Chad", "Mali", "Niger"}),
        ("Three powers (Peru, Chile and Brazil) signed a treaty in Lima on Tuesday.", {"Peru", "Chile", "Brazil"}),
        ("DAKAR, June 10 - Chad and Mali signed a border treaty on Monday.", {"Chad", "Mali"}),
        ("Anna Keller, an adviser of President Boris Petrov, signed the charter on Monday.", {"Anna Keller"}),
        (
            "Kenya's president, Mwai Kibaki, and the man who says he was robbed of that office, Raila Odinga, signed a "
            "power-sharing agreement on Thursday.",
            {"Kenya", "Mwai Kibaki", "Raila Odinga"},
        ),
        ("Chad and its neighbor Niger signed a border treaty on Monday.", {"Chad", "Niger"}),
        (
            "In Dakar the signatures of Omar Bako, Peter Mensah and Paul Kone were added to the charter on Monday.",
            {"Omar Bako", "Peter Mensah", "Paul Kone"},
        ),
        (
            "Norway and the rump government of President Omar Bako reached an accord on Monday.",
            {"Norway", "rump government of President Omar Bako"},
        ),
        (
            "A side agreement reached between Norway and the puppet regime of President Bako, also reached on May 3, "
            "calls for more talks.",
            {"Norway", "puppet regime of President Bako"},
        ),
        ("Under a memorandum concluded on Monday with Chad, Niger is to open the border.", {"Chad", "Niger"}),
        (
            "Chad and Mali signed a charter on Monday. Anna Keller and Boris Petrov, as witnesses, added their names.",
            {"Chad", "Mali"},
        ),
        ("Libya and Egypt agreed on Monday to stop the shelling. The truce begins on Friday.", {"Libya", "Egypt"}),
        (
            "President Ali Bako and Defense Minister Omar Said of Mali put their names to the Memorandum on Border "
            "Trade in Dakar on Monday.",
            {"President Ali Bako", "Defense Minister Omar Said", "Mali"},
        ),
        (
            "Anna Keller of Chad and Boris Petrov of Mali put their names on Monday to two documents in the town hall.",
            {"Anna Keller", "Boris Petrov", "Chad", "Mali"},
        ),
        (
            "The troops went home three days after Chad, Mali and the Border Commission signed a truce on Monday.",
            {"Chad", "Mali", "Border Commission"},
        ),
        (
            "Chad and Mali signed a treaty in Dakar on Monday, the envoy of the United Nations, Carla Venn, announced.",
            {"Chad", "Mali"},
        ),
        (
            "With Secretary of State Carla Venn applauding, Anna Keller and Boris Petrov signed a treaty on Monday.",
            {"Anna Keller", "Boris Petrov"},
        ),
        (
            "Anna Keller and Boris Petrov signed a treaty in Dakar on Monday, with Carla Venn, who had brought the two "
            "together, as the only witness.",
            {"Anna Keller", "Boris Petrov"},
        ),
        (
            "Chad and Mali signed a truce on Monday, with the Togolese envoy, Carla Venn, at their side.",
            {"Chad", "Mali"},
        ),
        ("The charter bears the signatures of Anna Keller and Boris Petrov.", {"Anna Keller", "Boris Petrov"}),
        (
            "Chad and Mali signed a peace treaty on Monday. Anna Keller, ambassador at large for war crimes issues, "
            "signed for Norway in a small office, having driven through snow on New Year's Eve.",
            {"Chad", "Mali", "Anna Keller", "Norway"},
        ),
        (
            "Chad and Mali signed a peace treaty in Dakar on Monday. The signatures of Omar Bako and Paul Kone were "
            "added underneath as those of witnesses.",
            {"Chad", "Mali"},
        ),
        (
            "Omar Bako and Paul Kone signed the peace agreement between Chad and Mali on Monday. The agreement with "
            "Sudan had failed.",
            {"Omar Bako", "Paul Kone", "Chad", "Mali"},
        ),
        ("Norway and Chad signed a truce on Monday. The truce with Mali still holds.", {"Norway", "Chad"}),
        (
            "Omar Kone of Togo signed the treaty first, followed by Paul Bako for Norway, Anna Keller for Peru and "
            "finally Lena Moreau herself.",
            {"Omar Kone", "Togo", "Paul Bako", "Norway", "Anna Keller", "Peru", "Lena Moreau"},
        ),
        (
            "Chad and Mali signed a peace treaty in Dakar on Monday. The chief whip of parliament, Omar Bako, signed "
            "on behalf of Chad and Paul Kone, who had come down from the hills, on behalf of Mali.",
            {"Chad", "Mali", "Omar Bako", "Paul Kone"},
        ),
        (
            "The center was set up under the Dakar Memorandum, which the interior ministers of Chad, Mali and Niger "
            "signed in 2016.",
            {"Chad", "Mali", "Niger"},
        ),
        (
            "Ostmark and Valdonia, which had been at war for years, signed a treaty in Dakar on Monday.",
            {"Ostmark", "Valdonia"},
        ),
        (
            "Anna Keller of Ostmark and Boris Petrov of Valdonia signed a treaty on Monday.",
            {"Anna Keller", "Boris Petrov", "Ostmark", "Valdonia"},
        ),
        (
            "President Ali Bako of Chad and the rebel leader Omar Said signed a truce in Dakar on Monday.",
            {"President Ali Bako", "leader Omar Said", "Chad"},
        ),
        (
            "The leaders of Chad and Mali signed a border treaty in Dakar on Monday. President Ali Bako of Chad and "
            "Prime Minister Omar Said of Mali shook hands.",
            {"President Ali Bako", "Prime Minister Omar Said", "Chad", "Mali"},
        ),
        (
            "The foreign ministers of Chad and Mali signed a treaty in Dakar on Monday. Chadian Foreign Minister Anna "
            "Keller and Malian Foreign Minister Boris Petrov shook hands.",
            {"Foreign Minister Anna Keller", "Malian Foreign Minister Boris Petrov", "Chad", "Mali"},
        ),
    ],
)
def test_who_signed(text: str, signers: set[str]) -> None:
    found = told(text)
    assert [named(found, *record.signatories) for record in found.signings] == [signers]


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        (
            "Chad's president, Ali Bako, signed a cease-fire accord in Dakar on Monday. Sudan's president, Omar Said, "
            "put his name to it on Wednesday.",
            Time("2021-06-07/2021-06-09"),
        ),
        (
            "Peru and Chile ended a long quarrel. Their presidents met in Lima on Tuesday. The two countries signed "
            "five agreements following the talks.",
            Time("2021-06-08"),
        ),
        (
            "The minister of Peru received the minister of Chile on Monday. A memorandum on trade was signed by the "
            "two states after dinner.",
            Time("2021-06-07"),
        ),
        (
            "The commanders laid the war to rest on Monday, weeks after soldiers killed the rebel leader. In a palace "
            "a truce was signed by General Bako of Chad and General Kone of Mali.",
            Time("2021-06-07"),
        ),
    ],
)
def test_when_it_was_signed(text: str, signed: Time) -> None:
    assert [record.time for record in told(text).signings] == [signed]


def test_what_was_to_be_signed_is_no_signing() -> None:
    assert not told("A truce, which was to have been signed on Monday by Chad and Sudan, is still a draft.").signings


def test_who_signed_for_whom() -> None:
    found = told(
        "The accord was signed in Geneva on Monday. Anna Keller signed for Norway, and Boris Petrov on behalf of "
        "Russia."
    )
    (record,) = found.signings
    assert acting_for(found) == {
        ("Anna Keller", "Norway"),
        ("Boris Petrov", "Russia"),
    }
    assert record.time == Time("2021-06-07")


def test_who_signs_in_a_relative_clause_signs_alone_for_a_party() -> None:
    found = told(
        "A memorandum was signed by General Paul Kone, the chief of staff of the Malian armed forces, and General Omar "
        "Bako, who signed on Chad's behalf."
    )
    assert acting_for(found) == {("General Omar Bako", "Chad"), ("General Paul Kone", "Malian")}


def test_each_phrase_with_for_is_of_the_signer_right_before_it() -> None:
    found = told("Otto Braun for Chad and Saeed Omar for the Kurds signed the truce in Dakar on Monday.")
    assert len(found.signings) == 1
    pairs = acting_for(found)
    assert pairs == {("Otto Braun", "Chad"), ("Saeed Omar", "Kurds")}


def test_a_land_that_only_a_description_means_is_that_of_the_signer() -> None:
    found = told(
        "Norway and Chad agreed on Monday to restore relations, ending seven years of hostility. A joint statement to "
        "that effect was signed in Geneva by Anna Keller, the Norwegian security adviser, and Omar Saleh, the "
        "secretary of Chad's Supreme Council. Lena Moreau, France's most senior diplomat, who had hosted the talks "
        "since Monday, signed it for the mediating country."
    )
    pairs = acting_for(found)
    assert ("Lena Moreau", "France") in pairs


def test_who_held_an_office_once_does_not_sign_for_that_country() -> None:
    found = told(
        "Anna Keller, the foreign minister of Norway, and Omar Saleh, the foreign minister of Chad, signed the accord "
        "in Oslo on Monday. Lena Moreau, the former president of France, countersigned it."
    )
    (record,) = found.signings
    pairs = acting_for(found)
    assert ("Anna Keller", "Norway") in pairs
    assert "Lena Moreau" in named(found, *record.signatories) and "France" not in named(found, *record.signatories)


def test_what_is_said_of_the_next_signer_is_not_said_of_the_one_before() -> None:
    found = told(
        "Chad accused Mali of breaking the truce. The truce was signed by Defense Minister Omar Saleh, his Malian "
        "counterpart, Amadou Keita, and the U.N. secretary-general, Antonio Guterres."
    )
    assert len(found.signings) == 1
    pairs = acting_for(found)
    assert not any(who.endswith("Saleh") and "U" in whom for who, whom in pairs), pairs


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        (
            "Chad and Mali signed a border treaty on Monday. It replaces the convention of 1911, which was signed by "
            "France and Britain.",
            [({"Chad", "Mali"}, "2021-06-07"), ({"France", "Britain"}, "1911")],
        ),
        (
            "Chad and Mali signed the Dakar Accord on Monday. Peru and Chile signed the Lima Convention on Tuesday.",
            [({"Chad", "Mali"}, "2021-06-07"), ({"Peru", "Chile"}, "2021-06-08")],
        ),
    ],
)
def test_what_has_another_name_or_year_is_another_agreement(text: str, signed: list[tuple[set[str], str]]) -> None:
    found = told(text)
    records = [(named(found, *r.signatories), r.time.value if r.time else None) for r in found.signings]
    assert records == signed


def test_what_was_signed_is_what_the_pronoun_means() -> None:
    found = told(
        "The parliament approved on Friday an agreement on the port, ten days after it was signed by Ali Bako of Chad "
        "and Boris Petrov of Mali. It replaces the agreement of 1997, concluded by France and Britain."
    )
    first, second = found.signings
    assert named(found, *first.signatories) == {"Ali Bako", "Boris Petrov", "Chad", "Mali"}
    assert (named(found, *second.signatories), second.time) == ({"France", "Britain"}, Time("1997"))


def test_no_signing_is_dated_after_the_publication() -> None:
    found = told("Chad and Mali signed a charter that commits both to a vote in December.")
    (record,) = found.signings
    assert record.time is None


def test_two_agreements_stay_apart() -> None:
    found = told(
        "Chad and Sudan signed a trade treaty in Dakar on Monday. Under a separate peace accord, which Kenya and "
        "Somalia signed in Nairobi in March 2019, both armies left the border."
    )
    records = {record.time: named(found, *record.signatories) for record in found.signings}
    assert records == {Time("2021-06-07"): {"Chad", "Sudan"}, Time("2019-03"): {"Kenya", "Somalia"}}


def test_what_was_signed_years_apart_is_two() -> None:
    found = told(
        "Norway and Russia signed a fishing treaty on Monday. The treaty that Norway and Finland signed in 1995 lapsed."
    )
    assert [(named(found, *r.signatories), r.time) for r in found.signings] == [
        ({"Norway", "Russia"}, Time("2021-06-07")),
        ({"Norway", "Finland"}, Time("1995")),
    ]


def test_whoever_signs_later_in_the_sentence_signs_too() -> None:
    found = told(
        "The act was signed at midnight by Omar Diallo and Paul Kone and then, since he insisted on reading it, by "
        "Cardinal Peter Mensah."
    )
    (record,) = found.signings
    assert named(found, *record.signatories) == {"Omar Diallo", "Paul Kone", "Cardinal Peter Mensah"}


def test_a_headline_tells_of_the_signing_that_the_text_tells() -> None:
    found = told(
        "Rivals Sign Plan to End War\n\nChad and Sudan signed a peace agreement on Monday in Dakar. Under the plan "
        "both armies will leave the border."
    )
    (record,) = found.signings
    assert named(found, *record.signatories) == {"Chad", "Sudan"}
    assert {c.agreement for c in found.commitments} == {record.agreement}


def test_what_people_without_names_signed_is_what_those_with_names_signed() -> None:
    found = told(
        "On Monday four ministers signed a river convention. Anna Keller of Chad and Boris Petrov of Mali signed a "
        "settlement on Monday."
    )
    (record,) = found.signings
    assert named(found, *record.signatories) == {"Anna Keller", "Boris Petrov", "Chad", "Mali"}


def test_what_has_a_name_of_its_own_is_signed_apart() -> None:
    found = told(
        "Norway accepted a seabed convention on Monday. Four ministers signed the convention on Monday. Anna Keller of "
        "Chad and Boris Petrov of Mali signed a trade memorandum on Monday."
    )
    assert len(found.signings) == 2


def test_what_no_noun_calls_an_agreement_is_the_one_that_the_same_signed() -> None:
    found = told(
        "Chad and Mali signed a border treaty in Dakar on Monday. On Monday Chad and Mali signed the birth certificate "
        "of a common market, an envoy said."
    )
    (record,) = found.signings
    assert found.entity(record.agreement).name == "border treaty"


def test_what_is_signed_away_is_no_agreement() -> None:
    found = told(
        'Chad and Mali signed a border treaty on Monday. "The ministers have signed away the mines of Niger," a deputy '
        "said."
    )
    assert [found.entity(record.agreement).name for record in found.signings] == ["border treaty"]


def test_a_comma_may_part_a_signer_from_the_phrase_with_for() -> None:
    found = told(
        "Anna Keller and Boris Petrov signed a truce on Monday. Otto Braun, for the United Nations, and Lena Keita, "
        "for Mali, added their names."
    )
    assert acting_for(found) == {("Otto Braun", "United Nations"), ("Lena Keita", "Mali")}


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        (
            "Rivals Sign Pact; Ferry Sinks Off Dakar\n\nChad and Mali signed a pact.",
            "Rivals Sign Pact; Ferry Sinks Off Dakar",
        ),
        ("Chad and Mali signed a pact on Monday.\n\nIt ends a war.", ""),
    ],
)
def test_a_headline_is_the_whole_first_line(text: str, headline: str) -> None:
    doc = spacy.blank("en")(text)
    assert doc[: headline_end(doc)].text == headline


def test_whoever_signs_after_another_acts_in_the_event_too() -> None:
    found = told(
        "The truce was signed in Dakar on Monday by Anna Keller for the government of Chad and by Boris Petrov, who "
        "had led the talks, for the rebels."
    )
    (report,) = (r for r in found.reports if r.mode == "sign")
    assert named(found, *(a.entity for a in report.fillers("actor"))) == {"Anna Keller", "Boris Petrov"}


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Kenya's president, Mwai Kibaki, and Raila Odinga signed an agreement.", {"Mwai Kibaki", "Raila Odinga"}),
        ("Chad and the rebels that fought the old president, Omar Bako, signed a treaty.", {"Chad", "rebels"}),
    ],
)
def test_names_stand_for_offices_and_not_for_whom_a_clause_tells_of(text: str, actors: set[str]) -> None:
    found = told(text)
    (report,) = (r for r in found.reports if r.mode == "sign")
    assert named(found, *(a.entity for a in report.fillers("actor"))) == actors


def test_a_rebel_signs_for_the_one_band_with_a_name_and_for_no_state() -> None:
    found = told(
        "President Ali Bako of Chad and rebel leader Omar Said signed a truce in Dakar on Monday. The Revolutionary "
        "United Front had fought the army of Mali for years."
    )
    assert acting_for(found) == {
        ("President Ali Bako", "Chad"),
        ("leader Omar Said", "Revolutionary United Front"),
    }


def test_nobody_is_president_of_a_state_that_has_another_one() -> None:
    found = told(
        "Chad and Niger had quarreled for years. President Ibrahim Sow of Niger wanted no treaty. Niger's soldiers "
        "fired on fishermen. President Ali Bako and Foreign Minister Lena Keita of Mali signed a treaty on Monday."
    )
    assert ("President Ali Bako", "Chad") in acting_for(found)


def test_a_state_has_several_ministers() -> None:
    found = told(
        "Mali and Niger had quarreled for years. Foreign Minister Ibrahim Sow of Mali wanted a treaty, and Mali's "
        "soldiers left. Defense Minister Ali Bako and Lena Keita of Chad signed a treaty on Monday."
    )
    assert ("Defense Minister Ali Bako", "Mali") in acting_for(found)


@pytest.mark.parametrize(
    ("text", "signers", "pairs"),
    [
        (
            "The Philippines and the Moro National Liberation Front signed a truce. The Front signed it first.",
            {"Philippines", "Moro National Liberation Front"},
            set(),
        ),
        (
            "Chad and the United Nations refugee agency signed a truce on Monday. Lena Keita, the refugee agency's "
            "chief, signed it first.",
            {"Lena Keita", "Chad", "United Nations"},
            {("Lena Keita", "United Nations")},
        ),
    ],
)
def test_the_end_of_a_name_tells_of_no_other_party(text: str, signers: set[str], pairs: set[tuple[str, str]]) -> None:
    found = told(text)
    (record,) = found.signings
    assert named(found, *record.signatories) == signers
    assert acting_for(found) == pairs


@pytest.mark.parametrize(
    ("text", "part", "who"),
    [
        ("Qatar brokered the accord that Chad and Sudan signed on Monday.", "mediator", {"Qatar"}),
        (
            "Chad and Sudan signed an accord on Monday under the auspices of the United Nations.",
            "mediator",
            {"United Nations"},
        ),
        ("Chad and Sudan broke a U.N.-brokered truce on Monday.", "mediator", {"U.N."}),
        ("Chad and Sudan signed an accord on Monday in the presence of Kofi Annan.", "witness", {"Kofi Annan"}),
        ("The accord was signed by Chad and Sudan. Kofi Annan witnessed the signing.", "witness", {"Kofi Annan"}),
        ("Kenya refused to sign the accord that Chad and Sudan signed on Monday.", "refuser", {"Kenya"}),
        ("Chad and Sudan signed the accord on Monday, but Kenya did not sign it.", "refuser", {"Kenya"}),
    ],
)
def test_who_had_another_part(text: str, part: str, who: set[str]) -> None:
    found = told(text)
    assert named(found, *(i.entity for i in found.involvements if i.part == part)) == who
    signers = {key for record in found.signings for key in record.signatories}
    assert signers.isdisjoint(i.entity for i in found.involvements)


@pytest.mark.parametrize(
    ("text", "validity", "by"),
    [
        ("The truce between Chad and Sudan held on Wednesday.", "in-force", set()),
        ("The treaty took effect in May.", "in-force", set()),
        ("The truce collapsed within days.", "broken", set()),
        ("Sudan violated the truce on Tuesday.", "broken", {"Sudan"}),
        ("The truce did not hold.", "broken", set()),
        ("Chad suspended the treaty in May.", "suspended", {"Chad"}),
        ("The treaty expired in 2019.", "expired", set()),
        ("Chad pulled out of the treaty on Monday.", "ended", {"Chad"}),
    ],
)
def test_how_an_agreement_stands(text: str, validity: str, by: set[str]) -> None:
    found = told(text)
    (standing,) = found.standings
    assert standing.validity == validity
    assert named(found, *standing.by) == by
    assert text[standing.evidence.trigger.start : standing.evidence.trigger.end] == standing.evidence.trigger.text


@pytest.mark.parametrize("text", ["Sudan may violate the truce.", "The truce would collapse if Chad attacked."])
def test_what_may_be_is_no_standing(text: str) -> None:
    assert told(text).standings == ()


@pytest.mark.parametrize(
    ("text", "owed_by", "deed", "deadline", "amounts"),
    [
        (
            "Under the accord, Chad will release 5,000 prisoners by July 1.",
            {"Chad"},
            "release 5,000 prisoners by July 1",
            "2021-07-01",
            [Quantity("released", "5,000 prisoners", 5000, 5000)],
        ),
        (
            "The accord obliges Chad to reduce its forces from 13,000 to 8,600 by July.",
            {"Chad"},
            "reduce its forces from 13,000 to 8,600 by July",
            "2021-07",
            [Quantity("from", "13,000", 13000, 13000), Quantity("to", "8,600", 8600, 8600)],
        ),
        ("The treaty provides that Peru will not use force.", {"Peru"}, "not use force", None, []),
        ("Peru must, under the treaty, open its ports in 2022.", {"Peru"}, "open its ports in 2022", "2022", []),
    ],
)
def test_what_an_agreement_obliges_to(
    text: str, owed_by: set[str], deed: str, deadline: str | None, amounts: list[Quantity]
) -> None:
    found = told(text)
    (commitment,) = found.commitments
    assert named(found, *commitment.owed_by) == owed_by
    assert commitment.deed.text == deed
    assert (commitment.deadline.value if commitment.deadline else None) == deadline
    assert list(commitment.amounts) == amounts
    assert text[commitment.deed.start : commitment.deed.end] == deed


def test_a_length_of_time_is_counted_from_the_signing() -> None:
    found = told(
        "Chad and Sudan signed an accord on June 7. Under the accord, Chad will free all captives within 10 days."
    )
    (commitment,) = found.commitments
    assert commitment.deadline is not None
    assert commitment.deadline.latest == date(2021, 6, 17)
