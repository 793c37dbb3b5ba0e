"""Coreference: whom names, roles, nominals and pronouns stand for."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Token

from .conftest import Read


def token(doc: Doc, words: str) -> Token:
    """The last word of the last place where the words stand."""
    at = doc.text.rindex(words)
    span = doc.char_span(at, at + len(words))
    assert span is not None, words
    return span[-1]


def meant(doc: Doc, words: str) -> set[str]:
    """The first name of each entity that the words stand for."""
    return {doc._.clusters[i].names()[0] for i in doc._.cluster_of.get(token(doc, words).i, ())}


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        # names and their short forms
        ("Prime Minister Nadia Orlova met farmers. Orlova promised them aid.", "Orlova", "Nadia Orlova"),
        ("The Taliban attacked a base. The Taleban also took a town.", "Taleban", "Taliban"),
        ("The United States left. Later the U.S. came back.", "U.S.", "United States"),
        ("France sent troops. French soldiers died.", "French", "France"),
        ("Moscow signed the treaty. Russia will keep it.", "Moscow", "Russia"),
        # titles and roles
        ("President Ivan Petrov spoke in Varna. The president left early.", "president", "Ivan Petrov"),
        ("Saudi King Abdullah came to Delhi. The Saudi monarch stayed four days.", "monarch", "King Abdullah"),
        ("Defense Secretary Ash Carter met soldiers. The secretary thanked them.", "secretary", "Ash Carter"),
        ("Its leader, Dara Mint, spoke. Mint left.", "Mint", "Dara Mint"),
        ("A settler, Boris Mint, shot two farmers.", "settler", "Boris Mint"),
        ("The warlord Omar Said took sixteen hostages.", "warlord", "Omar Said"),
        ("Her ally Ana Lima threatened to resign.", "ally", "Ana Lima"),
        ("Foreign Minister Ana Lima came to Dakar. Mrs. Lima smiled.", "Mrs. Lima", "Ana Lima"),
        # lands that no list knows
        ("Norlandia closed its border. Norlandian troops dug in.", "Norlandian", "Norlandia"),
        ("Talks in Norlandia failed. Norlandia blamed the rebels.", "Norlandia", "Norlandia"),
        # nominals
        ("The Taliban attacked Kunduz. The insurgent network took two villages.", "network", "Taliban"),
        ("The Taliban attacked Kunduz. The rebels took two villages.", "rebels", "Taliban"),
        ("Sri Lanka's navy fought the Tamil Tigers. Tamil rebels fled.", "rebels", "Tigers"),
        ("Sudan fought rebels in Darfur. The government in Khartoum denied it.", "government", "Sudan"),
        ("Colombia wants peace with the ELN. The government sent an envoy.", "government", "Colombia"),
        ("NATO met in Brussels. The alliance promised help.", "alliance", "NATO"),
        # pronouns
        (
            "Vastria stopped flights of the Aulonian airline and recalled its envoy. Aulonia protested.",
            "its",
            "Vastria",
        ),
        ("Minister Ana Torvi met General Pak Sun. She warned him that she would resign.", "she", "Ana Torvi"),
        ("Nadia Orlova met Ivan Petrov. She thanked him.", "She", "Orlova"),
        ("Mrs. Hale met Mr. Stone. He thanked her.", "her", "Hale"),
        ("The Taliban signed. It pledged to leave.", "It", "Taliban"),
        ("Farmers blocked the road. They burned tyres.", "They", "Farmers"),
        ("Rebels attacked the army. The army struck them after they fled.", "they", "Rebels"),
    ],
)
def test_who_is_meant(read: Read, text: str, words: str, expected: str) -> None:
    (found,) = meant(read(text), words)
    assert expected in found


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("India and Burma signed a pact. The two countries will build a road.", "countries", {"India", "Burma"}),
        ("India and Burma signed a pact. Both countries will build a road.", "countries", {"India", "Burma"}),
        ("India and Burma signed a pact. The two sides will build a road.", "sides", {"India", "Burma"}),
        ("India and Burma signed a pact. They will build a road.", "They", {"India", "Burma"}),
        ("India and Burma signed a pact. The countries will build a road.", "countries", {"India", "Burma"}),
        ("Ukraine met Russia in Minsk. Neither side would give way.", "side", {"Ukraine", "Russia"}),
        ("India and Burma quarrelled. Japan urged both armies to pull back.", "armies", {"India", "Burma"}),
        (
            "Peru and Chile signed a pact. Chile thanked France. The court in The Hague will hear both sides.",
            "sides",
            {"Peru", "Chile"},
        ),
        (
            "Nadia Orlova and Ivan Petrov met. Anna Kraft spent a day mediating between the two leaders.",
            "leaders",
            {"Nadia Orlova", "Ivan Petrov"},
        ),
        ("The British and Irish governments met in Belfast.", "governments", {"British", "Irish"}),
    ],
)
def test_two_parties_are_meant(read: Read, text: str, words: str, expected: set[str]) -> None:
    assert meant(read(text), words) == expected


def test_a_noun_for_two_names_neither(read: Read) -> None:
    doc = read("India and Burma signed a pact. The two sides will build a road.")
    assert not any("two sides" in name for cluster in doc._.clusters for name in cluster.names())


def test_who_has_a_name_goes_by_it(read: Read) -> None:
    doc = read("The rebel leader, Dara Mint, spoke. Mint, the leader of the Reds, left.")
    (person,) = (c for c in doc._.clusters if "Dara Mint" in c.names())
    assert set(person.names()) == {"Dara Mint", "Mint"}


def test_parties_told_in_apposition_stay_what_the_noun_stands_for(read: Read) -> None:
    doc = read("Two parties, the Greens and Sinn Fein, agreed on Friday. The parties had talked for days.")
    assert len(meant(doc, "parties")) == 2


@pytest.mark.parametrize(
    ("text", "words", "not_meant"),
    [
        ("The Sri Lankan navy fired. The rebels fled.", "rebels", "Sri Lankan navy"),
        ("Militants linked to al-Qaida fired. Al-Qaida-linked militants fled.", "militants", "al-Qaida"),
        ("Nadia Orlova met her rival. Orlova's counterpart left.", "counterpart", "Nadia Orlova"),
        ("The secretary and Haider al-Abadi agreed.", "secretary", "Haider al-Abadi"),
        ("Nadia Orlova, an adviser of President Ivan Petrov, signed.", "Petrov", "Nadia Orlova"),
        ("A village in Mali was hit. Mali protested.", "village", "Mali"),
        ("King Hussein met Saddam Hussein in Amman. King Hussein left.", "King Hussein", "Saddam Hussein"),
        ("Israel fought Hamas and other Palestinian militants.", "other Palestinian militants", "Hamas"),
        ("Chadian armed groups attacked the town.", "Chadian armed groups", "Chadian"),
        ('Omar Bako warned of a raid. "The world must not allow this," he said.', "he", "world"),
        (
            "A senior U.S. official spoke. A U.S. defense official left.",
            "U.S. defense official",
            "senior U.S. official",
        ),
    ],
)
def test_who_is_not_meant(read: Read, text: str, words: str, not_meant: str) -> None:
    doc = read(text)
    clusters = [doc._.clusters[i] for i in doc._.cluster_of.get(token(doc, words).i, ())]
    assert not any(m.kind != "nominal" and m.text == not_meant for c in clusters for m in c.mentions)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("“I will go,” said Nadia Orlova.", "I", "Orlova"),
        ("“We will not sign,” said German Foreign Minister Anna Kraft.", "We", "German"),
        ("“We will not sign,” the Taliban said.", "We", "Taliban"),
        ("“We will not sign,” said Foreign Minister Ana Lima of Peru.", "We", "Peru"),
        ("“We will not sign,” NATO spokesman Ivan Petrov said.", "We", "NATO"),
        ("The Taliban left. “We will not sign,” said its leader, Dara Mint.", "We", "Taliban"),
        ("France condemns the attack in Mali. We stand with its people.", "We", "France"),
    ],
)
def test_first_persons(read: Read, text: str, words: str, expected: str) -> None:
    (found,) = meant(read(text), words)
    assert expected in found


def test_here_is_the_place_of_the_dateline(read: Read) -> None:
    doc = read("DAKAR, Senegal, June 10 - Chad and Mali signed a treaty here on Monday.")
    assert meant(doc, "here") == {"DAKAR"}
    assert meant(read("Chad and Mali signed a treaty here on Monday."), "here") == set()


def test_we_is_nobody_where_no_party_of_the_speaker_is_told(read: Read) -> None:
    assert meant(read("“We will not sign,” said Nadia Orlova."), "We") == set()


def test_nobody_speaks_for_a_text_that_states_nothing(read: Read) -> None:
    assert meant(read("We went to the market. It rained."), "We") == set()


def test_place_that_acts_is_a_state_and_one_that_does_not_a_place(read: Read) -> None:
    doc = read("Norlandia shelled the city of Brinov on Monday. People in Brinov saw warships leave for Norlandia.")
    kinds = {c.names()[0]: c.type for c in doc._.clusters if c.is_named}
    assert kinds["Norlandia"] == "State"
    assert kinds["Brinov"] == "Place"


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Pensioners marched in four cities.", "Pensioners", "Group"),
        ("The nun hid two families.", "nun", "Person"),
        ("A destroyer shelled the port.", "destroyer", "ArmedGroup"),
        ("The security service warned him.", "service", "Organization"),
        ("Dockworkers blocked the pier.", "Dockworkers", "Group"),
        ("Tribesmen fired on the convoy.", "Tribesmen", "Group"),
        ("Communists burned the flag.", "Communists", "Group"),
        ("Thousands marched in four cities.", "Thousands", "Group"),
        ("The emirate dropped its complaint.", "emirate", "State"),
        ("The statement angered them.", "statement", ""),
    ],
)
def test_nouns_for_people_are_known_far_beyond_the_news(read: Read, text: str, words: str, kind: str) -> None:
    doc = read(text)
    assert [doc._.clusters[i].type for i in doc._.cluster_of[token(doc, words).i]] == [kind]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "US, Britain Blast Dozens of Houthi Targets\n\nBritain said so.",
            {"Houthi", "United States", "United Kingdom"},
        ),
        ("Obama, Medvedev Sign Nuclear Treaty\n\nThey met in Prague.", {"Barack Obama", "Dmitry Medvedev"}),
        ("Serbia, Kosovo Initial Landmark Agreement\n\nThey met in Brussels.", {"Serbia", "Kosovo"}),
    ],
)
def test_a_list_in_a_headline_is_no_apposition(read: Read, text: str, names: set[str]) -> None:
    doc = read(text)
    told = [c for c in doc._.clusters if c.is_named and c.mentions[0].span.start < text.index("\n")]
    for cluster in told:
        assert len({m.known_as for m in cluster.mentions if m.kind == "name"}) == 1, cluster.names()
    assert {c.label for c in told} >= names - {"Houthi"}


def test_who_and_opens_is_no_apposition(read: Read) -> None:
    doc = read(
        "On Monday Rosa Lima, 33, a crane driver, and Labor Minister Ana Bako signed the agreement that ended it."
    )
    lima, bako = (doc._.cluster_of[token(doc, word).i] for word in ("Rosa", "Ana"))
    assert lima != bako


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("They signed the accord at the White House.", "White House", "Place"),
        ("They signed it on the lawn of the White House.", "White House", "Place"),
        ("He signed it on a visit to the White House.", "White House", "Place"),
        ("The White House accused Iran.", "White House", "State"),
        ("It settles the sharing of the Jordan and Yarmouk rivers.", "Jordan", "Place"),
        ("Jordan signed the treaty.", "Jordan", "State"),
    ],
)
def test_a_name_that_stands_for_a_state_elsewhere(read: Read, text: str, words: str, kind: str) -> None:
    doc = read(text)
    (index,) = doc._.cluster_of[token(doc, words).i]
    assert doc._.clusters[index].type == kind
