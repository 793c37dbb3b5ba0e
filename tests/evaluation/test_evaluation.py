"""`kg evaluate`: the figures are those of the scorer beside the project, and malformed gold is one line."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg import export, pipeline
from kg.errors import KgError
from kg.evaluation import Gold, Scores, calibration_error, read_gold, reliability, score
from kg.evaluation.names import agree, words

from ..conftest import SHARED, shell

GOLD = Path(__file__).parents[1] / "gold"
SCORER = SHARED / "gold" / "score.py"

Record = dict[str, Any]


@pytest.fixture(scope="module")
def golds() -> list[Gold]:
    return read_gold([GOLD])


@pytest.fixture(scope="module")
def records(golds: list[Gold]) -> tuple[list[Record], list[Record]]:
    """The event and the signing records of the project's own gold."""
    found = [pipeline.analyse(gold.document) for gold in golds]
    return [r for f in found for r in export.events_of(f)], [r for f in found for r in export.signings_of(f)]


def worse(events: list[Record]) -> list[Record]:
    """Records with faults of every kind, so that a difference between two scorers shows."""
    found = []
    for number, record in enumerate(events):
        changed = dict(record)
        if number % 5 == 0:
            changed["type"] = events[number - 1]["type"]
        if number % 7 == 0:
            changed["actor"] = [*record["actor"], *events[number - 1]["actor"]]
        if number % 11 == 0:
            changed |= {"modality": "negated", "date": "1999", "place": events[number - 2]["actor"]}
        found += [changed, record] if number % 13 == 0 else [changed]
    return found[3:]


@pytest.mark.skipif(not SCORER.is_file(), reason=f"no scorer at {SCORER}: put the shared folder there")
@pytest.mark.parametrize("change", [list, worse, lambda events: []], ids=["found", "worse", "nothing"])
def test_the_figures_are_those_of_the_scorer_beside_the_project(
    golds: list[Gold],
    records: tuple[list[Record], list[Record]],
    tmp_path: Path,
    change: Callable[[list[Record]], list[Record]],
) -> None:
    events, signings = change(records[0]), records[1]
    if not events:
        signings = []
    paths = tmp_path / "events.jsonl", tmp_path / "signings.jsonl"
    for path, kind in zip(paths, (events, signings), strict=True):
        path.write_text("".join(json.dumps(record) + "\n" for record in kind), encoding="utf-8")
    theirs = scorer().score(GOLD, *paths)
    ours, plain = ours_as_theirs(score(golds, events, signings)), theirs_plain(*theirs)
    for part in ("rows", "types"):
        figures, expected = ours.pop(part), plain.pop(part)
        assert figures.keys() == expected.keys()
        for name, row in figures.items():
            assert row == pytest.approx(expected[name], abs=0.0011), name  # a tie may be rounded either way
    assert ours == plain


def scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ours_as_theirs(scores: Scores) -> Record:
    figures = scores.as_record()
    shares = {name: (share.right, share.of) for name, share in scores.shares().items()}
    rows = {name: tuple(figures[name].values()) for name in scores.tallies() if name != "whole event"}
    types = {name: tuple(row.values()) for name, row in figures["by type"].items()}
    listed = sorted((error.kind, error.document, error.trigger) for error in scores.errors)
    return {"rows": rows, "shares": shares, "whole": scores.whole.hit, "types": types, "errors": listed}


def theirs_plain(tally: Any, by_type: Any, exact: Any, errors: Any) -> Record:
    shares = {
        "date": (exact["date right"], exact["dated"]),
        "modality": (exact["modality right"], exact["found"]),
        "attribution": (exact["attribution right"], exact["attributed"]),
        "signing date": (exact["signing date right"], exact["signing dated"]),
    }
    return {
        "rows": {name: tuple(row.row().values()) for name, row in tally.items()},
        "shares": shares,
        "whole": exact["who-did-what-to-whom right"],
        "types": {name: tuple(row.row().values()) for name, row in by_type.items()},
        "errors": sorted((kind, document, trigger) for kind, document, _, trigger, _ in errors),
    }


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("the U.S. government's", "US government", True),
        ("Prime Minister Indira Gandhi", "Gandhi", True),  # one ends the other
        ("Taliban fighters", "the Taliban", True),  # one is the other less its last word
        ("North Korea", "South Korea", False),
        ("Korea People's Army", "Korea", False),
        ("the", "the", False),
    ],
)
def test_names_that_agree(a: str, b: str, same: bool) -> None:
    assert agree(words(a), words(b)) is agree(words(b), words(a)) is same


TEXT = "News from Doha\n\nSudan and Chad signed a treaty in Doha on Monday.\n"
RAW: Record = {
    "id": "truce",
    "published": "2021-06-10",
    "entities": {
        "a": {"type": "State", "names": ["Sudan"]},
        "b": {"type": "State", "names": ["Chad"]},
        "t": {"type": "Agreement", "names": ["a treaty"]},
    },
    "events": [
        {
            "type": "AGREE",
            "mode": "sign",
            "sentence": "Sudan and Chad signed a treaty in Doha on Monday.",
            "trigger": "signed",
            "actor": ["a", "b"],
            "date": "2021-06-07",
        }
    ],
    "signings": [{"agreement": "t", "signatories": ["a", "b"], "date": "2021-06-07"}],
}


def written(folder: Path, raw: object) -> Path:
    (folder / "truce.txt").write_text(TEXT, encoding="utf-8")
    (folder / "truce.json").write_text(raw if isinstance(raw, str) else json.dumps(raw), encoding="utf-8")
    return folder


def changed(*path: Any, value: object) -> Record:
    """The gold with one value put in."""
    raw: Record = json.loads(json.dumps(RAW))
    place: Any = raw
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return raw


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("{", "truce.json, line 1: not valid JSON"),
        ([], "must be an object"),
        (changed("id", value="peace"), "id 'peace' is not the file's name"),
        (changed("published", value="June 2021"), "published 'June 2021' is not a day"),
        (changed("entities", "a", "names", value=[]), "entity 'a': has no names"),
        (changed("events", 0, "type", value="SIGN"), "event 1: type 'SIGN' is none of ACCUSE, AGREE"),
        (changed("events", 0, "sentence", value="They met."), "event 1: the sentence 'They met.' does not stand"),
        (changed("events", 0, "trigger", value="met"), "event 1: the trigger 'met' does not stand"),
        (changed("events", 0, "actor", value=["a", "c"]), "event 1: actor: no entity 'c'"),
        (changed("events", 0, "actor", value="a"), "event 1: actor must be a list"),
        (changed("events", 0, "modality", value="likely"), "event 1: modality 'likely' is none of asserted"),
        (changed("events", 0, "date", value="2021-13"), "event 1: date '2021-13' is none"),
        (changed("events", 0, value="signed"), "event 1: must be an object"),
        (changed("signings", 0, "agreement", value="u"), "signing 1: agreement: no entity 'u'"),
        (changed("signings", 0, "signatories", value=None), "signing 1: signatories must be a list"),
    ],
)
def test_malformed_gold_is_named_by_file_and_record(tmp_path: Path, raw: object, said: str) -> None:
    with pytest.raises(KgError) as caught:
        read_gold([written(tmp_path, raw)])
    message = str(caught.value)
    assert message.startswith(str(tmp_path / "truce.json"))
    assert said in message
    assert "\n" not in message


def test_a_folder_without_gold_and_a_text_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="no gold there"):
        read_gold([tmp_path])
    written(tmp_path, RAW)
    with pytest.raises(KgError, match="stands in another folder too"):
        read_gold([tmp_path, tmp_path])
    (tmp_path / "truce.txt").unlink()
    with pytest.raises(KgError, match=r"the text truce\.txt is missing"):
        read_gold([tmp_path])


def test_the_command(tmp_path: Path) -> None:
    written(tmp_path, RAW)
    done = shell(tmp_path, "evaluate", ".", "--errors", "3")
    assert done.returncode == 0, done.stderr
    line = next(line for line in done.stdout.splitlines() if "whole event" in line)
    assert line.split()[2:] == ["1.000", "1.000", "1.000", "1", "1"]
    assert "date right: 1.000 of 1" in done.stdout
    figures = json.loads(shell(tmp_path, "evaluate", ".", "--format", "json", "--errors", "3").stdout)
    assert figures["signatory"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "gold": 2, "found": 2}
    assert figures["errors"] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["."], "event 1: actor: no entity 'c'"),
        (["nowhere"], "nowhere: no gold there"),
        ([".", "--format", "xml"], "no format 'xml': table or json"),
    ],
)
def test_a_fault_is_one_line_and_exit_code_2(tmp_path: Path, arguments: list[str], said: str) -> None:
    written(tmp_path, changed("events", 0, "actor", value=["c"]))
    done = shell(tmp_path, "evaluate", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("kg: ")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_documents_that_are_asked_for(tmp_path: Path) -> None:
    done = shell(written(tmp_path, RAW), "evaluate", ".", "--only", "peace")
    assert (done.returncode, done.stderr) == (2, "kg: --only 'peace': no document's ID contains this\n")


def test_calibration_is_the_distance_of_confidence_and_share_of_right_events() -> None:
    events = [(0.85, True), (0.85, True), (0.85, False), (0.85, True), (0.25, False), (0.25, True)]
    bins = reliability(events)
    assert [(b.number, round(b.told, 2), round(b.right, 2)) for b in bins] == [(2, 0.25, 0.5), (4, 0.85, 0.75)]
    assert calibration_error(bins) == pytest.approx((2 * 0.25 + 4 * 0.10) / 6)
    assert calibration_error([]) is None
