"""The one place through which the packaged data is found: ontology, lexicon, actors, saved queries.

In a wheel the folders stand in `kg/data`; in a checkout they stand beside `kg`.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The path of a data folder (`ontology` or `queries`); FileNotFoundError if the installation lacks it."""
    for base in (_PACKAGE / "data", _PACKAGE.parent):
        if (base / name).is_dir():
            return base / name
    raise FileNotFoundError(f"the installation lacks its {name} folder: reinstall conflict-kg")


def language_model() -> Path:
    """The path of the trained spaCy pipeline."""
    return _PACKAGE / "language" / "model"
