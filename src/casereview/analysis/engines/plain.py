"""Counts in plain Python, one record after another: slow and obvious, so that the other engines can be held against it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from casereview.analysis.engines import UNDATED, CountQuery, Counts, Dimension, Key, Mark, Marked, Period, RatingQuery, Ratings
from casereview.analysis.engines.totals import Totals, refuse_heavy, refuse_many
from casereview.study.conditions import In, Test, holds
from casereview.study.plan import Length

Record = dict[str, Any]
NINE_PLACES = Decimal("1e-9")


class Plain:
    """The oracle."""

    def __init__(self, data: Path, absences: Collection[str]) -> None:
        self._data = data
        self._absences = frozenset(absences)

    def counts(self, queries: Sequence[CountQuery]) -> list[Counts]:
        """The number of records by answers and mark."""
        return [self._counts(query) for query in queries]

    def ratings(self, query: RatingQuery) -> Ratings:
        """How often each set of codings of one record occurs."""
        said = defaultdict(list)
        for value in self._rows("values"):
            if (value["unit"], value["variable"]) == (query.unit, query.variable):
                said[value["record"]].append((value["coder"] or value["source"], value["value"] or value["absent"]))
        records = (record["case" if query.unit == "case" else "person"] for record in self._records(query))
        return dict(Counter(tuple(sorted(said[record])) for record in records if record in said))

    def _counts(self, query: CountQuery) -> Counts:
        totals, seen = Totals(), [set[str | float]() for _ in query.by]
        for name in query.marks if not query.by else ():
            totals.add((name,), 0, Decimal(0) if query.weight else None)
        for record in self._records(query):
            answers = tuple(self._answer(record, one) for one in query.by)
            for one, some, answer in zip(query.by, seen, answers, strict=True):
                some.add(answer)
                refuse_many(one if isinstance(one, str) else one.variable, len(some))
            self._add(totals, query, answers, record)
        return totals.counts

    def _add(self, totals: Totals, query: CountQuery, answers: Key, record: Record) -> None:
        for name, mark in query.marks.items():
            borne = self._bears(record, mark)
            totals.add((*answers, name), borne, borne * _decimal(query.weight, record) if query.weight else None)

    def marked(self, query: CountQuery) -> Marked:
        """The records themselves."""
        import numpy

        records = sorted(self._records(query), key=lambda record: (record["case"], record.get("person", "")))
        held = {name: [self._bears(record, mark) for record in records] for name, mark in query.marks.items()}
        marks = {name: numpy.array(borne, dtype=bool) for name, borne in held.items()}
        return Marked([record["case"] for record in records], marks)

    def _records(self, query: CountQuery | RatingQuery) -> Iterator[Record]:
        weight = query.weight if isinstance(query, CountQuery) else None
        cases = {record["case"]: record for record in self._rows("case")}
        samples = defaultdict(list)
        for row in self._rows("samples") if "sample" in query.variables else ():
            if row["status"] != "replaced":
                samples[row["case"]].append(row["sample"])
        for own in self._rows(query.unit):
            record = cases[own["case"]] | own | {"sample": samples[own["case"]]}
            if self._holds(query.where, record) is True and (weight is None or (record[weight] or 0) > 0):
                yield record

    def _rows(self, table: str) -> list[Record]:
        import pyarrow.parquet

        rows: list[Record] = pyarrow.parquet.read_table(self._data / f"{table}.parquet").to_pylist()
        return rows

    def _holds(self, test: Test, record: Record) -> bool | None:
        return holds(test, {name: None if self._absent(value) else value for name, value in record.items()})

    def _answer(self, record: Record, one: Dimension) -> str | float:
        if isinstance(one, In):
            return {True: "yes", False: "no", None: "unknown"}[self._holds(one, record)]
        return _key(record, one)

    def _absent(self, value: Any) -> bool:
        if isinstance(value, list):
            return len(value) == 1 and value[0] in self._absences
        return value is None or value in self._absences

    def _bears(self, record: Record, mark: Mark) -> bool:
        return (
            all(self._holds(test, record) is True for test in mark.true)
            and all(self._holds(test, record) is None for test in mark.unknown)
            and all(_among(_key(record, one) if isinstance(one, Period) else record[one], some) for one, some in mark.among)
        )


def _among(value: Any, wanted: tuple[str, ...]) -> bool:
    return any(one in wanted for one in (value if isinstance(value, list) else [value]))


def _decimal(weight: str, record: Record) -> Decimal:
    refuse_heavy(weight, record[weight])
    return Decimal(repr(record[weight])).quantize(NINE_PLACES)


def _key(record: Record, one: str | Period) -> str | float:
    """The answer, or the reason why there is none."""
    name = one if isinstance(one, str) else one.variable
    if record[name] is None:
        return str(record[f"{name}.absent"])
    if isinstance(one, Period):
        return _period(str(record[name]), one.length)
    return record[name] + 0.0 if isinstance(record[name], float) else str(record[name])


def _period(date: str, length: Length) -> str:
    if length == "year":
        return date[:4]
    if len(date) < len("2014-04"):
        return UNDATED
    year, month = int(date[:4]), int(date[5:7])
    if length == "financial-year":
        first = year if month >= 4 else year - 1
        return f"{first:04}-{(first + 1) % 100:02}"
    return date[:7] if length == "month" else f"{date[:4]}-Q{(month + 2) // 3}"
