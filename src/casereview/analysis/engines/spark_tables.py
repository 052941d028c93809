"""A release's tables in Spark: each unit with the columns that have been asked for, which stay in Spark's memory."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from casereview.analysis.engines import CountQuery, RatingQuery
from casereview.analysis.engines.released import Kind
from casereview.analysis.engines.spark_session import refusals

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

IDENTIFIERS = frozenset({"case", "person", "wave"})
KINDS: dict[str, Kind] = {"string": "text", "array<string>": "list", "double": "number"}


class Tables:
    """The tables by name. Persons stand beside what they inherit of their case: they are joined to it once."""

    def __init__(self, session: "SparkSession", data: Path) -> None:
        self._session = session
        self._data = data
        self._kept: dict[str, DataFrame] = {}
        self._read = cache(self._opened)
        self.columns = cache(self._columns)

    def table(self, name: str) -> str:
        """What stands in FROM for a table."""
        if name not in self._kept:
            self._read(name).createOrReplaceTempView(quoted(name))
        return quoted(name)

    def keep(self, queries: Iterable[CountQuery | RatingQuery]) -> None:
        """Have at hand what queries ask after; what was at hand before stays there."""
        wanted: dict[str, set[str]] = {}
        for query in queries:
            of_unit = wanted.setdefault(query.unit, set(IDENTIFIERS))
            of_unit.update(one for name in query.variables for one in (name, f"{name}.absent"))
        for unit, names in wanted.items():
            self._keep(unit, names & self.columns(unit).keys())

    def _keep(self, unit: str, names: set[str]) -> None:
        before = self._kept.get(unit)
        names |= set(before.columns) if before else set()
        if before and len(names) == len(before.columns):
            return
        self._kept[unit] = self._of_unit(unit).select(*map(quoted, sorted(names))).cache()
        self._kept[unit].createOrReplaceTempView(quoted(unit))
        if before:
            before.unpersist()

    def _columns(self, name: str) -> Mapping[str, Kind]:
        return {column: KINDS[kind] for column, kind in self._of_unit(name).dtypes if kind in KINDS}

    def _of_unit(self, unit: str) -> "DataFrame":
        if unit == "case":
            return self._read(unit)
        return self._read(unit).join(self._read("case").drop("wave"), "case")

    def _opened(self, name: str) -> "DataFrame":
        with refusals():
            return self._session.read.parquet(str((self._data / f"{name}.parquet").absolute()))


def quoted(name: str) -> str:
    """A name in its quotation marks."""
    return "`" + name.replace("`", "``") + "`"
