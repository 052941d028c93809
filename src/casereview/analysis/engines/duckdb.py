"""Counts on DuckDB, within this process: a release, or coded records in Parquet files."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

from casereview.analysis.engines import CountQuery, Marked, compiled
from casereview.analysis.engines.dialect import Dialect
from casereview.analysis.engines.released import Kind, Released
from casereview.analysis.engines.sql import Row, Run, Sql
from casereview.study.problems import Place, Problem, SourcesRefused

FETCHED = 10_000
"""Rows that are held at once."""
SETTINGS: dict[int, dict[str, int]] = {
    100_000: {"threads": 1, "perfect_ht_threshold": 16},
    500_000: {"perfect_ht_threshold": 16},
}
"""Up to so many records, what suits DuckDB better than its defaults; of more, `SETTINGS_OF_MANY`. The threshold: the bits of a
key up to which it counts in an array, not a hash table; three codes of a survey take 20. (To clear such an array takes 3 ms,
more than to count a thousand records; and so does a second thread.)
"""
SETTINGS_OF_MANY = {"perfect_ht_threshold": 20}
UNREADABLE = (duckdb.Error, duckdb.InvalidInputException, duckdb.IOException)
"""What it raises of damaged files: of their Thrift, no more than that there is an error."""
KINDS: dict[str, Kind] = {"VARCHAR": "text", "VARCHAR[]": "list", "DOUBLE": "number"}


class DuckDB(Sql):
    """The engine for use. What it adds up are whole numbers and decimals, so neither threads nor the order of rows matter."""

    def __init__(
        self,
        data: Path,
        absences: Collection[str],
        connection: duckdb.DuckDBPyConnection | None = None,
        sizes: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        self._connection = connection or connected()
        dialect = Dialect()

        def table(name: str) -> str:
            return f"read_parquet({dialect.text(str(data / f'{name}.parquet'))})"

        @cache
        def columns(name: str) -> Mapping[str, Kind]:
            return {column: KINDS[kind] for column, kind in described(self._connection, table(name))}

        super().__init__(Released(columns, table, absences, dialect, sizes), runner(self._connection))

    def marked(self, query: CountQuery) -> Marked:
        """The records themselves, in one query, by columns."""
        found: dict[str, Any] = self._connection.cursor().execute(compiled.marking(self._layout, query)).fetchnumpy()
        return Marked(found["case"].tolist(), {name: found[f"m{place}"] for place, name in enumerate(query.marks)})


def connected() -> duckdb.DuckDBPyConnection:
    """A database in memory that fetches nothing from anywhere."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    connection = duckdb.connect(config=config)
    connection.execute("SET parquet_metadata_cache = true")
    return connection


def suit(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Set it up for as many records as a table has."""
    ((records,),) = connection.execute(f"SELECT count(*) FROM {table}").fetchall()
    settings = next((held for most, held in SETTINGS.items() if records <= most), SETTINGS_OF_MANY)
    for name, value in settings.items():
        connection.execute(f"SET {name} = {value}")


def described(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str, str]]:
    """The columns of a table, each with its type."""
    return [(name, kind) for name, kind, *_ in connection.cursor().execute(f"DESCRIBE SELECT * FROM {table}").fetchall()]


def runner(connection: duckdb.DuckDBPyConnection, place: str = "") -> Run:
    """Runs queries, several at a time if need be. place: of records that lie elsewhere, as people know it (`reading`)."""

    def run(text: str) -> Iterator[Row]:
        with reading(place) if place else nullcontext():
            cursor = connection.cursor().execute(text)
            while rows := cursor.fetchmany(FETCHED):
                yield from rows

    return run


@contextmanager
def reading(place: str) -> Iterator[None]:
    """What DuckDB says of files that it cannot read, as a refusal."""
    try:
        yield
    except duckdb.Error as error:
        if type(error) not in UNREADABLE:
            raise
        said = str(error).partition("\n")[0].rpartition("Error: ")[2].rstrip(".")
        cause = f"The records cannot be read: {said}."
        remedy = "Make the file anew, as Parquet; all files of a pattern have the same columns."
        raise SourcesRefused([Problem(Place(place), "records-unreadable", cause, remedy)]) from error
