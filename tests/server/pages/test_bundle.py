"""The bundle that the package carries: small, complete with licences, and made from the sources in web/."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from kg.server.pages.page import STATIC

WEB = Path(__file__).parents[3] / "web"
LARGEST = 1_500_000  # bytes


def test_the_bundle_is_small() -> None:
    assert sum(file.stat().st_size for file in STATIC.iterdir()) < LARGEST


def test_the_bundle_names_no_other_server() -> None:
    for file in (*STATIC.glob("*.js"), *STATIC.glob("*.css")):
        text = file.read_text(encoding="utf-8")
        for word in ("unpkg", "jsdelivr", "cdnjs", "googleapis"):
            assert word not in text, f"{file.name} names {word}"


def test_every_library_of_ours_is_under_a_licence_that_is_told() -> None:
    licences = (STATIC / "LICENSES.txt").read_text(encoding="utf-8")
    for name, version in json.loads((WEB / "package.json").read_text())["dependencies"].items():
        assert f"\n{name} {version} (" in licences


def test_building_again_gives_the_same_bytes(tmp_path: Path) -> None:
    if shutil.which("node") is None or not (WEB / "node_modules").is_dir():
        pytest.skip("needs Node.js and `npm ci` in web/")
    subprocess.run(["node", "build.mjs", tmp_path], cwd=WEB, check=True, timeout=120)
    made = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert made == {file.name: file.read_bytes() for file in STATIC.iterdir()}
