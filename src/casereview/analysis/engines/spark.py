"""Counts on Spark: on the cores of this machine, or on a cluster that sees the release's folder under the same path."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from casereview.analysis.engines import CountQuery, Counts, Marked, RatingQuery, Ratings, compiled, spark_session
from casereview.analysis.engines.dialect import Dialect
from casereview.analysis.engines.released import Released
from casereview.analysis.engines.spark_tables import Tables, quoted
from casereview.analysis.engines.sql import Row, Run, Sql
from casereview.analysis.engines.totals import Totals

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

AT_ONCE = 4
"""Queries under way: while one is planned, another is counted."""


class SparkDialect(Dialect):
    """Spark's."""

    varchar = "STRING"

    def name(self, identifier: str) -> str:
        """An identifier in its quotation marks."""
        return quoted(identifier)

    def text(self, value: str) -> str:
        """A text in its quotation marks."""
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def holds_any(self, several: str, values: Iterable[str]) -> str:
        """Whether a list of texts holds one of these."""
        return f"arrays_overlap({several}, array({self.texts(values)}))"

    def first(self, several: str) -> str:
        """The first of a list; null where it is empty, which Spark's square brackets refuse."""
        return f"get({several}, 0)"

    def pairs(self, one: str, other: str) -> str:
        """The list of pairs; sorted, for Spark gathers them in any order."""
        return f"sort_array(collect_list(struct({one}, {other})))"


class SparkSql(Sql):
    """Puts many small queries, several at a time."""

    def _each(self, queries: Sequence[CountQuery]) -> Iterable[Totals]:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(self._alone, queries))


class Spark(SparkSql):
    """The engine for a cluster, over a release of which the columns that are asked for stay in Spark's memory."""

    def __init__(
        self, data: Path, absences: Collection[str], master: str = "", sizes: Mapping[str, int] = MappingProxyType({})
    ) -> None:
        self._session = spark_session.session(master)
        self._tables = Tables(self._session, data)
        layout = Released(self._tables.columns, self._tables.table, absences, SparkDialect(), sizes)
        super().__init__(layout, runner(self._session))

    def counts(self, queries: Sequence[CountQuery]) -> list[Counts]:
        """The number of records by answers and mark."""
        self._tables.keep(queries)
        return super().counts(queries)

    def ratings(self, query: RatingQuery) -> Ratings:
        """How often each set of codings of one record occurs."""
        self._tables.keep([query])
        return super().ratings(query)

    def marked(self, query: CountQuery) -> Marked:
        """The records themselves, in one query, by columns."""
        self._tables.keep([query])
        with spark_session.refusals():
            found = self._session.sql(compiled.marking(self._layout, query)).toArrow()
        held = {name: found[f"m{place}"].to_numpy() for place, name in enumerate(query.marks)}
        return Marked(found["case"].to_pylist(), held)


def runner(session: "SparkSession") -> Run:
    """Runs queries in a session, several at a time if need be."""

    def run(text: str) -> list[Row]:
        with spark_session.refusals():
            return list(session.sql(text).collect())

    return run
