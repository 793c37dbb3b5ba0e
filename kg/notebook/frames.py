"""Data frames from rows whose columns have one type each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from types import ModuleType
from typing import Any


def pandas_frame(pandas: ModuleType, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Any:
    """A `pandas.DataFrame` with nullable types; days and times to the second."""
    return pandas.DataFrame({name: _series(pandas, column) for name, column in _columns(columns, rows)})


def polars_frame(polars: ModuleType, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Any:
    """A `polars.DataFrame`; a column without any value is of texts."""
    types = {name: None if _type(column) else polars.String for name, column in _columns(columns, rows)}
    return polars.DataFrame(dict(_columns(columns, rows)), schema=types, strict=True)


def _series(pandas: ModuleType, column: list[Any]) -> Any:
    types = {int: "Int64", float: "Float64", bool: "boolean", date: "datetime64[s]"}
    found = _type(column)
    if found is datetime:
        return pandas.to_datetime(pandas.Series(column), utc=True)
    return pandas.Series(column, dtype=types.get(found, "string") if found else "string")


def _columns(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[tuple[str, list[Any]]]:
    return [(name, [row[number] for row in rows]) for number, name in enumerate(columns)]


def _type(column: list[Any]) -> type | None:
    return next((type(value) for value in column if value is not None), None)
