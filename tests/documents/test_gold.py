"""The reader on the annotated articles, which lie beside the checkout and are no part of the project."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kg.documents import Problem, read

GOLD = Path(__file__).parents[2].parent / "shared" / "gold"
FILES = sorted(GOLD.glob("dev*/*.txt"))

pytestmark = pytest.mark.skipif(not FILES, reason="the gold articles (../shared/gold) are not beside this checkout")


def _published(path: Path) -> str:
    return str(json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["published"])


def test_publication_dates() -> None:
    problems: list[Problem] = []
    for path in FILES:
        assert [d.published.isoformat() for d in read([path], on_problem=problems.append)] == [_published(path)]
    assert problems == []


def test_no_wrong_date_without_the_date_in_the_file_name(tmp_path: Path) -> None:
    """The eight articles of 2005 to 2010 bear no date line: they must be reported, not guessed."""
    right = 0
    for path in FILES:
        copy = shutil.copy(path, tmp_path / path.name[11:])
        for document in read([copy], on_problem=lambda problem: None):
            assert document.published.isoformat() == _published(path)
            right += 1
    assert right >= 0.75 * len(FILES)


def test_titles() -> None:
    for path in FILES:
        (document,) = read([path])
        told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["title"]
        assert (document.title or "") == told
