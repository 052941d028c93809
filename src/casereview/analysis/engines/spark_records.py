"""Coded records in Parquet files, or in a table of Spark's catalogue, counted where they lie by Spark."""

from pathlib import Path
from typing import TYPE_CHECKING

from casereview.analysis.engines import spark_session
from casereview.analysis.engines.fitting import refuse_missing, refuse_unfit
from casereview.analysis.engines.in_place import InPlace
from casereview.analysis.engines.recorded import Kind, Recorded
from casereview.analysis.engines.spark import SparkDialect, SparkSql, runner
from casereview.analysis.engines.spark_tables import quoted
from casereview.study.sources import InPlaceSource, RecordsSource
from casereview.study.study import Study

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType

KINDS: dict[str, Kind] = {"string": "text", "date": "date", "timestamp_ntz": "date", "boolean": "boolean"}
NUMBERS = ("tinyint", "smallint", "int", "bigint", "float", "double", "decimal")
RECORDS = "records"


def records(study: Study, source: RecordsSource, data: Path, master: str = "") -> InPlace:
    """An engine over records below the folder `data`, or in a table. Raises SourcesRefused where they are not there, or lack a
    column; EngineRefused.

    The columns that sources.yaml names stay in Spark's memory.
    """
    session, looking = spark_session.session(master), spark_session.session(master)
    with spark_session.refusals():
        held = whole(session, source, data)
        kinds = {name: kind_of(kind) for name, kind in held.dtypes}
        refuse_unfit(study, source, kinds)
        named = filter(None, {*source.columns, source.wave_column})
        held.select(*map(quoted, sorted(named))).cache().createOrReplaceTempView(RECORDS)
        # Identifiers are looked at once, and would fill the memory: they are read from where they lie.
        whole(looking, source, data, held.schema).createOrReplaceTempView(RECORDS)
    layout = Recorded(study, source, quoted(RECORDS), kinds, SparkDialect())
    return InPlace(layout, SparkSql(layout, runner(session)), runner(looking))


def whole(session: "SparkSession", source: InPlaceSource, data: Path, schema: "StructType | None" = None) -> "DataFrame":
    """All of it, as it lies. Raises SourcesRefused where it is not there."""
    if source.table:
        return session.table(source.table)
    files = sorted(str(path.absolute()) for path in data.glob(source.file or ""))
    if not files:
        refuse_missing(source)
    # Its columns, once they are known, need not be read again.
    return (session.read.schema(schema) if schema else session.read).parquet(*files)


def kind_of(kind: str) -> Kind:
    """Of a column, by its type."""
    return "number" if kind.partition("(")[0] in NUMBERS else KINDS.get(kind, "other")
