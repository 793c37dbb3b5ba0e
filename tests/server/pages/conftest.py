from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from kg.store import open_store

from ...cli.conftest import sample
from ..conftest import serving


@pytest.fixture(scope="package")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server on the sample of the query tests; it follows no redirect."""
    folder = tmp_path_factory.mktemp("pages") / "kg-store"
    with open_store(folder) as store:
        sample().fill(store)
    with serving(folder) as server, httpx.Client(base_url=server.url, timeout=180) as opened:
        yield opened
