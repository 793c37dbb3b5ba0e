"""Errors that a user can cause. Each message is one line: what, where (file, line), what to do."""

from __future__ import annotations


class KgError(Exception):
    """A fault of the input or the surroundings; the command line prints it as one line and exits with code 2."""
