"""`kg identity` and the least certain merges of `kg info`, as someone uses them who has just built the seeds."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kg.pipeline import build
from kg.store import open_store

from .conftest import Run

SEEDS = Path(__file__).parents[2] / "seeds"
FIRST = "document:2020-03-04-us-strikes-taliban-helmand"
SECOND = "document:2020-03-05-drone-strike-doha-accord"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seeds on one strike, in a store on disk; read only."""
    folder = tmp_path_factory.mktemp("built") / "kg-store"
    with open_store(folder) as store:
        build([SEEDS / f"{name.partition(':')[2]}.txt" for name in (FIRST, SECOND)], store, workers=1)
    return folder


@pytest.fixture
def here(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it as the store that is meant when none is named."""
    monkeypatch.setenv("COLUMNS", "400")
    shutil.copytree(built, tmp_path / "kg-store")
    return tmp_path


def rows(out: str) -> dict[str, list[str]]:
    """What stands in the table, by its first column."""
    lines = [[cell.strip() for cell in line.strip("│").split("│")] for line in out.splitlines() if line.startswith("│")]
    return {cells[0]: cells[1:] for cells in lines if cells[0]}


def test_why_shows_what_was_joined(kg: Run, here: Path) -> None:
    code, out, _ = kg("identity", "why", "Leggett")
    assert code == 0
    told = rows(out)
    assert told[f"{FIRST}#col-sonny-leggett"][-1] == "told first"
    words, partner, sure, why = told[f"{SECOND}#col-sonny-leggett"]
    assert (words, partner) == ("Col. Sonny Leggett", f"{FIRST}#col-sonny-leggett")
    assert 0.9 < float(sure) < 1
    assert "sonny leggett" in why


def test_why_says_that_the_list_has_a_name(kg: Run, here: Path) -> None:
    told = rows(kg("identity", "why", "Taliban")[1])
    assert {row[-1] for row in told.values()} == {"the list of actors has the name"}


def test_two_can_be_set_apart_and_joined_again(kg: Run, here: Path) -> None:
    pair = f"{FIRST}#col-sonny-leggett", f"{SECOND}#col-sonny-leggett"
    assert kg("identity", "different", *pair)[0] == 0
    apart = kg("identity", "why", pair[0])[1]
    assert list(rows(apart)) == [pair[0]]
    assert f"You said: {pair[0]} owl:differentFrom {pair[1]}" in apart
    assert kg("identity", "same", *pair)[0] == 0
    again = kg("identity", "why", "Leggett")[1]
    assert rows(again).keys() == set(pair)
    assert f"You said: {pair[0]} owl:sameAs {pair[1]}" in again


def test_corrections_go_from_one_store_to_another(kg: Run, here: Path) -> None:
    assert kg("identity", "rename", "Leggett", "Sonny the Spokesman")[0] == 0
    assert kg("identity", "same", "Ashraf Ghani", "Donald Trump")[0] == 0
    (here / "corrections.ttl").write_text(kg("identity", "list")[1])
    text = SEEDS / f"{FIRST.partition(':')[2]}.txt"
    assert kg("build", text, "--store", "other", "--corrections", "corrections.ttl")[0] == 0
    assert kg("identity", "why", "Sonny the Spokesman", "--store", "other")[0] == 0
    assert "ashraf-ghani owl:sameAs actor:donald-trump" in kg("identity", "list", "--store", "other")[1]


def test_a_mistake_with_the_list_is_taken_back_by_iri(kg: Run, here: Path) -> None:
    assert kg("identity", "same", "Ashraf Ghani", "Donald Trump")[0] == 0
    code, _, err = kg("identity", "different", "Ashraf Ghani", "Donald Trump")  # one thing has both names now
    assert code == 2
    assert "by their IRIs" in err
    assert kg("identity", "different", "actor:ashraf-ghani", "actor:donald-trump")[0] == 0
    assert "Trump" not in kg("identity", "why", "Ashraf Ghani")[1].partition("You said")[0]


def test_the_least_certain_merges_can_be_looked_into_and_undone(kg: Run, here: Path) -> None:
    code, out, _ = kg("info")
    assert code == 0
    assert "kg identity why TOLD-IN" in out
    merges = json.loads(kg("info", "--json")[1])["least certain"]
    assert 0 < len(merges) <= 10
    assert [m["confidence"] for m in merges] == sorted(m["confidence"] for m in merges)
    first = merges[0]
    member, partner = f"<{first['member']}>", f"<{first['with']}>"
    code, shown, _ = kg("identity", "why", member)
    assert code == 0
    assert all(reason in shown for reason in first["reasons"])
    assert kg("identity", "different", member, partner)[0] == 0
    assert not any(
        (m["member"], m["with"]) == (first["member"], first["with"])
        for m in json.loads(kg("info", "--json")[1])["least certain"]
    )


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("why", "Leggettt"), "nothing in the store is called 'Leggettt': did you mean"),
        (("same", "Leggett", "Doha"), "one is a Person and the other a Place"),
        (("same", "Leggett"), "takes 2 names, and 1 were given"),
        (("rename", "Leggett", " "), "a name needs a word"),
        (("why", f"{FIRST}#nobody"), "no entity or report of the store is"),
        (("different", "Leggett", "Leggett"), "both mean"),
    ],
)
def test_a_mistake_is_one_line(kg: Run, here: Path, arguments: tuple[str, ...], fault: str) -> None:
    code, out, err = kg("identity", *arguments)
    assert (code, out) == (2, "")
    assert fault in err
    assert err.count("\n") == 1
