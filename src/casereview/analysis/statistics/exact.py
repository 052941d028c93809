"""What is exact of a table of two by two, its margins taken as given: Fisher's test and the conditional odds ratio."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.statistics.odds import odds_plain
from casereview.analysis.statistics.sentences import apa_ratio
from casereview.analysis.statistics.statistic import Made, Statistic, Undefined, countable, two_by_two
from casereview.analysis.tables import Interval

AS_LIKELY = 1e-7
"""Tables as likely as the one seen count in spite of rounding; R's fisher.test and scipy take the same."""

Vector = NDArray[np.float64]


def fisher(table: Observed) -> float:
    """The two-sided p of a table of two by two: the chance of every table with these margins no likelier than this one.

    Source: R. A. Fisher, Statistical Methods for Research Workers, 5th edition (Edinburgh 1934), section 21.02.
    """
    cells, weights = _possible(table)
    chance = _chances(weights)
    seen = chance[int(table.counts[0][0] - cells[0])]
    return min(1.0, float(chance[chance <= seen * (1 + AS_LIKELY)].sum()))


def conditional_odds_ratio(table: Observed) -> tuple[float, float, float]:
    """The odds ratio that makes the table likeliest, its margins given, and the exact 95% interval: ratio, low, high.

    Infinite where the first cell is as large, 0 where it is as small as the margins let it be.
    Source: R. A. Fisher, The logic of inductive inference, JRSS 98 (1935) 39-82; J. Cornfield, A statistical problem arising
    from retrospective studies, Proceedings of the 3rd Berkeley Symposium 4 (1956) 135-148. As R's fisher.test.
    """
    cells, weights = _possible(table)
    seen = float(table.counts[0][0])
    beyond, place = cells - seen, int(seen - cells[0])
    at_least, at_most = slice(place, None), slice(place + 1)

    def solved(of: Callable[[Vector], float]) -> float:
        return math.exp(_root(lambda log: of(_chances(weights + log * beyond))))

    lowest, highest = (seen == bound for bound in _bounds(table))
    ratio = 0.0 if lowest else math.inf if highest else solved(lambda chance: float(chance @ cells) - seen)
    low = 0.0 if lowest else solved(lambda chance: float(chance[at_least].sum()) - 0.025)
    high = math.inf if highest else solved(lambda chance: 0.025 - float(chance[at_most].sum()))
    return ratio, low, high


def conditional_mean(table: Observed, ratio: float) -> float:
    """The mean of the first cell, the margins given, where the odds ratio is `ratio`, from 0 to infinity.

    Source: R. A. Fisher, The logic of inductive inference, JRSS 98 (1935) 39-82.
    """
    if ratio == 0 or math.isinf(ratio):
        return float(_bounds(table)[ratio > 0])
    cells, weights = _possible(table)
    return float(_chances(weights + math.log(ratio) * (cells - cells[0])) @ cells)


def _bounds(table: Observed) -> tuple[int, int]:
    """The smallest and the largest first cell that the margins admit."""
    row, column, n = int(table.row_sums[0]), int(table.column_sums[0]), int(table.n)
    return max(0, row + column - n), min(row, column)


def _possible(table: Observed) -> tuple[Vector, Vector]:
    """The first cells that the margins admit, and the logarithms of how likely each is, up to a constant.

    Of very large tables only those near the mean and the cell seen: by W. Hoeffding (JASA 58 (1963) 13-30) what lies further
    than 20 times the root of the smallest margin from the mean has less than 1e-347 of the chance, which is 0 in a float.
    """
    row, column, n = int(table.row_sums[0]), int(table.column_sums[0]), int(table.n)
    lowest, highest = _bounds(table)
    seen, mean = int(table.counts[0][0]), row * column // n
    reach = 20 * math.isqrt(min(row, column, n - row, n - column)) + 100
    cells = np.arange(max(lowest, min(seen, mean) - reach), min(highest, max(seen, mean) + reach) + 1, dtype=float)
    before = cells[:-1]
    # Steps from cell to cell, not factorials: those of a thousand million are known to five digits only.
    steps = np.log((row - before) * (column - before)) - np.log((before + 1) * (n - row - column + before + 1))
    return cells, np.concatenate(([0.0], np.cumsum(steps)))


def _chances(weights: Vector) -> Vector:
    chance = np.exp(weights - weights.max())
    return np.asarray(chance / chance.sum())


def _root(rising: Callable[[float], float]) -> float:
    """Where a function that rises with the logarithm of the odds ratio passes 0, between ratios of e^-60 and e^60."""
    from scipy.optimize import brentq

    return float(brentq(rising, -60.0, 60.0, xtol=1e-14, rtol=1e-14))


def _odds_ratio_exact(table: Observed) -> Made:
    countable(table)
    ratio, low, high = conditional_odds_ratio(table)
    if math.isinf(ratio):
        raise Undefined(
            "it would be infinite", f"A cell is empty, and nothing was added to it; the exact 95% interval begins at {low:,.2f}."
        )
    interval = Interval(low, high, "cornfield-95")
    sentence = f"{apa_ratio('Exact conditional OR', ratio, interval)}. {odds_plain(ratio, table)}"
    return Made(sentence, ratio, interval=interval)


STATISTICS = {
    "odds-ratio-exact": Statistic("The exact odds ratio", "Fisher (1935); Cornfield (1956)", _odds_ratio_exact, two_by_two),
}
