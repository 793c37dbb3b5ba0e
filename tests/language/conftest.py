"""The packaged pipeline, loaded once, and what the tests of its components share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg import language

Read = Callable[[str], Doc]


@pytest.fixture(scope="session")
def pipeline() -> Language:
    return language.load()


@pytest.fixture(scope="session")
def read(pipeline: Language) -> Read:
    """Analyses a text as published on a Wednesday."""
    return lambda text: language.analyse(pipeline, text, date(2020, 3, 4))
