"""The odds ratio of a table of two by two."""

import math

from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.statistics.intervals import Z95
from casereview.analysis.statistics.sentences import apa_ratio
from casereview.analysis.statistics.statistic import Made, Statistic, Undefined, two_by_two
from casereview.analysis.tables import Interval

NOTHING_ADDED = "A cell is empty, and nothing was added to it."
NO_INTERVAL = "A cell is empty, and nothing was added to it: there is no interval."


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
    return ratio, on_logarithm(ratio, 1 / a + 1 / b + 1 / c + 1 / d, "woolf-95")


def on_logarithm(ratio: float, variance: float, method: str) -> Interval:
    """The 95% interval of a ratio whose logarithm has this variance."""
    reach = Z95 * math.sqrt(variance)
    return Interval(math.exp(math.log(ratio) - reach), math.exp(math.log(ratio) + reach), method)


def _odds_ratio(table: Observed) -> Made:
    ratio, interval = odds_ratio(table)
    if ratio is None:
        raise Undefined("it would be infinite or undefined", NOTHING_ADDED)
    sentence = f"{apa_ratio('OR', ratio, interval)}. {odds_plain(ratio, table)}"
    return Made(sentence, ratio, interval=interval, cautions=() if interval else (NO_INTERVAL,))


def odds_plain(ratio: float, table: Observed) -> str:
    """An odds ratio in words."""
    (first, second), answer = table.rows, table.columns[0]
    rows, columns = table.about
    return f"The odds of “{columns}: {answer}” were {ratio:,.2f} times as high for “{rows}: {first}” as for “{rows}: {second}”."


STATISTICS = {"odds-ratio": Statistic("The odds ratio", "Woolf (1955)", _odds_ratio, two_by_two)}
