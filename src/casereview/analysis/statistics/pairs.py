"""Association of two ordered variables, from the pairs of records that stand in the same or the opposite order in both."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import erfc

from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.statistics.intervals import Z95
from casereview.analysis.tables import Interval

Floats = NDArray[np.float64]
ROUNDING = 1e-9


@dataclass(frozen=True)
class Ordered:
    """A measure with its standard error, from which its interval comes; and the one if there were no relation, for the test.

    Where all records stand alike to the others, an error is 0, give or take rounding, and there is no interval, or no test.
    """

    value: float
    error: float
    null_error: float

    @property
    def interval(self) -> Interval | None:
        """value ± z × error, not past -1 and 1."""
        reach = Z95 * self.error
        return Interval(max(-1.0, self.value - reach), min(1.0, self.value + reach), "ase1-95") if reach > ROUNDING else None

    @property
    def z(self) -> float | None:
        """value / null_error: SPSS's approximate T."""
        return self.value / self.null_error if self.null_error > ROUNDING else None

    @property
    def p(self) -> float | None:
        """Two-sided, from the normal distribution."""
        return None if self.z is None else float(erfc(abs(self.z) / math.sqrt(2)))


@dataclass(frozen=True)
class Pairs:
    """Ordered pairs of records, each pair twice. order: of each cell, how many stand in the same order to it less the opposite.

    rows, columns: the pairs that differ in the row, or the column. Sums of weights are taken for numbers of records.
    """

    counts: Floats
    same: Floats
    opposite: Floats

    @property
    def n(self) -> float:
        """Records."""
        return float(self.counts.sum())

    @property
    def concordant(self) -> float:
        """Pairs in the same order."""
        return float((self.counts * self.same).sum())

    @property
    def discordant(self) -> float:
        """Pairs in the opposite order."""
        return float((self.counts * self.opposite).sum())

    @property
    def rows(self) -> float:
        """Pairs that differ in the row."""
        return self.n**2 - float((self.counts.sum(axis=1) ** 2).sum())

    @property
    def columns(self) -> float:
        """Pairs that differ in the column."""
        return self.n**2 - float((self.counts.sum(axis=0) ** 2).sum())

    @property
    def excess(self) -> float:
        """Pairs in the same order less those in the opposite."""
        return self.concordant - self.discordant

    @property
    def null(self) -> float:
        """Half the standard error of the excess, if there were no relation."""
        return self.error(self.same - self.opposite - self.excess / self.n)

    def error(self, by_cell: Floats) -> float:
        """The root of the sum, over the records, of the square of what each contributes."""
        return math.sqrt(float((self.counts * by_cell**2).sum()))


def pairs(table: Observed) -> Pairs:
    """The pairs of a table."""
    counts = np.array(table.counts, dtype=float)
    same = _before(counts) + _before(counts[::-1, ::-1])[::-1, ::-1]
    opposite = _before(counts[:, ::-1])[:, ::-1] + _before(counts[::-1])[::-1]
    return Pairs(counts, same, opposite)


def _before(counts: Floats) -> Floats:
    """Of each cell, the records above and to the left of it."""
    sums = np.zeros((counts.shape[0] + 1, counts.shape[1] + 1))
    sums[1:, 1:] = counts.cumsum(axis=0).cumsum(axis=1)
    return np.asarray(sums[:-1, :-1])


def gamma(of: Pairs) -> Ordered:
    """γ: the excess as a share of the pairs in either order.

    Source: L. A. Goodman and W. H. Kruskal, Measures of association for cross classifications, JASA 49 (1954) 732-764, and the
    errors from IV, JASA 67 (1972) 415-421; the null error of all these from M. B. Brown and J. K. Benedetti, Sampling behavior of
    tests for correlation in two-way contingency tables, JASA 72 (1977) 309-315.
    """
    either = of.concordant + of.discordant
    error = 4 / either**2 * of.error(of.discordant * of.same - of.concordant * of.opposite)
    return Ordered(of.excess / either, error, 2 * of.null / either)


def tau_b(of: Pairs) -> Ordered:
    """τ-b: the excess over the root of the pairs that differ in the row × those that differ in the column.

    Source: M. G. Kendall, The treatment of ties in ranking problems, Biometrika 33 (1945) 239-251; errors as of γ.
    """
    whole = math.sqrt(of.rows * of.columns)
    value = of.excess / whole
    margins = of.counts.sum(axis=1)[:, None] * of.columns + of.counts.sum(axis=0)[None, :] * of.rows
    # What each record contributes less its mean: SPSS's difference of squares, with no digits lost.
    by_cell = 2 * whole * (of.same - of.opposite) + value * (margins - of.n * (of.rows + of.columns))
    return Ordered(value, of.error(by_cell) / whole**2, 2 * of.null / whole)


def somers_columns(of: Pairs) -> Ordered:
    """Somers' d of the columns, given the rows: the excess as a share of the pairs that differ in the row.

    Source: R. H. Somers, A new asymmetric measure of association for ordinal variables, American Sociological Review 27 (1962)
    799-811; errors as of γ.
    """
    margins = of.n - of.counts.sum(axis=1)[:, None]
    error = 2 / of.rows**2 * of.error(of.rows * (of.same - of.opposite) - of.excess * margins)
    return Ordered(of.excess / of.rows, error, 2 * of.null / of.rows)


def somers_rows(of: Pairs) -> Ordered:
    """Somers' d of the rows, given the columns."""
    return somers_columns(Pairs(of.counts.T, of.same.T, of.opposite.T))


def somers_symmetric(of: Pairs) -> Ordered:
    """SPSS's symmetric d: the excess over the mean of the pairs that differ in the row and those that differ in the column."""
    both_ways = (of.rows + of.columns) / 2
    tau = tau_b(of)
    return Ordered(of.excess / both_ways, tau.error * math.sqrt(of.rows * of.columns) / both_ways, 2 * of.null / both_ways)
