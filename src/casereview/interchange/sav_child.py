"""The child process that reads one .sav file.

`python sav_child.py rows FILE SECONDS` writes an Arrow stream of text columns to the standard output,
`… codebook FILE` a JSON list of its columns; it leaves with 1 and the reason on the error output where it cannot.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import pyarrow as pa
import pyreadstat

MEMORY = 4 << 30
"""Bytes of address space."""


def write_rows(path: str) -> None:
    """Every row; the value labels and the declared missing values as the schema's metadata."""
    columns, meta = pyreadstat.read_sav(path, user_missing=True, output_format="dict")
    arrays = [_texts(columns[name]) for name in meta.column_names]
    labels = json.dumps(_labels_text(meta.variable_value_labels)).encode()
    missing = json.dumps({name: _missing(meta, name) for name in meta.missing_ranges}).encode()
    schema = pa.schema([(name, pa.string()) for name in meta.column_names], {b"labels": labels, b"missing": missing})
    with pa.ipc.new_stream(sys.stdout.buffer, schema) as stream:
        stream.write_table(pa.Table.from_arrays(arrays, schema=schema))


def write_codebook(path: str) -> None:
    """What the file says of each column: name, label, format, measure, value labels, user-missing values (lo, hi)."""
    _, meta = pyreadstat.read_sav(path, user_missing=True, metadataonly=True, output_format="dict")
    labels = _labels_text(meta.variable_value_labels)
    columns = [
        {
            "name": name,
            "label": meta.column_names_to_labels.get(name) or "",
            "format": meta.original_variable_types[name],
            "measure": meta.variable_measure.get(name, "unknown"),
            "labels": labels.get(name, {}),
            "missing": _missing(meta, name),
        }
        for name in meta.column_names
    ]
    json.dump(columns, sys.stdout)


def _missing(meta: Any, name: str) -> list[list[Any]]:
    """What the file declares missing of a column: the least and the greatest value of each range."""
    return [[one["lo"], one["hi"]] for one in dict(meta.missing_ranges).get(name, [])]


def _limit(seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's clock still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _texts(values: Sequence[object]) -> pa.Array:
    """A column as text. Codes repeat, so each different one is written out once."""
    written = {value: _text(value) for value in set(values)}
    return pa.array([written.get(value, "") for value in values], pa.string())


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case float():
            return "" if value != value else _code_text(value)  # noqa: PLR0124  # NaN: system-missing
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat()
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _code_text(code: float | str) -> str:
    """A code as text: 1.0 → "1"."""
    return str(int(code)) if isinstance(code, float) and code.is_integer() else str(code)


def _labels_text(labels: Mapping[str, Mapping[Any, str]]) -> dict[str, dict[str, str]]:
    """Value labels with their codes as text."""
    return {column: {_code_text(code): label for code, label in several.items()} for column, several in labels.items()}


if __name__ == "__main__":
    try:
        _limit(int(sys.argv[3]))
        {"rows": write_rows, "codebook": write_codebook}[sys.argv[1]](sys.argv[2])
    except Exception as error:  # whatever the C parser makes of a hostile file
        sys.exit(str(error) or type(error).__name__)
