"""When: which time of a text is an event's, and what it comes to."""

from __future__ import annotations

from datetime import date

import pytest

from kg.export import events_of
from kg.model import Document
from kg.pipeline import analyse

PUBLISHED = date(2021, 6, 10)  # a Thursday


def day_of(trigger: str, sentence: str) -> str | None:
    found = list(events_of(analyse(Document("2021-06-10-case", sentence, PUBLISHED))))
    return next(r["date"] for r in found if r["trigger"].startswith(trigger))


@pytest.mark.parametrize(
    ("trigger", "sentence", "wanted"),
    [
        # counted from one another
        ("shot", "Miners attacked the barracks on Tuesday, a day after soldiers shot two of them.", "2021-06-07"),
        ("burned", "Kenya closed the border on Monday, two days after gunmen burned three villages.", "2021-06-05"),
        ("killed", "The army entered Taveta on Tuesday, a day after rebels attacked it and killed 20.", "2021-06-07"),
        ("captured", "The rebels freed the pilot on Tuesday, four months after they captured him.", "2021-02"),
        # several in one expression
        ("signed", "Truces that Chad signed in 2014 and 2015 did not last.", "2014/2015"),
        ("met", "The ministers met in Oslo on Monday and on Tuesday flew home.", "2021-06-07"),
        # told of the noun or verb that stands for the event
        ("talks", "A third round of talks, planned for Saturday, was called off by Mali.", "2021-06-12"),
        ("talks", "The accord calls for talks to begin on July 4.", "2021-07-04"),
        ("strike", "The union called a general strike for Monday.", "2021-06-14"),
        # on which side of the publication it lies, by whether it has happened
        ("march", "The union called for a nationwide march on Sunday.", "2021-06-13"),
        ("general strike", "The miners threaten a general strike from Monday.", "2021-06-14"),
        ("ceasefire", "Chad and Mali agreed on a ceasefire on Saturday.", "2021-06-05"),
        ("inquiry", "Mali on Tuesday asked the council for an inquiry.", None),
        ("vowed", "The rebels vowed to hold new marches on Saturday.", None),
        ("called", "The union called a general strike for Monday.", None),
        (
            "telephoned",
            "Kadi, who telephoned both ministers on Wednesday and will see them on Friday, left.",
            "2021-06-09",
        ),
        # since when, and what came before
        ("killed", "At least 40 people have been killed since rebels attacked the town on May 3.", None),
        ("attacked", "At least 40 people have been killed since rebels attacked the town on May 3.", "2021-05-03"),
        ("attack", "Sunday will mark 100 days since Chad launched its attack on Mali.", None),
        ("granted", "The miners came up on Tuesday after President Ali Bako granted them a pardon.", None),
        ("negotiations", "Chad and Mali signed the accord on Monday after six months of negotiations.", None),
        (
            "meeting",
            "The two agreed to reopen it, following a meeting on Friday between their ministers.",
            "2021-06-04",
        ),
        ("bombing", "The report is expected to blame Chad for the May 7 bombing that killed 20 people.", "2021-05-07"),
        ("shelled", "On Tuesday rebels seized the radio station and shelled the summer palace.", "2021-06-08"),
    ],
)
def test_the_day_of_an_event(trigger: str, sentence: str, wanted: str | None) -> None:
    assert day_of(trigger, sentence) == wanted


def test_how_long_a_thing_lasted_dates_nothing() -> None:
    sentence = "On Sunday gunmen held eleven drivers for several hours before releasing them."
    assert day_of("held", sentence) == "2021-06-06"
