"""Running the `oxigraph` program as a child that ends with us, within a limit of memory."""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import IO

from kg.errors import KgError

# The shell sets the limit, and kills the program when its input ends: that happens when we close it, and when we die
# of whatever cause. It works wherever there is a POSIX shell, without code between fork and exec.
_SCRIPT = """
exec 3<&0
ulimit -d "$1"; shift
"$@" </dev/null >/dev/null 3<&- & child=$!
echo $child
{ read -r _; kill -9 $child; } <&3 >/dev/null 2>&1 &
exec 3<&-
wait $child
"""
_BACK = 10  # nice: a tenth of the share of others where all processors are busy
_OUT_OF_MEMORY = ("memory allocation", "bad_alloc", "std::system_error")


def program() -> str:
    """The path of the `oxigraph` program, from this environment before any other; KgError if there is none."""
    beside = Path(sys.executable).with_name("oxigraph")
    found = str(beside) if beside.exists() else shutil.which("oxigraph")
    if not found:
        raise KgError("the oxigraph program is missing: pip install oxigraph")
    return found


class Child:
    """One run of the program. What it writes to its error stream is kept in a file."""

    def __init__(self, *arguments: str, memory: int) -> None:
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self._read = 0
        limit = str(memory // 1024)
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", _SCRIPT, "sh", limit, program(), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            start_new_session=True,
            env=os.environ | {"RUST_BACKTRACE": "0"},
        )

    def errors(self) -> str:
        """What it has written to its error stream since this was last asked; a line may still be unfinished."""
        if self._errors.closed:
            return ""
        written = os.pread(self._errors.fileno(), 1 << 16, self._read)
        self._read += len(written)
        return written.decode("utf-8", "replace")

    @property
    def ended(self) -> int | None:
        """The exit code; None while it runs."""
        return self._process.poll()

    @cached_property
    def _program(self) -> int:
        """The process of the program itself, which the shell tells."""
        assert self._process.stdout is not None
        return int(self._process.stdout.readline() or 0)

    def spent(self) -> float:
        """The seconds of processor time that it has taken; endless where the system does not tell."""
        try:
            fields = Path(f"/proc/{self._program}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return math.inf
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def step_back(self) -> None:
        """Let every other process go first from now on. Without privileges this cannot be taken back."""
        with suppress(OSError):  # it may have just ended
            os.setpriority(os.PRIO_PGRP, self._process.pid, _BACK)

    def kill(self) -> None:
        """End it at once."""
        assert self._process.stdin is not None
        self._process.stdin.close()

    def wait(self) -> int:
        """Wait for its end, and give its exit code."""
        return self._process.wait()

    def close(self) -> None:
        """End it, and let go of what it held."""
        self.kill()
        self.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._errors.close()


def out_of_memory(errors: str, ended: int | None) -> bool:
    """Whether a child ended for want of memory, by what it wrote and its exit code."""
    return any(sign in errors for sign in _OUT_OF_MEMORY) or ended == 128 + 9
