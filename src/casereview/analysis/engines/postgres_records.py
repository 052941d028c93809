"""Coded records in a table or a view of PostgreSQL, counted where they lie, and never copied."""

from casereview.analysis.engines.fitting import refuse_missing, refuse_unfit
from casereview.analysis.engines.in_place import InPlace
from casereview.analysis.engines.postgres import PostgresDialect
from casereview.analysis.engines.postgres_server import Server
from casereview.analysis.engines.recorded import Kind, Recorded
from casereview.analysis.engines.sql import Sql
from casereview.study.sources import RecordsSource
from casereview.study.study import Study

KINDS: dict[str, Kind] = {
    "text": "text",
    "character varying": "text",
    "character": "text",
    "date": "date",
    "timestamp without time zone": "date",
    "boolean": "boolean",
}
NUMBERS = ("smallint", "integer", "bigint", "numeric", "real", "double precision")
COLUMNS = (
    "SELECT to_regclass({0})::text, attname::text, format_type(atttypid, NULL) FROM pg_attribute "
    "WHERE attrelid = to_regclass({0}) AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
)


def records(study: Study, source: RecordsSource, database: str = "") -> InPlace:
    """An engine over the records in a table. Raises SourcesRefused where it is not there, or lacks a column; EngineRefused.

    Everything is read as it was when the first of it was.
    """
    dialect, server = PostgresDialect(), Server(database, steady=True)
    found = server.rows(COLUMNS.format(dialect.text(source.table))) if source.table else []
    if not found:
        refuse_missing(source)
    kinds = {name: _kind(kind) for _, name, kind in found}
    refuse_unfit(study, source, kinds)
    layout = Recorded(study, source, str(found[0][0]), kinds, dialect)
    return InPlace(layout, Sql(layout, server.rows), server.rows)


def _kind(kind: str) -> Kind:
    return "number" if kind in NUMBERS else KINDS.get(kind, "other")
