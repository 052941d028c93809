"""The counts of a table's shape, asked line by line."""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache, cached_property

from casereview.analysis.engines import Key
from casereview.analysis.shape import Line, Place, Shape

Answers = tuple[str, ...]


class Tally:
    """The counts of a shape, or the sums of weights: by the answers in its rows, columns and layers, and a mark.

    Counts are whole numbers, and stay so.
    """

    def __init__(self, shape: Shape, counts: Mapping[Key, float]) -> None:
        self.shape = shape
        self._counts = {self._key(key): count for key, count in counts.items()}
        # A total asks for the same answers in every one of its cells, so in a large table for the same sum many times.
        self.count: Callable[[Answers, Answers, Answers, str], float] = cache(self._count)
        self.responses: Callable[[Answers, Answers], float] = cache(self._responses)

    def _key(self, key: Key) -> tuple[str, str, str, str]:
        *answers, mark = map(str, key)
        given = iter(answers)
        row, column, layer = (
            next(given) if name else "" for name in (self.shape.by_rows, self.shape.by_columns, self.shape.by_layers)
        )
        return row, column, layer, mark

    def _count(self, rows: Answers, columns: Answers, layers: Answers, mark: str) -> float:
        """The records with one of the rows' answers, one of the columns' and one of the layers', that bear a mark."""
        found = [self._counts.get((row, column, layer, mark), 0) for row in rows for column in columns for layer in layers]
        return sum(found)

    def row(self, row: Line, column: Line, layer: Line) -> float:
        """The records of a row in a column and a layer."""
        return self.marked(row.mark, row, column, layer)

    def marked(self, mark: str, row: Line, column: Line, layer: Line) -> float:
        """The records with the answers of a row, a column and a layer that bear a mark."""
        return self.count(row.answers, column.answers, layer.answers, mark)

    def base(self, row: Line, column: Line, layer: Line) -> float:
        """The records in a column and a layer of which a row's percentage is; for a row outside the base, those in the base."""
        inside = row if row.of is not None else self.shape.total
        return self.count(inside.of or (), column.answers, layer.answers, inside.of_mark)

    @property
    def whole(self) -> Place:
        """The cell of all records in the base."""
        return self.shape.total, self.shape.all_columns, self.shape.all_layers

    def _responses(self, columns: Answers, layers: Answers) -> float:
        """All answers given to a multiple response in some columns and layers, those no longer used among them."""
        answers = [row for row in self.shape.rows if row.heading.kind == "answer"]
        return sum(self.count(row.answers, columns, layers, row.mark) for row in answers)

    @cached_property
    def records(self) -> float:
        """Every record that the filter admits. Summed in order of size, so that no engine's order of answers can show."""
        return sum(sorted(count for (_, _, _, mark), count in self._counts.items() if mark == "records"))

    def absences(self) -> Counter[tuple[str, str]]:
        """(variable, reason) → the records left out for it: absent in the rows, else the columns, else the layers, else in what
        is marked.
        """
        shape, left_out = self.shape, Counter[tuple[str, str]]()
        by = [name or "" for name in (shape.by_rows, shape.by_columns, shape.by_layers)]
        inside = [frozenset(one) for one in (shape.total.of or (), shape.all_columns.answers, shape.all_layers.answers)]
        for (*answers, mark), count in self._counts.items():
            outside = [said for *said, known in zip(by, answers, inside, strict=True) if said[1] not in known]
            if mark == "records" and outside:
                left_out[outside[0][0], outside[0][1]] += int(count)
            elif mark in shape.reasons and not outside:
                left_out["", shape.reasons[mark]] += int(count)
        return +left_out

    @property
    def rows(self) -> list[Line]:
        """The rows that are shown."""
        _, column, layer = self.whole
        return [line for line in self.shape.rows if line.always or self.row(line, column, layer)]

    @property
    def columns(self) -> list[Line]:
        """The columns that are shown; none in a table without columns."""
        row, _, layer = self.whole
        return [line for line in self.shape.columns if line.always or self.row(row, line, layer)]

    @property
    def layers(self) -> list[Line]:
        """The layers that are shown; none in a table without layers."""
        row, column, _ = self.whole
        return [line for line in self.shape.layers if line.always or self.row(row, column, line)]
