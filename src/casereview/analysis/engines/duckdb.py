"""Counts on DuckDB, by way of Ibis: one query a table."""

import functools
import operator
from collections.abc import Collection, Sequence
from pathlib import Path

import ibis
import ibis.expr.types as ir

from casereview.analysis.engines import CountQuery, Counts, Mark, Marked, RatingQuery, Ratings
from casereview.study.conditions import All, AnyPart, In, Known, Not, Test


class DuckDB:
    """The engine for use. Its counts are integers, so neither threads nor the order of rows can change them."""

    def __init__(self, data: Path, absences: Collection[str], connection: ibis.BaseBackend | None = None) -> None:
        self._data = data
        self._absences = tuple(absences)
        self._connection = connection or ibis.duckdb.connect()
        self._tables: dict[str, ir.Table] = {}

    def counts(self, queries: Sequence[CountQuery]) -> list[Counts]:
        """The number of records by answers and mark, in one query each."""
        return [self._counts(query) for query in queries]

    def ratings(self, query: RatingQuery) -> Ratings:
        """How often each set of codings of one record occurs."""
        raise NotImplementedError

    def _counts(self, query: CountQuery) -> Counts:
        records = self._records(query)
        by = {f"by{place}": records[name] for place, name in enumerate(query.by)}
        wanted = {f"mark{place}": self._count(records, mark) for place, mark in enumerate(query.marks.values())}
        rows = self._run(records.group_by(**by).aggregate(**wanted) if by else records.aggregate(**wanted)).fetchall()
        width = len(query.by)
        return Counts({(*row[:width], name): count for row in rows for name, count in zip(query.marks, row[width:], strict=True)})

    def marked(self, query: CountQuery) -> Marked:
        """The records themselves, in one query."""
        records = self._records(query)
        names = {f"mark{place}": name for place, name in enumerate(query.marks)}
        held = {column: self._bears(records, query.marks[name]).fill_null(False) for column, name in names.items()}
        order = ["case", "person"] if "person" in records.columns else ["case"]
        found = self._run(records.order_by(order).select(case=records["case"], **held)).fetchnumpy()
        return Marked(found["case"].tolist(), {name: found[column] for column, name in names.items()})

    def _run(self, expression: ir.Table):  # type: ignore[no-untyped-def]  # a DuckDB cursor
        # Ibis would turn the result into Arrow by a method that DuckDB has deprecated.
        return self._connection.raw_sql(self._connection.compile(expression))

    def _table(self, name: str) -> ir.Table:
        if name not in self._tables:
            self._tables[name] = self._connection.read_parquet(self._data / f"{name}.parquet")
        return self._tables[name]

    def _records(self, query: CountQuery) -> ir.Table:
        records = self._table(query.unit)
        missing = query.variables - set(records.columns) - {"sample"}
        if missing:
            inherited = self._table("case").select("case", *sorted(missing))
            records = records.inner_join(inherited, "case")
        if "sample" in query.variables:
            records = records.left_join(self._samples(), "case")
        return records.filter(self._truth(records, query.where))

    def _samples(self) -> ir.Table:
        drawn = self._table("samples")
        drawn = drawn.filter(drawn.status != "replaced")
        return drawn.group_by("case").aggregate(sample=drawn["sample"].collect())

    def _count(self, records: ir.Table, mark: Mark) -> ir.IntegerScalar:
        return records.count(where=self._bears(records, mark)) if mark != Mark() else records.count()

    def _bears(self, records: ir.Table, mark: Mark) -> ir.BooleanValue:
        parts = [self._truth(records, test) for test in mark.true]
        parts += [_unknown(self._truth(records, test)) for test in mark.unknown]
        parts += [self._among(records[name], answers) for name, answers in mark.among]
        return functools.reduce(operator.and_, parts, ibis.literal(True))

    def _truth(self, records: ir.Table, test: Test) -> ir.BooleanValue:
        """Three-valued, with NULL for unknown: SQL's own logic is Kleene's."""
        match test:
            case In(variable="sample", values=values):
                return self._among(records["sample"], values).fill_null(False)
            case In(variable=name, values=values):
                return ibis.ifelse(self._known(records, name), self._among(records[name], values), ibis.null("boolean"))
            case Known(variable=name, wanted=wanted):
                known = self._known(records, name)
                return known if wanted else ~known
            case Not(part=part):
                return ~self._truth(records, part)
            case All(parts=parts):
                return functools.reduce(operator.and_, (self._truth(records, one) for one in parts), ibis.literal(True))
            case AnyPart(parts=parts):
                return functools.reduce(operator.or_, (self._truth(records, one) for one in parts), ibis.literal(False))

    def _known(self, records: ir.Table, name: str) -> ir.BooleanValue:
        if name == "sample":
            return ibis.literal(True)
        column = records[name]
        if isinstance(column, ir.ArrayColumn):
            # The first of an empty list is NULL; asked and none chosen is known.
            return ~column[0].isin(self._absences).fill_null(False)
        return column.notnull() & column.notin(self._absences) if isinstance(column, ir.StringColumn) else column.notnull()

    @staticmethod
    def _among(column: ir.Column, answers: tuple[str, ...]) -> ir.BooleanValue:
        if isinstance(column, ir.ArrayColumn):
            return functools.reduce(operator.or_, (column.contains(one) for one in answers), ibis.literal(False))
        return column.isin(answers) if answers else ibis.literal(False)


def _unknown(truth: ir.BooleanValue) -> ir.BooleanValue:
    # Not `isnull`: Ibis 12 writes NOT x IS NULL without brackets, which SQL reads as NOT (x IS NULL).
    return truth.fill_null(True) & ~truth.fill_null(False)
