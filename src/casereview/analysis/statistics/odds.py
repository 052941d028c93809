"""The odds ratio of a table of two by two."""

import math

from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.statistics.intervals import Z95
from casereview.analysis.tables import Interval


def odds_ratio(table: Observed) -> tuple[float | None, Interval | None]:
    """(a × d) / (b × c), and its 95% interval on the logarithm, in odds ratios, not per cent.

    Nothing is added to an empty cell: the ratio is None where it would be infinite or undefined,
    the interval wherever a cell is 0.
    Source: B. Woolf, On estimating the relation between blood group and disease, Annals of Human Genetics 19 (1955) 251-253.
    """
    (a, b), (c, d) = table.counts
    if b * c == 0:
        return None, None
    ratio = a * d / (b * c)
    if ratio == 0:
        return 0.0, None
    reach = Z95 * math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return ratio, Interval(math.exp(math.log(ratio) - reach), math.exp(math.log(ratio) + reach), "woolf-95")
