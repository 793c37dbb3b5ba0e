"""Bad input: text that nobody would write, and that must not break the pipeline."""

from __future__ import annotations

import resource

import pytest

from .conftest import Read

ATTACK = "The army attacked the rebels near Goma on Monday, and the rebels fled to the hills. "


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        "\ufeff",
        "\u00ad",
        "\u200b\u2060",
        ".",
        "“",
        '"',
        "“”",
        "'",
        "(((((",
        "\U0001f600 \U0001f3f4\U000e0067\U000e0062",
        "a\u0301\u0301\u0301",
        "\u202eevil\u202c",
        "x" * 5000,
        "- " * 500,
        "“ " * 500,
        "\t|\t|\t12.5\t|",
        "Signed\rby\x0bboth\x0csides\u2028today\u2029here",
    ],
)
def test_odd_text_is_read(read: Read, text: str) -> None:
    assert read(text).text == text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("REBELS ATTACK TOWN IN CONGO\n\nRebels attacked a town in Congo.", {"CONGO", "Congo"}),
        ("FRANCE AND GERMANY SIGN TREATY IN PARIS", {"FRANCE", "GERMANY", "PARIS"}),
    ],
)
def test_headlines_in_capitals(read: Read, text: str, names: set[str]) -> None:
    assert names <= {entity.text for entity in read(text).ents}


@pytest.mark.parametrize(
    "text",
    [
        "Russia, Ukraine Swap Hundreds of Prisoners\n\nBoth came home.",
        "US, Britain Blast Dozens of Targets in Yemen\n\nPlanes came back.",
        "IRAQ, IRAN SIGN TREATY ON BORDER\n\nThe two met on Monday.",
        "US, China Sign Trade Deal\n\nThe two met on Monday.",
        "Chad, Sudan Initial Accord\n\nThe two met on Monday.",
        "Government, Opposition Sign Deal to Delay Elections\n\nThe two met on Monday.",
    ],
)
def test_names_before_the_verb_of_a_headline_act_together(read: Read, text: str) -> None:
    doc = read(text)
    assert doc[1].text == ","
    assert doc[0].dep_ == "nsubj"
    assert (doc[2].dep_, doc[2].head.i) == ("conj", 0)


@pytest.mark.parametrize(
    ("headline", "verb"),
    [
        ("Polish Court Fines Magazine Publisher", "Fines"),
        ("Zambian Police Hold Man Suspected in Bombings", "Hold"),
        ("Turkey Detains Man Suspected of Plotting to Kill Premier", "Detains"),
        ("Pakistanis Protest Purported Airstrike", "Protest"),
    ],
)
def test_a_verb_that_could_be_a_noun_is_the_verb_of_a_headline_without_another(
    read: Read, headline: str, verb: str
) -> None:
    doc = read(f"{headline}\n\nIt was told on Monday.")
    assert next(t for t in doc if t.text == verb).pos_ == "VERB"


@pytest.mark.parametrize(
    ("headline", "noun"),
    [
        ("Rebel Attack on Army Base in Mali", "Attack"),
        ("US Drone Strike Victims Demand Apology", "Strike"),
        ("Iran Claims Rejected by United States", "Claims"),
    ],
)
def test_a_noun_stays_one_where_a_verb_would_lack_its_subject_or_object(read: Read, headline: str, noun: str) -> None:
    doc = read(f"{headline}\n\nIt was told on Monday.")
    assert next(t for t in doc if t.text == noun).pos_ == "NOUN"


def test_a_name_after_mr_is_the_same_in_the_headline(read: Read) -> None:
    assert read("Aziz Warns Against Hopes\n\nOn Monday Mr. Aziz warned of war.")[0].ent_type_ == "PERSON"


def test_last_names_in_a_headline_are_those_of_the_persons_told_after_it(read: Read) -> None:
    doc = read(
        "Chavez, Morales, Kirchner Sign Agreements\n\nVenezuela's Hugo Chavez, Bolivia's Evo Morales and Argentina's "
        "Nestor Kirchner signed agreements in Bolivia."
    )
    assert {doc[i].ent_type_ for i in (0, 2, 4)} == {"PERSON"}


def test_no_sentence_begins_right_after_a_word(read: Read) -> None:
    doc = read(
        "It held. In December 1973 Edward Heath, Liam Cosgrave and Brian Faulkner signed an agreement in Berkshire."
    )
    assert len(list(doc.sents)) == 2


def test_soft_hyphens_are_not_seen_in_names(read: Read) -> None:
    assert "actor/afghanistan" in {e.kb_id_.split("/", 4)[-1] for e in read("Afghan\u00adistan signed a treaty.").ents}


def test_missing_paragraph_breaks(read: Read) -> None:
    text = "Talks Open in Oslo\nMarch 4, 2020\nNorway opened talks on Tuesday.\nBoth sides came."
    assert "Norway opened talks on Tuesday." in [s.text.strip() for s in read(text).sents]


def test_a_paragraph_of_a_hundred_thousand_characters(read: Read) -> None:
    text = ATTACK * (100_000 // len(ATTACK))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    doc = read(text)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert len(list(doc.sents)) == text.count(".")
    assert grown < 400_000  # kilobytes


def test_a_paragraph_without_a_full_stop(read: Read) -> None:
    text = ATTACK.replace(". ", " and ") * (20_000 // len(ATTACK))
    assert read(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "Le gouvernement et les rebelles du nord ont signé mardi à Paris un accord de paix qui met fin à six ans de "
        "guerre. Le ministre a déclaré que les troupes se retireraient, a dit un porte-parole de la mission.",
        "Die Regierung und die Rebellen haben am Dienstag in Berlin ein Abkommen unterzeichnet, das den Krieg nach "
        "sechs Jahren beenden soll. Der Minister sagte, die Truppen würden in den nächsten Tagen abziehen.",
        "Правительство и повстанцы подписали во вторник в столице соглашение о мире, которое положит конец шести "
        "годам войны. Министр заявил, что войска будут выведены в ближайшие дни, как сообщил представитель миссии и "
        "другие члены делегации на встрече с журналистами.",
    ],
)
def test_another_language_does_no_harm(read: Read, text: str) -> None:
    assert read(text).text == text  # the reader of documents reports and skips longer ones
