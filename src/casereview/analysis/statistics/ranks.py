"""Whether groups differ in rank: Mann and Whitney's test of two, Kruskal and Wallis's of several.

Rows are what is ranked, in their order; columns are the groups. Records of one row share the mean of their ranks.
"""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc, erfc

from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.statistics.sentences import apa, apa_n, apa_p, plain
from casereview.analysis.statistics.statistic import Made, Statistic, Undefined, at_least_two

FEW = 5
"""Records in a group: with fewer, the normal and χ² distributions are doubtful."""


def mann_whitney(table: Observed) -> tuple[float, float, float]:
    """U of the first column, z corrected for ties and not for continuity, and its two-sided p, from the normal distribution.

    U counts the pairs of a record of each group in which the one of the first comes later in order, ties half. R's W without
    `correct`; SPSS prints the smaller of U and n₁ n₂ - U.
    Source: H. B. Mann and D. R. Whitney, On a test of whether one of two random variables is stochastically larger than the
    other, Annals of Mathematical Statistics 18 (1947) 50-60; the ties, as of `kruskal_wallis`.
    """
    first, second = np.array(table.counts, dtype=float).T
    pairs, n = first.sum() * second.sum(), table.n
    u = float(first @ (second.cumsum() - second / 2))
    z = (u - pairs / 2) / math.sqrt(pairs / (n * (n - 1)) * _spread(first + second))
    return u, float(z), float(erfc(abs(z) / math.sqrt(2)))


def kruskal_wallis(table: Observed) -> tuple[float, float]:
    """H corrected for ties, and its p from χ² on one degree of freedom fewer than groups.

    Source: W. H. Kruskal and W. A. Wallis, Use of ranks in one-criterion variance analysis, JASA 47 (1952) 583-621.
    """
    counts = np.array(table.counts, dtype=float)
    total, groups = counts.sum(axis=1), counts.sum(axis=0)
    means = _ranks(total) @ counts / groups
    statistic = float((table.n - 1) * (groups @ means**2) / _spread(total))
    return statistic, float(chdtrc(len(groups) - 1, statistic))


def _ranks(total: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean rank of the records of each row, less the mean rank of all."""
    return np.asarray(total.cumsum() - total / 2 - total.sum() / 2)


def _spread(total: NDArray[np.float64]) -> float:
    """The sum of squares of the ranks about their mean."""
    return float(total @ _ranks(total) ** 2)


def _mann_whitney(table: Observed) -> Made:
    u, z, p = mann_whitney(table)
    pairs = table.column_sums[0] * table.column_sums[1]
    told = f"Mann-Whitney U = {u:,.1f}, {apa_n(table)}, z = {z:z.2f}, {apa_p(p)}, r = {apa(abs(z) / math.sqrt(table.n))}"
    group, other = table.columns
    later = (
        f"Of a record of “{group}” and one of “{other}” drawn at random, that of “{group}” comes later in the order of "
        f"“{table.about[0]}” {100 * u / pairs:.0f} times in 100, ties counted half."
    )
    return Made(f"{told}. {later} {plain(p, table)}", u, None, p, cautions=_few(table) + _tied(table))


def _kruskal_wallis(table: Observed) -> Made:
    statistic, p = kruskal_wallis(table)
    df = table.shape[1] - 1
    told = f"Kruskal-Wallis H({df}, {apa_n(table)}) = {statistic:,.2f}, {apa_p(p)}, ε² = {apa(statistic / (table.n - 1))}"
    return Made(f"{told}. {plain(p, table)}", statistic, df, p, cautions=_few(table) + _tied(table))


def _few(table: Observed) -> tuple[str, ...]:
    small = [name for name, total in zip(table.columns, table.column_sums, strict=True) if total < FEW]
    return (f"Fewer than {FEW} records, so p may be far off: {', '.join(small)}.",) if small else ()


def _tied(table: Observed) -> tuple[str, ...]:
    most = max(table.row_sums)
    name = table.rows[table.row_sums.index(most)]
    share = 100 * most / table.n
    return (f"{share:.0f}% of the records share one rank, that of “{name}”; z and H allow for it.",) if share > 50 else ()


def _two_groups(table: Observed) -> None:
    at_least_two(table)
    if table.shape[1] != 2:
        raise Undefined(f"it compares two groups, in the columns, and there are {table.shape[1]}")


STATISTICS = {
    "mann-whitney": Statistic("The Mann-Whitney test", "Mann and Whitney (1947)", _mann_whitney, _two_groups),
    "kruskal-wallis": Statistic("The Kruskal-Wallis test", "Kruskal and Wallis (1952)", _kruskal_wallis),
}
