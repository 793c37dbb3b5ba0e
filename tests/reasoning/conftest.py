"""What the tests of reasoning share: the document on the Doha agreement with its world, not yet reasoned over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.graph import document_quads, ontology_quads, world_quads
from kg.store import Store, open_store

from ..graph import doha


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(None) as opened:
        opened.add(document_quads(doha.EXTRACTION, provenance=doha.PROVENANCE))
        opened.add(world_quads(doha.WORLD, [doha.EXTRACTION]))
        opened.add(ontology_quads())
        yield opened
