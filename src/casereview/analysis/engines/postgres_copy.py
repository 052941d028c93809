"""A release's tables in PostgreSQL: copied once, whole or not at all, into a schema that their content names."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from casereview.analysis.engines.dialect import Dialect
from casereview.analysis.engines.postgres_server import PLACE, Server
from casereview.analysis.engines.released import Kind
from casereview.release.layout import CONTENT
from casereview.release.manifest import taken
from casereview.study.problems import EngineRefused, Problem

if TYPE_CHECKING:
    from psycopg import Connection, Cursor

# Sorted by code point, and quick to compare, whatever the database's own order is.
TYPES: dict[Kind, str] = {"text": 'text COLLATE "C"', "list": 'text[] COLLATE "C"', "number": "double precision"}
COUNTED = {
    "samples": ("sample", "case", "status"),
    "values": ("unit", "record", "variable", "value", "absent", "coder", "source"),
}
"""Of the long tables, the columns that are counted. What a source wrote, and what people said, stays in the release."""


def kinds(path: Path) -> Mapping[str, Kind]:
    """The columns of a table that can be counted."""
    return {field.name: kind for field in pq.read_schema(path) if (kind := _kind(field.type))}


def _kind(given: pa.DataType) -> Kind | None:
    if pa.types.is_list(given):
        return "list"
    return "text" if pa.types.is_string(given) else "number" if pa.types.is_floating(given) else None


def copied(data: Path, server: Server, dialect: Dialect) -> str:
    """The schema with a release's tables, in its quotation marks; where it is not there yet, it is made. Raises EngineRefused."""
    schema = f"casereview_{taken(data, '').digest[:16]}"
    tables = [Table(path, f"{dialect.name(schema)}.{dialect.name(path.stem)}", dialect) for path in _counted(data)]
    with server.connected() as connection:
        # Two that count a new release at once: the second waits for the first, then finds it copied.
        connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [schema])
        if not connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema]).fetchone():
            _make(connection, dialect, schema, tables)
        _read_back(connection, schema, tables)
    return dialect.name(schema)


def _counted(data: Path) -> list[Path]:
    return sorted(path for path in data.glob("*.parquet") if path.stem not in CONTENT or path.stem in COUNTED)


def _make(connection: "Connection[Any]", dialect: Dialect, schema: str, tables: list["Table"]) -> None:
    said = dialect.text("A release's tables, copied by casereview to be counted. May be dropped: it would be copied again.")
    connection.execute(f"CREATE SCHEMA {dialect.name(schema)}".encode())
    connection.execute(f"COMMENT ON SCHEMA {dialect.name(schema)} IS {said}".encode())
    for table in tables:
        connection.execute(f"CREATE TABLE {table.name} ({table.definition})".encode())
        with connection.cursor() as cursor:
            table.fill(cursor)
        connection.execute(f"ANALYZE {table.name}".encode())


def _read_back(connection: "Connection[Any]", schema: str, tables: list["Table"]) -> None:
    for table in tables:
        found = connection.execute(f"SELECT count(*) FROM {table.name}".encode()).fetchone()
        if found != (table.rows,):
            cause = f"The copy of the release has {found[0] if found else 0:,} rows of {table.rows:,} in {table.name}."
            remedy = f"Drop the schema {schema}; the release is then copied again."
            raise EngineRefused([Problem(PLACE, "copy-differs", cause, remedy)])


class Table:
    """One table of a release, and its copy."""

    def __init__(self, path: Path, name: str, dialect: Dialect) -> None:
        wanted = COUNTED.get(path.stem)
        self.name = name
        self._file = path
        self._kinds = {column: kind for column, kind in kinds(path).items() if not wanted or column in wanted}
        self._quoted = dialect.name
        self.rows: int = pq.read_metadata(path).num_rows

    @property
    def definition(self) -> str:
        """Its columns and their types."""
        return ", ".join(f"{self._quoted(column)} {TYPES[kind]}" for column, kind in self._kinds.items())

    def fill(self, cursor: "Cursor[Any]") -> None:
        """Copy every row."""
        with cursor.copy(f"COPY {self.name} FROM STDIN (FORMAT csv)".encode()) as copy:
            for part in self._written():
                copy.write(part)

    def _written(self) -> Iterator[bytes]:
        from pyarrow.csv import WriteOptions, write_csv

        # Every value in quotation marks: what has none is null.
        options = WriteOptions(include_header=False, quoting_style="all_valid")
        for batch in pq.ParquetFile(self._file).iter_batches(columns=list(self._kinds)):
            columns = {name: _flat(batch[name]) if kind == "list" else batch[name] for name, kind in self._kinds.items()}
            sink = BytesIO()
            write_csv(pa.record_batch(columns), sink, options)
            yield sink.getvalue()


def _flat(lists: pa.ListArray) -> pa.StringArray:
    """Lists as PostgreSQL writes them: {"a","b"}."""
    escaped = pc.replace_substring_regex(lists.values, r'(["\\])', r"\\\1")
    quoted = pc.binary_join_element_wise('"', escaped, '"', "")
    return pc.binary_join_element_wise("{", pc.binary_join(pa.ListArray.from_arrays(lists.offsets, quoted), ","), "}", "")
