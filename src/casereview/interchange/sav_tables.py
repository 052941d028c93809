"""Read the rows of an SPSS .sav file, in a child process: its parser is C code, and a damaged file can crash it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from casereview.interchange.kinds import kind_of
from casereview.interchange.raw import Header, RawRow, RawTable, TableRefused, refused

SECONDS = 300
"""How long a file may take to read."""
_CHILD = Path(__file__).with_name("sav_child.py")
"""Run as a script, so that it starts without the rest of the package."""
_REMEDY = "Open it in SPSS or PSPP and save it again as .sav, or export it as CSV."


def read_sav(path: Path) -> RawTable:
    """Codes as "1", not "1.0"; user-missing codes kept; system-missing as ''; dates in ISO form. Raises TableRefused, OSError."""
    table = _in_child(path)
    header = Header.of(path, table.column_names)
    labels = json.loads(table.schema.metadata[b"labels"])
    missing = json.loads(table.schema.metadata[b"missing"])
    return RawTable(tuple(header.places), _rows(table), labels, missing)


def _rows(table: pa.Table) -> Iterator[RawRow]:
    number = 0
    for batch in table.to_batches(max_chunksize=5_000):
        for cells in batch.to_pylist():
            number += 1
            yield RawRow(number, cells)


def _in_child(path: Path) -> pa.Table:
    return pa.ipc.open_stream(answer_of_child(path, "rows")).read_all()


def answer_of_child(path: Path, what: str) -> bytes:
    """What `sav_child` says of a file: its `rows`, or its `codebook`. Raises TableRefused, OSError."""
    kind = kind_of(path)
    if "SPSS" not in kind:
        raise refused(path, "table-wrong-kind", f"not an SPSS file (.sav): {kind}", "Correct the file's ending.")
    command = [sys.executable, "-P", str(_CHILD), what, str(path.absolute()), str(SECONDS)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603  # our own module
    except subprocess.TimeoutExpired:
        raise refused(path, "table-too-large", f"the .sav file took longer than {SECONDS} seconds to read", _REMEDY) from None
    if done.returncode != 0:
        raise _damaged(path, done.stderr.decode(errors="replace").strip().rpartition("\n")[2])
    return done.stdout


def _damaged(path: Path, reason: str) -> TableRefused:
    return refused(path, "table-damaged", f"the .sav file is damaged ({reason or 'its reader broke down'})", _REMEDY)
