"""Questions in English."""

from __future__ import annotations

import pytest

from kg.errors import KgError
from kg.query import examples, run, understand
from kg.query.dates import spans
from kg.store import Store

WHO_SIGNED = "who-signed-what-when"


@pytest.mark.parametrize(
    ("question", "query", "values"),
    [
        ("Who signed what and when?", WHO_SIGNED, {}),
        ("Tell us who signed, please.", WHO_SIGNED, {}),
        ("When was the Doha agreement signed and by whom?", WHO_SIGNED, {"agreement": "Doha agreement"}),
        ("What did the Taliban sign in 2020?", WHO_SIGNED, {"actor": "Taliban", "from": "2020", "to": "2020"}),
        ("What was signed by Abdul Ghani Baradar?", WHO_SIGNED, {"actor": "Abdul Ghani Baradar"}),
        (
            "What did the Taliban do in March 2020?",
            "what-an-actor-did",
            {"actor": "Taliban", "from": "2020-03", "to": "2020-03"},
        ),
        (
            "what has the united states done since 2020?",
            "what-an-actor-did",
            {"actor": "united states", "from": "2020"},
        ),
        ("What was done to the Taliban?", "what-was-done-to-an-actor", {"actor": "Taliban"}),
        ("Who attacked whom in Helmand?", "who-attacked-whom", {"place": "Helmand"}),
        ("Who attacked the Taliban?", "who-attacked-whom", {"target": "Taliban"}),
        ("Who was attacked by the United States?", "who-attacked-whom", {"actor": "United States"}),
        ("When were the Taliban attacked?", "who-attacked-whom", {"target": "Taliban"}),
        ("Who met Baradar?", "who-met-whom", {"actor": "Baradar"}),
        (
            "Did Mike Pompeo meet Baradar in Doha?",
            "who-met-whom",
            {"actor": "Mike Pompeo", "with": "Baradar", "place": "Doha"},
        ),
        ("Where do the sources disagree?", "where-sources-disagree", {}),
        ("Where do the sources differ about the number killed?", "where-sources-disagree", {"about": "number"}),
        ("What does the agreement require?", "agreements-and-terms", {}),
        (
            "What does the Doha Agreement require of the Taliban?",
            "agreements-and-terms",
            {"agreement": "Doha Agreement", "actor": "Taliban"},
        ),
        ("Who accused whom?", "what-happened", {"type": "ACCUSE"}),
        ("Who did the Taliban accuse?", "what-happened", {"type": "ACCUSE", "actor": "Taliban"}),
        (
            "What happened between 1 March 2020 and 2020-03-31?",
            "what-happened",
            {"from": "2020-03-01", "to": "2020-03-31"},
        ),
        ("What does Strike in Helmand say?", "what-a-source-says", {"document": "Strike in Helmand"}),
        (
            "What does the Taliban claim about the United States?",
            "claims",
            {"claimant": "Taliban", "about": "United States"},
        ),
        ("What did the United States promise?", "prospects", {"actor": "United States", "status": "future"}),
    ],
)
def test_understood(store: Store, question: str, query: str, values: dict[str, str]) -> None:
    understood = understand(store, question)
    assert (understood.query.name, understood.values) == (query, values)
    run(store, understood.query, understood.values)


@pytest.mark.parametrize("question", examples())
def test_every_example_is_understood(store: Store, question: str) -> None:
    understood = understand(store, question)
    assert str(understood).startswith(understood.query.name)
    run(store, understood.query, understood.values)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("Where is the beef?", "not understood; ask for example: "),
        ("Who attacked whom in Zanzibar?", "nothing in the store and no rule knows 'Zanzibar'"),
        ("Who secretly signed what?", "knows 'secretly'"),
        ("Which documents were read by the Taliban?", "documents, which has no use for 'Taliban'"),
        ("", "not understood"),
    ],
)
def test_not_understood(store: Store, question: str, message: str) -> None:
    with pytest.raises(KgError, match=message) as caught:
        understand(store, question)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in March 2020", ("2020-03", "2020-03")),
        ("on 29 February 2020", ("2020-02-29", "2020-02-29")),
        ("on February 29th 2020", ("2020-02-29", "2020-02-29")),
        ("on 30 February 2020", ("2020-02", "2020-02")),
        ("since 2020-02", ("2020-02", None)),
        ("before Feb 2020", (None, "2020-02")),
        ("between 2019 and 2020", ("2019", "2020")),
        ("from 1 Jan 2019 to 2020", ("2019-01-01", "2020")),
    ],
)
def test_dates(text: str, expected: tuple[str | None, str | None]) -> None:
    (span,) = spans(text.split())
    assert (span.first, span.last) == expected


def test_no_dates() -> None:
    assert spans(["it", "may", "march", "12", "miles", "in", "99999", "steps"]) == []
