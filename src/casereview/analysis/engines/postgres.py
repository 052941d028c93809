"""Counts in PostgreSQL, where the data live: a release is copied there once, and nothing but counts comes back."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache, cached_property
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from casereview.analysis.engines import CountQuery, Marked, compiled
from casereview.analysis.engines.dialect import Dialect
from casereview.analysis.engines.postgres_copy import copied, kinds
from casereview.analysis.engines.postgres_server import Server
from casereview.analysis.engines.released import Released
from casereview.analysis.engines.sql import Row, Sql

LONGEST = 63
"""Bytes of an identifier; what is longer would be cut, and two might become one."""


class PostgresDialect(Dialect):
    """PostgreSQL's."""

    varchar = "text"
    double = "double precision"

    def name(self, identifier: str) -> str:
        """An identifier in its quotation marks; one that is too long, with a hash for its end."""
        if len(identifier.encode()) > LONGEST:
            identifier = f"{identifier.encode()[:40].decode(errors='ignore')}-{sha256(identifier.encode()).hexdigest()[:16]}"
        return super().name(identifier)

    def decimal(self, number: str) -> str:
        """By way of its text: straight from a float, PostgreSQL keeps fifteen digits."""
        return f"CAST(CAST({number} AS text) AS decimal(18, 9))"

    def holds_any(self, several: str, values: Iterable[str]) -> str:
        """Whether a list of texts holds one of these."""
        return f"({several} && ARRAY[{self.texts(values)}])"

    def pairs(self, one: str, other: str) -> str:
        """The list of pairs."""
        return f"array_agg(ARRAY[{one}, {other}] ORDER BY {one}, {other})"


class Postgres(Sql):
    """The engine for data that a PostgreSQL server holds. It reads them in transactions that can change nothing."""

    def __init__(
        self, data: Path, absences: Collection[str], database: str = "", sizes: Mapping[str, int] = MappingProxyType({})
    ) -> None:
        self._data = data
        self._server = Server(database)
        columns = cache(lambda name: kinds(data / f"{name}.parquet"))
        super().__init__(Released(columns, self._table, absences, PostgresDialect(), sizes), self._rows_of)

    def marked(self, query: CountQuery) -> Marked:
        """The records themselves, in one query, by columns."""
        from pyarrow import bool_, string
        from pyarrow.csv import ConvertOptions, ParseOptions, read_csv

        held = {f"m{place}": name for place, name in enumerate(query.marks)}
        text = self._server.written(compiled.marking(self._layout, query))
        types = {"case": string()} | dict.fromkeys(held, bool_())
        convert = ConvertOptions(column_types=types, true_values=["t"], false_values=["f"])
        found = read_csv(BytesIO(text), parse_options=ParseOptions(newlines_in_values=True), convert_options=convert)
        return Marked(found["case"].to_pylist(), {name: found[column].to_numpy() for column, name in held.items()})

    def _rows_of(self, text: str) -> list[Row]:
        return self._server.rows(text)

    def _table(self, name: str) -> str:
        return f"{self._schema}.{self._layout.dialect.name(name)}"

    @cached_property
    def _schema(self) -> str:
        return copied(self._data, self._server, PostgresDialect())
