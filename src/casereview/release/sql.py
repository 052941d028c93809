"""Names and texts as DuckDB reads them, and the connection that builds a release."""

from collections.abc import Iterable
from pathlib import Path

import duckdb


def name(identifier: str) -> str:
    """An identifier in its quotation marks."""
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text in its quotation marks."""
    return "'" + value.replace("'", "''") + "'"


def texts(values: Iterable[str]) -> str:
    """Texts between commas."""
    return ", ".join(text(value) for value in values)


def text_list(values: Iterable[str]) -> str:
    """A list of texts."""
    return f"[{texts(values)}]::VARCHAR[]"


def connection(spill: Path) -> duckdb.DuckDBPyConnection:
    """A database in memory that spills into `spill` and fetches nothing from anywhere."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": str(spill),
    }
    return duckdb.connect(":memory:", config=config)
