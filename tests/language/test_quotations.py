"""Quotations: what is quoted, and who speaks."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from .conftest import Read


def quoted(doc: Doc) -> list[tuple[str, str | None]]:
    """Each quotation's words, white space as single spaces, with its speaker's head."""
    return [
        (" ".join(q.text.split()), q._.speaker.text if q._.speaker is not None else None)
        for q in doc.spans["quotations"]
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # curly and straight marks, before and after the verb, inverted, with an addressee
        ("“We will stay,” the minister said.", [("“We will stay,”", "minister")]),
        ('"We will stay," the minister said.', [('"We will stay,"', "minister")]),
        ("“The raid was a mistake,” said Governor Hale.", [("“The raid was a mistake,”", "Hale")]),
        ("The minister said, “We will stay.”", [("“We will stay.”", "minister")]),
        ("“The border is closed,” the general told VOA.", [("“The border is closed,”", "general")]),
        ("“The border is closed,” she told reporters in Oslo.", [("“The border is closed,”", "she")]),
        ("In a statement, the ministry said: “The border is closed.”", [("“The border is closed.”", "ministry")]),
        ("“The border is closed,” the ministry said in a statement.", [("“The border is closed,”", "ministry")]),
        ("The envoy tweeted: “The border is closed.”", [("“The border is closed.”", "envoy")]),
        ("According to the mayor, “the town was empty by noon.”", [("“the town was empty by noon.”", "mayor")]),
        ("“The town was empty by noon,” according to the mayor.", [("“The town was empty by noon,”", "mayor")]),
        # mixed
        (
            'The ministry called the raid "a grave mistake" and said it would pay.',
            [('"a grave mistake"', "ministry")],
        ),
        ("The general said the rebels “have lost the war” and must disarm.", [("“have lost the war”", "general")]),
        # a second one in the paragraph has the speaker of the first
        (
            "“We will stay,” the minister said. “The border is closed.”",
            [("“We will stay,”", "minister"), ("“The border is closed.”", "minister")],
        ),
        # nested: one quotation
        (
            "“He told me, ‘Leave or die,’ and they fired,” said the nurse.",
            [("“He told me, ‘Leave or die,’ and they fired,”", "nurse")],
        ),
        # single marks, and apostrophes that are none
        ("‘We signed nothing,’ the envoy said. The rebels’ leader left.", [("‘We signed nothing,’", "envoy")]),
        ("'We signed nothing,' the envoy said. The rebels' leader left.", [("'We signed nothing,'", "envoy")]),
        ("The rebels' leader met the soldiers' families.", []),
        # a mark without a partner
        ('The " mark stands alone. “We will stay,” the minister said.', [("“We will stay,”", "minister")]),
        # nobody speaks
        ("The so-called “safe zone” lies in the north.", [("“safe zone”", None)]),
    ],
)
def test_quotations_and_their_speakers(read: Read, text: str, expected: list[tuple[str, str | None]]) -> None:
    assert quoted(read(text)) == expected


@pytest.mark.parametrize("mark", ['"', "“"])
def test_a_quotation_over_paragraphs_has_one_speaker_told_at_its_end(read: Read, mark: str) -> None:
    closing = "”" if mark == "“" else mark
    text = f"{mark}Our troops left on Monday.\n\n{mark}They will not return,{closing} the general said.\n\nIt rained."
    assert [speaker for _, speaker in quoted(read(text))] == ["general", "general"]


def test_a_quotation_over_paragraphs_has_the_speaker_told_before_it(read: Read) -> None:
    text = "The general said: “Our troops left.\n\n“They will not return.\n\n“We promise.”\n\nThe rebels laughed."
    assert [speaker for _, speaker in quoted(read(text))] == ["general"] * 3


def test_another_speaker_in_a_paragraph_of_his_own(read: Read) -> None:
    text = "“We will stay,” the minister said.\n\n“They will leave,” the envoy said."
    assert [speaker for _, speaker in quoted(read(text))] == ["minister", "envoy"]


def test_a_statement_without_marks_follows_its_speaker(read: Read) -> None:
    text = "Britain condemns attack\n\nThe foreign secretary said:\n\nWe condemn the attack. We will send aid."
    assert quoted(read(text)) == [("We condemn the attack. We will send aid.", "secretary")]


INTERVIEW = """Lunch With a Minister: Nadia Orlova on the Truce

Nadia Orlova, who signed the truce with General Ivan Petrov, spoke in her garden.

Q: Did you sign?

A: We signed on Monday. "Leave or die," the general told me.

Q: Will it hold?

A: I asked him for more.
"""


def test_the_turns_of_an_interview_are_of_the_first_person_named(read: Read) -> None:
    assert quoted(read(INTERVIEW)) == [
        ('We signed on Monday. "Leave or die," the general told me.', "Nadia"),
        ('"Leave or die,"', "general"),
        ("I asked him for more.", "Nadia"),
    ]


def test_the_turns_of_a_briefing_are_of_whom_their_labels_name(read: Read) -> None:
    doc = read(
        "The briefing was given by Foreign Ministry spokeswoman Ana Lima.\n\nMS. LIMA: Peru has closed the border.\n\n"
        "It will stay closed.\n\nQUESTION: Did Chile protest?\n\nMS. LIMA: It did.\n"
    )
    assert quoted(doc) == [
        ("Peru has closed the border.", "Lima"),
        ("It will stay closed.", "Lima"),
        ("It did.", "Lima"),
    ]


def test_where_only_answers_have_labels_the_rest_is_asked(read: Read) -> None:
    doc = read("Ana Lima met us.\n\nDid you sign?\n\nLIMA: I did.\n\nThe general denies it.\n\nLIMA: He lies.\n")
    assert quoted(doc) == [("I did.", "Lima"), ("He lies.", "Lima")]


def test_a_place_before_a_colon_is_no_turn(read: Read) -> None:
    assert quoted(read("OSLO: The talks failed.\n\nPARIS: A strike began.\n")) == []


def test_turns_may_follow_one_another_in_a_paragraph(read: Read) -> None:
    doc = read(
        "Ana Lima met the BBC. Here are some highlights. BBC: Did you sign? Lima: We did. It was on Monday. BBC: Will "
        "you go back? Lima: We will."
    )
    assert quoted(doc) == [("We did. It was on Monday.", "Lima"), ("We will.", "Lima")]


def test_a_word_before_a_colon_that_names_nobody_is_no_turn(read: Read) -> None:
    assert quoted(read("There is a plan. Step one: they sign. Update: They signed. Update: They left.")) == []
