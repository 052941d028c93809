"""Contingency tables: expected counts, chi-square, φ and Cramér's V."""

import math
from dataclasses import dataclass

from scipy.special import chdtrc


@dataclass(frozen=True)
class Observed:
    """Counts by row and column, with what they are called; `about`, the two variables. Each record stands in one cell."""

    counts: tuple[tuple[int, ...], ...]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    about: tuple[str, str] = ("rows", "columns")

    @property
    def n(self) -> int:
        """How many records there are."""
        return sum(self.row_sums)

    @property
    def row_sums(self) -> tuple[int, ...]:
        """The number of records in each row."""
        return tuple(sum(row) for row in self.counts)

    @property
    def column_sums(self) -> tuple[int, ...]:
        """The number of records in each column."""
        return tuple(sum(column) for column in zip(*self.counts, strict=True))

    @property
    def shape(self) -> tuple[int, int]:
        """Rows, columns."""
        return len(self.rows), len(self.columns)

    @property
    def df(self) -> int:
        """Degrees of freedom."""
        return (len(self.rows) - 1) * (len(self.columns) - 1)

    @property
    def testable(self) -> bool:
        """Whether there are two rows and two columns at least."""
        return min(self.shape) >= 2

    def without_empty(self) -> "Observed":
        """Without the rows and columns in which there is no record: nothing can be expected of them."""
        rows = [place for place, total in enumerate(self.row_sums) if total]
        columns = [place for place, total in enumerate(self.column_sums) if total]
        return Observed(
            tuple(tuple(self.counts[row][column] for column in columns) for row in rows),
            tuple(self.rows[row] for row in rows),
            tuple(self.columns[column] for column in columns),
            self.about,
        )


def expected(table: Observed) -> tuple[tuple[float, ...], ...]:
    """The counts to be expected if rows and columns were unrelated: row sum × column sum / n."""
    return tuple(tuple(row * column / table.n for column in table.column_sums) for row in table.row_sums)


def pearson(table: Observed) -> tuple[float, float]:
    """Pearson's χ² without correction, and its p on `table.df` degrees of freedom.

    Source: K. Pearson, On the criterion that a given system of deviations …, Philosophical Magazine 50 (1900) 157-175.
    No row or column may be empty.
    """
    return _chi_square(table, 0.0)


def yates(table: Observed) -> tuple[float, float]:
    """χ² of a table of two by two with Yates' correction, and its p. No row or column may be empty.

    Each difference is brought 0.5 nearer to nothing, but not past it.
    Source: F. Yates, Contingency tables involving small numbers and the χ² test, Supplement to the JRSS 1 (1934) 217-235.
    """
    return _chi_square(table, 0.5)


def _chi_square(table: Observed, correction: float) -> tuple[float, float]:
    statistic = math.fsum(
        max(0.0, abs(seen - hoped) - correction) ** 2 / hoped
        for row, hopes in zip(table.counts, expected(table), strict=True)
        for seen, hoped in zip(row, hopes, strict=True)
    )
    return statistic, float(chdtrc(table.df, statistic))


def phi(table: Observed) -> float:
    """φ of a table of two by two, from -1 to 1: above 0 where first goes with first. No row or column may be empty.

    Source: G. U. Yule, On the methods of measuring association between two attributes, JRSS 75 (1912) 579-652.
    """
    (a, b), (c, d) = table.counts
    return (a * d - b * c) / math.sqrt(math.prod(table.row_sums) * math.prod(table.column_sums))


def cramers_v(table: Observed) -> float:
    """Cramér's V, from 0 to 1, without correction for bias. No row or column may be empty.

    Source: H. Cramér, Mathematical Methods of Statistics (Princeton 1946), section 21.9.
    """
    return math.sqrt(pearson(table)[0] / (table.n * (min(table.shape) - 1)))
