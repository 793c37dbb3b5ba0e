"""The publication date, title and publisher that a text tells of itself."""

from __future__ import annotations

from datetime import date

import pytest

from kg.documents.dates import date_of, published_in, published_in_name
from kg.documents.headings import publisher_of, title_of

DAY = date(2020, 3, 4)


@pytest.mark.parametrize(
    "text",
    [
        "Title\n\nMarch 4, 2020\n\nBody.",
        "Title\n\n4 March 2020\n\nBody.",
        "Title\n\nMarch 04, 2020\nBy Ann Lee\n\nBody.",
        "Title\nBy Ann Lee | March 4, 2020\nBody.",
        "Title\nBy Ann Lee and Bo van Dam, Mar. 4, 2020\nBody.",
        "Title\n\nPublished 2020-03-04\n\nBody.",
        "Title\n\nPublished: 4 March 2020 at 10:15 GMT\n\nBody.",
        "Title\n\nWed., Mar 4, 2020\n\nBody.",
        "Title\n\nWednesday, 4th March 2020\n\nBody.",
        "Title\n\n2020/03/04 10:30\n\nBody.",
        "Title\n\nLast updated March 9, 2020\nPublished March 4, 2020\n\nBody.",
        "Title\n\nKABUL, Afghanistan, March 4, 2020 (AP) — The two sides met.",
        "Title\n\nKABUL (March 4, 2020) - The two sides met.",
        "Title\n\nSoldiers stand guard, March 4, 2020, in Kunduz Province.(AFP)\nHopes faded.",
        "Title\n\nA child in a hospital, Jan. 6, 2020.\n\nA rally in Kabul, March 4, 2020.\n\nHopes faded.",
        "Title\n\nThe war began on September 11, 2001, in New York.\n\nMarch 4, 2020",
    ],
)
def test_date_in_the_first_lines(text: str) -> None:
    assert published_in(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "Title\n\nThey signed the accord on March 4, 2020, in Doha, and it has held since.",
        "Title\n\nOn March 4, 2020 the two sides met.",
        "Title\n\n03/04/2020\n\nBody.",
        "Title\n\nMarch 2020\n\nBody.",
        "Title\n\nFebruary 30, 2020\n\nBody.",
        "Title\n\nFILE - Soldiers stand guard in Kunduz, March 4, 2020.\n\nBody.",
        "\n".join(["A line."] * 20 + ["March 4, 2020"]),
    ],
)
def test_no_date_is_made_up(text: str) -> None:
    assert published_in(text) is None


@pytest.mark.parametrize(
    "field",
    ["2020-03-04", "2020-03-04T23:59:00-05:00", "March 4, 2020", "Wed, 04 Mar 2020 10:00:00 GMT", "20 on 2020-3-4"],
)
def test_date_of_a_field(field: str) -> None:
    assert date_of(field) == DAY


def test_date_of_a_file_name() -> None:
    assert published_in_name("2020-03-04-taliban") == published_in_name("20200304") == DAY
    assert published_in_name("taliban-2020-03-04") is None
    assert published_in_name("2020-13-04") is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Two Sides Sign\n\nBody.", "Two Sides Sign"),
        ("Two Sides Sign\nMarch 4, 2020\nBody.", "Two Sides Sign"),
        ("Two Sides Sign\nBy Ann Lee\nBody.", "Two Sides Sign"),
        ("Two Sides Sign\nA subtitle that says 'more.'\n\nBody.", "Two Sides Sign"),
        ("They signed the accord.\n\nBody.", None),
        ("March 4, 2020\n\nBody.", None),
        ("One line alone", None),
    ],
)
def test_title(text: str, title: str | None) -> None:
    assert title_of(text) == title


def test_publisher_in_a_dateline() -> None:
    assert publisher_of("Title\n\nKABUL, March 4 (Reuters) - The two sides met.") == "Reuters"
    assert publisher_of("KABUL, Afghanistan (AP) — The two sides met.") == "AP"
    assert publisher_of("The Islamic State (ISIL) attacked.") is None
