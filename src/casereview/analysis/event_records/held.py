"""Events where they lie: in Parquet files, read by DuckDB or Spark, or in a table of Spark's catalogue."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from casereview.analysis.engines.dialect import Dialect
from casereview.analysis.engines.recorded import Kind
from casereview.analysis.engines.sql import Run
from casereview.practice import sql
from casereview.study.sources import EventRecordsSource


@dataclass(frozen=True)
class Held:
    """Events that can be asked. table: what stands in FROM; kinds: of its columns.

    keep: makes a table of a name from a query; view: calls the query by a name. row: the number of a row, each its own.
    dialect, practice: how this database writes names and texts, days and words.
    """

    table: str
    kinds: Mapping[str, Kind]
    run: Run
    keep: Callable[[str, str], object]
    view: Callable[[str, str], object]
    dialect: Dialect
    practice: sql.Dialect
    row: str


def by_duckdb(source: EventRecordsSource, data: Path) -> Held:
    """Parquet files below the folder `data`. Raises SourcesRefused where there are none, or they cannot be read."""
    from casereview.analysis.engines.duckdb import reading, runner
    from casereview.analysis.engines.duckdb_records import lying

    connection, table, kinds = lying(source, data)

    def made(what: str, name: str, select: str) -> None:
        with reading(source.place):
            connection.execute(f"CREATE {what} {name} AS {select}")

    keep, view = partial(made, "TABLE"), partial(made, "VIEW")
    return Held(table, kinds, runner(connection, source.place), keep, view, Dialect(), sql.DUCKDB, "row_number() OVER ()")


def by_spark(source: EventRecordsSource, data: Path, master: str = "") -> Held:
    """Likewise, or a table. What is kept stays in Spark's memory. Raises SourcesRefused, EngineRefused."""
    from casereview.analysis.engines import spark_session
    from casereview.analysis.engines.spark import SparkDialect, runner
    from casereview.analysis.engines.spark_records import RECORDS, kind_of, whole

    session = spark_session.session(master)
    with spark_session.refusals():
        records = whole(session, source, data)
        records.createOrReplaceTempView(RECORDS)
        kinds = {name: kind_of(kind) for name, kind in records.dtypes}

    def keep(name: str, select: str) -> None:
        with spark_session.refusals():
            session.sql(select).cache().createOrReplaceTempView(name)

    def view(name: str, select: str) -> None:
        with spark_session.refusals():
            session.sql(select).createOrReplaceTempView(name)

    return Held(RECORDS, kinds, runner(session), keep, view, SparkDialect(), sql.SPARK, "monotonically_increasing_id()")
