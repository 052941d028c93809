"""Counts in plain Python, one record after another: slow and obvious, so that the other engine can be held against it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from casereview.analysis.engines import CountQuery, Counts, Key, Mark, Marked, RatingQuery, Ratings
from casereview.study.conditions import holds

Record = dict[str, Any]


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
        raise NotImplementedError

    def _counts(self, query: CountQuery) -> Counts:
        counts: Counter[Key] = Counter()
        if not query.by:
            counts.update({(name,): 0 for name in query.marks})
        for record in self._records(query):
            answers = tuple(record[str(name)] for name in query.by)
            for name, mark in query.marks.items():
                counts[(*answers, name)] += self._bears(record, mark)
        return Counts(dict(counts))

    def marked(self, query: CountQuery) -> Marked:
        """The records themselves."""
        import numpy

        records = sorted(self._records(query), key=lambda record: (record["case"], record.get("person", "")))
        held = {name: [self._bears(record, mark) for record in records] for name, mark in query.marks.items()}
        marks = {name: numpy.array(borne, dtype=bool) for name, borne in held.items()}
        return Marked([record["case"] for record in records], marks)

    def _records(self, query: CountQuery) -> Iterator[Record]:
        cases = {record["case"]: record for record in self._rows("case")}
        samples = defaultdict(list)
        for row in self._rows("samples") if "sample" in query.variables else ():
            if row["status"] != "replaced":
                samples[row["case"]].append(row["sample"])
        for own in self._rows(query.unit):
            record = cases[own["case"]] | own | {"sample": samples[own["case"]]}
            if holds(query.where, self._answers(record)) is True:
                yield record

    def _rows(self, table: str) -> list[Record]:
        import pyarrow.parquet

        rows: list[Record] = pyarrow.parquet.read_table(self._data / f"{table}.parquet").to_pylist()
        return rows

    def _answers(self, record: Record) -> Record:
        return {name: None if self._absent(value) else value for name, value in record.items()}

    def _absent(self, value: Any) -> bool:
        if isinstance(value, list):
            return len(value) == 1 and value[0] in self._absences
        return value is None or value in self._absences

    def _bears(self, record: Record, mark: Mark) -> bool:
        answers = self._answers(record)
        return (
            all(holds(test, answers) is True for test in mark.true)
            and all(holds(test, answers) is None for test in mark.unknown)
            and all(_among(record[name], wanted) for name, wanted in mark.among)
        )


def _among(value: Any, wanted: tuple[str, ...]) -> bool:
    return any(one in wanted for one in (value if isinstance(value, list) else [value]))
