"""Updates: run by the `oxigraph` program on the store itself, which it holds for no longer than the update takes."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from kg.server.faults import Refused, overloaded
from kg.server.limits import MIB, Limits
from kg.server.process import Child, out_of_memory
from kg.store.errors import first_line, malformed

_LOOK = 0.005  # seconds between two looks whether it is done


async def run_update(store: Path, text: str, limits: Limits) -> None:
    """Run the update, wholly or not at all. Refused for a fault of the update or when a limit is reached."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".ru") as file:
        file.write(text)
        file.flush()
        child = Child("update", "--location", str(store), "--update-file", file.name, memory=limits.memory)
        try:
            async with asyncio.timeout(limits.timeout):
                while child.ended is None:
                    await asyncio.sleep(_LOOK)
            errors = child.errors().strip()
        except TimeoutError:
            raise overloaded(f"the update was stopped after {limits.timeout:g} s: nothing is changed") from None
        finally:
            await asyncio.to_thread(child.close)
    if child.ended:
        raise _fault(text, errors, child.ended, limits)


def _fault(text: str, errors: str, code: int, limits: Limits) -> Refused:
    reason = errors.partition("\n\n")[0].removeprefix("Error: ")
    if "LOCK" in reason:
        return overloaded("the store is being written by another process: try again")
    if out_of_memory(errors, code):
        return overloaded(f"the update needs more than {limits.memory // MIB} MiB of memory: nothing is changed")
    if reason.startswith("IO error"):
        return Refused(500, f"the store cannot be written: {first_line(reason)}")
    if reason.startswith("error at"):
        return Refused(400, str(malformed(text, Exception(reason))))
    return Refused(400, f"the update failed: {first_line(reason)}")
