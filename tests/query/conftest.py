from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.store import Store, open_store

from .sample import fill


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """The sample, in memory."""
    with open_store(None) as opened:
        fill(opened)
        yield opened
