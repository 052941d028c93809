"""A table as its file writes it: every cell is text, and every row knows where it stands."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from casereview.study.problems import Place, Problem, SourcesRefused

DEEPEST = 4
"""Rows among which a head is looked for: titles stand above some."""

Row = tuple[int, Sequence[str], str | None]
"""(its line or row, its cells, why it cannot be read)."""

Ranges = Sequence[tuple[float | str, float | str]]


class TableRefused(SourcesRefused):
    """A file that cannot be read as a table at all; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__([problem])
        self.problem = problem


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row: `number` is its line in a CSV file, its row in a spreadsheet or .sav file, counted from 1.

    cells: column → text, '' where empty. problem: why the row cannot be trusted (then `cells` has what could be read).
    """

    number: int
    cells: dict[str, str]
    problem: Problem | None = None


@dataclass(frozen=True)
class RawTable:
    """columns: their names, in the file's order; one without a name is called by its place, "column 1". rows: once through;
    never raises, rows that cannot be read carry a problem. labels: of a .sav file, column → code → value label. missing: of such
    a file, column → the ranges (least, greatest) of what it declares missing.
    """

    columns: tuple[str, ...]
    rows: Iterator[RawRow]
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[str, Ranges] = field(default_factory=dict)


def refused(path: Path, code: str, cause: str, remedy: str) -> TableRefused:
    """The refusal of a whole file."""
    return TableRefused(Problem(Place(path.name), code, cause, remedy))


def broken_row(path: Path, number: int, cause: str, remedy: str) -> Problem:
    """The problem of one row."""
    return Problem(Place(path.name, number), "table-row-broken", cause, remedy)


def from_head(rows: Iterator[Row], needed: Collection[str]) -> Iterator[Row]:
    """The rows from their head on: as titles stand above some, the one of the first with most of the needed columns."""
    first = list(islice(rows, DEEPEST))
    named = [len({*needed} & {cell.strip() for cell in cells}) for _, cells, _ in first]
    return chain(first[named.index(max(named, default=0)) if first else 0 :], rows)


@dataclass(frozen=True)
class Header:
    """The first row. `places` gives each column's position; one without a name, as of a data frame's index, is "column 1"."""

    path: Path
    places: dict[str, int]
    width: int

    @classmethod
    def of(cls, path: Path, cells: Sequence[str]) -> "Header":
        """Raises TableRefused where there is no header, or a name stands twice."""
        if not any(cell.strip() for cell in cells):
            raise refused(path, "table-no-header", "it has no header row", "Give the columns' names in the first row.")
        last = max(place for place, cell in enumerate(cells) if cell.strip())
        names = [cell.strip() or f"column {place}" for place, cell in enumerate(cells[: last + 1], start=1)]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            listed = ", ".join(f"“{name}”" for name in twice)
            raise refused(path, "table-column-twice", f"the header names {listed} more than once", "Give each its own name.")
        return cls(path, {name: place for place, name in enumerate(names)}, len(cells))

    def row(self, number: int, cells: Sequence[str], *, short: bool = False) -> RawRow:
        """A row by column name. Cells beyond the header, or too few of them (unless `short` rows are usual), are a problem."""
        named = {name: cells[place] for name, place in self.places.items() if place < len(cells)}
        beyond = any(cells[self.width :])
        if not beyond and (short or len(cells) >= self.width):
            return RawRow(number, named if len(named) == len(self.places) else dict.fromkeys(self.places, "") | named)
        cause = f"the row has {len(cells)} cells, the header {self.width}"
        remedy = "Put cells that hold the separator or a line break into quotation marks, so that every row has a cell a column."
        return RawRow(number, named, broken_row(self.path, number, cause, remedy))
