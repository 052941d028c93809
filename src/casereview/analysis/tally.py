"""The counts of a table's shape, asked line by line."""

from collections import Counter

from casereview.analysis.engines import Counts, Key
from casereview.analysis.shape import Line, Shape


class Tally:
    """The counts of a shape, by the answers in its rows, the answers in its columns, and a mark."""

    def __init__(self, shape: Shape, counts: Counts) -> None:
        self.shape = shape
        self._counts = {self._key(key): count for key, count in counts.n.items()}

    def _key(self, key: Key) -> tuple[str, str, str]:
        *answers, mark = map(str, key)
        row = answers.pop(0) if self.shape.by_rows else ""
        return row, answers[0] if answers else "", mark

    def count(self, rows: tuple[str, ...], columns: tuple[str, ...], mark: str) -> int:
        """The records with one of the rows' answers and one of the columns' that bear a mark."""
        return sum(self._counts.get((row, column, mark), 0) for row in rows for column in columns)

    def row(self, row: Line, column: Line) -> int:
        """The records of a row in a column."""
        return self.count(row.answers, column.answers, row.mark)

    def base(self, row: Line, column: Line) -> int:
        """The records in a column of which a row's percentage is; for a row outside the base, those in the base."""
        inside = row if row.of is not None else self.shape.total
        return self.count(inside.of or (), column.answers, inside.of_mark)

    @property
    def records(self) -> int:
        """Every record that the filter admits."""
        return sum(count for (_, _, mark), count in self._counts.items() if mark == "records")

    def absences(self) -> Counter[tuple[str, str]]:
        """(variable, reason) → the records left out for it: absent in the rows, else in the columns, else in what is marked."""
        shape, left_out = self.shape, Counter[tuple[str, str]]()
        rows, columns = shape.total.of or (), shape.all_columns.answers
        for (row, column, mark), count in self._counts.items():
            if mark == "records" and row not in rows:
                left_out[shape.by_rows or "", row] += count
            elif mark == "records" and column not in columns:
                left_out[shape.by_columns or "", column] += count
            elif mark in shape.reasons and row in rows and column in columns:
                left_out["", shape.reasons[mark]] += count
        return +left_out

    @property
    def rows(self) -> list[Line]:
        """The rows that are shown."""
        return [line for line in self.shape.rows if line.always or self.row(line, self.shape.all_columns)]

    @property
    def columns(self) -> list[Line]:
        """The columns that are shown; none in a table without columns."""
        return [line for line in self.shape.columns if line.always or self.row(self.shape.total, line)]
