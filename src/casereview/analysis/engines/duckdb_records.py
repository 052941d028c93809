"""Coded records in Parquet files, counted where they lie by DuckDB."""

from pathlib import Path

from duckdb import DuckDBPyConnection

from casereview.analysis.engines.dialect import Dialect
from casereview.analysis.engines.duckdb import connected, described, reading, runner, suit
from casereview.analysis.engines.fitting import refuse_missing, refuse_unfit
from casereview.analysis.engines.in_place import InPlace
from casereview.analysis.engines.recorded import Kind, Recorded
from casereview.analysis.engines.sql import Sql
from casereview.study.sources import InPlaceSource, RecordsSource
from casereview.study.study import Study

KINDS: dict[str, Kind] = {"VARCHAR": "text", "DATE": "date", "TIMESTAMP": "date", "BOOLEAN": "boolean"}
NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL")


def records(study: Study, source: RecordsSource, data: Path) -> InPlace:
    """An engine over records below the folder `data`. Raises SourcesRefused where they are not there, or lack a column."""
    connection, table, kinds = lying(source, data)
    refuse_unfit(study, source, kinds)
    with reading(source.place):
        suit(connection, table)
    layout, run = Recorded(study, source, table, kinds, Dialect()), runner(connection, source.place)
    return InPlace(layout, Sql(layout, run), run)


def lying(source: InPlaceSource, data: Path) -> tuple[DuckDBPyConnection, str, dict[str, Kind]]:
    """A database, what stands in its FROM for the files of a source, and of which kind their columns are.

    Raises SourcesRefused where they are not there, or cannot be read.
    """
    if source.file is None or not any(data.glob(source.file)):
        refuse_missing(source)
    connection = connected()
    table = f"read_parquet({Dialect().text(f'{data}/{source.file}')})"
    with reading(source.place):
        return connection, table, {name: _kind(kind) for name, kind in described(connection, table)}


def _kind(kind: str) -> Kind:
    plain = kind.partition("(")[0].removeprefix("U")
    return "number" if plain in NUMBERS else KINDS.get(plain, "other")
