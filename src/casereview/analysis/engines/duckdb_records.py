"""Coded records in Parquet files, counted where they lie by DuckDB."""

from pathlib import Path

from casereview.analysis.engines.dialect import Dialect
from casereview.analysis.engines.duckdb import connected, described, reading, runner, suit
from casereview.analysis.engines.fitting import refuse_missing, refuse_unfit
from casereview.analysis.engines.in_place import InPlace
from casereview.analysis.engines.recorded import Kind, Recorded
from casereview.analysis.engines.sql import Sql
from casereview.study.sources import RecordsSource
from casereview.study.study import Study

KINDS: dict[str, Kind] = {"VARCHAR": "text", "DATE": "date", "TIMESTAMP": "date", "BOOLEAN": "boolean"}
NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL")


def records(study: Study, source: RecordsSource, data: Path) -> InPlace:
    """An engine over records below the folder `data`. Raises SourcesRefused where they are not there, or lack a column."""
    if source.file is None or not any(data.glob(source.file)):
        refuse_missing(source)
    connection, dialect = connected(), Dialect()
    table = f"read_parquet({dialect.text(f'{data}/{source.file}')})"
    with reading(source.place):
        kinds = {name: kind_of(kind) for name, kind in described(connection, table)}
        refuse_unfit(study, source, kinds)
        suit(connection, table)
    layout, run = Recorded(study, source, table, kinds, dialect), runner(connection, source.place)
    return InPlace(layout, Sql(layout, run), run)


def kind_of(kind: str) -> Kind:
    """Of a column, by its type."""
    plain = kind.partition("(")[0].removeprefix("U")
    return "number" if plain in NUMBERS else KINDS.get(plain, "other")
