"""The tables of a release as records: `release/layout.py` says what stands in them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from casereview.analysis.engines import CountQuery, Period, RatingQuery
from casereview.analysis.engines.dialect import Dialect
from casereview.analysis.engines.expressions import Expression, number, one_of, period
from casereview.study.conditions import All, answers_named

Kind = Literal["text", "list", "number"]
"""Of a column: texts, lists of texts, floats."""
SAMPLED = "sampled"
MANY = 1_000_000


@dataclass(frozen=True)
class Released:
    """The layout of a release.

    columns: of a table, its columns in their order. table: what stands in FROM for a table, such as its name.
    sizes: how many answers a coded variable may have, reasons for absence among them.
    """

    columns: Callable[[str], Mapping[str, Kind]]
    table: Callable[[str], str]
    absences: Collection[str]
    dialect: Dialect
    sizes: Mapping[str, int] = field(default_factory=dict)

    def relation(self, query: CountQuery | RatingQuery) -> str:
        """A unit's table; persons beside their case, where that is asked after; samples, and codings as `v`, likewise."""
        said, case = f"{self.table(query.unit)} AS t", self._column("t", "case")
        if any(self._inherited(query.unit, name) for name in query.variables):
            said += f" JOIN {self.table('case')} AS c ON {self._column('c', 'case')} = {case}"
        if samples := samples_named(query):
            said += f" LEFT JOIN ({self._drawn(samples)}) AS s ON {self._column('s', 'case')} = {case}"
        return said + (f" JOIN {self._codings(query)}" if isinstance(query, RatingQuery) else "")

    def expression(self, unit: str, one: str | Period) -> Expression:
        """From a column; a variable that a person's table does not have is the case's."""
        if isinstance(one, Period):
            table = self._table_of(unit, one.variable)
            absent = self._column(table, f"{one.variable}.absent")
            return period(self.dialect, self._column(table, one.variable), absent, one.length)
        return self._sampled() if one == "sample" else self._variable(unit, one)

    def answers(self, unit: str, one: str | Period) -> int | None:
        """Of a variable whose size is not known, so many that it shares no pass."""
        if isinstance(one, Period) or self._columns_of(unit, one)[one] == "number":
            return None
        return self.sizes.get(one, MANY)

    def _variable(self, unit: str, name: str) -> Expression:
        table = self._table_of(unit, name)
        columns, column = self._columns_of(unit, name), self._column(table, name)
        if columns[name] == "list":
            return self._list(column)
        if columns[name] == "number":
            absent = self._column(table, f"{name}.absent")
            return number(column, absent, one_of(self.dialect, absent))
        if f"{name}.absent" in columns:
            return Expression(f"({column} IS NOT NULL)", one_of(self.dialect, column))
        known = f"({column} NOT IN ({self.dialect.texts(self.absences)}))"
        return Expression("TRUE" if name == "wave" else known, one_of(self.dialect, column), (column,))

    def _list(self, column: str) -> Expression:
        # The first of an empty list is null; asked and none chosen is known.
        known = f"coalesce({self.dialect.first(column)} NOT IN ({self.dialect.texts(self.absences)}), TRUE)"
        return Expression(known, lambda answers: self.dialect.holds_any(column, answers) if answers else "FALSE")

    def _sampled(self) -> Expression:
        def among(samples: tuple[str, ...]) -> str:
            return " OR ".join(f"coalesce({self._column('s', f'{SAMPLED} {one}')}, 0) = 1" for one in samples) or "FALSE"

        return Expression("TRUE", lambda samples: f"({among(tuple(samples))})")

    def _drawn(self, samples: Collection[str]) -> str:
        """The cases with, for each sample, 1 where they are in it."""
        name, text = self.dialect.name, self.dialect.text
        in_it = (f"max(CASE WHEN {name('sample')} = {text(one)} THEN 1 ELSE 0 END)" for one in samples)
        flags = (f"{flag} AS {name(f'{SAMPLED} {one}')}" for flag, one in zip(in_it, samples, strict=True))
        drawn = f"FROM {self.table('samples')} WHERE {name('status')} <> 'replaced' GROUP BY {name('case')}"
        return f"SELECT {name('case')}, {', '.join(flags)} {drawn}"

    def _codings(self, query: RatingQuery) -> str:
        text, record = self.dialect.text, "case" if query.unit == "case" else "person"
        of = f"{self._column('v', 'unit')} = {text(query.unit)} AND {self._column('v', 'variable')} = {text(query.variable)}"
        return f"{self.table('values')} AS v ON {of} AND {self._column('v', 'record')} = {self._column('t', record)}"

    def _columns_of(self, unit: str, name: str) -> Mapping[str, Kind]:
        return self.columns("case" if self._inherited(unit, name) else unit)

    def _table_of(self, unit: str, name: str) -> str:
        return "c" if self._inherited(unit, name) else "t"

    def _inherited(self, unit: str, name: str) -> bool:
        return unit != "case" and name != "sample" and name not in self.columns(unit)

    def _column(self, table: str, name: str) -> str:
        return f"{table}.{self.dialect.name(name)}"


def samples_named(query: CountQuery | RatingQuery) -> list[str]:
    """The samples that a query names."""
    tests = [query.where]
    if isinstance(query, CountQuery):
        tests += [test for mark in query.marks.values() for test in (*mark.true, *mark.unknown)]
    return sorted(answer for name, answer in answers_named(All(tuple(tests))) if name == "sample")
