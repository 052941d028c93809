"""Two by two tables in layers, taken together: the Mantel-Haenszel test and odds ratio, and whether the layers differ."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from scipy.special import chdtrc

from casereview.analysis.statistics.odds import on_logarithm
from casereview.analysis.statistics.statistic import Undefined
from casereview.analysis.tables import Interval


@dataclass(frozen=True)
class Stratum:
    """One layer: a b / c d."""

    a: float
    b: float
    c: float
    d: float

    @property
    def n(self) -> float:
        """Records."""
        return self.a + self.b + self.c + self.d

    @property
    def hoped(self) -> float:
        """What is expected of the first cell, its margins given."""
        return (self.a + self.b) * (self.a + self.c) / self.n

    @property
    def variance(self) -> float:
        """The variance of the first cell, its margins given."""
        margins = (self.a + self.b) * (self.c + self.d) * (self.a + self.c) * (self.b + self.d)
        return margins / (self.n * self.n * (self.n - 1))

    @property
    def informs(self) -> bool:
        """Whether it has more than one record and no empty margin; else it can tell nothing of the odds ratio."""
        return self.n > 1 and self.variance > 0


def mantel_haenszel(strata: Iterable[Stratum], correction: float = 0.0) -> tuple[float, float]:
    """χ² on 1 degree of freedom and its p; `correction`: 0.5 for SPSS's and R's correction for continuity.

    Source: N. Mantel and W. Haenszel, Statistical aspects of the analysis of data from retrospective studies of disease, Journal
    of the National Cancer Institute 22 (1959) 719-748.
    """
    strata = list(strata)
    difference = abs(math.fsum(one.a - one.hoped for one in strata))
    statistic = max(0.0, difference - correction) ** 2 / math.fsum(one.variance for one in strata)
    return statistic, float(chdtrc(1, statistic))


def common_odds_ratio(strata: Iterable[Stratum]) -> tuple[float, Interval | None]:
    """The Mantel-Haenszel odds ratio and its 95% interval; infinite, or with no interval, where Σ bc/n, or Σ ad/n, is 0.

    Source: of the ratio, Mantel and Haenszel (1959); of the interval, J. Robins, N. Breslow, S. Greenland, Estimators of the
    Mantel-Haenszel variance consistent in both sparse data and large-strata limiting models, Biometrics 42 (1986) 311-323.
    """
    strata = list(strata)
    along = [(one.a * one.d / one.n, (one.a + one.d) / one.n) for one in strata]
    across = [(one.b * one.c / one.n, (one.b + one.c) / one.n) for one in strata]
    r, s = math.fsum(one for one, _ in along), math.fsum(one for one, _ in across)
    if r == 0 or s == 0:
        return (0.0 if s else math.inf), None
    mixed = math.fsum(x * q + y * p for (x, p), (y, q) in zip(along, across, strict=True))
    variance = (
        math.fsum(x * p for x, p in along) / (2 * r * r) + mixed / (2 * r * s) + math.fsum(y * q for y, q in across) / (2 * s * s)
    )
    return r / s, on_logarithm(r / s, variance, "robins-breslow-greenland-95")


def breslow_day(strata: Iterable[Stratum], ratio: float) -> tuple[float, float]:
    """χ² of whether all layers have the odds ratio `ratio`, on one degree of freedom fewer than layers; and the same, adjusted.

    Source: N. E. Breslow and N. E. Day, Statistical Methods in Cancer Research 1 (IARC 1980), section 4.4, equation 4.30; the
    adjustment from R. E. Tarone, On heterogeneity tests based on efficient scores, Biometrika 72 (1985) 91-95. Raises Undefined
    where rounding leaves nothing to be expected of a cell.
    """
    fits = [(one, fitted(one, ratio)) for one in strata]
    if any(min(fit.a, fit.b, fit.c, fit.d) <= 0 for _, fit in fits):
        raise Undefined("what is to be expected of a cell is too near to 0")
    differences = [one.a - fit.a for one, fit in fits]
    variances = [1 / (1 / fit.a + 1 / fit.b + 1 / fit.c + 1 / fit.d) for _, fit in fits]
    statistic = math.fsum(difference**2 / variance for difference, variance in zip(differences, variances, strict=True))
    return statistic, statistic - math.fsum(differences) ** 2 / math.fsum(variances)


def fitted(one: Stratum, ratio: float) -> Stratum:
    """The layer with the same margins and this odds ratio, above 0: the root that leaves no cell below 0."""
    row, column = one.a + one.b, one.a + one.c
    square, linear, constant = ratio - 1, row + column - one.n - ratio * (row + column), ratio * row * column
    root = math.sqrt(linear * linear - 4 * square * constant)
    # Of the two forms of the root, the one that does not take nearly equal numbers from one another.
    a = 2 * constant / (root - linear) if linear <= 0 else -(linear + root) / (2 * square)
    return Stratum(a, row - a, column - a, one.n - row - column + a)
