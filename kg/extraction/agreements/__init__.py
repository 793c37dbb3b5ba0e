"""Agreements as things: who signed each, for whom, when and where, drawn from all sentences of a document together."""

from __future__ import annotations

from .accounts import recorded, told
from .documents import adopt_documents, stipulating, term_of
from .drafts import Draft, Signing
from .signers import add_signers
from .signings import signings

__all__ = [
    "Draft",
    "Signing",
    "add_signers",
    "adopt_documents",
    "recorded",
    "signings",
    "stipulating",
    "term_of",
    "told",
]
