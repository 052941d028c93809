"""The tables of a release as Parquet files: the long ones as the casebook hands them over, and the wide ones made of them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from casereview.release import asked, drawn, parquet, wide
from casereview.release.faults import refuse_faults
from casereview.release.layout import CONTENT, KEYS
from casereview.release.relations import PRIMARY
from casereview.release.sql import connection, name, text
from casereview.study.study import Study


def write_tables(study: Study, content: Mapping[str, Iterable[pa.RecordBatch]], data: Path, spill: Path) -> None:
    """Write every table into `data`. Raises ValueError where the content contradicts the study (a fault of the programme)."""
    with connection(spill) as database:
        for table in CONTENT:
            _write_long(database, table, content[table], data, spill)
        refuse_faults(study, database)
        wide.build(study, database)
        drawn.build(study, database)
        asked.build(study, database)
        for table in asked.tables(study):
            query = f"SELECT * FROM {name(table)} ORDER BY {', '.join(map(name, asked.SCHEMA.names[:4]))}"
            _write_sorted(database, query, asked.SCHEMA, data / f"{table}.parquet")
        for unit in study.units:
            rows = (*drawn.selected(study), *asked.selected(study)) if unit == "case" else ()
            query = wide.selection(study, unit, rows)
            fields = (*drawn.fields(study), *asked.fields(study)) if unit == "case" else ()
            schema = pa.schema([*wide.wide_schema(study, unit), *fields])
            _write_sorted(database, query, schema, data / f"{unit}.parquet")


def wide_tables(study: Study, content: Mapping[str, Iterable[pa.RecordBatch]]) -> dict[str, pa.Table]:
    """The wide table of each unit as a release would have it, without one being made."""
    with TemporaryDirectory() as spill, connection(Path(spill)) as database:
        for table, schema in CONTENT.items():
            database.register(table, pa.Table.from_batches(list(content[table]), schema))
        wide.build(study, database)
        found = {unit: database.sql(wide.selection(study, unit)).to_arrow_table() for unit in study.units}
    return {unit: table.cast(wide.wide_schema(study, unit)) for unit, table in found.items()}


def _write_long(
    database: duckdb.DuckDBPyConnection, table: str, batches: Iterable[pa.RecordBatch], data: Path, spill: Path
) -> None:
    """Sorted here, so that the order does not hang on a database's collation."""
    arrived, frozen = spill / f"{table}.parquet", data / f"{table}.parquet"
    parquet.write(arrived, CONTENT[table], batches)
    _write_sorted(database, f"SELECT * FROM read_parquet({text(str(arrived))}) ORDER BY {_order(table)}", CONTENT[table], frozen)
    arrived.unlink()
    database.execute(f"CREATE VIEW {name(table)} AS SELECT * FROM read_parquet({text(str(frozen))})")


def _order(table: str) -> str:
    """The table's sort key; where that may leave two rows level, every other column after it."""
    unique = set(PRIMARY.get(table, ("",))) <= set(KEYS[table])
    rest = () if unique else (column for column in CONTENT[table].names if column not in KEYS[table])
    return ", ".join(map(name, (*KEYS[table], *rest)))


def _write_sorted(database: duckdb.DuckDBPyConnection, query: str, schema: pa.Schema, path: Path) -> None:
    parquet.write(path, schema, database.sql(query).to_arrow_reader(parquet.ROW_GROUP))
