"""Whether counts rise or fall along an order: the linear-by-linear test and that of Cochran and Armitage."""

import numpy as np
from scipy.special import chdtrc

from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.statistics.sentences import apa, apa_n, apa_p, both, plain
from casereview.analysis.statistics.statistic import Made, Statistic, Undefined, at_least_two


def correlation(table: Observed) -> float:
    """Pearson's r of the places of the answers, 1, 2, 3 …: an empty row or column keeps its place.

    There must be records in two rows and in two columns.
    """
    counts = np.array(table.counts, dtype=float)
    rows, columns = (np.arange(1.0, length + 1) for length in counts.shape)
    by_row, by_column = counts.sum(axis=1), counts.sum(axis=0)
    rows -= by_row @ rows / by_row.sum()
    columns -= by_column @ columns / by_column.sum()
    return float(rows @ counts @ columns / np.sqrt((by_row @ rows**2) * (by_column @ columns**2)))


def linear_by_linear(table: Observed) -> float:
    """(n - 1) r², χ² on 1 degree of freedom: SPSS's linear-by-linear association.

    Source: N. Mantel, Chi-square tests with one degree of freedom: extensions of the Mantel-Haenszel procedure, JASA 58 (1963)
    690-700.
    """
    return (table.n - 1) * correlation(table) ** 2


def cochran_armitage(table: Observed) -> float:
    """n r², χ² on 1 degree of freedom: the square of Cochran's and Armitage's z, R's prop.trend.test.

    Source: P. Armitage, Tests for linear trends in proportions and frequencies, Biometrics 11 (1955) 375-386; W. G. Cochran, Some
    methods for strengthening the common χ² tests, Biometrics 10 (1954) 417-451.
    """
    return table.n * correlation(table) ** 2


def _linear_by_linear(table: Observed) -> Made:
    statistic = linear_by_linear(table)
    p = float(chdtrc(1, statistic))
    told = f"Linear-by-linear association, χ²(1, {apa_n(table)}) = {statistic:,.2f}, r = {apa(correlation(table))}, {apa_p(p)}"
    return Made(f"{told}. {_scores(table)} {plain(p, table)}", statistic, 1, p)


def _cochran_armitage(table: Observed) -> Made:
    statistic, other = cochran_armitage(table), linear_by_linear(table)
    p = float(chdtrc(1, statistic))
    told = f"Cochran-Armitage test for trend, χ²(1, {apa_n(table)}) = {statistic:,.2f}, {apa_p(p)}"
    beside = f"It is n r²; linear-by-linear association, as SPSS prints it, is (n - 1) r² = {other:,.2f}."
    return Made(f"{told}. {beside} {_scores(table)} {plain(p, table)}", statistic, 1, p)


def _scores(table: Observed) -> str:
    return f"The answers of {both(table)} are taken for 1, 2, 3 … in the order of the table."


def _two_lines(table: Observed) -> None:
    at_least_two(table)
    if min(table.shape) != 2:
        raise Undefined(f"it asks for two rows or two columns, and this table is {table.shape[0]} by {table.shape[1]}")


STATISTICS = {
    "linear-by-linear": Statistic("The linear-by-linear test", "Mantel (1963)", _linear_by_linear, as_it_stands=True),
    "cochran-armitage": Statistic(
        "The Cochran-Armitage test", "Cochran (1954); Armitage (1955)", _cochran_armitage, _two_lines, as_it_stands=True
    ),
}
