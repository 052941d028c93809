"""The seam between a plan and its counts: an engine counts records of a release's folder, and knows nothing of tables.

Queries are compiled to SQL without an engine at hand (`compiled`, `expressions`, in an engine's `dialect`), of records where they
lie (`layout`: `released`, `in_place`), in as few passes as there need be (`passes`). What runs that SQL is an engine: `duckdb`,
`spark`, `postgres`. Their oracle is `plain`: pure Python, slow and obvious.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from casereview.study.conditions import All, In, Test, variables
from casereview.study.plan import Length

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from casereview.study.sources import RecordsSource
    from casereview.study.study import Study

Key = tuple[str | float, ...]
"""The answers of `CountQuery.by`, in their order, then the mark's name. The answer of a number is a float; where a number or a
date is absent, the reason for it."""


@dataclass(frozen=True)
class Counts:
    """The numbers of records, and, where the query has a weight, the sums of their weights. What is not there is 0."""

    n: dict[Key, int]
    weights: dict[Key, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Mark:
    """Records that are counted together: those of which all of this holds; with nothing asked, every record.

    true: conditions that are true. unknown: conditions that are neither true nor false.
    among: variable, or time, → answers, or reasons for absence, of which the record's is one.
    """

    true: tuple[Test, ...] = ()
    unknown: tuple[Test, ...] = ()
    among: "tuple[tuple[str | Period, tuple[str, ...]], ...]" = ()

    @property
    def variables(self) -> frozenset[str]:
        """The variables that it asks after."""
        among = {one if isinstance(one, str) else one.variable for one, _ in self.among}
        return variables(All((*self.true, *self.unknown))) | among

    def __and__(self, other: "Mark") -> "Mark":
        return Mark(self.true + other.true, self.unknown + other.unknown, self.among + other.among)


EVERY = Mark()
"""Every record."""


@dataclass(frozen=True)
class Period:
    """The time into which a date falls: 2014, 2013-14 (a financial year, from April), 2014-Q2 or 2014-04.

    A date that is not known so exactly has the reason `undated`.
    """

    variable: str
    length: Length


UNDATED = "undated"

Dimension = str | Period | In
"""What records are counted by: a variable with one answer each, or `wave`; a time; or whether an answer is among some, which is
`yes`, `no` or `unknown`: so the answers of a multiple response are counted by, one at a time."""


@dataclass(frozen=True)
class CountQuery:
    """How many records of a unit bear each mark, by their answers.

    weight: a number variable; records without a weight above 0 are not counted, neither by number nor by weight.
    """

    unit: str
    marks: dict[str, Mark]
    by: tuple[Dimension, ...] = ()
    where: Test = field(default_factory=lambda: All(()))
    weight: str | None = None

    @property
    def variables(self) -> frozenset[str]:
        """The variables that it asks after."""
        by = {one if isinstance(one, str) else one.variable for one in self.by}
        weight = {self.weight} if self.weight else set()
        return variables(self.where).union(by, weight, *(mark.variables for mark in self.marks.values()))


@dataclass(frozen=True)
class RatingQuery:
    """What those who coded a variable said of the same record: of each record that `where` admits, every coder's answer."""

    unit: str
    variable: str
    where: Test = field(default_factory=lambda: All(()))

    @property
    def variables(self) -> frozenset[str]:
        """The variables that say which records are meant."""
        return variables(self.where)


Ratings = dict[tuple[tuple[str, str], ...], int]
"""(coder, or else source; answer, or reason for absence), sorted → the number of records of which just this was said."""


@dataclass(frozen=True)
class Marked:
    """The records that `where` admits, in the order of case, then person: each one's case, and which marks it bears."""

    cases: list[str]
    marks: "dict[str, NDArray]"  # type: ignore[type-arg]  # of bool, as long as `cases`


class Engine(Protocol):
    """What counts. Persons inherit the answers of their case."""

    def counts(self, queries: Sequence[CountQuery]) -> list[Counts]:
        """The number of records by answers and mark, of each query; an engine may put several into one pass."""
        ...

    def ratings(self, query: RatingQuery) -> Ratings:
        """How often each set of codings of one record occurs."""
        ...

    def marked(self, query: CountQuery) -> Marked:
        """The records themselves; `by` is not looked at."""
        ...


def opened(name: str, data: Path, absences: Collection[str], sizes: Mapping[str, int] | None = None) -> Engine:
    """An engine over the folder of a release's tables: `duckdb`, `plain`, `spark:MASTER` or `postgres:DATABASE`.

    absences: the study's reasons for having no answer. sizes: how many answers a coded variable may have, reasons among them;
    where they are few, an engine may put queries as one. Raises ValueError for an engine that there is not, EngineRefused for one
    that is not installed or does not answer.
    """
    kind, _, place = name.partition(":")
    match kind:
        case "duckdb":
            from casereview.analysis.engines.duckdb import DuckDB

            return DuckDB(data, absences, sizes=sizes or {})
        case "spark":
            from casereview.analysis.engines.spark import Spark

            return Spark(data, absences, place, sizes or {})
        case "postgres":
            from casereview.analysis.engines.postgres import Postgres

            return Postgres(data, absences, place, sizes or {})
        case "plain":
            from casereview.analysis.engines.plain import Plain

            return Plain(data, absences)
    raise ValueError(f"there is no engine “{name}”; there are duckdb, spark, postgres and plain")


def opened_in_place(name: str, study: "Study", source: "RecordsSource", data: Path) -> Engine:
    """An engine over coded records that lie below the folder `data`, or in a table.

    `name` as for `opened`. Raises ValueError for an engine that cannot, SourcesRefused where the records are not there or lack a
    column, EngineRefused.
    """
    kind, _, place = name.partition(":")
    match kind:
        case "duckdb":
            from casereview.analysis.engines import duckdb_records

            return duckdb_records.records(study, source, data)
        case "spark":
            from casereview.analysis.engines import spark_records

            return spark_records.records(study, source, data, place)
        case "postgres":
            from casereview.analysis.engines import postgres_records

            return postgres_records.records(study, source, place)
    raise ValueError(f"the engine “{name}” does not count records in place; duckdb, spark and postgres do")
