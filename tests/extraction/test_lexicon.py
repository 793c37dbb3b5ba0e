"""The lexicon: every entry has a sentence in which its event is found, no two contradict each other, faults in a file
are named, and a user's own entries count.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from kg import language, resources
from kg.errors import KgError
from kg.extraction import extract
from kg.extraction.lexicon import NO_EVENT, Entry, Lexicon, load
from kg.extraction.lexicon_check import faults, silent, unused
from kg.model import Document

from ..conftest import shell

SHARE = 0.9  # of the sentences; the rest fail by the parse
DAY = date(2020, 3, 4)
FOLDER = resources.folder("ontology") / "lexicon"


def sentences() -> dict[str, list[Entry]]:
    found = defaultdict(list)
    for entry in load().entries():
        found[entry.test].append(entry)
    return found


def test_nothing_is_wrong_with_the_packaged_lexicon() -> None:
    assert faults(load()) == []


def test_the_event_of_an_entry_is_found_in_its_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    nlp = language.load()
    wrong = []
    tested = sentences()
    for number, (text, entries) in enumerate(sorted(tested.items())):
        document = Document(f"sentence-{number}", text, DAY)
        doc = language.analyse(nlp, text, DAY)
        doc._.event_vectors = None  # the lexicon by itself
        found = {(r.type, r.mode) for r in extract(doc, document).reports}
        wanted = {(e.type, e.mode) for e in entries if e.frame != NO_EVENT}
        if wanted and not wanted & found:
            wrong.append(f"{entries[0].source}: {text}")
    with capsys.disabled():
        print(f"\n{len(tested) - len(wrong)} of {len(tested)} test sentences of the lexicon give their event")
    assert len(wrong) <= (1 - SHARE) * len(tested), "\n".join(wrong)


def written(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


OWN = """\
type: ASSAULT
entries:
  - {verb: torpefy, frame: act-on, mode: bombing, test: "The rebels torpefied the bridge."}
  - {verb: attack, frame: none, when: {object: [buffet]}, test: "The guests attacked the buffet."}
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("entries: [", "mine.yaml: not valid YAML"),
        ("- a", "mine.yaml: an event file has a type and a list of entries"),
        ("type: ASSAULT", "mine.yaml: an event file has a type and a list of entries"),
        ("{type: BATTLE, entries: []}", "no type 'BATTLE'; types are ACCUSE, AGREE"),
        ("{type: AID, entries: [{frame: give}]}", "mine.yaml, entry 1: give one of verb, noun or adjective"),
        ("{type: AID, entries: [{verb: a, frame: gift}]}", "mine.yaml, entry 1: no frame 'gift'; frames.yaml has"),
        (
            "{type: AID, entries: [{verb: a, frame: give, when: {object: ['~toys']}}]}",
            "mine.yaml, entry 1: no group 'toys'; groups.yaml has",
        ),
    ],
)
def test_a_fault_is_named_by_file_and_entry(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(KgError) as caught:
        Lexicon(FOLDER, written(tmp_path, text))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_without_event_files(tmp_path: Path) -> None:
    done = shell(tmp_path, "lexicon", "--lexicon", tmp_path)
    assert (done.returncode, done.stderr) == (
        2,
        f"kg: {tmp_path}: no lexicon there: give a folder with event files (*.yaml)\n",
    )


def test_entries_of_ones_own_count_beside_ours_and_before_them(tmp_path: Path) -> None:
    lexicon = Lexicon(FOLDER, written(tmp_path, OWN))
    assert len(lexicon.entries()) == len(load().entries()) + 2
    assert {entry.head for entry in lexicon.entries() if entry.own} == {"torpefy", "attack"}
    assert lexicon.version != load().version
    text = "The rebels torpefied the bridge, and the guests attacked the buffet and the village."
    doc = language.analyse(language.load(), text, DAY)
    found = extract(doc, Document("text", text, DAY), lexicon)
    assert [(r.evidence.trigger.text, r.mode) for r in found.reports] == [("torpefied", "bombing")]


def test_the_commands_take_a_folder_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    written(tmp_path / "mine", OWN)
    sentence = "Rebels torpefied the bridge near Gao on Monday."
    assert "mine.yaml, entry 1" in shell(tmp_path, "explain", sentence, KG_LEXICON="mine").stdout
    (tmp_path / "news.txt").write_text(f"BAMAKO, March 3, 2020\n\n{sentence}\n", encoding="utf-8")
    built = shell(tmp_path, "build", "news.txt", "--lexicon", "mine")
    assert built.returncode == 0, built.stderr
    records = [json.loads(line) for line in shell(tmp_path, "export", "--format", "events").stdout.splitlines()]
    assert ("torpefied", "bombing") in {(r["trigger"], r["mode"]) for r in records}


CHECKED = """\
type: AID
entries:
  - {verb: lend, frame: give}
  - {verb: torpefy, frame: help, test: "The rebels torpefied the bridge."}
  - {verb: glorp, frame: help, test: "Nothing of it stands here."}
"""


def test_the_check_names_conflicts_missing_and_silent_sentences_and_unused_words(tmp_path: Path) -> None:
    written(tmp_path, OWN)
    lexicon = Lexicon(FOLDER, written(tmp_path, CHECKED, "other.yaml"))
    assert {(f.kind, f.entry) for f in faults(lexicon)} == {("no sentence", "verb lend"), ("conflict", "verb torpefy")}
    nlp = language.load()
    quiet = language.analyse(nlp, "Good morning.", DAY)  # for the packaged sentences, which are tested above
    found = silent(lexicon, lambda text: language.analyse(nlp, text, DAY) if text in OWN + CHECKED else quiet)
    mine = {f.entry for f in found if Path(f.source).parent == tmp_path}
    assert "verb glorp" in mine
    assert "verb attack" not in mine
    left = unused(lexicon, [language.analyse(nlp, "The rebels torpefied the bridge.", DAY)])
    names = {(Path(f.source).name, f.entry) for f in left}
    assert ("mine.yaml, entry 1", "verb torpefy") not in names or ("other.yaml, entry 2", "verb torpefy") not in names
    assert ("mine.yaml, entry 2", "verb attack") in names


def test_the_command_checks(tmp_path: Path) -> None:
    done = shell(tmp_path, "lexicon")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("0 findings\n")
    (tmp_path / "mine").mkdir()
    written(tmp_path / "mine", CHECKED)
    done = shell(tmp_path, "lexicon", "--lexicon", "mine", "--format", "json")
    assert done.returncode == 1
    assert [one["kind"] for one in json.loads(done.stdout)] == ["no sentence"]
    (tmp_path / "news.txt").write_text("OSLO, March 3, 2020\n\nGhana lent Togo a tug.\n", encoding="utf-8")
    told = shell(tmp_path, "lexicon", "news.txt", "--format", "json").stdout
    assert ("unused", "verb torture") in {(one["kind"], one["entry"]) for one in json.loads(told)}
