"""The risk ratio and the risk difference of a table of two by two: rows are groups, the first column is what they risk."""

import math

from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.statistics.intervals import Z95, score
from casereview.analysis.statistics.odds import NO_INTERVAL, NOTHING_ADDED, on_logarithm
from casereview.analysis.statistics.sentences import apa_ratio
from casereview.analysis.statistics.statistic import Made, Statistic, Undefined, two_by_two
from casereview.analysis.tables import Interval


def risk_ratio(table: Observed) -> tuple[float | None, Interval | None]:
    """The share of the first row that stands in the first column over that of the second row, and its 95% interval.

    The ratio is None where it would be infinite, the interval where either share is 0, or both are all. No row may be empty.
    Source: D. Katz, J. Baptista, S. P. Azen, M. C. Pike, Obtaining confidence intervals for the risk ratio in cohort studies,
    Biometrics 34 (1978) 469-474; method C, on the logarithm.
    """
    (a, b), (c, d) = table.counts
    if c == 0:
        return None, None
    ratio = a * (c + d) / (c * (a + b))
    if a == 0 or b == d == 0:
        return ratio, None
    return ratio, on_logarithm(ratio, b / (a * (a + b)) + d / (c * (c + d)), "katz-95")


def risk_difference(table: Observed) -> tuple[float, Interval, Interval]:
    """The difference of these shares in percentage points, with Newcombe's 95% interval, and Wald's. No row may be empty.

    Source: R. G. Newcombe, Interval estimation for the difference between independent proportions: comparison of eleven methods,
    Statistics in Medicine 17 (1998) 873-890: method 10, from the two Wilson intervals; method 1 is Wald's.
    """
    (a, b), (c, d) = table.counts
    first, second = 100 * a / (a + b), 100 * c / (c + d)
    one, other = score(a, a + b), score(c, c + d)
    difference = first - second
    low = difference - math.hypot(first - one.low, other.high - second)
    high = difference + math.hypot(one.high - first, second - other.low)
    reach = Z95 * math.sqrt(first * (100 - first) / (a + b) + second * (100 - second) / (c + d))
    return difference, Interval(low, high, "newcombe-95"), Interval(difference - reach, difference + reach, "wald-95")


def _risk_ratio(table: Observed) -> Made:
    ratio, interval = risk_ratio(table)
    if ratio is None:
        raise Undefined("it would be infinite", NOTHING_ADDED)
    sentence = f"{apa_ratio('RR', ratio, interval)}. {_plain(table, f'{ratio:,.2f} times as frequent', 'as')}"
    return Made(sentence, ratio, interval=interval, cautions=() if interval else (NO_INTERVAL,))


def _risk_difference(table: Observed) -> Made:
    difference, newcombe, wald = risk_difference(table)
    told = f"Risk difference = {difference:.1f} percentage points, 95% CI {_points(newcombe)} (Newcombe; Wald: {_points(wald)})"
    how = f"{'more' if difference >= 0 else 'less'} frequent by {abs(difference):.1f} percentage points"
    return Made(f"{told}. {_plain(table, how, 'than')}", difference, interval=newcombe)


def _points(interval: Interval) -> str:
    return f"[{interval.low:.1f}, {interval.high:.1f}]"


def _plain(table: Observed, how: str, than: str) -> str:
    (first, second), answer = table.rows, table.columns[0]
    rows, columns = table.about
    return f"“{columns}: {answer}” was {how} for “{rows}: {first}” {than} for “{rows}: {second}”."


STATISTICS = {
    "risk-ratio": Statistic("The risk ratio", "Katz et al. (1978)", _risk_ratio, two_by_two),
    "risk-difference": Statistic("The risk difference", "Newcombe (1998)", _risk_difference, two_by_two),
}
