"""What kept a file from being read, as a value: the rest of the files go on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One line: where (`file`, `file:line` or `archive!member`), what is wrong, and what to do about it."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"
