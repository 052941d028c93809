"""Two factors together: how often both, beside how often both if they were unrelated; everything exact, the margins given."""

from dataclasses import dataclass

from casereview.analysis.statistics.contingency import Observed, phi
from casereview.analysis.statistics.exact import conditional_mean, conditional_odds_ratio, fisher
from casereview.analysis.statistics.statistic import MOST, Undefined
from casereview.analysis.tables import Interval


@dataclass(frozen=True)
class Pair:
    """How many have both factors, the first, the second, and how many are known of both."""

    both: int
    first: int
    second: int
    n: int

    @property
    def observed(self) -> Observed:
        """The table of two by two."""
        only, other = self.first - self.both, self.second - self.both
        return Observed(((self.both, only), (other, self.n - self.first - other)), ("yes", "no"), ("yes", "no"))

    def fit(self) -> None:
        """Raises Undefined where nothing can be said of how they come together."""
        if not self.n:
            raise Undefined("no record is known of both")
        if not self.first or not self.second:
            raise Undefined("one of the two was never there")
        if self.n in (self.first, self.second):
            raise Undefined("one of the two was always there")
        if self.n > MOST:
            raise Undefined(f"there are more than {MOST:,} records, and so many need nothing exact")


@dataclass(frozen=True)
class Lifted:
    """What comes of a pair. ratio: the exact conditional odds ratio, infinite where each has the other as often as can be."""

    lift: float
    within: Interval
    phi: float
    ratio: float
    ratio_low: float
    ratio_high: float
    p: float


def lifted(pair: Pair) -> Lifted:
    """The lift of a pair, φ, the odds ratio, and Fisher's p. Raises Undefined.

    Lift is both × n / (first × second): how many times as often both were there as they would be if they were unrelated. Its 95%
    interval is that of the exact conditional odds ratio, each end turned into the mean of the first cell under it, the margins
    given; so it leaves 1 out just where that of the odds ratio does. φ is Pearson's correlation of the two.
    Sources: S. Brin, R. Motwani, J. D. Ullman, S. Tsur, Dynamic itemset counting and implication rules for market basket data,
    SIGMOD 1997, 255-264 (as “interest”); J. Cornfield (1956) for the interval, see `exact`.
    """
    pair.fit()
    table, hoped = pair.observed, pair.first * pair.second / pair.n
    ratio, low, high = conditional_odds_ratio(table)
    lowest, highest = (conditional_mean(table, end) / hoped for end in (low, high))
    return Lifted(pair.both / hoped, Interval(lowest, highest, "conditional-95"), phi(table), ratio, low, high, fisher(table))
