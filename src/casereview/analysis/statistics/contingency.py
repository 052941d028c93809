"""Contingency tables: expected counts, residuals, chi-square, φ and Cramér's V."""

import math
from dataclasses import dataclass
from functools import cached_property

from scipy.special import chdtrc


@dataclass(frozen=True)
class Observed:
    """Counts by row and column, with what they are called; `about`, the two variables. Each record stands in one cell.

    counts: numbers of records; or sums of weights, which are floats, and are then taken for numbers of records, unrounded.
    """

    counts: tuple[tuple[float, ...], ...]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    about: tuple[str, str] = ("rows", "columns")

    @cached_property
    def n(self) -> float:
        """How many records there are."""
        return sum(self.row_sums)

    @property
    def weighted(self) -> bool:
        """Whether the counts are sums of weights."""
        return any(isinstance(count, float) for row in self.counts for count in row)

    @property
    def whole(self) -> bool:
        """Whether every count is a whole number, as what is reckoned from single tables needs it."""
        return all(count == int(count) for row in self.counts for count in row)

    @cached_property
    def row_sums(self) -> tuple[float, ...]:
        """The number of records in each row."""
        return tuple(sum(row) for row in self.counts)

    @cached_property
    def column_sums(self) -> tuple[float, ...]:
        """The number of records in each column."""
        return tuple(sum(row[place] for row in self.counts) for place in range(len(self.columns)))

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

    @property
    def empty(self) -> tuple[str, ...]:
        """The rows and columns in which there is no record."""
        rows = [name for name, total in zip(self.rows, self.row_sums, strict=True) if not total]
        return (*rows, *(name for name, total in zip(self.columns, self.column_sums, strict=True) if not total))

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


Residuals = tuple[tuple[float | None, ...], ...]


def residuals(table: Observed) -> tuple[Residuals, Residuals]:
    """Of each cell (seen - expected) / √expected, SPSS's standardised residual; and the adjusted one, which varies by 1.

    None where nothing is expected; the adjusted one also where all records stand in one row or one column.
    Source: S. J. Haberman, The analysis of residuals in cross-classified tables, Biometrics 29 (1973) 205-220;
    A. Agresti, Categorical Data Analysis, 3rd edition (Wiley 2013), section 3.3.1, who calls the adjusted ones standardised.
    """
    free = [
        [(1 - row / table.n) * (1 - column / table.n) if table.n else 0.0 for column in table.column_sums]
        for row in table.row_sums
    ]
    hoped = expected(table) if table.n else free
    triples = [list(zip(*lines, strict=True)) for lines in zip(table.counts, hoped, free, strict=True)]
    standardised = tuple(tuple(_ratio(seen - hope, hope) for seen, hope, _ in line) for line in triples)
    adjusted = tuple(tuple(_ratio(seen - hope, hope * part) for seen, hope, part in line) for line in triples)
    return standardised, adjusted


def _ratio(difference: float, variance: float) -> float | None:
    return difference / math.sqrt(variance) if variance > 0 else None


def likelihood_ratio(table: Observed) -> tuple[float, float]:
    """G², twice the sum of seen × log(seen / expected), and its p on `table.df` degrees of freedom.

    No row or column may be empty.
    Source: S. S. Wilks, The likelihood test of independence in contingency tables, Annals of Mathematical Statistics 6 (1935)
    190-196.
    """
    pairs = zip(sum(table.counts, ()), sum(expected(table), ()), strict=True)
    # Of independent rows and columns rounding may leave a hair below 0.
    statistic = max(0.0, 2 * math.fsum(seen * math.log(seen / hope) for seen, hope in pairs if seen))
    return statistic, float(chdtrc(table.df, statistic))


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
