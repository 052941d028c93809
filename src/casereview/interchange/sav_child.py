"""The child process that reads one .sav file: its path is the argument, its answer an Arrow stream of text columns.

`python -m casereview.interchange.sav_child FILE`; leaves with 1 and the reason on the error output where it cannot.
"""

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime, time

import pyarrow as pa
import pyreadstat

from casereview.interchange.sav_tables import LABELS, SECONDS, code_text, labels_text

MEMORY = 4 << 30
"""Bytes of address space."""


def main(path: str) -> None:
    """Read the file and write it to the standard output."""
    _limit()
    columns, meta = pyreadstat.read_sav(path, user_missing=True, output_format="dict")
    arrays = [_texts(columns[name]) for name in meta.column_names]
    labels = json.dumps(labels_text(meta.variable_value_labels)).encode()
    schema = pa.schema([(name, pa.string()) for name in meta.column_names], {LABELS: labels})
    with pa.ipc.new_stream(sys.stdout.buffer, schema) as stream:
        stream.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's clock still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
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
            return "" if value != value else code_text(value)  # noqa: PLR0124  # NaN: system-missing
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat()
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except Exception as error:  # whatever the C parser makes of a hostile file
        sys.exit(f"{type(error).__name__}: {error}" if not str(error) else str(error))
